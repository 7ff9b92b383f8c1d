import { kvPaths, kvRules, mountOf } from '../../../model/vault/kv-paths';
import type { Capability } from '../../../model/vault/policy';
import { capabilitiesOn, isAllowed } from '../../../model/vault/policy-evaluator';
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
export function checkVaultPolicies({ place, policies, mounts }: VaultDraft, problems: ProblemList): void {
  for (const policy of policies) {
    const own = place.below('policies', policy.name);
    const reason = RESERVED.get(policy.name);
    if (reason !== undefined) {
      const message = `the name ${policy.name} is taken: ${reason}`;
      problems.error('reserved-policy', own.keyAt(), message, 'choose another name');
    }
    checkRules(own, policy, mounts, problems);
    // With a rule left out, what the others allow says nothing.
    if (isWhole(own, policy)) checkClaims(own, policy, mounts, problems);
  }
}

function isWhole(own: Place, { rules }: VaultPolicy): boolean {
  const { node, items } = own.below('rules');
  return node === undefined || (node.kind === 'list' && items.length === rules.length);
}

function checkRules(
  own: Place,
  { create, rules }: VaultPolicy,
  mounts: readonly VaultMount[],
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
  for (const { path, capabilities } of rules) {
    const rule = placeOf(own, path, seen.has(path));
    if (seen.has(path)) {
      const message = `${path} stands twice; Vault would put both together, deny first`;
      problems.error('duplicate-rule', rule.at('path'), message, 'write one rule for it');
    }
    seen.add(path);
    checkVersionedPath(rule.below('path'), path, mounts, problems);
    if (capabilities.includes('deny') && capabilities.length > 1) {
      const must = 'deny stands alone: beside it nothing counts';
      problems.error('bad-rule', rule.at('capabilities'), { must, got: `[${capabilities.join(', ')}]` });
    }
  }
}

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
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  const policy = [kvRules(rules, mounts)];
  const check = (key: 'may' | 'may_not', claims: readonly PolicyClaim[]): void => {
    for (const claim of claims) {
      const paths = kvPaths(claim.capability, claim.path, mounts);
      const allowed = paths.filter((path) => isAllowed(policy, claim.capability, path));
      if (key === 'may' ? allowed.length === paths.length : allowed.length === 0) continue;
      const [path] = paths;
      const shown = path === claim.path ? path : `${claim.path} (${path})`;
      const granted = allowedText(capabilitiesOn(policy, path));
      const must = key === 'may' ? 'must allow' : 'must not allow';
      const message = `the policy ${must} ${claim.capability} on ${shown}, but allows ${granted} there`;
      const list = own.below(key);
      const fix =
        key === 'may'
          ? `give ${claim.capability} to the rule that counts there: the most specific one alone does`
          : 'take it from the rule that counts there, or add a more specific rule';
      const index = list.indexOf(`${claim.capability} ${claim.path}`);
      problems.error('claim-fails', list.at(index), message, fix);
    }
  };
  check('may', may);
  check('may_not', mayNot);
}

function allowedText(capabilities: readonly Capability[]): string {
  return capabilities.includes('deny') ? 'nothing' : capabilities.join(', ');
}
