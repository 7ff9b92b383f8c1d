#!/bin/bash
# Watches for the notice that the cloud is about to take this node: logs it, leaves the pools and stops the base container.
# Started by kakehashi-interruption.service.
set -uo pipefail
# shellcheck source=node.sh
. "${KAKEHASHI_ROOT:-}/usr/local/lib/kakehashi/node.sh"
pause=${KAKEHASHI_PAUSE:-5}
said=

while :; do
  if notice=$(cloud_notice); then
    case $notice in
      'end '*)
        say "${notice#end }"
        printf '{"notice":"%s","seen_at":"%s"}\n' "$(json_text "${notice#end }")" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" |
          replace_file "$run/interruption.json"
        # Both at once: there is little time.
        leave_pools "${notice#end }" &
        stop_base_container "${notice_grace:?}"
        wait
        exit 0
        ;;
      *) text=${notice#hint } ;;
    esac
  else
    text='the metadata service does not answer'
  fi
  if [ -n "$text" ] && [ "$text" != "$said" ]; then say "$text"; fi
  said=$text
  sleep "$pause"
done
