# A policy-based tunnel of the site's gateway to each cloud; by strongSwan, which carries the packets itself.
# shellcheck shell=bash
set -eu
here=$(dirname "$0")
# shellcheck source=places.sh
. "$here/places.sh"
# shellcheck source=hosts.sh
. "$here/hosts.sh"

world "$1"
start_clouds
start_gateway

# Up, or refused.
settled() {
  says INSTALLED at site swanctl --list-sas || grep -qE 'AUTHENTICATION_FAILED|NO_PROPOSAL_CHOSEN' <(at site cat /run/charon.log)
}
wait_for 15 settled
sleep 0.3
see sas at site swanctl --list-sas
see log at site cat /run/charon.log

while read -r name _ node _; do
  see "$name-log" at "$name" cat /run/charon.log
  see "$name-controller" at site ping -q -c 1 -W 1 -I 10.0.2.15 "$node"
  # Where the first does not pass, the others are no news.
  says INSTALLED at site swanctl --list-sas || continue
  see "$name-host" at site ping -q -c 1 -W 1 "$node"
  see "$name-neighbour" at neighbour ping -q -c 1 -W 1 "$node"
  see "$name-container" at site ping -q -c 1 -W 1 -I 172.17.0.1 "$node"
  see "$name-sas" at "$name" swanctl --list-sas
done <"$plan/clouds"
see in-clear at internet nft list ruleset
