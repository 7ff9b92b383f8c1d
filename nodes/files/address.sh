#!/bin/bash
# Writes this node's private address: the one with which it reaches the controller. Run at each boot, before Docker starts.
set -euo pipefail
# shellcheck source=node.sh
. "${KAKEHASHI_ROOT:-}/usr/local/lib/kakehashi/node.sh"
tries=60
until route=$(ip -4 -o route get "$CONTROLLER") && [[ $route =~ \ src\ ([0-9.]+) ]]; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || { say "no way to the controller $CONTROLLER"; exit 1; }
  sleep 1
done
echo "KAKEHASHI_ADDRESS=${BASH_REMATCH[1]}" | replace_file "$run/address.env"
