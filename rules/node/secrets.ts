import { gunzipSync } from 'node:zlib';
import type { Resource } from '../resource';
import { type Found, type Rule, unseen, violated } from '../rule';
import { isUnknownText, UNKNOWN, valueAt } from '../values';

/** More than any cloud takes as user data, so that a small file that unpacks to much does no harm. */
const LONGEST = 1 << 20;

/** Forms of secrets that no one writes for another purpose. */
const SECRETS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----/],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a secret access key of AWS', /aws_secret_access_key["'\s:=]+[A-Za-z0-9/+]{40}\b/i],
  ['a token of Vault', /\b(?:hvs|hvb|hvr|s)\.[A-Za-z0-9_-]{24,}\b/],
  [
    'a token of GitHub or GitLab',
    /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,}|glpat-[A-Za-z0-9_-]{20,})\b/,
  ],
  ['a secret of Azure', /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/=]{40,}/],
  [
    'a password',
    /(?:^|[\s"'{,;])(?:[A-Z0-9_]*(?:PASSWORD|PASSWD|SECRET|PRESHARED_KEY|PSK|API_KEY|TOKEN)|password|passwd|psk|chpasswd)["']?\s*[:=]\s*["']?(?![$"'\s]|vault:|file:|\/|\(|<|\{)[^\s"'$]{8,}/m,
  ],
];

export const NO_SECRET_IN_USER_DATA: Rule = {
  id: 'KKH-NODE-04',
  severity: 'critical',
  title: 'No secret is in user data or custom data',
  reason:
    'Every process of a node, and everybody who may describe it, can read user data. It is judged as what it says: decoded from Base64 and unpacked.',
  fix: 'Keep the value in Vault and name it by vault://…, so that the node fetches it with an identity of its own.',
  references: ['CKV_AWS_46', 'AVD-AWS-0029', 'AVD-AZU-0037'],
  types: [
    'aws_instance',
    'aws_launch_template',
    'aws_launch_configuration',
    'aws_spot_instance_request',
    'azurerm_linux_virtual_machine',
    'azurerm_windows_virtual_machine',
    'azurerm_windows_virtual_machine_scale_set',
    'azurerm_orchestrated_virtual_machine_scale_set',
    'azurerm_linux_virtual_machine_scale_set',
  ],
  judge: (resource) => argumentsOf(resource).flatMap((attribute) => judgeText(resource, attribute)),
};

function argumentsOf({ type }: Resource): readonly string[] {
  if (type === 'azurerm_orchestrated_virtual_machine_scale_set')
    return ['os_profile.custom_data', 'user_data_base64'];
  return type.startsWith('aws_') ? ['user_data', 'user_data_base64'] : ['custom_data', 'user_data'];
}

function judgeText({ values, written }: Resource, attribute: string): readonly Found[] {
  const planned = valueAt(values, attribute);
  // What a plan has of it may be a digest alone.
  const given =
    typeof planned === 'string' && /^[0-9a-f]{40}$/.test(planned) ? valueAt(written, attribute) : planned;
  if (given === undefined) return [];
  const around = valueAt(values, attribute) === UNKNOWN ? written[attribute] : undefined;
  const isPart = typeof around === 'string' && isUnknownText(around);
  if (!isPart && (given === UNKNOWN || typeof given !== 'string'))
    return [unseen('what the node is told cannot be seen', attribute)];
  // What stands around expressions is seen.
  const text = isPart ? around.replace(/[$%]\{[^}]*\}/g, '$') : decoded(String(given));
  if (text === undefined) return [unseen('what the node is told cannot be unpacked', attribute)];
  const found = SECRETS.flatMap(([what, form]) =>
    [text, ...inside(text)].some((one) => form.test(one))
      ? [violated(`${what} stands in what the node is told`, attribute)]
      : [],
  );
  return isPart && found.length === 0 ? [unseen('what the node is told cannot be seen', attribute)] : found;
}

/** Files that stand in Base64 in what a node is told, packed or not, as those of cloud-init. */
function inside(text: string): readonly string[] {
  return [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].flatMap(([part]) => {
    const file = decoded(part);
    return file === undefined || file === part ? [] : [file];
  });
}

/** A text, or what it stands for in Base64, packed or not; undefined where it cannot be unpacked. */
function decoded(text: string): string | undefined {
  const compact = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]{16,}={0,2}$/.test(compact) || compact.length % 4 !== 0) return text;
  const bytes = Buffer.from(compact, 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: LONGEST }).toString('utf8');
  } catch {
    return undefined;
  }
}
