#!/bin/bash
# Waits until the node is ready, and ends it after BOOT_TIMEOUT seconds of waiting. Started at each boot by kakehashi-boot.service.
# Ready: the base container runs and its sshd answers; without a base container, the host's own sshd answers at its port.
# A node that boots again before it was ready goes on counting: a loop of boots has an end too.
set -uo pipefail
# shellcheck source=node.sh
. "${KAKEHASHI_ROOT:-}/usr/local/lib/kakehashi/node.sh"
pause=${KAKEHASHI_PAUSE:-5}

ready() {
  [ -e "$state/first-boot-done" ] || return 1
  if [ "$CONTAINER" = none ]; then
    sshd_answers "$SSH_PORT"
  else
    base_container_runs && [ -e "$run/services" ] && sshd_answers 22
  fi
}

# What earlier boots waited, noted once a boot.
if [ ! -e "$run/waited-before" ]; then
  if [ -e "$state/waited" ]; then cp "$state/waited" "$run/waited-before"; else echo 0 >"$run/waited-before"; fi
fi
read -r before <"$run/waited-before"

while :; do
  # shellcheck source=/dev/null
  [ ! -e "$run/address.env" ] || . "$run/address.env"
  if ready; then
    rm -f "$state/waited"
    say "ready $(uptime_seconds) s after the boot"
    date -u +%Y-%m-%dT%H:%M:%SZ >"$run/ready"
    [ -z "$IDLE_TIMEOUT" ] || systemctl start kakehashi-idle.timer
    exit 0
  fi
  waited=$((before + $(uptime_seconds)))
  echo "$waited" >"$state/waited"
  if [ "$waited" -ge "$BOOT_TIMEOUT" ]; then
    # Asked again until the cloud takes it.
    until end_node "not ready after $waited s"; do sleep "$pause"; done
    exit 0
  fi
  sleep "$pause"
done
