import path from 'node:path';
import { readIfThere } from '../../../base/files';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { originOf } from '../../../catalog/positions';
import type { BothEnds } from '../../../review/both-ends';
import { planDigest } from '../../../review/record/digest';
import { NO_PLAN } from '../../../review/record/normal/normalize';
import type { NormalPlan } from '../../../review/record/normal-plan';
import type { EnvironmentRecord, Origin, StackRecord } from '../../../review/record/record';
import { masked } from '../../../review/record/shape/masked';
import { NORMAL_PLAN, STACK_PLAN } from '../../../review/record/shape/plan-shape';
import { ENVIRONMENT_RECORD, FINDINGS, ORIGIN, POSITIONS } from '../../../review/record/shape/record-shape';
import { readConfiguration } from '../../../rules/configuration';
import type { RuleFinding } from '../../../rules/finding';
import type { ResourceChange } from '../../../terraform/messages';
import type { StackPlan } from '../../../terraform/plan/stack-plan';
import { stackFolder } from '../../session/folders';
import type { Session } from '../../session/session';
import { shardText } from '../../session/shard';
import { sceneOf } from '../scene/scene-of';
import { originOfRun, providersOf } from './origin';

/** What a run has found out about the stacks of one environment. */
export interface PlannedStacks {
  readonly session: Session;
  readonly loaded: Loaded;
  /** The stacks that this machine works on. */
  readonly stacks: readonly Stack[];
  readonly plans: readonly StackPlan[];
  readonly normal: ReadonlyMap<string, NormalPlan>;
  readonly failures: ReadonlyMap<string, readonly string[]>;
  readonly deferred: readonly { readonly stack: string; readonly because: readonly string[] }[];
}

export interface FoundTogether {
  readonly ends: BothEnds;
  readonly notes: readonly string[];
  /** Of all stacks, and of the catalog as a whole. */
  readonly findings: readonly RuleFinding[];
  /** As the catalog says it. @default - none */
  readonly floor?: string;
}

/** What all records of a run begin with, but for the versions of providers. */
export interface RecordHead {
  readonly version: 1;
  readonly environment: string;
  readonly stacks: readonly string[];
  readonly chosen?: readonly string[];
  readonly shard?: string;
  readonly origin: Omit<Origin, 'providers'>;
}

/** @param exported - a folder of records inside of the project, which is no change of it */
export async function recordHead(
  session: Session,
  loaded: Loaded,
  chosen: readonly string[],
  exported?: string,
): Promise<RecordHead> {
  const { shard } = session.settings;
  const stacks = loaded.stacks.map(({ id }) => id);
  return {
    version: 1,
    environment: session.environment,
    stacks,
    ...(chosen.length === stacks.length ? {} : { chosen }),
    ...(shard === undefined || shard.count === 1 ? {} : { shard: shardText(shard) }),
    origin: await originOfRun(session, loaded, exported),
  };
}

/**
 * The records of the stacks that a run planned, masked by all secrets that it knows at its end. Names of environments and stacks are
 * those of files and never masked.
 */
export function stackRecords(
  head: RecordHead,
  planned: PlannedStacks,
  findings: readonly RuleFinding[] = [],
): readonly StackRecord[] {
  const { session } = planned;
  const { masks } = session.report.log;
  return planned.stacks.flatMap((stack): readonly StackRecord[] => {
    const outcome = outcomeOf(planned, stack, findings);
    if (outcome === undefined) return [];
    const { id, kind, requires } = stack;
    const origin = { ...head.origin, providers: providersOf(session, id) };
    return [
      { record: 'stack', ...head, origin: masked(ORIGIN, origin, masks), stack: id, kind, requires, outcome },
    ];
  });
}

function outcomeOf(
  { session, loaded, plans, normal, failures, deferred }: PlannedStacks,
  { id }: Stack,
  findings: readonly RuleFinding[],
): StackRecord['outcome'] | undefined {
  const { masks } = session.report.log;
  const summary = plans.find(({ stack }) => stack === id);
  if (summary !== undefined) {
    // The digest is of what is written, so that whoever has the record can compute it.
    const plan = masked(NORMAL_PLAN, normal.get(id) ?? NO_PLAN, masks);
    // Terraform tells them in the order in which it looked at them.
    const resources = [...summary.resources].sort(byAddress);
    const { before: _, ...told } = { ...summary, resources };
    const found = findings.filter(({ stack }) => stack === id);
    return {
      kind: 'planned',
      digest: planDigest(plan),
      plan,
      summary: masked(STACK_PLAN, told, masks),
      findings: masked(FINDINGS, found, masks),
      positions: masked(POSITIONS, positionsOf(loaded, summary, stackFolder(session.folders, id)), masks),
    };
  }
  const lines = failures.get(id);
  if (lines !== undefined) return { kind: 'failed', lines: lines.map((line) => masks.mask(line)) };
  const because = deferred.find(({ stack }) => stack === id)?.because;
  return because === undefined ? undefined : { kind: 'deferred', because };
}

function byAddress(a: ResourceChange, b: ResourceChange): number {
  return `${a.address} ${a.action}` < `${b.address} ${b.action}` ? -1 : 1;
}

/** Where the catalog says each resource: also those that stay as they are, in which other tools find something, too. */
function positionsOf(loaded: Loaded, { stack, resources }: StackPlan, folder: string) {
  const changed = resources.map(({ address }) => address);
  const blocks = new Set(changed.map((address) => address.replace(/\[.*$/s, '')));
  const rest = addressesIn(path.join(folder, 'cdk.tf.json')).filter((address) => !blocks.has(address));
  return Object.fromEntries(
    [...changed, ...rest].flatMap((address) => {
      const position = originOf(loaded, stack, address)?.position;
      return position === undefined ? [] : [[address, position] as const];
    }),
  );
}

function addressesIn(configuration: string): readonly string[] {
  const text = readIfThere(configuration);
  const blocks = text === undefined ? [] : readConfiguration('', JSON.parse(text));
  return blocks.map(({ address }) => address).filter((address) => !/^(?:provider|output)\./.test(address));
}

/** The record of what a run found out about the environment as a whole. */
export function environmentRecord(
  head: RecordHead,
  { session, loaded, deferred }: Pick<PlannedStacks, 'session' | 'loaded' | 'deferred'>,
  { ends, notes, findings, floor }: FoundTogether,
  stacks: readonly StackRecord[],
): EnvironmentRecord {
  const providers = Object.assign({}, ...stacks.map(({ origin }) => origin.providers)) as Origin['providers'];
  const record: EnvironmentRecord = {
    record: 'environment',
    ...head,
    origin: { ...head.origin, providers },
    ends,
    notes,
    scene: sceneOf(loaded),
    // What waits for an apply has no plan, and its findings have no other record.
    findings: findings.filter(
      (one) => one.stack === undefined || deferred.some(({ stack }) => stack === one.stack),
    ),
    requireReview: loaded.catalog.policy.requireReview,
    ...(floor === undefined ? {} : { floor }),
  };
  return masked(ENVIRONMENT_RECORD, record, session.report.log.masks);
}
