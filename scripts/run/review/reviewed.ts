import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure, UsageError } from '../../../base/errors';
import { shownPath } from '../../../base/files';
import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import { mergeRecords } from '../../../review/merge/merge';
import { DIGEST_VERSION } from '../../../review/record/digest';
import { environmentDigest } from '../../../review/record/environment-digest';
import { readRecords } from '../../../review/record/read-records';
import type { StackRecord } from '../../../review/record/record';
import type { Session } from '../../session/session';

/** Plans that somebody has reviewed, which an apply keeps to. */
export interface Reviewed {
  readonly digest: string;
  /** The records with that digest. @default - none are at hand, so that only the whole can be compared */
  readonly stacks?: readonly StackRecord[];
}

/**
 * Whether an argument of `--reviewed` is a folder of records: with a slash in it, or where such a folder lies.
 *
 * @throws {@link UsageError} for what is neither a folder nor a whole digest of this version
 */
export function isFolderOfRecords(given: string): boolean {
  if (given.includes('/') || given.includes(path.sep)) return true;
  if (new RegExp(`^${DIGEST_VERSION}:[0-9a-f]{64}$`).test(given)) return false;
  if (!given.includes(':') && existsSync(given) && statSync(given).isDirectory()) return true;
  throw new UsageError(`--reviewed: ${wrongDigest(given)}`);
}

function wrongDigest(given: string): string {
  const [, version, rest = ''] = /^(k[0-9]+):(.*)$/s.exec(given) ?? [];
  if (version !== undefined && version !== DIGEST_VERSION)
    return `must be a digest of version ${DIGEST_VERSION}, got one of ${version}: another version of kakehashi made the review; plan and review anew`;
  if (version !== undefined && /^[0-9a-f]*$/.test(rest))
    return `must be a whole digest: 64 digits after ${DIGEST_VERSION}:, got ${rest.length}`;
  if (version !== undefined) return `must be a digest of the digits 0-9 and a-f after ${DIGEST_VERSION}:`;
  if (/^[0-9a-f]{64}$/.test(given))
    return `must begin with the version of its algorithm: ${DIGEST_VERSION}:${given}`;
  return `must be the digest of a review, ${DIGEST_VERSION}: and 64 digits, or a folder of review records, written with a slash`;
}

/**
 * What was reviewed of an environment.
 *
 * @param given - a digest, or a folder of records
 * @throws {@link Failure} for records that are no whole review of it, and for the digest of another one
 */
export function reviewedOf(session: Session, given: string): Reviewed {
  return isFolderOfRecords(given) ? fromFolder(session, given) : fromDigest(session, given);
}

function fromFolder({ environment, simulated }: Session, folder: string): Reviewed {
  const where = shownPath(path.resolve(folder));
  const reviews = mergeRecords(readRecords([path.resolve(folder)]));
  const review = reviews.find((one) => one.environment === environment);
  if (review === undefined) {
    const others = reviews.map((one) => one.environment);
    const found = others.length === 0 ? 'it has none' : `it has those of ${listed(others)}`;
    throw new Failure({ where, summary: `must have review records of ${environment}; ${found}` });
  }
  const [problem, ...more] = review.problems;
  if (problem !== undefined)
    throw new Failure({
      where,
      summary: `is no whole review of ${environment}: ${problem.text}${more.length === 0 ? '' : `, and ${counted(more.length, 'further problem')}`}`,
      fixes: [problem.help],
    });
  if (review.origin.simulated !== simulated)
    throw new Failure({ where, summary: otherWorld(environment, simulated) });
  return { digest: review.digest ?? environmentDigest(review.stacks), stacks: review.stacks };
}

function fromDigest(session: Session, digest: string): Reviewed {
  const { environment, simulated, folders } = session;
  const saved = reviewsIn(folders.review).find((review) => review.environment === environment);
  if (saved?.digest === digest) {
    if (saved.origin.simulated !== simulated) throw new Failure(otherWorld(environment, simulated));
    return { digest, stacks: saved.stacks };
  }
  const other = otherEnvironments(session).find((name) =>
    reviewsIn(path.join(path.dirname(folders.results), name, 'review')).some((one) => one.digest === digest),
  );
  if (other !== undefined)
    throw new Failure(`--reviewed: this is the digest of ${other}, and ${environment} is to be applied`);
  return { digest };
}

function otherWorld(environment: string, simulated: boolean): string {
  return simulated
    ? `${environment}: the review is of plans for the real clouds, and this apply is in the sandbox`
    : `${environment}: the review is of plans made in the sandbox, which are never applied for real; plan and review without --sandbox`;
}

/** Whole reviews that lie in a folder; what can't be read is none. */
function reviewsIn(folder: string) {
  if (!existsSync(folder)) return [];
  try {
    return mergeRecords(readRecords([folder]));
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

function otherEnvironments({ folders, environment }: Session): readonly string[] {
  try {
    return readdirSync(path.dirname(folders.results))
      .filter((name) => name !== environment)
      .sort();
  } catch {
    return [];
  }
}
