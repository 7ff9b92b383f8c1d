#!/bin/bash
# Stands for systemctl in a place of the live tests, where no systemd runs: starts what Debian's units and ours start, so that
# the commands of INSTALL.md can be run as they are there.
set -eu

start() {
  local unit=/etc/systemd/system/$1.service
  case $1 in
    strongswan)
      charon-systemd >/dev/null 2>&1 </dev/null &
      ready test -S /run/charon.vici
      swanctl --load-all --noprompt
      ;;
    ipsec)
      /usr/libexec/ipsec/addconn --config /etc/ipsec.conf --checkconfig
      /usr/libexec/ipsec/pluto --config /etc/ipsec.conf --nofork --logfile /run/pluto.log >/dev/null 2>&1 </dev/null &
      ready ipsec status
      ;;
    frr)
      mkdir -p /run/frr /var/log/frr
      chown frr:frr /run/frr /var/log/frr
      # Those that Debian's service always starts, and those that the file says.
      for daemon in zebra mgmtd staticd $(sed -n 's/^\([a-z0-9]*\)=yes.*/\1/p' /etc/frr/daemons); do
        [ ! -x "/usr/lib/frr/$daemon" ] || "/usr/lib/frr/$daemon" -d -A 127.0.0.1 >/dev/null 2>&1
      done
      ready vtysh -c 'show version'
      vtysh -b
      ;;
    *)
      # One of ours. Of Type=oneshot: it ends.
      local command
      command=$(sed -n 's/^ExecStart=//p' "$unit")
      if grep -q '^Type=oneshot' "$unit"; then
        $command
      else
        $command >"/run/$1.log" 2>&1 </dev/null &
      fi
      ;;
  esac
}

# ready COMMAND...: waits until it succeeds.
ready() {
  local tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || exit 1
    sleep 0.1
  done
}

case "$1" in
  daemon-reload) ;;
  enable) if [ "$2" = --now ]; then start "$3"; fi ;;
  restart | reload-or-restart) start "$2" ;;
  *) exit 64 ;;
esac
