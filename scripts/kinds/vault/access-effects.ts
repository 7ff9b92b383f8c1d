import { listed } from '../../../base/text/listed';
import type { Policy } from '../../../model/vault/policy';
import { type AccessChange, accessChanges } from '../../../model/vault/policy-difference';
import { parsePolicy } from '../../../model/vault/policy-text';
import { creates, isReplaced, removes } from '../../../terraform/plan/drift';
import { type PlanEffect, type Weight, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange, ScrubbedPlan } from '../../../terraform/plan/scrub';
import { roleEffects } from './role-effects';

/** How many paths a sentence names. */
const SHOWN = 6;

/**
 * Who may do more, or less, in Vault after the apply: policies by the capabilities that they gain and lose, as the server decides, and roles by
 * what their tokens get. Of an environment that is wholly new nobody has anything yet, and nothing is told.
 */
export function accessEffects(plan: Pick<ScrubbedPlan, 'changes' | 'unchanged'>): readonly PlanEffect[] {
  const isNew = plan.unchanged.length === 0 && plan.changes.every(creates);
  const changes = plan.changes.filter((change) => !isNew || !creates(change));
  return [...changes.flatMap(policyEffects), ...changes.flatMap(roleEffects)];
}

function policyEffects(change: ScrubbedChange): readonly PlanEffect[] {
  const { type, before, after, changed } = change;
  if (type !== 'vault_policy' || (!changed.includes('policy') && !removes(change))) return [];
  const name = `policy ${String(after.name ?? before.name ?? '')}`;
  const tell = (weight: Weight, text: string) => weighed(weight, [`${name} ${text}`], [change]);
  // What goes is told as gone.
  if (removes(change)) return [];
  if (typeof after.policy !== 'string')
    return tell('widened', 'allows something else, and what is known only after the apply');
  const now = rulesOf(creates(change) ? '' : before.policy);
  const then = rulesOf(after.policy);
  if (now === undefined || then === undefined)
    return tell('widened', 'allows something else, and what can not be told: compare its text');
  const changes = accessChanges(now, then);
  const gained = grouped(changes, ({ gained: one }) => one);
  const lost = grouped(changes, ({ lost: one }) => one);
  const limited = changes.filter(({ isLimitedOtherwise }) => isLimitedOtherwise).map(({ path }) => path);
  return [
    ...(gained === '' ? [] : tell('widened', `gains ${gained}`)),
    ...(lost === '' ? [] : tell('narrowed', `loses ${lost}`)),
    ...(limited.length === 0
      ? []
      : tell('widened', `has other limits of requests on ${pathsText(limited)}: compare them`)),
    ...(changes.length === 0 && !creates(change) && !isReplaced(change)
      ? tell('quiet', 'has another text, and allows the same')
      : []),
  ];
}

/** `read on secret/data/a, and list on secret/metadata/*`: paths with the same capabilities together, `sudo` first. */
function grouped(changes: readonly AccessChange[], of: (change: AccessChange) => readonly string[]): string {
  const paths = new Map<string, string[]>();
  for (const change of changes) {
    const capabilities = listed(of(change));
    if (capabilities !== '') paths.set(capabilities, [...(paths.get(capabilities) ?? []), change.path]);
  }
  const groups = [...paths].sort(([a], [b]) => Number(b.includes('sudo')) - Number(a.includes('sudo')));
  return groups.map(([capabilities, own]) => `${capabilities} on ${pathsText(own)}`).join('; ');
}

/** The widest patterns first, because a reader must not miss them. */
function pathsText(paths: readonly string[]): string {
  const sorted = [...paths].sort((a, b) => widthOf(b) - widthOf(a) || (a < b ? -1 : 1));
  const more = sorted.length - SHOWN;
  return listed(more > 1 ? [...sorted.slice(0, SHOWN), `${more} more paths`] : sorted);
}

function widthOf(path: string): number {
  const isWild = path.endsWith('*') || path.split('/').includes('+');
  return isWild ? 1 / (1 + path.length) : 0;
}

/** Undefined where the text is none of a policy, or has what is not read here. */
function rulesOf(text: unknown): Policy | undefined {
  try {
    return typeof text === 'string' ? parsePolicy(text) : undefined;
  } catch {
    return undefined;
  }
}
