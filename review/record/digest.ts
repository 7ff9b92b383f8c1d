import { digestOf } from '../../base/files';
import { canonicalJson } from './canonical';
import type { NormalPlan } from './normal-plan';

/**
 * The version of the algorithm, with which each digest begins: of how a plan is made normal, and of what is hashed. Whatever
 * changes one of these for a plan that exists gets the next number.
 */
export const DIGEST_VERSION = 'k1';

/** The digest of a value: the SHA-256 of its canonical JSON. */
export function versionedDigest(value: unknown): string {
  return `${DIGEST_VERSION}:${digestOf(canonicalJson(value))}`;
}

/** The digest of what a plan means. */
export function planDigest({ changes, outputs }: NormalPlan): string {
  return versionedDigest({ changes, outputs });
}
