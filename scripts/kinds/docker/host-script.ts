/**
 * The script that reads and writes files on a host. It reads a line for each of them: what to do, the mode, the path and the text in
 * Base64; so neither a path nor a text is in a list of arguments, and only built-in commands of the shell see them.
 *
 * Nothing is changed before the line `end` has come: until then what is written has another name. Then a signal stops it no more, so that a
 * connection that ends leaves the former files or the new ones. A link at the place of a file or folder is refused, because it may
 * lead elsewhere; a file that is there already under the other name is never written to.
 *
 * What is wrong is one line that begins with `kakehashi:` and a word, and the exit code 3.
 */
export const HOST_SCRIPT = `set -u
umask 077
fail() { printf 'kakehashi: %s\\n' "$*" >&2; exit 3; }
decoded() { printf %s "$1" | base64 -d; }
todo=
clean() {
  for one in $todo; do
    case $one in remove:*) ;; *) rm -f -- "$(decoded "\${one#*:}").kakehashi-new" ;; esac
  done
}
trap clean EXIT
trap 'exit 4' HUP INT TERM
for tool in base64 sha256sum; do command -v $tool >/dev/null 2>&1 || fail tool $tool; done
plain() { if [ -L "$1" ]; then fail link "$1"; fi; }
folder() {
  plain "$2"
  if [ -e "$2" ] && [ ! -d "$2" ]; then fail no-folder "$2"; fi
  (umask 022; mkdir -p -- "$2") 2>/dev/null || fail denied "$2"
}
whole=no
while IFS=' ' read -r what mode place data; do
  if [ "$what" = end ]; then whole=yes; break; fi
  path=$(decoded "$place") || fail tool base64
  case $what in
  text|digest)
    if [ -L "$path" ]; then printf 'link\\n'
    elif [ ! -e "$path" ]; then printf 'absent\\n'
    elif [ ! -f "$path" ]; then printf 'other\\n'
    elif [ ! -r "$path" ]; then printf 'denied\\n'
    elif [ "$what" = text ]; then printf 'text %s\\n' "$(base64 <"$path" | tr -d '\\n')"
    else sum=$(sha256sum <"$path"); printf 'digest %s\\n' "\${sum%% *}"
    fi ;;
  place)
    if [ -L "$path" ] || [ ! -d "$path" ]; then
      folder "$mode" "$path"
      chmod "$mode" "$path" || fail denied "$path"
      # Only root gives a folder to the user of a container.
      [ -z "$data" ] || chown "$(decoded "$data")" "$path" 2>/dev/null || :
    fi ;;
  folder)
    folder "$mode" "$path"
    [ "$(id -u)" != 0 ] || chown 0:0 "$path" || fail denied "$path"
    chmod "$mode" "$path" 2>/dev/null || fail denied "$path" ;;
  file|kept)
    plain "$path"
    if [ -e "$path" ] && [ ! -f "$path" ]; then fail no-file "$path"; fi
    new=$path.kakehashi-new
    rm -f -- "$new" 2>/dev/null || fail denied "$path"
    todo="$todo $what:$place"
    (set -C; decoded "$data" >"$new") 2>/dev/null || fail denied "$path"
    chmod "$mode" "$new" || fail denied "$path" ;;
  remove) todo="$todo remove:$place" ;;
  esac
done
[ "$whole" = yes ] || fail cut
trap '' HUP INT TERM PIPE
for one in $todo; do
  path=$(decoded "\${one#*:}")
  case $one in
  remove:*)
    if [ -d "$path" ] && [ ! -L "$path" ]; then rmdir -- "$path" 2>/dev/null || :; else rm -f -- "$path" 2>/dev/null || fail denied "$path"; fi ;;
  *)
    if [ "\${one%%:*}" = kept ] && [ -e "$path" ]; then
      { rm -f -- "$path.former" && ln -- "$path" "$path.former"; } 2>/dev/null || fail denied "$path.former"
    fi
    mv -f -- "$path.kakehashi-new" "$path" 2>/dev/null || fail denied "$path" ;;
  esac
done
`;
