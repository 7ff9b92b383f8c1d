# azure.sh ROUTING DEVICE DAEMON RELEASE [DEVICE DAEMON RELEASE]: gateways of one site, each with tunnels to the two instances of an
# active-active gateway of Azure (azure-end.ts).
# shellcheck shell=bash
set -eu
here=$(dirname "$0")
# shellcheck source=places.sh
. "$here/places.sh"
# shellcheck source=hosts.sh
. "$here/hosts.sh"
routing=$1
shift
declare -A daemons releases_of
starts=()
while [ $# -gt 0 ]; do
  daemons[$1]=$2 releases_of[$1]=$3
  shift 3
done
node=172.21.2.7
stamp() { echo "azure $routing $1 after $SECONDS s of $(cut -d. -f1 /proc/uptime)"; }

# The site's network is a bridge at a host of it, and each gateway has its own way to the Internet.
place internet bookworm
place neighbour bookworm
at internet sysctl -q -w net.ipv4.ip_forward=1
at neighbour ip -batch - <<'COMMANDS'
link add lan type bridge
address add 10.0.2.20/24 dev lan
link set lan up
COMMANDS
link=0
while read -r name public router inner; do
  place "$name" "${releases_of[$name]}"
  link=$((link + 1))
  wire internet "s$link" "$router/30" "$name" w0 "$public/30"
  at "$name" ip route add default via "$router"
  wire neighbour "n$link" "192.0.2.$((128 + link * 4))/31" "$name" l0 "$inner/24"
  at neighbour ip -batch - <<COMMANDS
address flush dev n$link
link set n$link master lan
COMMANDS
done <"$plan/devices"
while read -r name outside; do
  place "$name" bookworm
  link=$((link + 1))
  wire internet "i$link" "192.0.2.$((link * 4 + 1))/30" "$name" c0 "192.0.2.$((link * 4 + 2))/30"
  at "$name" ip route add default via "192.0.2.$((link * 4 + 1))"
  at internet ip route add "$outside" via "192.0.2.$((link * 4 + 2))"
  # The node of the virtual network is behind both instances.
  for address in "$node" "$outside"; do at "$name" ip address add "$address/32" dev lo; done
done <"$plan/instances"
filter_internet
stamp world

# All at a time: starting daemons is most of what the machine does.
start_instance() {
  local name=$1 number own site
  put "$name" "$plan/$name"
  while read -r number own site; do
    at "$name" ip -batch - <<COMMANDS
link add tunnel$number type xfrm dev c0 if_id $number
address add $own/32 peer $site/32 dev tunnel$number
link set tunnel$number up
COMMANDS
    # Without BGP the connection says what is behind the site's gateway.
    if [ "$routing" = static ]; then at "$name" ip route replace 10.0.2.0/24 dev "tunnel$number"; fi
  done <"$plan/$name.tunnels"
  see "$name-start" at "$name" systemctl restart strongswan
  if [ -e "$plan/$name/etc/frr/frr.conf" ]; then see "$name-frr" at "$name" systemctl restart frr; fi
  stamp "$name"
}
start_device() {
  put "$1" "$plan/$1"
  see "$1-install" at "$1" bash -e /root/install
  see "$1-start" at "$1" bash -e /root/start
  stamp "$1"
}
while read -r name _; do
  start_instance "$name" &
  starts+=($!)
done <"$plan/instances"
for device in "${!daemons[@]}"; do
  start_device "$device" &
  starts+=($!)
done
wait "${starts[@]}"

# How many tunnels a device's daemon holds.
tunnels() {
  case ${daemons[$1]} in
    libreswan) at "$1" ipsec status | sed -n 's/.*loaded \([0-9]*\), active \([0-9]*\).*/\2 of \1/p' ;;
    strongswan) at "$1" swanctl --list-sas | grep -c INSTALLED | sed 's/$/ of 2/' ;;
  esac
}
sessions() { at "$1" vtysh -c 'show bgp summary json' | grep -c '"state":"Established"'; }
route() {
  case $routing in
    bgp) at "$1" ip route show 172.21.0.0/16 proto bgp ;;
    static) at "$1" ip route show 172.21.0.0/16 metric 50 ;;
  esac
}

for device in "${!daemons[@]}"; do
  wait_for 120 says '^2 of 2$' tunnels "$device"
  see "$device-tunnels" tunnels "$device"
done
stamp tunnels
for device in "${!daemons[@]}"; do
  if [ "$routing" = bgp ]; then wait_for 120 says '^2$' sessions "$device"; fi
  wait_for 60 says 172.21 route "$device"
  if [ "$routing" = bgp ]; then see "$device-sessions" at "$device" vtysh -c 'show bgp summary json'; fi
  see "$device-route" route "$device"
  see "$device-addresses" at "$device" ip -o -4 address show
done
while read -r name _; do
  see "$name-log" at "$name" cat /run/charon.log
  if [ "$routing" = bgp ]; then
    wait_for 60 says 10.0.2.0 at "$name" ip route show proto bgp
    see "$name-sessions" at "$name" vtysh -c 'show bgp summary json'
    see "$name-learned" at "$name" ip route show proto bgp
    see "$name-opened" at "$name" vtysh -c 'show bgp neighbors json'
  fi
done <"$plan/instances"
stamp routes

# pings PREFIX: from each device, and from another host of the site by way of it.
pings() {
  local device inner
  while read -r device _ _ inner; do
    see "$1-$device-host" at "$device" ping -q -c 2 -i 0.3 -W 3 "$node"
    at neighbour ip route replace 172.21.0.0/16 via "$inner"
    see "$1-$device-neighbour" at neighbour ping -q -c 2 -i 0.3 -W 3 "$node"
  done <"$plan/devices"
}
pings both
read -r device _ <"$plan/devices"
see full at "$device" ping -q -c 1 -W 3 -M 'do' -s $((1400 - 28)) "$node"
see too-long at "$device" ping -q -c 1 -W 3 -M 'do' -s $((1401 - 28)) "$node"

# The first instance goes, as in planned maintenance: its sessions and its keys end.
if [ "$routing" = bgp ]; then
  at azure0 sh -c 'kill $(cat /run/frr/bgpd.pid)'
else
  at azure0 sh -c 'rm /etc/swanctl/conf.d/*; swanctl --load-conns'
  while read -r number _; do
    at azure0 swanctl --terminate --ike "cloud$number" --timeout 5 || true
  done <"$plan/azure0.tunnels"
fi
for device in "${!daemons[@]}"; do
  moved() { says "dev [a-z]*10[24] " route "$device"; }
  wait_for 120 moved
  see "$device-moved" route "$device"
done
stamp moved
pings moved
see internet at internet nft list ruleset
