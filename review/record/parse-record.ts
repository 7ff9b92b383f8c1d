import { countsOf } from '../../terraform/plan/stack-plan';
import { canonicalJson } from './canonical';
import { planDigest } from './digest';
import { MOST_VALUES_DEEP, recordFileName } from './files';
import { keysIn, keysOf } from './json-text';
import type { ReviewRecord, SealedRecord, StackRecord } from './record';
import { sealOf } from './seal';
import { mismatch } from './shape/mismatch';
import { SEALED_ENVIRONMENT, SEALED_STACK } from './shape/record-shape';

/** Why a file is no record that can be used. */
export interface RecordDamage {
  readonly kind: 'damaged' | 'unknown version';
  /** What is wrong, as a sentence without a full stop; of the file's content only a few harmless characters are in it. */
  readonly text: string;
}

export interface GoodRecord {
  readonly record: ReviewRecord;
  readonly seal: string;
  /** Of an environment: the seals of its run's stacks. */
  readonly seals?: Readonly<Record<string, string>>;
}

export type ParsedRecord = GoodRecord | { readonly damage: RecordDamage };

/**
 * Reads a record from the bytes of its file. Nothing of them is trusted: they may come from a stranger's pull request.
 *
 * @param name - the file's name, which must be that of the record
 */
export function parseRecord(bytes: Uint8Array, name: string): ParsedRecord {
  const text = decoded(bytes);
  if (text === undefined) return damaged('must be UTF-8 text, and is not');
  if (text.trim() === '') return damaged('is empty: its writing was cut off');
  const keys = keysIn(text, MOST_VALUES_DEEP);
  if (keys === undefined) return damaged(`must have values at most ${MOST_VALUES_DEEP} deep in each other`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged(
      text.trimEnd().endsWith('}') ? 'must be JSON, and is not' : 'is cut off: the end is missing',
    );
  }
  const version = versionOf(value);
  if (version !== undefined && version !== 1)
    return {
      damage: {
        kind: 'unknown version',
        text: `is of version ${version} of review records, and this kakehashi reads version 1`,
      },
    };
  // JSON's readers differ in which of two equal keys they take.
  if (keysOf(value) !== keys) return damaged('has a key twice in one object');
  return checked(value, name);
}

function checked(value: unknown, name: string): ParsedRecord {
  const shape = name.endsWith('.stack.json') ? SEALED_STACK : SEALED_ENVIRONMENT;
  const found = mismatch(shape.schema, value);
  if (found !== undefined)
    return damaged(`is no review record: ${found.path === '' ? 'it' : found.path} ${found.text}`);
  const record = value as SealedRecord;
  const expected = recordFileName(record);
  if (expected !== name) return damaged(`is the record ${expected} by what is in it`);
  const wrong = inconsistency(record);
  return wrong === undefined ? unsealed(record) : damaged(wrong);
}

function unsealed(file: SealedRecord): GoodRecord {
  if (file.record === 'stack') {
    const { seal, ...record } = file;
    return { record, seal };
  }
  const { seal, seals, ...record } = file;
  return { record, seal, seals };
}

/** What must hold between the parts of a record. */
function inconsistency(record: SealedRecord): string | undefined {
  const { stacks, chosen = stacks } = record;
  const known = new Set(stacks);
  if (known.size !== stacks.length) return 'names a stack twice in stacks';
  if (!chosen.every((stack) => known.has(stack))) return 'has a stack in chosen that is not in stacks';
  if (!isPart(record.shard)) return `has the part ${record.shard}, which there can't be`;
  const wrong = record.record === 'stack' ? wrongInStack(record, chosen) : undefined;
  if (wrong !== undefined) return wrong;
  const { seal, ...rest } = record;
  return sealOf(rest) === seal
    ? undefined
    : 'was changed after it was written: its seal is not that of its content';
}

function wrongInStack({ stack, outcome }: StackRecord, chosen: readonly string[]): string | undefined {
  if (!chosen.includes(stack)) return 'is of a stack that the run did not plan';
  if (outcome.kind !== 'planned') return undefined;
  const { summary, plan, digest } = outcome;
  if (summary.stack !== stack) return 'has the plan of another stack';
  if (planDigest(plan) !== digest)
    return 'was changed after it was written: its digest is not that of its plan';
  // The page shows the summary, and the digest is of the plan.
  const told = new Set(summary.resources.map((one) => `${one.address} ${actionOf(one.action)}`));
  const untold = plan.changes.find((one) => !told.has(`${one.address} ${actionOf(one.action)}`));
  if (untold !== undefined)
    return `does not tell all of its plan: ${untold.address} (${untold.action}) is missing in summary.resources`;
  if (canonicalJson(countsOf(summary.resources)) !== canonicalJson(summary.counts))
    return 'has counts that are not those of its changes';
  return undefined;
}

/** Terraform's plan and its messages have different names for one thing. */
function actionOf(action: string): string {
  return action === 'remove' ? 'forget' : action;
}

function isPart(shard: string | undefined): boolean {
  const [index = 1, count = 1] = (shard ?? '1/1').split('/').map(Number);
  return index <= count;
}

function damaged(text: string): ParsedRecord {
  return { damage: { kind: 'damaged', text } };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function versionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  return typeof value.version === 'number' ? value.version : undefined;
}
