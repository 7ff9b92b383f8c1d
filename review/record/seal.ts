import { digestOf } from '../../base/files';
import { canonicalJson } from './canonical';
import type { ReviewRecord, SealedRecord } from './record';

/** The version of what is sealed, and how. */
const SEAL_VERSION = 's1';

/**
 * The seal of a record: the SHA-256 of the canonical JSON of all that is in it. It tells that a file was changed, and not who made
 * it: whoever writes a record anew seals it anew.
 */
export function sealOf(record: object): string {
  return `${SEAL_VERSION}:${digestOf(canonicalJson(record))}`;
}

/** The records of one run as their files have them. The environment's has the seals of the stacks', so that no other takes their place. */
export function sealed(records: readonly ReviewRecord[]): readonly SealedRecord[] {
  const stacks = records.flatMap((record) =>
    record.record === 'stack' ? [{ ...record, seal: sealOf(record) }] : [],
  );
  const environments = records.flatMap((record) => {
    if (record.record === 'stack') return [];
    const own = stacks.filter(({ environment }) => environment === record.environment);
    const whole = { ...record, seals: Object.fromEntries(own.map(({ stack, seal }) => [stack, seal])) };
    return [{ ...whole, seal: sealOf(whole) }];
  });
  return [...stacks, ...environments];
}
