import { ValueError } from '../../model/value-error';
import { referenceFault, SecretReference } from '../../model/vault/secret-reference';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import type { Place } from '../source/place';

/** A variable of the base container's environment: a value, or where it is kept. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string | SecretReference;
}

const NAME = '[A-Za-z_][A-Za-z0-9_]{0,127}';
const FORM = new RegExp(`^(${NAME})=(.*)$`, 's');

/** Names whose values are credentials, or parts of them. */
const SECRET_NAME =
  /(^|_)(PASSWORD|PASSWD|PASS|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|PRIVATE_KEY|SECRET_KEY|ACCESS_KEY(_ID)?|API_?KEY)(_|$)/i;

/** Values that are credentials whatever they are called: keys of AWS, tokens of Vault, GitHub and JSON web tokens, private keys. */
const SECRET_VALUE =
  /^(AKIA|ASIA)[A-Z0-9]{16}$|^(hv[sbr]|[sbr])\.[A-Za-z0-9_-]{20,}$|^(gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,}$|^eyJ[A-Za-z0-9_-]+\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Variables that a node itself gives to the base container (docs/reference/node.md). */
const GIVEN = ['MY_PRIVATE_IP', 'VCCCTR_IPADDR', 'SERF_NODE_ID', 'VCCC_ID', 'AUTHORIZED_KEYS'];

/** Reads `params.e`: `NAME=value`, or `NAME=vault://…` for what must not stand in a catalog. @param place - of the list */
export function readVariables(place: Place, problems: ProblemList): readonly EnvironmentVariable[] {
  const seen = new Set<string>();
  return place.items.flatMap((item): readonly EnvironmentVariable[] => {
    const { text } = item;
    if (text === undefined) return [];
    const variable = readVariable(item, text, problems);
    if (variable === undefined) return [];
    if (seen.has(variable.name)) {
      problems.error('duplicate-value', item.at(), `${variable.name} is set twice`, 'remove one of the two');
      return [];
    }
    seen.add(variable.name);
    return [variable];
  });
}

function readVariable(item: Place, text: string, problems: ProblemList): EnvironmentVariable | undefined {
  const [, name, value] = FORM.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    const expected = 'must be NAME=value or NAME=vault://…';
    // A text without = may be a credential by itself.
    return problems.error('bad-value', item.at(), { must: expected, got: 'something else, not shown' });
  }
  if (GIVEN.includes(name)) {
    const fix = name === 'AUTHORIZED_KEYS' ? 'remove it, and write ssh_public_keys' : 'remove it';
    return problems.error('refused-key', item.at(), `${name} is what each node sets itself`, fix);
  }
  const fix = `keep it in Vault and write ${name}=vault://…, which each node fetches itself`;
  return checkedVariable(item, { name, value }, fix, problems);
}

/**
 * Reads variables that are a map of names.
 *
 * @param saidBy - the keys that say variables which cannot stand here, by the variables' names
 */
export function readNamedVariables(
  place: Place,
  saidBy: Readonly<Record<string, string>>,
  problems: ProblemList,
): readonly EnvironmentVariable[] {
  return place.names.flatMap((name): readonly EnvironmentVariable[] => {
    const item = place.below(name);
    const { node } = item;
    if (Object.hasOwn(saidBy, name)) {
      const fix = `remove it, and write ${saidBy[name]} where it is another`;
      problems.error('refused-key', place.keyAt(name), `is what ${saidBy[name]} says`, fix);
      return [];
    }
    // What is no value was reported by the shape.
    if (node?.kind !== 'scalar' || !['string', 'number'].includes(typeof node.value)) return [];
    const fix = `keep it in Vault and write ${name}: vault://…`;
    const variable = checkedVariable(item, { name, value: node.text }, fix, problems);
    return variable === undefined ? [] : [variable];
  });
}

function checkedVariable(
  item: Place,
  { name, value }: { readonly name: string; readonly value: string },
  fix: string,
  problems: ProblemList,
): EnvironmentVariable | undefined {
  if (SecretReference.isMeant(value)) {
    const reference = parseReference(value);
    if (reference !== undefined) return { name, value: reference };
    const statement = {
      must: `${name} must be a reference like vault://secret/db`,
      got: referenceFault(value),
    };
    return problems.error('bad-reference', item.at(), statement);
  }
  if (value !== '' && (SECRET_NAME.test(name) || SECRET_VALUE.test(value))) {
    const message = `${quoted(name)} looks like a credential, which never stands in a catalog`;
    return problems.error('secret', item.at(), message, fix);
  }
  return { name, value };
}

function parseReference(text: string): SecretReference | undefined {
  try {
    return SecretReference.parse(text);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
