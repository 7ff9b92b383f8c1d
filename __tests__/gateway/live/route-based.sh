# route-based.sh RELEASE DAEMON ROUTING: route-based tunnels of the site's gateway, two to each cloud.
# shellcheck shell=bash
set -eu
here=$(dirname "$0")
# shellcheck source=places.sh
. "$here/places.sh"
# shellcheck source=hosts.sh
. "$here/hosts.sh"
daemon=$2 routing=$3
stamp() { echo "$daemon $routing $1 after $SECONDS s of $(cut -d. -f1 /proc/uptime)"; }

world "$1"
stamp world
start_clouds
stamp clouds
# A cloud with static routes answers through whichever tunnel it likes: here the last, while the site sends by the first.
if [ "$routing" = static ]; then
  while read -r name _; do
    while read -r number _; do at "$name" ip route replace 10.0.2.0/24 dev "tunnel$number"; done <"$plan/$name.tunnels"
  done <"$plan/clouds"
fi
start_gateway
stamp gateway

# How many tunnels the daemon holds.
tunnels() {
  case $daemon in
    libreswan) at site ipsec status | sed -n 's/.*loaded \([0-9]*\), active \([0-9]*\).*/\2 of \1/p' ;;
    strongswan) at site swanctl --list-sas | grep -c INSTALLED | sed "s/\$/ of $all/" ;;
  esac
}
# route NETWORK: how the site goes there.
route() {
  case $routing in
    bgp) at site ip route show "$1" proto bgp ;;
    static) at site ip route show "$1" metric 50 ;;
  esac
}
# pings PREFIX CLOUD NODE: from all that may ask.
pings() {
  see "$1-$2-host" at site ping -q -c 2 -i 0.3 -W 3 "$3"
  see "$1-$2-neighbour" at neighbour ping -q -c 2 -i 0.3 -W 3 "$3"
  see "$1-$2-container" at site ping -q -c 2 -i 0.3 -W 3 -I 172.17.0.1 "$3"
}
# sever ADDRESS: nothing passes between the site and this end of a tunnel.
sever() {
  at internet nft insert rule ip internet forward ip saddr "$1" drop
  at internet nft insert rule ip internet forward ip daddr "$1" drop
}

all=$(cat "$plan"/*.tunnels | wc -l)
wait_for 120 says "^$all of $all\$" tunnels
stamp tunnels
see tunnels tunnels
while read -r name network node _; do
  # It may begin with the second, where that one was up before.
  first=$(at site sh -c "sed -n 's/^tunnel \\([^ ]*\\) .*/\\1/p' /etc/kakehashi/$name-*.tunnels | head -n 1")
  wait_for 120 says "dev $first" route "$network"
  see "$name-route" route "$network"
  pings both "$name" "$node"
  if [ "$routing" = bgp ]; then
    wait_for 60 says 10.0.2.0 at "$name" ip route show proto bgp
    see "$name-learned" at "$name" ip route show proto bgp
  fi
done <"$plan/clouds"
stamp routes
see routes at site ip route
if [ "$routing" = bgp ]; then see bgp at site vtysh -c 'show bgp ipv4 unicast'; fi
see full at site ping -q -c 1 -W 3 -M 'do' -s $((1446 - 28)) 172.30.2.7
see too-long at site ping -q -c 1 -W 3 -M 'do' -s $((1447 - 28)) 172.30.2.7

sever 203.0.113.1
# The interface of dev's second tunnel.
second=$(at site ip -o address show to 169.254.100.6 | sed 's/^[0-9]*: \([^ ]*\) .*/\1/')
wait_for 120 says "dev $second" route 172.30.0.0/16
if [ "$routing" = bgp ]; then
  # Answers come back only when the cloud has found out too.
  returns() {
    says 10.0.2.0 at dev ip route show proto bgp && ! says 'via 169\.254\.100\.2 ' at dev ip route show proto bgp
  }
  wait_for 120 returns
fi
stamp failover
see failover-route route 172.30.0.0/16
pings failover dev 172.30.2.7
while read -r name _ node _; do see "failover-$name" at site ping -q -c 1 -W 3 "$node"; done <"$plan/clouds"

sever 203.0.113.2
if [ "$routing" = bgp ]; then
  gone() { ! says dev route 172.30.0.0/16; }
  wait_for 120 gone
fi
stamp none
see none-route route 172.30.0.0/16
see none at site ping -q -c 1 -W 3 172.30.2.7
see internet at internet nft list ruleset
