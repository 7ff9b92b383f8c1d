import { type GatewayNetwork, isPointToPoint } from '../host/gateway-tunnel';
import { type HostFile, header } from '../host/host-file';

/**
 * `kakehashi-tunnels up | down`: makes the tunnels' interfaces from the tables, before the daemons start. A second `up` makes new
 * interfaces, removes those that are in no table any more, and does not touch the others.
 *
 * @param networks - route-based ones
 */
export function interfaceScript(networks: readonly GatewayNetwork[]): HostFile {
  const tunnels = networks.flatMap((network) => network.tunnels);
  return {
    path: 'usr/local/sbin/kakehashi-tunnels',
    mode: 0o755,
    text: scriptText({
      pointToPoint: tunnels.some(isPointToPoint),
      peers: tunnels.some(({ bgp }) => bgp.isBeyond),
    }),
  };
}

/** What the tables have that only some clouds need. */
interface Parts {
  /** Tunnels whose ends share no subnet. */
  readonly pointToPoint: boolean;
  /** BGP peers beyond a tunnel. */
  readonly peers: boolean;
}

function scriptText({ pointToPoint, peers }: Parts): string {
  return `#!/bin/sh
${header(['Makes (up) or removes (down) the interfaces of the route-based tunnels. Run by kakehashi-tunnels.service.'])}set -eu
tables=\${KAKEHASHI_TABLES:-/etc/kakehashi}
# What was made since the machine started.
made=\${KAKEHASHI_MADE:-/run/kakehashi-tunnels}
failed=0

# The way to the tunnel's other end: prints the device and the address that it leaves with.
way_to() {
  # shellcheck disable=SC2046 # words are wanted
  set -- $(ip -4 route get "$1")
  device='' source=''
  while [ $# -gt 1 ]; do
    case $1 in
      dev) device=$2 ;;
      src) source=$2 ;;
    esac
    shift
  done
  [ -n "$device" ] && [ -n "$source" ] && echo "$device $source"
}

# interface kind id outside inside peer mtu
tunnel_up() {
  there=yes
  found=$(ip -d link show dev "$1" 2>/dev/null) || there=
  case "$2 $found" in
    vti*" remote $4 "*) ;;
    # The connection was replaced, and its other end has a new address.
    vti*" remote "*) ip link delete "$1" && there= ;;
  esac
  if [ -z "$there" ]; then
    way=$(way_to "$4") || {
      echo "kakehashi-tunnels: no way to $4" >&2
      return 1
    }
    case $2 in
      # Its key is the mark that the daemon puts into its policies.
      vti) ip link add "$1" type vti local "\${way#* }" remote "$4" key "$3" ;;
      # Its id is the one that the daemon puts into its policies.
      xfrm) ip link add "$1" type xfrm dev "\${way% *}" if_id "$3" ;;
    esac
  fi
${
  pointToPoint
    ? `  case $5 in
    # The ends share no subnet, and several interfaces may have the same address.
    */32) ip address replace "$5" peer "$6" dev "$1" ;;
    *) ip address replace "$5" dev "$1" ;;
  esac
`
    : `  ip address replace "$5" dev "$1"
`
}  ip link set dev "$1" mtu "$7" up
}

up() {
  what=$1
  shift
  case $what in
    tunnel) tunnel_up "$@" ;;
${
  peers
    ? `    # Before BGP can say where its peer is.
    peer) ip route replace "$1" dev "$3" src "$2" ;;
`
    : ''
}    # Last resort while no tunnel has a route: an error at once, and nothing in clear to the Internet.
    # FRR reads the metric's first byte as the distance: 255, so that it is never better than what BGP learns.
    network) ip route replace unreachable "$1" metric 4278198272 ;;
  esac
}

down() {
  case $1 in
    tunnel) ip link delete "$2" 2>/dev/null || true ;;
${
  peers
    ? `    peer) ip route delete "$2/32" 2>/dev/null || true ;;
`
    : ''
}    network) ip route delete unreachable "$2" metric 4278198272 2>/dev/null || true ;;
  esac
}

# What the tables have, two words of each line.
ours() {
  for table in "$tables"/*.tunnels; do
    [ -e "$table" ] || continue
    while read -r what name _; do
      case $what in
        tunnel | ${peers ? 'peer | ' : ''}network) echo "$what $name" ;;
      esac
    done <"$table"
  done
}

# Takes away what an earlier "up" made and no table has any more.
forget() {
  [ -e "$made" ] || return 0
  while read -r what name; do
    ours | grep -qxF "$what $name" || down "$what" "$name" </dev/null
  done <"$made"
}

# up | down
each() {
  for table in "$tables"/*.tunnels; do
    [ -e "$table" ] || continue
    while read -r what one two three four five six seven; do
      case $1 in
        up) up "$what" "$one" "$two" "$three" "$four" "$five" "$six" "$seven" </dev/null || failed=1 ;;
        down) down "$what" "$one" </dev/null ;;
      esac
    done <"$table"
  done
}

case \${1:-} in
  up)
    forget
    ours >"$made"
    each up
    sysctl -q -e -p /etc/sysctl.d/90-kakehashi.conf
    ;;
  down)
    each down
    rm -f "$made"
    ;;
  *)
    echo 'usage: kakehashi-tunnels up | down' >&2
    exit 64
    ;;
esac
exit "$failed"
`;
}
