import { chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import { digestOfFile, readIfThere, writeAtomically } from '../../base/files';
import type { Journal } from '../journal';
import type { StackPlan } from './stack-plan';

/** Older saved plans are not used, because the cloud may have changed since. */
export const FRESH_HOURS = 24;

/** The record beside a saved plan, from which a later run decides whether the plan can still be applied. */
export interface PlanRecord {
  readonly version: 4;
  readonly made: string;
  /** Whether the plan was made with simulated providers. */
  readonly simulated: boolean;
  readonly destroy: boolean;
  /** The command that alone may apply it. @default - any apply may */
  readonly only?: string;
  /** Whether an apply must plan anew, because objects of a killed apply come into the state first. @default false */
  readonly provisional?: true;
  /** The program that made it: `terraform 1.11.4`. */
  readonly terraform: string;
  /** SHA-256 of the plan file. */
  readonly plan: string;
  /** SHA-256 of cdk.tf.json. */
  readonly configuration: string;
  /** SHA-256 of .terraform.lock.hcl; null where there is none. */
  readonly providers: string | null;
  readonly summary: StackPlan;
}

/** What must be the same at the plan and at its apply. */
export interface Circumstances {
  readonly simulated: boolean;
  readonly terraform: string;
}

export type Freshness =
  | { readonly kind: 'none' }
  | { readonly kind: 'fresh'; readonly record: PlanRecord }
  | { readonly kind: 'stale'; readonly because: string; readonly simulated: boolean };

export const PLAN_FILE = 'kakehashi.tfplan';

function recordFile(folder: string): string {
  return path.join(folder, `${PLAN_FILE}.json`);
}

/** Writes the record of a plan that was just made, and makes the plan file private, because it holds secrets. */
export function recordPlan(
  folder: string,
  circumstances: Circumstances,
  {
    destroy,
    only,
    isProvisional,
  }: Pick<PlanRecord, 'destroy' | 'only'> & { readonly isProvisional?: boolean },
  summary: StackPlan,
): PlanRecord {
  const file = path.join(folder, PLAN_FILE);
  chmodSync(file, 0o600);
  const record: PlanRecord = {
    version: 4,
    made: new Date().toISOString(),
    ...circumstances,
    destroy,
    ...(only === undefined ? {} : { only }),
    ...(isProvisional === true ? { provisional: true } : {}),
    plan: digestOfFile(file) ?? '',
    configuration: digestOfFile(path.join(folder, 'cdk.tf.json')) ?? '',
    providers: digestOfFile(path.join(folder, '.terraform.lock.hcl')) ?? null,
    summary,
  };
  writeAtomically(recordFile(folder), `${JSON.stringify(record, undefined, 1)}\n`, 0o600);
  return record;
}

/** The record of the plan that is saved in a stack's folder, whether it can still be applied or not. */
export function savedRecord(folder: string): PlanRecord | undefined {
  try {
    const record = JSON.parse(readIfThere(recordFile(folder)) ?? 'null') as PlanRecord | null;
    return record?.version === 4 ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Decides whether the plan saved in a stack's folder can be applied as it is. */
export function freshnessOf(
  folder: string,
  circumstances: Circumstances,
  journal: Journal,
  now = Date.now(),
): Freshness {
  const text = readIfThere(recordFile(folder));
  if (text === undefined) return { kind: 'none' };
  let record: PlanRecord;
  try {
    record = JSON.parse(text) as PlanRecord;
  } catch {
    return { kind: 'stale', because: 'its record is damaged', simulated: false };
  }
  const because = staleness(record, folder, circumstances, journal, now);
  if (because === undefined) return { kind: 'fresh', record };
  return { kind: 'stale', because, simulated: record.simulated && !circumstances.simulated };
}

/** Deletes the plan saved in a stack's folder. */
export function discardPlan(folder: string): void {
  rmSync(recordFile(folder), { force: true });
  rmSync(path.join(folder, PLAN_FILE), { force: true });
}

function staleness(
  record: PlanRecord,
  folder: string,
  circumstances: Circumstances,
  journal: Journal,
  now: number,
): string | undefined {
  if (record.version !== 4) return 'another version of kakehashi made it';
  if (record.simulated !== circumstances.simulated)
    return record.simulated ? 'it is simulated' : 'it is a real one';
  if (record.destroy) return 'it destroys';
  if (record.provisional) return 'objects of a killed apply come into the state first';
  if (record.only !== undefined) return `it is of kakehashi ${record.only}`;
  if (journal.wasStarted(record.plan)) return 'its apply was begun before';
  if (digestOfFile(path.join(folder, PLAN_FILE)) !== record.plan) return 'the plan file is another one';
  if (digestOfFile(path.join(folder, 'cdk.tf.json')) !== record.configuration)
    return 'the configuration changed';
  if ((digestOfFile(path.join(folder, '.terraform.lock.hcl')) ?? null) !== record.providers)
    return 'the providers changed';
  if (record.terraform !== circumstances.terraform) return `${record.terraform} made it`;
  const age = now - Date.parse(record.made);
  if (!(age >= 0 && age < FRESH_HOURS * 3_600_000)) return `it is older than ${FRESH_HOURS} hours`;
  return undefined;
}
