import { countsOf } from '../../terraform/plan/stack-plan';
import { canonicalJson } from './canonical';
import { planDigest } from './digest';
import { MOST_VALUES_DEEP, recordFileName } from './files';
import type { PlannedOutcome, ReviewRecord, WrittenRecord } from './record';
import { checksumOf } from './record-text';
import { mismatch } from './shape/mismatch';
import { WRITTEN_ENVIRONMENT_RECORD, WRITTEN_STACK_RECORD } from './shape/record-shape';

/** Why a file is no record that can be used. */
export interface RecordDamage {
  readonly kind: 'damaged' | 'unknown version';
  /** What is wrong, as a sentence without a full stop; of the file's content only a few harmless characters are in it. */
  readonly text: string;
}

export type ParsedRecord = { readonly record: ReviewRecord } | { readonly damage: RecordDamage };

/**
 * Reads a record from the bytes of its file. Nothing of them is trusted: they may come from a stranger's pull request.
 *
 * @param name - the file's name, which must be that of the record
 */
export function parseRecord(bytes: Uint8Array, name: string): ParsedRecord {
  const text = decoded(bytes);
  if (text === undefined) return damaged('must be UTF-8 text, and is not');
  if (text.startsWith('\uFEFF'))
    return damaged('begins with a byte order mark, so that something else than kakehashi wrote it');
  if (text.trim() === '') return damaged('is empty: its writing was cut off');
  if (isTooDeep(text)) return damaged(`must have values at most ${MOST_VALUES_DEEP} deep in each other`);
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
  return checked(value, name);
}

function checked(value: unknown, name: string): ParsedRecord {
  const shape = name.endsWith('.stack.json') ? WRITTEN_STACK_RECORD : WRITTEN_ENVIRONMENT_RECORD;
  const found = mismatch(shape.schema, value);
  if (found !== undefined)
    return damaged(`is no review record: ${found.path === '' ? 'it' : found.path} ${found.text}`);
  const { checksum, ...record } = value as WrittenRecord<ReviewRecord>;
  const expected = recordFileName(record);
  if (expected !== name) return damaged(`is the record ${expected} by what is in it`);
  const wrong = inconsistency(record);
  if (wrong !== undefined) return damaged(wrong);
  if (checksumOf(record) !== checksum)
    return damaged('was changed after it was written: its checksum is not that of its content');
  return { record };
}

/** What must hold between the parts of a record. */
function inconsistency(record: ReviewRecord): string | undefined {
  const { stacks, chosen = stacks } = record;
  const known = new Set(stacks);
  if (known.size !== stacks.length) return 'names a stack twice in stacks';
  if (!chosen.every((stack) => known.has(stack))) return 'has a stack in chosen that is not in stacks';
  if (!isPart(record.shard)) return `has the part ${record.shard}, which there can't be`;
  if (record.record === 'environment') return undefined;
  if (!chosen.includes(record.stack)) return `is of a stack that the run did not plan`;
  const { outcome } = record;
  if (outcome.kind !== 'planned') return undefined;
  if (outcome.summary.stack !== record.stack) return 'has the plan of another stack';
  if (planDigest(outcome.plan) !== outcome.digest)
    return 'was changed after it was written: its digest is not that of its plan';
  return summaryProblem(outcome);
}

/** Whether the summary, which pages show, tells what the plan has, which the digest is of. */
function summaryProblem({ plan, summary }: PlannedOutcome): string | undefined {
  const told = new Set(summary.resources.map(({ address, action }) => `${address} ${actionOf(action)}`));
  const untold = plan.changes.find(({ address, action }) => !told.has(`${address} ${actionOf(action)}`));
  if (untold !== undefined)
    return `does not tell all of its plan: ${untold.address} (${untold.action}) is missing in summary.resources`;
  const counted = canonicalJson(countsOf(summary.resources));
  return canonicalJson(summary.counts) === counted
    ? undefined
    : 'has counts in its summary that are not those of its resources';
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
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Counts brackets outside of texts, because a recursive walk over values that lie too deep ends the program. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInText) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isInText = false;
    } else if (code === QUOTE) isInText = true;
    else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > MOST_VALUES_DEEP) return true;
    } else if (code === END_BRACE || code === END_BRACKET) depth -= 1;
  }
  return false;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [BRACE, BRACKET, END_BRACE, END_BRACKET] = [0x7b, 0x5b, 0x7d, 0x5d];

function versionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  return typeof value.version === 'number' ? value.version : undefined;
}
