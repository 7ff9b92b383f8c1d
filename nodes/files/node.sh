# shellcheck shell=bash
# What the programs of a node share. Sourced by them. KAKEHASHI_ROOT is for tests alone.
root=${KAKEHASHI_ROOT:-}
etc=$root/etc/kakehashi
run=$root/run/kakehashi
state=$root/var/lib/kakehashi
container=kakehashi-base
program=${0##*/}
# shellcheck source=node.env
. "$etc/node.env"
# shellcheck source=cloud.sh
. "$root/usr/local/lib/kakehashi/cloud.sh"
mkdir -p "$run" "$state"

# A line of the log: journalctl -t kakehashi-idle, and so on.
say() {
  echo "$program: $*"
}

# Whole seconds since the kernel started: a clock that nobody sets.
uptime_seconds() {
  local seconds
  read -r seconds _ <"$root/proc/uptime"
  echo "${seconds%%.*}"
}

# Replaces a file at once, so that a reader finds the old text or the new one.
replace_file() {
  cat >"$1.new"
  mv "$1.new" "$1"
}

# A text as the inside of a JSON string.
json_text() {
  printf '%s' "$*" | tr '\n\t' '  ' | tr -d '\000-\037\177' | sed 's/[\\"]/\\&/g'
}

# Whether the base container runs: 0 yes, 1 no (also where there is none), 2 Docker did not say.
base_container_runs() {
  local answer
  answer=$(docker ps --all --quiet --filter "name=^/$container\$" --filter status=running) || return 2
  [ -n "$answer" ]
}

# Whether something that calls itself an SSH server answers at a port of this node.
sshd_answers() {
  # shellcheck disable=SC2016 # the inner shell's variables
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2" && read -r -t 4 line <&3 && [ "${line#SSH-}" != "$line" ]' \
    - "${KAKEHASHI_ADDRESS:-127.0.0.1}" "$1" 2>/dev/null
}

# Leaves the pools that the node is in: every program in leave.d gets the reason, and a minute.
leave_pools() {
  local hook
  for hook in "$etc"/leave.d/*; do
    [ -x "$hook" ] || continue
    say "runs ${hook##*/}"
    timeout 60 "$hook" "$1" </dev/null || say "${hook##*/} ended with $?"
  done
}

# Stops the base container, if there is one. Its processes get so many seconds.
stop_base_container() {
  [ "$CONTAINER" = none ] || docker stop -t "$1" "$container" || say 'the base container could not be stopped'
}

# Ends this node for good. Returns 1 if the cloud refused it: the caller comes again.
# Called again within ten minutes it does nothing: the cloud is at it.
end_node() {
  local now last=
  now=$(uptime_seconds)
  [ ! -e "$run/end-asked" ] || read -r last <"$run/end-asked"
  if [ -n "$last" ] && [ $((now - last)) -lt 600 ]; then
    return 0
  fi
  say "ends this node: $1"
  printf '{"reason":"%s","ended_at":"%s"}\n' "$(json_text "$1")" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" |
    replace_file "$run/end.json"
  leave_pools "$1"
  if ! cloud_end_node; then
    say 'the cloud did not take the end of this node; it is asked again'
    return 1
  fi
  echo "$now" >"$run/end-asked"
}
