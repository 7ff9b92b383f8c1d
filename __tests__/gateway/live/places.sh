# Shell functions for a small world of hosts: each place has a network, a process's view of the machine and a root folder of its own,
# over an unpacked Debian. To be sourced where mount, network and process namespaces are already others than the machine's: when the
# first process of those ends, everything made here is gone.
#
# $releases: the folder of unpacked Debians. $world: a folder for what the places hold. $seen: where observations go.
# shellcheck shell=bash disable=SC2154

# A Debian's own, for the places as well.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# place NAME RELEASE: makes a host; its root folder is $world/NAME/root, as only the place itself sees it.
place() {
  local folder=$world/$1 tries=0
  mkdir -p "$folder"
  # shellcheck disable=SC2016 # the inner shell's own variables
  # Few programs, because each start of one takes long in an emulated machine.
  unshare --mount --net --propagation private bash -c '
    set -e
    mount -t tmpfs tmpfs "$0"
    mkdir "$0/upper" "$0/work" "$0/root"
    mount -t overlay -o "lowerdir=$1,upperdir=$0/upper,workdir=$0/work" overlay "$0/root"
    echo "/dev $0/root/dev none rbind
proc $0/root/proc proc
sysfs $0/root/sys sysfs
tmpfs $0/root/run tmpfs
tmpfs $0/root/tmp tmpfs" >"$0/table"
    mount -a -T "$0/table"
    echo $$ >"$0.pid"
    exec chroot "$0/root" sleep infinity' "$folder" "$releases/$2" </dev/null &
  until [ -s "$folder.pid" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ]; then
      echo "places.sh: $1 did not come up" >&2
      return 1
    fi
    sleep 0.1
  done
  # Its root folder is the place's own from here on.
  while [ "/proc/$(<"$folder.pid")/root/" -ef / ]; do sleep 0.1; done
  at "$1" ip link set lo up
}

# at NAME COMMAND...: runs it there.
at() {
  nsenter --target "$(<"$world/$1.pid")" --mount --net --root --wd -- "${@:2}"
}

# put NAME FOLDER: lays the folder's files over the place's root folder, with their modes.
put() {
  nsenter --target "$(<"$world/$1.pid")" --mount -- cp -R --preserve=mode "$2/." "$world/$1/root/"
}

# wire NAME DEVICE ADDRESS NAME DEVICE ADDRESS: a cable between two places.
wire() {
  at "$1" ip -batch - <<COMMANDS
link add $2 type veth peer name $5 netns $(<"$world/$4.pid")
address add $3 dev $2
link set $2 up
COMMANDS
  at "$4" ip -batch - <<COMMANDS
address add $6 dev $5
link set $5 up
COMMANDS
}

# see NAME COMMAND...: notes what the command says and how it ends, for the test to judge.
see() {
  local name=$1 status=0
  shift
  # Not through a pipe: a daemon that it starts would hold it open.
  "$@" >"$seen/$name" 2>&1 </dev/null || status=$?
  echo "$status" >"$seen/$name.status"
}

# wait_for SECONDS COMMAND...: until it succeeds, tried every $pause seconds; goes on in any case, what is missing will be seen.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1 || [ "$SECONDS" -ge "$end" ]; do sleep "${pause:-0.2}"; done
}

# says TEXT COMMAND...: whether the command's output has the text.
says() {
  local text=$1
  shift
  "$@" 2>&1 | grep -q -- "$text"
}
