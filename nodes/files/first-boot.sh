#!/bin/bash
# Makes a node of a new machine. Run once by cloud-init, as its only command: the first failure ends it, and is what cloud-init reports.
set -euo pipefail
# shellcheck source=node.sh
. "${KAKEHASHI_ROOT:-}/usr/local/lib/kakehashi/node.sh"
export DEBIAN_FRONTEND=noninteractive
if [ -e "$etc/proxy.env" ]; then
  set -a
  # shellcheck source=/dev/null
  . "$etc/proxy.env"
  set +a
fi

# First of all the program that ends this node if anything below fails or hangs.
systemctl daemon-reload
systemctl enable --now kakehashi-boot.service

# Ubuntu's own timers may hold apt's lock for minutes after a boot.
install() {
  local tries=10
  say "installs $*"
  until apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep "${KAKEHASHI_PAUSE:-20}"
  done
}

# Each line of the list is a program, and the package that brings it where it is missing.
missing=()
while read -r needed package; do
  command -v "$needed" >/dev/null || missing+=("$package")
done <"$etc/packages"
if [ "${#missing[@]}" -gt 0 ]; then install "${missing[@]}"; fi

systemctl enable --now kakehashi-firewall.service kakehashi-address.service
if [ -e "$root/etc/systemd/resolved.conf.d/kakehashi.conf" ]; then systemctl restart systemd-resolved.service; fi

# The host's sshd leaves port 22 to the base container. Ubuntu's socket unit takes the port from sshd's configuration.
if systemctl --quiet is-active ssh.socket; then
  systemctl restart ssh.socket
else
  systemctl try-restart ssh.service sshd.service
fi

if [ -e "$etc/secrets" ]; then systemctl enable --now kakehashi-secrets.service; fi
if [ -e "$etc/disks" ]; then bash "$root/usr/local/sbin/kakehashi-disks"; fi
if [ "$WATCH_INTERRUPTION" = yes ]; then systemctl enable --now kakehashi-interruption.service; fi
if [ "$CONTAINER" != none ]; then
  # Last, because its package starts it: its port is guarded and its certificates are there by now.
  command -v dockerd >/dev/null || install docker.io
  systemctl restart docker.service
  systemctl enable docker.service
  systemctl enable --now kakehashi-base-container.service
fi
for part in "$etc"/first-boot.d/*; do
  [ -x "$part" ] || continue
  say "runs ${part##*/}"
  "$part" </dev/null
done
touch "$state/first-boot-done"
