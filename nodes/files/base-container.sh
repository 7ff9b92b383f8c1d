#!/bin/bash
# Starts the base container, with user_init_command after it; or stops it. Used by kakehashi-base-container.service.
# /etc/kakehashi/container.conf has the arguments of `docker run`.
set -euo pipefail
# shellcheck source=node.sh
. "${KAKEHASHI_ROOT:-}/usr/local/lib/kakehashi/node.sh"
pause=${KAKEHASHI_PAUSE:-5}

# fetch_object REGION BUCKET KEY SHA256 FILE: an object whose digest is known.
fetch_object() {
  cloud_object "$1" "$2" "$3" "$5.new"
  if ! echo "$4  $5.new" | sha256sum --check --status; then
    rm -f "$5.new"
    say "s3://$2/$3 has another digest than $4"
    return 1
  fi
  mv "$5.new" "$5"
}

# The image, where it is not here yet: from a bundle, else from its registry.
get_image() {
  ! docker image inspect "$image" >/dev/null 2>&1 || return 0
  if [ "${#bundle[@]}" -gt 0 ]; then
    fetch_object "${bundle[@]}" "$state/image.tar"
    docker load --input "$state/image.tar"
    rm -f "$state/image.tar"
    return
  fi
  # The registry's password is kept in memory alone.
  export DOCKER_CONFIG=$run/docker-config
  if [ -n "$registry" ]; then
    printf '%s' "${REGISTRY_PASSWORD:?}" | docker login --username "${REGISTRY_USER:?}" --password-stdin "$registry" >/dev/null
  fi
  local tries=5
  until docker pull --quiet "$image"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep "$pause"
  done
}

# The command lines of the container's own services, of which idle.sh takes none for a job.
note_services() {
  docker top "$container" -eo pid,args |
    awk 'NR > 1 { args = $2; for (i = 3; i <= NF; i++) args = args " " $i; print args }' | sort -u |
    replace_file "$run/services"
}

user_init() {
  [ "${#user_init[@]}" -eq 0 ] || [ -e "$state/user-init" ] ||
    fetch_object "${user_init[@]}" "$state/user-init"
  [ -e "$state/user-init" ] || return 0
  chmod 700 "$state/user-init"
  say 'runs user_init_command'
  "$state/user-init" </dev/null || say "user_init_command ended with $?"
}

start() {
  # shellcheck source=/dev/null
  . "$run/address.env"
  # shellcheck source=/dev/null
  [ ! -e "$run/secrets.env" ] || . "$run/secrets.env"
  # shellcheck source=container.conf
  . "$etc/container.conf"
  rm -f "$run/services"
  if docker container inspect "$container" >/dev/null 2>&1; then
    docker start "$container"
  else
    get_image
    export MY_PRIVATE_IP=$KAKEHASHI_ADDRESS VCCCTR_IPADDR=$CONTROLLER VCCC_ID=$CONTROLLER_ID
    SERF_NODE_ID=$GROUP-${NODE:-$(cloud_node_name)}
    export SERF_NODE_ID
    # shellcheck disable=SC2163 # the names are in the list
    [ "${#secret_variables[@]}" -eq 0 ] || export "${secret_variables[@]}"
    docker run "${arguments[@]}" "$image"
  fi
  # The boot time-out is the end of the waiting.
  until sshd_answers 22; do sleep "$pause"; done
  note_services
  user_init
}

case ${1:-} in
  start) start ;;
  stop) stop_base_container 30 ;;
  *)
    echo "usage: $program start | stop" >&2
    exit 64
    ;;
esac
