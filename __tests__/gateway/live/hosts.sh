# Shell functions for what is in the small world (places.sh): the site with its gateway as INSTALL.md sets it up, a cloud per
# environment, and the Internet between them, which lets IKE and ESP pass and counts the rest.
#
# $plan: a folder that the test wrote (plan.ts): site/ and a folder per cloud with what lies below their /; clouds, a line each.
# shellcheck shell=bash disable=SC2154

# world RELEASE: all places and cables; the site's gateway host is of that release.
world() {
  place internet bookworm
  place site "$1"
  place neighbour bookworm
  at internet sysctl -q -w net.ipv4.ip_forward=1
  wire internet i0 198.51.100.1/24 site s0 198.51.100.10/24
  at site ip route add default via 198.51.100.1
  wire site s1 10.0.2.15/24 neighbour n0 10.0.2.20/24
  at neighbour ip route add default via 10.0.2.15
  # Where a container's packets come from: an address of the host that no one else knows.
  at site ip address add 172.17.0.1/16 dev lo
  local name node outside link=0 address
  while read -r name _ node outside; do
    place "$name" bookworm
    link=$((link + 1))
    wire internet "i$link" "192.0.2.$((link * 4 + 1))/30" "$name" c0 "192.0.2.$((link * 4 + 2))/30"
    at "$name" ip route add default via "192.0.2.$((link * 4 + 1))"
    # The node's packets in clear would be carried as well, but for the filter.
    for address in $node $outside; do
      at "$name" ip address add "$address/32" dev lo
      at internet ip route add "$address" via "192.0.2.$((link * 4 + 2))"
    done
  done <"$plan/clouds"
  filter_internet
}

# The Internet lets IKE and ESP pass and counts the rest.
filter_internet() {
  at internet nft -f - <<'RULES'
table ip internet {
  chain forward {
    type filter hook forward priority filter; policy drop;
    meta l4proto esp ip frag-off & 0x3fff != 0 counter comment "in pieces"
    meta l4proto esp counter accept
    udp dport { 500, 4500 } counter accept
    counter comment "in clear"
  }
}
RULES
}

# The clouds' ends of the tunnels; with interfaces and BGP where there are some.
start_clouds() {
  local name number inside
  while read -r name _; do
    put "$name" "$plan/$name"
    while read -r number inside; do
      at "$name" ip -batch - <<COMMANDS
link add tunnel$number type xfrm dev c0 if_id $number
address add $inside dev tunnel$number
link set tunnel$number up
COMMANDS
    done <"$plan/$name.tunnels"
    see "$name-start" at "$name" systemctl restart strongswan
    if [ -e "$plan/$name/etc/frr/frr.conf" ]; then see "$name-frr" at "$name" systemctl restart frr; fi
  done <"$plan/clouds"
}

# The site's gateway, by the commands of its INSTALL.md.
start_gateway() {
  put site "$plan/site"
  see install at site bash -e /root/install
  see start at site bash -e /root/start
}
