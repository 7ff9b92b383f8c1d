import { listed } from '../../../base/text/listed';
import { creates, removes } from '../../../terraform/plan/drift';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';

/** The roles by which tokens are made, as sentences call them. */
const ROLES: Readonly<Record<string, string>> = {
  vault_token_auth_backend_role: 'token role',
  vault_approle_auth_backend_role: 'AppRole',
};

/**
 * Which value of a role's attribute lets its tokens do more (Vault's API documentation, "Token auth method" and "AppRole auth method").
 *
 * - `more`: each further member of a list
 * - `fewer`: each member that goes
 * - `open`: each further member, and an empty list, which binds nothing
 * - `longer`: a larger number; 0 is no limit
 * - `true`, `false`: this value
 */
const WIDER: Readonly<Record<string, 'more' | 'fewer' | 'open' | 'longer' | 'true' | 'false'>> = {
  allowed_policies: 'open',
  allowed_policies_glob: 'more',
  allowed_entity_aliases: 'more',
  disallowed_policies: 'fewer',
  disallowed_policies_glob: 'fewer',
  token_policies: 'more',
  token_bound_cidrs: 'open',
  secret_id_bound_cidrs: 'open',
  orphan: 'true',
  renewable: 'true',
  bind_secret_id: 'false',
  token_no_default_policy: 'false',
  token_ttl: 'longer',
  token_max_ttl: 'longer',
  token_explicit_max_ttl: 'longer',
  token_period: 'longer',
  token_num_uses: 'longer',
  secret_id_ttl: 'longer',
  secret_id_num_uses: 'longer',
};

/** What a changed role gives its tokens, more or less; of a new one, its policies. */
export function roleEffects(change: ScrubbedChange): readonly PlanEffect[] {
  const { type, before, after, changed } = change;
  const what = ROLES[type];
  if (what === undefined || removes(change)) return [];
  const name = `${what} ${String(after.role_name ?? before.role_name ?? '')}`;
  if (creates(change)) {
    const policies = [...texts(after.allowed_policies), ...texts(after.token_policies)];
    const given = policies.length === 0 ? [] : [`${name} gives tokens with ${listed(policies)}`];
    return weighed('widened', given, [change]);
  }
  const known = changed.filter((attribute) => WIDER[attribute] !== undefined);
  const parts = known.map((attribute) => {
    const [from, to] = [before[attribute], (change.planned ?? after)[attribute]];
    return { text: changeText(attribute, from, to), isWider: isWider(attribute, from, to) };
  });
  const said = (isWide: boolean) =>
    parts.filter(({ isWider: one }) => one === isWide).map(({ text }) => text);
  const [more, less] = [said(true), said(false)];
  return [
    ...weighed('widened', more.length === 0 ? [] : [`${name} gives more: ${more.join(', ')}`], [change]),
    ...weighed('narrowed', less.length === 0 ? [] : [`${name} gives less: ${less.join(', ')}`], [change]),
  ];
}

function isWider(attribute: string, before: unknown, after: unknown): boolean {
  const [old, now] = [texts(before), texts(after)];
  const added = now.some((one) => !old.includes(one));
  const removed = old.some((one) => !now.includes(one));
  switch (WIDER[attribute]) {
    case 'more':
      return added;
    case 'fewer':
      return removed;
    case 'open':
      return (old.length > 0 && added) || now.length === 0;
    case 'true':
      return after === true;
    case 'false':
      return after === false;
    default:
      return limitOf(after) > limitOf(before);
  }
}

/** 0, and none, is no limit. */
function limitOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : Number.POSITIVE_INFINITY;
}

/** `allowed_policies + admin − deploy`, `token_max_ttl 3600 → 86400`. */
function changeText(attribute: string, before: unknown, after: unknown): string {
  if (!Array.isArray(before) && !Array.isArray(after))
    return `${attribute} ${plain(before)} → ${plain(after)}`;
  const [old, now] = [texts(before), texts(after)];
  const added = now.filter((one) => !old.includes(one)).map((one) => ` + ${one}`);
  const removed = old.filter((one) => !now.includes(one)).map((one) => ` − ${one}`);
  return `${attribute}${added.join('')}${removed.join('')}`;
}

function plain(value: unknown): string {
  return value === null || value === undefined ? 'none' : String(value);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
