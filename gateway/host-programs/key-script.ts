import { listed } from '../../base/text/listed';
import type { GatewayNetwork } from '../host/gateway-tunnel';
import { type HostFile, header } from '../host/host-file';

/** `kakehashi-keys FOLDER`: replaces the references in the templates of secrets files by the keys, on the gateway itself. */
export function keyScript(networks: readonly GatewayNetwork[]): HostFile {
  const clouds = [...new Set(networks.map(({ cloud }) => cloud.name))];
  const zero = networks.some(({ cloud }) => cloud.presharedKey.pattern.test('0'.padEnd(32, 'x')));
  return { path: 'usr/local/sbin/kakehashi-keys', mode: 0o755, text: scriptText(zero, clouds) };
}

/** @param zero - whether a cloud takes keys that start with 0; @param clouds - the names of the clouds, for a comment */
function scriptText(zero: boolean, clouds: readonly string[]): string {
  const rule = zero
    ? '8 characters or more, of those that every daemon takes.'
    : `${listed(clouds)}'s rule: 8 to 64 of these characters, and no 0 in front.`;
  return `#!/bin/sh
${header([
  "Writes the daemon's secrets files from the templates in /etc/kakehashi: kakehashi-keys /etc/ipsec.d",
  '@@file:///path@@ is the first line of that file; @@vault://engine/path@@ is the field "value" there, read with',
  'VAULT_ADDR and VAULT_TOKEN (and VAULT_CACERT) of the environment. Prints no key.',
])}set -eu
umask 077
folder=\${1:?usage: kakehashi-keys FOLDER}
templates=\${KAKEHASHI_TABLES:-/etc/kakehashi}
target=
trap 'rm -f "$target.new"' EXIT

resolve() {
  case $1 in
    file://*) read -r line <"\${1#file://}" && printf '%s' "$line" ;;
    vault://*)
      # The token goes in by standard input: arguments are for everybody to read.
      printf 'header = "X-Vault-Token: %s"\\n' "\${VAULT_TOKEN:?is not set}" |
        curl -fsS \${VAULT_CACERT:+--cacert "$VAULT_CACERT"} -K - "\${VAULT_ADDR:?is not set}/v1/\${1#vault://}" |
        sed -n 's/.*"value": *"\\([A-Za-z0-9._]*\\)".*/\\1/p'
      ;;
  esac
}

for template in "$templates"/*.template; do
  [ -e "$template" ] || continue
  name=\${template##*/}
  target=$folder/\${name%.template}
  while IFS= read -r line; do
    case $line in
      \\#*) ;;
      *@@*@@*)
        rest=\${line#*@@}
        reference=\${rest%%@@*}
        key=$(resolve "$reference" </dev/null)
        # ${rule}
        case $key in
          '' | ${zero ? '' : '0* | '}*[!A-Za-z0-9._]* | ?????? | ????? | ???? | ??? | ?? | ? | ???????)
            echo "kakehashi-keys: $reference: is no pre-shared key" >&2
            exit 1
            ;;
        esac
        line="\${line%%@@*}$key\${rest#*@@}"
        ;;
    esac
    printf '%s\\n' "$line"
  done <"$template" >"$target.new"
  mv "$target.new" "$target"
  echo "kakehashi-keys: wrote $target"
done
`;
}
