import { ValueError } from '../../../model/value-error';
import { parsePolicy } from '../../../model/vault/policy-text';
import type { Attributes } from '../../../terraform/plan/scrub';

/** Fields that name the role, and old spellings of others. */
const NOT_COMPARED = new Set([
  'name',
  'policies',
  'period',
  'explicit_max_ttl',
  'bound_cidrs',
  'bound_cidr_list',
]);

/** What a server takes where a role says nothing, other than nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = { bind_secret_id: true, renewable: true };

/** Types of tokens that a role has where it names none. */
const UNNAMED_TYPES = new Set(['', 'default', 'default-service']);

/**
 * The fields in which a role on a server differs from a planned one. What the plan leaves open must be at its default:
 * the provider does not write it, so that it would stay as somebody else set it.
 *
 * @param there - the server's answer
 * @param planned - attributes of the resource, whose names are the server's
 */
export function differencesOf(there: Attributes, planned: Attributes): readonly string[] {
  return Object.keys(there)
    .filter((field) => !NOT_COMPARED.has(field) && !isSame(field, there[field], planned[field]))
    .sort();
}

/** How a policy on a server differs: `rules`, or in nothing; undefined where there is none. */
export function policyDifference(there: string | undefined, planned: string): readonly string[] | undefined {
  if (there === undefined) return undefined;
  return plainPolicy(there) === plainPolicy(planned) ? [] : ['rules'];
}

/** A policy without its spelling; one that can't be read stays as it is. */
function plainPolicy(text: string): string {
  try {
    return JSON.stringify(parsePolicy(text));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return text.trim();
  }
}

function isSame(field: string, there: unknown, planned: unknown): boolean {
  if (field === 'token_type') {
    const [one, other] = [String(there ?? ''), String(planned ?? '')];
    return one === other || (UNNAMED_TYPES.has(one) && UNNAMED_TYPES.has(other));
  }
  return plain(there) === plain(planned ?? DEFAULTS[field]);
}

/** Nothing, zero and an empty list are one; the order of a list means nothing. */
function plain(value: unknown): string {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return '';
  if (Array.isArray(value)) return value.length === 0 ? '' : JSON.stringify(value.map(String).sort());
  return JSON.stringify(value);
}
