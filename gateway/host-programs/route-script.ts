import type { GatewayNetwork } from '../host/gateway-tunnel';
import { type HostFile, header } from '../host/host-file';

/**
 * `kakehashi-routes`: moves static routes to the first tunnel whose other end answers pings to its inside address
 * (docs/reference/aws.md). Where a cloud's end answers none, the first tunnel for which the kernel has keys: the daemon takes
 * them away when the other end is dead. Where no tunnel answers, a route stays where it is.
 *
 * @param networks - route-based ones with static routes
 */
export function routeScript(networks: readonly GatewayNetwork[]): HostFile {
  const keyed = networks.some(({ cloud }) => !cloud.answersPings);
  return { path: 'usr/local/sbin/kakehashi-routes', mode: 0o755, text: scriptText(keyed) };
}

function scriptText(keyed: boolean): string {
  return `#!/bin/sh
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

${
  keyed
    ? `# Prints the first interface of a table for which the kernel has keys towards the other end; else fails.
having_keys() {
  while read -r what interface _ _ outside _; do
    [ "$what" = tunnel ] || continue
    # An entry with the number 0 only asks the daemon for keys.
    if ip xfrm state list nokeys dst "$outside" </dev/null | grep -q 'spi 0x0*[1-9a-f]'; then
      echo "$interface"
      return
    fi
  done <"$1"
  return 1
}

`
    : ''
}# Prints the first interface of a table.
first() {
  while read -r what interface _; do
    [ "$what" = tunnel ] || continue
    echo "$interface"
    return
  done <"$1"
}

route() {
  default=$(first "$1")
${
  keyed
    ? `  case $2 in
    static) interface=$(answering "$1") || interface= ;;
    keyed) interface=$(having_keys "$1") || interface= ;;
  esac
  while read -r what network source routing _; do
    [ "$what $routing" = "network $2" ] || continue
`
    : `  interface=$(answering "$1") || interface=
  while read -r what network source routing _; do
    [ "$what $routing" = 'network static' ] || continue
`
}    now=$(ip -4 route show exact "$network" | sed -n 's/.* dev \\([^ ]*\\) .*metric 50.*/\\1/p')
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
${
  keyed
    ? `    for routing in static keyed; do
      if grep -q "^network .* $routing$" "$table"; then route "$table" "$routing" || true; fi
    done
`
    : `    if grep -q '^network .* static$' "$table"; then route "$table" || true; fi
`
}  done
  [ "\${1:-}" != once ] || exit 0
  sleep 5
done
`;
}
