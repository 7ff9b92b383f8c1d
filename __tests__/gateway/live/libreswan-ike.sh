# The site's gateway is a libreswan, the clouds' ends are strongSwan. Whether the site's kernel has ESP is left open: how far IKE comes.
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

# Agreed with every cloud, or refused.
settled() {
  local name
  says 'AUTHENTICATION_FAILED\|NO_PROPOSAL_CHOSEN' at site cat /run/pluto.log && return
  while read -r name _; do
    says 'CHILD_SA .* established' at "$name" cat /run/charon.log || return
  done <"$plan/clouds"
}
wait_for 15 settled
sleep 0.3
# shellcheck disable=SC2016 # sed's own $
see log at site sed -n '/listening for IKE/,$p' /run/pluto.log
see status at site ipsec status
while read -r name _; do
  see "$name-log" at "$name" cat /run/charon.log
done <"$plan/clouds"
