import path from 'node:path';
import { CommandError } from '../../../base/errors';
import type { Processes } from '../../../base/process';
import { compareTexts } from '../../../base/text/compare-texts';
import { sharesAddress } from '../../../catalog/environment/neighbours';
import type { Problem } from '../../../catalog/ground/problem';
import type { Stack } from '../../../catalog/kinds/registry';
import { driverOf, isKindsProvider } from '../../kinds/registry';
import { compareEnvironment } from './compare-environment';
import { type AffectedEnvironment, Reasons } from './model';
import type { NormalConfiguration } from './normal-configuration';
import type { ProjectDifference } from './project-files';
import type { Reading, Revision } from './revision';
import { spread } from './spread';
import { stackInputsText } from './stack-inputs';

/** Two revisions of a project. */
export interface Comparison {
  readonly base: Revision;
  /** The working tree. */
  readonly head: Revision;
  /** How they differ beside their catalogs. */
  readonly differences: readonly ProjectDifference[];
  readonly processes: Processes;
  readonly variables: NodeJS.ProcessEnv;
  /** A folder for what is synthesized. */
  readonly scratch: string;
}

export interface FoundAffected {
  /** Sorted by name. */
  readonly affected: readonly AffectedEnvironment[];
  /** Environments of the working tree whose catalogs are not valid, with their problems. */
  readonly invalid: readonly { readonly environment: string; readonly problems: readonly Problem[] }[];
}

type Configurations = ReadonlyMap<string, NormalConfiguration>;

/**
 * The environments and stacks that differ between two revisions, with what depends on them. Only environments whose inputs differ are
 * synthesized.
 *
 * @throws CommandError where the working tree can't be synthesized
 */
export async function findAffected(comparison: Comparison): Promise<FoundAffected> {
  const { base, head, differences } = comparison;
  const names = [...new Set([...base.environments.keys(), ...head.environments.keys()])].sort(compareTexts);
  const differing = names.filter((name) => base.inputsOf(name) !== head.inputsOf(name));
  const chosen = names.filter(
    (name) => differing.includes(name) || dependsOnOthers(name, differing, base, head),
  );
  const reasons = new Reasons();
  const present = chosen.filter((name) => head.environments.has(name));
  const valid = present.filter((name) => 'loaded' in head.read(name));
  const { before, now } = await synthesizeBoth(comparison, valid);
  for (const environment of valid) {
    const reading = head.read(environment);
    if ('problems' in reading) continue;
    const old = base.environments.get(environment);
    compareEnvironment(
      environment,
      {
        surveyed: old,
        reading: old === undefined ? undefined : base.read(environment),
        configurations: before,
        folder: base.catalog,
      },
      { surveyed: head.environments.get(environment), reading, configurations: now, folder: head.catalog },
      reasons,
    );
  }
  addProjectDifferences(head, differences, reasons);
  const removed = chosen.filter((name) => !head.environments.has(name));
  for (const name of removed) addRemoved(name, base, reasons);
  spread(base, head, reasons);
  const touched = [...new Set([...present, ...reasons.names])].sort(compareTexts);
  return {
    affected: listed(head, reasons),
    invalid: touched.flatMap((environment) => {
      const problems = head.environments.has(environment) ? problemsOf(head.read(environment)) : [];
      return problems.length === 0 ? [] : [{ environment, problems }];
    }),
  };
}

/**
 * Whether an environment with the same files may have another configuration: where it takes tunnels that others leave free, what
 * others have at the gateway, or a hub.
 */
function dependsOnOthers(
  name: string,
  differing: readonly string[],
  base: Revision,
  head: Revision,
): boolean {
  const own = head.environments.get(name);
  if (own?.draft === undefined) return false;
  const { draft, identities } = own;
  const others = differing.flatMap((other) =>
    [base, head].flatMap((side) => side.environments.get(other) ?? []),
  );
  if (draft.claims.hubs.length > 0) return others.length > 0;
  const isOpen = draft.connections.some(({ key }) => identities.tunnels[key] === undefined);
  if (!isOpen && draft.site?.mesh !== true) return false;
  return others.some((other) => other.draft === undefined || sharesAddress(draft, other.draft));
}

/** Synthesizes the stacks that may differ, in both revisions at the same time. What the base can't be synthesized to is undefined. */
async function synthesizeBoth(
  { base, head, processes, variables, scratch }: Comparison,
  environments: readonly string[],
): Promise<{ readonly before: Configurations | undefined; readonly now: Configurations }> {
  const chosen = new Map(
    environments.flatMap((name) => {
      const stacks = base.environments.has(name) ? suspects(base.read(name), head.read(name)) : [];
      return stacks.length === 0 ? [] : [[name, stacks] as const];
    }),
  );
  const [before, now] = await Promise.allSettled([
    base.synthesize(chosen, { processes, variables, out: path.join(scratch, 'base') }),
    head.synthesize(chosen, { processes, variables, out: path.join(scratch, 'head') }),
  ]);
  if (now.status === 'rejected') throw now.reason;
  if (before.status === 'rejected' && !(before.reason instanceof CommandError)) throw before.reason;
  return { before: before.status === 'fulfilled' ? before.value : undefined, now: now.value };
}

/** The stacks of both revisions that are not made of the same. */
function suspects(before: Reading, now: Reading): readonly string[] {
  if ('problems' in before || 'problems' in now) return [];
  const old = new Map(before.loaded.stacks.map((stack) => [stack.id, stack]));
  return now.loaded.stacks.flatMap((stack) => {
    const other = old.get(stack.id);
    if (other === undefined) return [];
    const isSame = stackInputsText(before.loaded, other) === stackInputsText(now.loaded, stack);
    return isSame ? [] : [stack.id];
  });
}

function addProjectDifferences(
  head: Revision,
  differences: readonly ProjectDifference[],
  reasons: Reasons,
): void {
  for (const { reason, provider } of differences) {
    for (const environment of head.environments.keys()) {
      const reading = head.read(environment);
      if ('problems' in reading) {
        reasons.add(environment, reason);
        continue;
      }
      const stacks = reading.loaded.stacks.filter((stack) => uses(stack, provider));
      if (provider === undefined) reasons.add(environment, reason);
      for (const { id } of stacks) reasons.addStack(environment, id, reason);
    }
  }
}

/** Whether a stack may use a provider. One that is no kind's may be used by each of them. */
function uses(stack: Stack, provider: string | undefined): boolean {
  return (
    provider === undefined || !isKindsProvider(provider) || driverOf(stack).provider?.source === provider
  );
}

function problemsOf(reading: Reading): readonly Problem[] {
  return 'problems' in reading ? reading.problems : [];
}

function addRemoved(environment: string, base: Revision, reasons: Reasons): void {
  reasons.add(environment, 'has no catalog any more');
  const reading = base.read(environment);
  if (!('loaded' in reading)) return;
  for (const { id } of reading.loaded.stacks)
    reasons.addStack(environment, id, 'is only in the base: its environment has no catalog any more');
}

function listed(head: Revision, reasons: Reasons): readonly AffectedEnvironment[] {
  return [...reasons.names].sort(compareTexts).flatMap((environment) => {
    const isThere = head.environments.has(environment);
    const reading = isThere ? head.read(environment) : undefined;
    if (reading !== undefined && 'problems' in reading) return [];
    return [
      {
        environment,
        reasons: reasons.of(environment),
        stacks: [...reasons.stacksOf(environment)].sort((a, b) => compareTexts(a.id, b.id)),
        all: reading?.loaded.stacks ?? [],
        removed: !isThere,
      },
    ];
  });
}
