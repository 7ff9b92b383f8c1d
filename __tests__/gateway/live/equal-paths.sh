# equal-paths.sh RELEASE DAEMON: both tunnels of a transit gateway carry flows at once.
# shellcheck shell=bash
set -eu
here=$(dirname "$0")
# shellcheck source=places.sh
. "$here/places.sh"
# shellcheck source=hosts.sh
. "$here/hosts.sh"
daemon=$2
stamp() { echo "equal paths $daemon $1 after $SECONDS s of $(cut -d. -f1 /proc/uptime)"; }
network=172.30.0.0/16 node=172.30.2.7

world "$1"
start_clouds
# A transit gateway also keeps a flow on one tunnel.
at dev sysctl -q -w net.ipv4.fib_multipath_hash_policy=1
stamp clouds
start_gateway
stamp gateway

both() { [ "$(at "$1" ip route show "$2" proto bgp | grep -c nexthop)" = 2 ]; }
wait_for 120 both site "$network"
wait_for 120 both dev 10.0.2.0/24
see route at site ip route show "$network" proto bgp
see learned at dev ip route show 10.0.2.0/24 proto bgp
stamp routes

# The host's own packet filter knows connections and drops what belongs to none: answers may come by the other tunnel.
devices=$(at site sh -c "sed -n 's/^tunnel \\([^ ]*\\) .*/\\1/p' /etc/kakehashi/dev-*.tunnels")
first=${devices%%[[:space:]]*} second=${devices##*[[:space:]]}
at site nft -f - <<RULES
table inet strict {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    meta l4proto esp accept
    udp dport { 500, 4500 } accept
    iifname { "lo", "s1", "$first", "$second" } accept
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    ct state invalid counter comment "invalid"
    iifname "s1" accept
  }
}
RULES
# count NAME: zero counters of the first packets of flows by each tunnel, and of their answers.
count() {
  at site nft -f - <<RULES
table inet counting
delete table inet counting
table inet counting {
  chain out {
    type filter hook postrouting priority 300; policy accept;
    oifname "$first" tcp dport 4001-4040 counter comment "out 1"
    oifname "$second" tcp dport 4001-4040 counter comment "out 2"
  }
  chain in {
    type filter hook prerouting priority -300; policy accept;
    iifname "$first" tcp sport 4001-4040 counter comment "in 1"
    iifname "$second" tcp sport 4001-4040 counter comment "in 2"
  }
}
RULES
}
# flows NAME PLACE: forty of them, each to a port where nobody listens: "refused" is an answer.
flows() {
  count
  # shellcheck disable=SC2016 # the inner shell's own variables
  see "$1" at "$2" timeout 60 bash -c 'for port in {4001..4040}; do (exec 3<>"/dev/tcp/$0/$port") 2>&1 | grep -o -m 1 refused; done' "$node"
  see "$1-counted" at site nft list table inet counting
}
flows neighbour neighbour
flows host site
stamp flows

# All answers by the second tunnel, whichever way the flow went.
number=$(tail -n 1 "$plan/dev.tunnels" | cut -d' ' -f1)
at dev ip route add 10.0.2.0/24 dev "tunnel$number" metric 5
flows one-way-back neighbour
see strict at site nft list table inet strict
at dev ip route delete 10.0.2.0/24 dev "tunnel$number" metric 5
see container at site ping -q -c 2 -i 0.3 -W 3 -I 172.17.0.1 "$node"
stamp one-way-back

# One tunnel's end goes: the session is closed, and all flows go by the other.
at dev vtysh -c 'configure terminal' -c "router bgp 64512" -c "neighbor 169.254.100.2 shutdown"
one() { ! both site "$network" && says "dev $second" at site ip route show "$network" proto bgp; }
wait_for 60 one
see one-left at site ip route show "$network" proto bgp
flows failover neighbour
see internet at internet nft list ruleset
stamp failover
