#!/bin/bash
# Fetches the node's secrets from the cloud's secret store to files that root alone reads, in memory. Run at each boot.
# /etc/kakehashi/secrets has a line for each: `variable NAME ID` or `file NAME ID`.
set -euo pipefail
# shellcheck source=node.sh
. "${KAKEHASHI_ROOT:-}/usr/local/lib/kakehashi/node.sh"
umask 077
pause=${KAKEHASHI_PAUSE:-5}
mkdir -p "$run/secrets"
: >"$run/secrets.env.new"

# The role or the right may be younger than this node: five minutes of trying.
fetched() {
  local tries=60
  until cloud_secret "$1"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep "$pause"
  done
}

while read -r kind name id; do
  # A final character keeps line ends that the shell would cut off.
  value=$(fetched "$id" </dev/null && printf x) || { say "secret $id could not be fetched"; exit 1; }
  value=${value%x}
  case $kind in
    variable) printf '%s=%q\n' "$name" "$value" >>"$run/secrets.env.new" ;;
    file) printf '%s' "$value" | replace_file "$run/secrets/$name" ;;
  esac
  say "fetched $name"
done <"$etc/secrets"
mv "$run/secrets.env.new" "$run/secrets.env"
