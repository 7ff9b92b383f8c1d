/** Words that make a name that of a secret, wherever they stand in it. */
const SECRET_WORD =
  /password|passwd|passphrase|secret|token|credential|api_?key|preshared|conn(ection)?_?str|(^|_)(pass|pwd|psk|dsn)(_|$)/;

/** Something about a secret, which is none itself: `token_ttl_seconds`, `TLS_KEY_FILE`. */
const ABOUT_SECRET =
  /_(files?|paths?|dir|directory|ttl|seconds|minutes|names?|policy|policies|storage|reference|type|period|validation|cidrs|arn|version|length|limit|uses|expiry|expires|expires_at)$/;

/** A name that ends in `key`, but for what may follow it: `APP_KEY`, `master_key_base`, `private_key_pem`, `access_key_id`. */
const KEY =
  /^(.*_|.*(?:app|access|private|shared|master|auth|signing))keys?(?:_(?:base|base64|b64|pem|id|old|new|value|data|\d+))*$/;

/** Keys that are no secrets: public ones, names of keys in a cloud, and those by which something is found. */
const OPEN_KEY =
  /(^|_)(public|pub|ssh|authorized|host|kms|kms_encryption|hash|range|partition|sort|primary|foreign|object|tag|label|routing|cache|map|index|lookup|group)_$/;

/** Further names whose values are secrets. */
const FURTHER = /(^|_)client_certificate(_pem)?$/;

/** Whether the value under a name is a secret by that name: `DB_PASSWORD`, `clientSecret`, `app-key`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-. ]/g, '_')
    .toLowerCase();
  if (ABOUT_SECRET.test(words)) return false;
  if (SECRET_WORD.test(words) || FURTHER.test(words)) return true;
  const [, before = ''] = KEY.exec(words) ?? [];
  return before !== '' && !OPEN_KEY.test(before);
}
