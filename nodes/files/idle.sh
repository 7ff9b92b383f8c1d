#!/bin/bash
# Ends a node that has been idle for IDLE_TIMEOUT seconds. Run each minute by kakehashi-idle.timer, once the node was ready.
# A node is idle while no probe gives a reason why it is busy. A probe that fails is such a reason.
set -uo pipefail
# shellcheck source=node.sh
. "${KAKEHASHI_ROOT:-}/usr/local/lib/kakehashi/node.sh"

# Processes that are older are jobs, unless the container had them when its sshd first answered.
job_age=60

# What is in a container that is not one of its own services. The arguments of a job are not shown: a secret may be in them.
container_jobs() {
  local running=0 processes
  base_container_runs || running=$?
  [ "$running" != 2 ] || return 1
  [ "$running" = 0 ] || return 0
  [ -e "$run/services" ] || { echo 'the services of the base container are not known yet'; return 1; }
  processes=$(docker top "$container" -eo pid,etimes,args) || return
  printf '%s\n' "$processes" | awk -v age="$job_age" -v services="$run/services" '
    BEGIN { while ((getline line < services) > 0) known[line] = 1 }
    NR == 1 { next }
    $2 >= age {
      args = $3; for (i = 4; i <= NF; i++) args = args " " $i
      if (!(args in known)) { count++; if (count == 1) { name = $3; sub(".*/", "", name) } }
    }
    END { if (count) print count " process(es) in the base container, such as " name }'
}

# Without a base container: processes of users who log in, which have ids from 1000 on.
host_jobs() {
  local processes
  processes=$(ps -eo uid=,etimes=,comm=) || return
  printf '%s\n' "$processes" | awk -v age="$job_age" '
    $1 >= 1000 && $1 < 65534 && $2 >= age { count++; if (count == 1) name = $3 }
    END { if (count) print count " process(es) of users, such as " name }'
}

ssh_sessions() {
  local sessions
  sessions=$(ss -Htn state established "( sport = :22 or sport = :$SSH_PORT )") || return
  [ -z "$sessions" ] || echo "$(printf '%s\n' "$sessions" | wc -l) SSH session(s)"
}

load() {
  local one cores
  read -r one _ <"$root/proc/loadavg" || return
  cores=$(nproc) || return
  awk -v load="$one" -v cores="$cores" -v limit="$IDLE_LOAD" 'BEGIN {
    if (load !~ /^[0-9]+(\.[0-9]+)?$/ || cores < 1) exit 1
    if (load / cores >= limit) print "load of " load " on " cores " core(s)"
  }'
}

busy=
probe() {
  local name=$1 reason
  shift
  if ! reason=$("$@" 2>&1); then
    reason="the probe $name failed${reason:+: $reason}"
  fi
  [ -z "$reason" ] || busy=${busy:+$busy; }$reason
}

if [ "$CONTAINER" = none ]; then probe jobs host_jobs; else probe jobs container_jobs; fi
probe sessions ssh_sessions
probe load load
for hook in "$etc"/idle.d/*; do
  [ ! -x "$hook" ] || probe "${hook##*/}" timeout 30 "$hook"
done

now=$(uptime_seconds)
since=
[ ! -e "$run/idle-since" ] || read -r since <"$run/idle-since"
if [ -n "$busy" ]; then
  rm -f "$run/idle-since"
  idle=0 condition=busy reason=$busy
else
  if [ -z "$since" ]; then
    since=$now
    echo "$since" >"$run/idle-since"
  fi
  idle=$((now - since)) condition=idle reason='no job, no SSH session, low load'
fi

printf '{"state":"%s","reason":"%s","idle_seconds":%d,"idle_timeout":%d,"checked_at":"%s"}\n' \
  "$condition" "$(json_text "$reason")" "$idle" "$IDLE_TIMEOUT" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" |
  replace_file "$run/idle.json"
# The log has a line where something changed, not one a minute.
last=
[ ! -e "$run/idle-said" ] || read -r last <"$run/idle-said"
if [ "$last" != "$condition: $(json_text "$reason")" ]; then
  say "$condition: $reason"
  printf '%s: %s\n' "$condition" "$(json_text "$reason")" >"$run/idle-said"
fi

if [ "$condition" = idle ] && [ "$idle" -ge "$IDLE_TIMEOUT" ]; then
  end_node "idle for $idle s"
fi
