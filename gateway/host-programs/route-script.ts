import { type HostFile, header } from '../host/host-file';

/**
 * `kakehashi-routes`: moves static routes to the first tunnel whose other end answers pings to its inside address
 * (docs/reference/aws.md). Where no tunnel answers, a route stays where it is.
 */
export const ROUTE_SCRIPT: HostFile = {
  path: 'usr/local/sbin/kakehashi-routes',
  mode: 0o755,
  text: `#!/bin/sh
${header([
  'Keeps the static routes on the first tunnel whose other end answers. Run by kakehashi-routes.service.',
  'kakehashi-routes once: looks one time and ends.',
])}set -eu
tables=\${KAKEHASHI_TABLES:-/etc/kakehashi}

# Prints the first interface of a table whose other end answers one of three pings; else fails.
answering() {
  while read -r what interface _ _ _ _ peer _; do
    [ "$what" = tunnel ] || continue
    if ping -n -q -c 3 -i 0.3 -W 1 -I "$interface" "$peer" </dev/null >/dev/null 2>&1; then
      echo "$interface"
      return
    fi
  done <"$1"
  return 1
}

# Prints the first interface of a table.
first() {
  while read -r what interface _; do
    [ "$what" = tunnel ] || continue
    echo "$interface"
    return
  done <"$1"
}

route() {
  default=$(first "$1")
  interface=$(answering "$1") || interface=
  while read -r what network source routing _; do
    [ "$what $routing" = 'network static' ] || continue
    now=$(ip -4 route show exact "$network" | sed -n 's/.* dev \\([^ ]*\\) .*metric 50.*/\\1/p')
    wanted=\${interface:-\${now:-$default}}
    if [ "$now" != "$wanted" ]; then
      ip route replace "$network" dev "$wanted" src "$source" metric 50 </dev/null &&
        echo "kakehashi-routes: $network by $wanted"
    fi
  done <"$1"
}

while :; do
  for table in "$tables"/*.tunnels; do
    [ -e "$table" ] || continue
    if grep -q '^network .* static$' "$table"; then route "$table" || true; fi
  done
  [ "\${1:-}" != once ] || exit 0
  sleep 5
done
`,
};
