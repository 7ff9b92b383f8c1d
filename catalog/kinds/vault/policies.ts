import { kvPaths, kvRules, mountOf } from '../../../model/vault/kv-paths';
import type { Capability, Policy, PolicyRule } from '../../../model/vault/policy';
import { askedPath, capabilitiesOn, decide } from '../../../model/vault/policy-evaluator';
import { couldMatch, isTemplated } from '../../../model/vault/policy-templates';
import type { Where } from '../../ground/problem';
import type { ProblemList } from '../../ground/problem-list';
import type { Place } from '../../source/place';
import type { PolicyClaim } from './formats';
import type { VaultDraft } from './read';
import type { VaultMount, VaultPolicy } from './vault';

/** Policies that the server has already, and that no catalog may replace. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['root', 'it allows everything and cannot be changed'],
  ['default', 'every token has it, whoever made it'],
  ['response-wrapping', "it is the server's own"],
  ['control-group', "it is the server's own"],
]);

/** Checks the names and rules of policies, and the lines that must hold. */
export function checkVaultPolicies(vault: VaultDraft, problems: ProblemList): void {
  const { place, policies, mounts } = vault;
  for (const policy of policies) {
    const own = place.below('policies', policy.name);
    const reason = RESERVED.get(policy.name);
    if (reason !== undefined) {
      const message = `the name ${policy.name} is taken: ${reason}`;
      problems.error('reserved-policy', own.keyAt(), message, 'choose another name');
    }
    checkRules(own, policy, vault, problems);
    // With a rule left out, what the others allow says nothing.
    if (isWhole(own, policy)) {
      checkClaims(own, policy, vault, problems);
      noteHiddenDenials(own, policy, mounts, problems);
    }
  }
}

function isWhole(own: Place, { rules }: VaultPolicy): boolean {
  const { node, items } = own.below('rules');
  return node === undefined || (node.kind === 'list' && items.length === rules.length);
}

function checkRules(
  own: Place,
  { create, rules }: VaultPolicy,
  { mounts, server }: VaultDraft,
  problems: ProblemList,
): void {
  if (create && !own.has('rules')) {
    const message = 'key "rules" is missing: what the policy allows';
    problems.error(
      'missing-key',
      own.keyAt(),
      message,
      'write rules: [{ path: secret/aws/*, capabilities: [read] }]',
    );
  }
  const seen = new Set<string>();
  for (const limited of rules) {
    const { path, capabilities } = limited;
    const rule = placeOf(own, path, seen.has(path));
    if (seen.has(path)) {
      const message = `${path} stands twice; Vault would put both together, deny first`;
      problems.error('duplicate-rule', rule.at('path'), message, 'write one rule for it');
    }
    seen.add(path);
    checkVersionedPath(rule.below('path'), path, mounts, problems);
    checkLimits(rule, limited, mounts, problems);
    if (server !== 'openbao' && capabilities.includes('scan')) {
      const list = rule.below('capabilities');
      refuseScan(list.at(list.indexOf('scan')), problems);
    }
    if (capabilities.includes('deny') && capabilities.length > 1) {
      const must = 'deny stands alone: beside it nothing counts';
      problems.error('bad-rule', rule.at('capabilities'), { must, got: `[${capabilities.join(', ')}]` });
    }
  }
}

function refuseScan(where: Where, problems: ProblemList): void {
  const message = 'scan is a capability of OpenBao, which Vault does not know';
  problems.error('bad-value', where, message, 'write server: openbao where it is one, or list');
}

/** Checks that what limits requests is of one mind, and is about the parameters that requests have. */
function checkLimits(
  rule: Place,
  { path, capabilities, ...limits }: PolicyRule,
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  const { minWrappingTtlSeconds: min = 0, maxWrappingTtlSeconds: max } = limits;
  if (max !== undefined && max < min) {
    const must = 'must not be less than min_wrapping_ttl, or no request could pass';
    problems.error('bad-value', rule.at('max_wrapping_ttl'), {
      must,
      got: rule.below('max_wrapping_ttl').text,
    });
  }
  const given = LIMITS.filter((key) => rule.has(key));
  const [first] = given;
  if (first === undefined) return;
  if (capabilities.includes('deny')) {
    const message = 'does not go with deny: nothing passes anyhow';
    problems.error('bad-rule', rule.keyAt(first), message, 'remove it');
  }
  const versioned = mountOf(
    path,
    mounts.filter(({ version }) => version === 2),
  );
  const { allowedParameters = {}, deniedParameters = {}, requiredParameters = [] } = limits;
  const names = [...Object.keys(allowedParameters), ...Object.keys(deniedParameters), ...requiredParameters];
  const other = versioned && names.find((name) => !OF_VERSION_2.has(name));
  if (other === undefined) return;
  const message = `below ${versioned?.path}, a KV v2 mount, a request has the parameters data and options, never ${other}`;
  const fix = 'limit what a secret holds where it is written, or use a mount of version 1';
  problems.error('versioned-path', rule.keyAt(first), message, fix);
}

const LIMITS = [
  'allowed_parameters',
  'denied_parameters',
  'required_parameters',
  'min_wrapping_ttl',
  'max_wrapping_ttl',
] as const;

/** Parameters of requests to KV v2 (KV v2 API), and any. */
const OF_VERSION_2: ReadonlySet<string> = new Set(['data', 'options', 'version', '*']);

/** The place of the rule with a path: the first one, or the last where an earlier one has it already. */
function placeOf(own: Place, path: string, isAgain: boolean): Place {
  const all = own.below('rules').items.filter((item) => item.below('path').text === path);
  return (isAgain ? all.at(-1) : all[0]) ?? own.below('rules');
}

/** Checks paths that would not mean in KV v2 what they seem to. */
function checkVersionedPath(
  where: Place,
  path: string,
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  const versioned = mounts.filter(({ version }) => version === 2);
  const mount = mountOf(path, versioned);
  const [, side, rest] = /^(data|metadata)\/(.*)$/.exec(path.slice((mount?.path.length ?? 0) + 1)) ?? [];
  if (mount && side !== undefined) {
    const must = `below ${mount.path}, a KV v2 mount, ${side}/ comes by itself`;
    problems.error('versioned-path', where.at(), { must, suggestion: `${mount.path}/${rest}` });
  }
  const wild = versioned.find((candidate) => hasWildMount(path, candidate.path));
  if (wild) {
    const message = `+ in the place of a mount would miss ${wild.path}, whose KV v2 paths are others`;
    const [, ...below] = path.split('/').slice(wild.path.split('/').length - 1);
    problems.error(
      'versioned-path',
      where.at(),
      message,
      `write a rule for each mount: ${[wild.path, ...below].join('/')}`,
    );
  }
}

function hasWildMount(path: string, mount: string): boolean {
  const [segments, wanted] = [path.split('/'), mount.split('/')];
  if (segments.length <= wanted.length) return false;
  const fits = wanted.every((part, index) => segments[index] === '+' || segments[index] === part);
  return fits && segments.slice(0, wanted.length).includes('+');
}

function checkClaims(
  own: Place,
  { rules, may, mayNot }: VaultPolicy,
  { mounts, server }: VaultDraft,
  problems: ProblemList,
): void {
  const policy = [kvRules(rules, mounts)];
  const check = (key: 'may' | 'may_not', claims: readonly PolicyClaim[]): void => {
    for (const claim of claims) {
      const { capability } = claim;
      const where = placeOfClaim(own.below(key), claim);
      if (capability === 'scan' && server !== 'openbao') refuseScan(where, problems);
      const paths = kvPaths(capability, claim.path, mounts);
      const decisions = paths.map((path) => decide(policy, capability, path));
      if (decisions.every((decision) => decision === (key === 'may' ? 'yes' : 'no'))) continue;
      const isDecided =
        key === 'may' ? decisions.includes('no') : decisions.some((decision) => decision === 'yes');
      if (!isDecided) reportUndecided(where, claim, undecidedRule(policy, claim, paths), problems);
      else reportBroken(where, key, claim, policy, paths, problems);
    }
  };
  check('may', may);
  check('may_not', mayNot);
}

function placeOfClaim(list: Place, { capability, path }: PolicyClaim): Where {
  return list.at(list.indexOf(`${capability} ${path}`));
}

/** Why nobody can say it: a template, or limits of what a request holds. */
function undecidedRule(
  policy: readonly Policy[],
  { capability }: PolicyClaim,
  paths: readonly string[],
): string {
  const asked = paths.map((path) => askedPath(capability, path));
  const template = policy
    .flat()
    .find(
      (rule) =>
        isTemplated(rule) &&
        asked.some((path) => couldMatch(rule, path) || couldMatch(rule, path.replace(/\/$/, ''))),
    );
  return template
    ? `the rule ${template.path} is of this path for some tokens and not for others`
    : 'the rule that counts there lets some requests through and not others, by their parameters or their wrapping';
}

function reportUndecided(where: Where, claim: PolicyClaim, why: string, problems: ProblemList): void {
  const message = `${claim.capability} on ${claim.path} cannot be decided: ${why}`;
  problems.error(
    'claim-undecided',
    where,
    message,
    'remove the line, or test a path on which it does not depend',
  );
}

function reportBroken(
  where: Where,
  key: 'may' | 'may_not',
  { capability, path: given }: PolicyClaim,
  policy: readonly Policy[],
  paths: readonly [string, ...string[]],
  problems: ProblemList,
): void {
  const wanted = key === 'may' ? 'no' : 'yes';
  const path = paths.find((one) => decide(policy, capability, one) === wanted) ?? paths[0];
  const asked = askedPath(capability, path);
  const shown = path === given ? given : `${given} (${path})`;
  const slash = asked === path ? '' : `: to ${capability} it is to ask for ${asked}`;
  const granted = allowedText(capabilitiesOn(policy, asked));
  const must = key === 'may' ? 'must allow' : 'must not allow';
  const message = `the policy ${must} ${capability} on ${shown}, but allows ${granted} there${slash}`;
  const fix =
    key === 'may'
      ? `give ${capability} to the rule that counts there: the most specific one alone does`
      : 'take it from the rule that counts there, or add a more specific rule';
  problems.error('claim-fails', where, message, fix);
}

/**
 * Notes rules that forbid to list what lies below them, and that older servers pass over: those look a folder up without its
 * slash first, where a wider rule matches.
 */
function noteHiddenDenials(
  own: Place,
  { rules }: VaultPolicy,
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  const policy = [kvRules(rules, mounts)];
  for (const { path, capabilities } of rules) {
    if (!capabilities.includes('deny') || !path.endsWith('/*') || isTemplated({ path })) continue;
    const folder = path.slice(0, -1).replaceAll('+', 'x');
    const [asked] = kvPaths('list', folder, mounts);
    if (decide(policy, 'list', asked) !== 'no') continue;
    if (decide(policy, 'list', asked, 'without-slash-first') !== 'yes') continue;
    const message = `before OpenBao 2.6 and Vault 2.0.3 a server lets ${folder} itself be listed all the same: a wider rule allows list, and it was looked at first; deny ${path.slice(0, -2)} too for those`;
    problems.note('older-servers', placeOf(own, path, false).at('path'), message);
  }
}

function allowedText(capabilities: readonly Capability[]): string {
  return capabilities.includes('deny') ? 'nothing' : capabilities.join(', ');
}
