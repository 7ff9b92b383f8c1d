import { kvPaths, kvRules, mountOf } from '../../../model/vault/kv-paths';
import type { Capability } from '../../../model/vault/policy';
import { capabilitiesOn, isAllowed } from '../../../model/vault/policy-evaluator';
import type { VaultDraft } from '../../environment/drafts';
import type { VaultClaim, VaultMount, VaultPolicy } from '../../ground/catalog';
import type { ProblemList } from '../../ground/problem-list';
import type { Section } from '../../shape/section';
import { nodeAt } from '../../source/node';

/** Policies that the server has already, and that no catalog may replace. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['root', 'it allows everything and cannot be changed'],
  ['default', 'every token has it, whoever made it'],
  ['response-wrapping', "it is the server's own"],
  ['control-group', "it is the server's own"],
]);

/** Names, rules, and the lines that must hold. */
export function checkVaultPolicies({ section, policies, mounts }: VaultDraft, problems: ProblemList): void {
  for (const policy of policies) {
    const own = section.section('policies')?.section(policy.name);
    if (!own) continue;
    const reason = RESERVED.get(policy.name);
    if (reason !== undefined) {
      const message = `the name ${policy.name} is taken: ${reason}`;
      problems.error('reserved-policy', own.path, message, own.keyAt(), 'choose another name');
    }
    checkRules(own, policy, mounts, problems);
    // With a rule left out, what the others allow says nothing.
    if (isWhole(own, policy)) checkClaims(own, policy, mounts, problems);
  }
}

function isWhole(own: Section, { rules }: VaultPolicy): boolean {
  const node = nodeAt(own.root, own.pathOf('rules'));
  return node === undefined || (node.kind === 'list' && node.items.length === rules.length);
}

function checkRules(
  own: Section,
  { create }: VaultPolicy,
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  if (create && !own.has('rules')) {
    const message = 'key "rules" is missing: what the policy allows';
    const mend = 'write rules: [{ path: secret/aws/*, capabilities: [read] }]';
    problems.error('missing-key', own.path, message, own.keyAt(), mend);
  }
  const seen = new Set<string>();
  for (const rule of own.sections('rules')) {
    const path = rule.text('path');
    if (path === undefined) continue;
    if (seen.has(path)) {
      const message = `${path} stands twice; Vault would put both together, deny first`;
      problems.error(
        'duplicate-rule',
        rule.pathOf('path'),
        message,
        rule.at('path'),
        'write one rule for it',
      );
    }
    seen.add(path);
    checkVersionedPath(rule, path, mounts, problems);
    const capabilities = rule.texts('capabilities');
    if (capabilities.includes('deny') && capabilities.length > 1) {
      const message = `deny stands alone: beside it nothing counts, got [${capabilities.join(', ')}]`;
      problems.error('bad-rule', rule.pathOf('capabilities'), message, rule.at('capabilities'));
    }
  }
}

/** Paths that would not mean in KV v2 what they seem to. */
function checkVersionedPath(
  rule: Section,
  path: string,
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  const [where, position] = [rule.pathOf('path'), rule.at('path')];
  const versioned = mounts.filter(({ version }) => version === 2);
  const mount = mountOf(path, versioned);
  const [, side, rest] = /^(data|metadata)\/(.*)$/.exec(path.slice((mount?.path.length ?? 0) + 1)) ?? [];
  if (mount && side !== undefined) {
    const message = `below ${mount.path}, a KV v2 mount, ${side}/ comes by itself; did you mean "${mount.path}/${rest}"?`;
    problems.error('versioned-path', where, message, position);
  }
  const wild = versioned.find((candidate) => hasWildMount(path, candidate.path));
  if (wild) {
    const message = `+ in the place of a mount would miss ${wild.path}, whose KV v2 paths are others`;
    const [, ...below] = path.split('/').slice(wild.path.split('/').length - 1);
    const mend = `write a rule for each mount: ${[wild.path, ...below].join('/')}`;
    problems.error('versioned-path', where, message, position, mend);
  }
}

function hasWildMount(path: string, mount: string): boolean {
  const [segments, wanted] = [path.split('/'), mount.split('/')];
  if (segments.length <= wanted.length) return false;
  const fits = wanted.every((part, index) => segments[index] === '+' || segments[index] === part);
  return fits && segments.slice(0, wanted.length).includes('+');
}

function checkClaims(
  own: Section,
  { rules, may, mayNot }: VaultPolicy,
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  const policy = [kvRules(rules, mounts)];
  const check = (key: 'may' | 'may_not', claims: readonly VaultClaim[]): void => {
    for (const claim of claims) {
      const paths = kvPaths(claim.capability, claim.path, mounts);
      const allowed = paths.filter((path) => isAllowed(policy, claim.capability, path));
      if (key === 'may' ? allowed.length === paths.length : allowed.length === 0) continue;
      const [path] = paths;
      const shown = path === claim.path ? path : `${claim.path} (${path})`;
      const granted = allowedWords(capabilitiesOn(policy, path));
      const message =
        key === 'may'
          ? `the policy must allow ${claim.capability} on ${shown}, but allows ${granted} there`
          : `the policy must not allow ${claim.capability} on ${shown}, but allows ${granted} there`;
      const index = own.indexOf(key, `${claim.capability} ${claim.path}`);
      const mend =
        key === 'may'
          ? `give ${claim.capability} to the rule that counts there: the most specific one alone does`
          : 'take it from the rule that counts there, or add a more specific rule';
      problems.error('claim-fails', own.pathOf(key, index), message, own.at(key, index), mend);
    }
  };
  check('may', may);
  check('may_not', mayNot);
}

function allowedWords(capabilities: readonly Capability[]): string {
  return capabilities.includes('deny') ? 'nothing' : capabilities.join(', ');
}
