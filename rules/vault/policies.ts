import { ValueError } from '../../model/value-error';
import type { Capability, PolicyRule } from '../../model/vault/policy';
import { parsePolicy } from '../../model/vault/policy-text';
import type { Resource } from '../resource';
import { type Found, type Rule, unseen, violated } from '../rule';
import { isUnknownText, textAt, UNKNOWN } from '../values';

const WRITES: readonly Capability[] = ['create', 'update', 'patch', 'delete', 'sudo'];
const POLICY = 'vault_policy';

/** Stands for an expression in a policy. */
const HOLE = '\uE000';

/** Judges each rule of a policy that grants something. Rules in which an expression stands are unknown; those beside them are judged. */
function eachRule(resource: Resource, judge: (rule: PolicyRule) => string | undefined): readonly Found[] {
  const planned = textAt(resource.values, 'policy');
  const written = resource.written.policy;
  const given = planned === UNKNOWN || planned === undefined ? written : planned;
  if (typeof given !== 'string' || /^\$\{[^}]*\}$/.test(given.trim()))
    return [unseen('its rules are not known', 'policy')];
  const text = given.replace(/(?<!\$)\$\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/g, HOLE);
  if (isUnknownText(text)) return [unseen('parts of its rules are not known', 'policy')];
  const hasHoles = text.includes(HOLE);
  const partly = hasHoles ? [unseen('parts of its rules are not known', 'policy')] : [];
  try {
    const rules = parsePolicy(text.replaceAll('$${', '${').replaceAll('%%{', '%{'));
    const denied = new Set(
      rules.filter(({ capabilities }) => capabilities.includes('deny')).map(({ path }) => bare(path)),
    );
    const known = rules.filter(({ path }) => !path.includes(HOLE));
    const found = known.flatMap(({ path, ...rule }) => {
      // Of several rules of a path the one that denies is the one that counts.
      if (denied.has(bare(path))) return [];
      const text = judge({ ...rule, path: bare(path) });
      return text === undefined ? [] : [violated(text, `policy.${path}`)];
    });
    return [...found, ...partly];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return hasHoles ? partly : [unseen('its rules cannot be read', 'policy')];
  }
}

/** A path as Vault keeps it: without a slash before it. */
function bare(path: string): string {
  return path.replace(/^\//, '');
}

function writing({ capabilities }: PolicyRule): readonly Capability[] {
  return capabilities.filter((one) => WRITES.includes(one));
}

/** Whether a path is all of Vault, or all of its system: each segment is any, but for a first one that is, or begins, `sys`. */
function isEverything(path: string): boolean {
  const segments = path.split('/');
  const [first = '', ...others] = segments;
  if (others.length === 0)
    return first === '+' || (first.endsWith('*') && 'sys'.startsWith(first.slice(0, -1)));
  return (
    (first === '+' || first === 'sys') &&
    others.every((one) => ['+', '*', ''].includes(one)) &&
    others[0] !== ''
  );
}

export const NO_EVERYTHING: Rule = {
  id: 'KKH-VLT-01',
  severity: 'critical',
  title: 'No policy writes to all of Vault, or to all of its system',
  reason: 'Such a policy is the root token under another name.',
  fix: 'Name the paths that are written, each with the capabilities that it needs.',
  references: ['Vault: policies'],
  types: [POLICY],
  judge: (resource) =>
    eachRule(resource, (rule) => {
      const may = writing(rule);
      return isEverything(rule.path) && may.length > 0
        ? `it may ${may.join(', ')} on ${rule.path}`
        : undefined;
    }),
};

/** What is written to become more than one is. */
const RAISING: readonly string[] = [
  'sys/policies/*',
  'sys/policy/*',
  'sys/auth/*',
  'sys/generate-root/*',
  'sys/raw/*',
  'auth/token/create',
  'auth/token/create-orphan',
  'auth/token/roles/+',
  'auth/+/role/+',
  'auth/+/role/+/policies',
  'auth/+/role/+/token-policies',
  'auth/+/roles/+',
  'auth/+/certs/+',
  'auth/+/users/+',
  'auth/+/users/+/policies',
  'auth/+/groups/+',
  'auth/+/map/*',
  'identity/*',
];

export const NO_RAISING: Rule = {
  id: 'KKH-VLT-02',
  severity: 'critical',
  title: 'No policy lets its users give themselves more',
  reason:
    'Who writes policies, roles of a login, users or identities, or makes tokens without a role, can take any right that exists.',
  fix: 'Let tokens be made through a role (auth/token/create/ROLE), and leave policies and logins to whoever applies the catalog.',
  references: ['Vault: policies', 'Vault: production hardening'],
  types: [POLICY],
  judge: (resource) =>
    eachRule(resource, (rule) => {
      const may = writing(rule).filter((one) => one !== 'delete' && one !== 'sudo');
      if (may.length === 0 || isEverything(rule.path)) return undefined;
      const over = RAISING.find((pattern) => overlap(pattern, rule.path));
      return over === undefined
        ? undefined
        : `it may ${may.join(', ')} on ${rule.path}, by which its users can raise themselves`;
    }),
};

/** Paths for which a server asks for sudo, and which lists of tokens need. */
const SUDO_PATHS: readonly string[] = ['auth/token/accessors', 'auth/token/accessors/'];

export const LISTED_SUDO: Rule = {
  id: 'KKH-VLT-03',
  severity: 'high',
  title: 'Sudo is granted on the paths that need it alone',
  reason:
    'Sudo on any other path grants nothing that is meant, and may open a protected one: audit devices, seals, raw storage.',
  fix: `Remove sudo, but for ${SUDO_PATHS[0]}, which lists tokens.`,
  references: ['Vault: policies, root-protected API endpoints'],
  types: [POLICY],
  judge: (resource) =>
    eachRule(resource, ({ path, capabilities }) =>
      capabilities.includes('sudo') && !SUDO_PATHS.includes(path) ? `it has sudo on ${path}` : undefined,
    ),
};

/** Whether a path exists that both patterns match: `+` is a segment, a final `*` is anything. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => bare(path).split('/')) as [string[], string[]];
  for (let index = 0; ; index += 1) {
    const [left, right] = [a[index], b[index]];
    if (left === undefined || right === undefined) return left === right;
    const [leftEnds, rightEnds] = [
      a.length - 1 === index && left.endsWith('*'),
      b.length - 1 === index && right.endsWith('*'),
    ];
    if (leftEnds || rightEnds) {
      const [p, q] = [left.replace(/\*$/, ''), right.replace(/\*$/, '')];
      if (left === '+' || right === '+') return true;
      if (leftEnds && rightEnds) return p.startsWith(q) || q.startsWith(p);
      return leftEnds ? right.startsWith(p) : left.startsWith(q);
    }
    if (left !== '+' && right !== '+' && left !== right) return false;
  }
}
