import { listed } from '../../../../base/text/listed';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

/** ` (inside CIDR of tunnel 2 changes)`: why a resource is replaced; empty where the plan has no reason. */
export function because(change: ScrubbedChange, attributes = change.replacedBy): string {
  const causes = [...new Set([...attributes].sort().map(attributeWords))];
  if (causes.length === 0)
    return change.reason === 'replace_because_tainted' ? ' (its creation had failed)' : '';
  return ` (${listed(causes)} ${causes.length === 1 ? 'changes' : 'change'})`;
}

/** `tunnel2_inside_cidr` → `inside CIDR of tunnel 2`. */
export function attributeWords(name: string): string {
  const tunnel = /^tunnel([12])_(.+)$/.exec(name);
  const words = (tunnel?.[2] ?? name)
    .replaceAll('_', ' ')
    .replace(/\bphase([12])\b/g, 'phase $1')
    .replace(/ seconds$/, '')
    .replace(/\bcidr\b/g, 'CIDR')
    .replace(/\bike\b/g, 'IKE')
    .replace(/\bdpd\b/g, 'DPD')
    .replace(/\bdh\b/g, 'DH')
    .replace(/\bip\b/g, 'IP')
    .replace(/^enable acceleration$/, 'acceleration')
    .replace(/\bvpc\b/g, 'VPC')
    .replace(/\bamazon side asn\b/g, "AWS's ASN")
    .replace(/\bbgp asn\b/g, 'BGP ASN')
    .replace(/\bid\b/g, 'ID')
    .replace('preshared', 'pre-shared');
  return tunnel === null ? words : `${words} of tunnel ${tunnel[1]}`;
}

/** A value in a sentence: lists with slashes, as names of ciphers are written together. */
export function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "AWS's default" : value.map(String).join('/');
  return value === null || value === undefined || value === '' ? "AWS's default" : String(value);
}
