import type { Position } from '../catalog/ground/problem';
import { SEVERITIES, type Severity } from '../catalog/ground/severity';

export { SEVERITIES, type Severity };

/** What a rule found out about one resource, or about the catalog. No secret is in it. */
export interface RuleFinding {
  /** The rule's id: `KKH-VPN-02`, or the id that a user's rule or another tool gives. */
  readonly rule: string;
  readonly severity: Severity;
  /**
   * - `violated`: the rule does not hold
   * - `unknown`: a value is known only after the apply, or in the plan
   * - `accepted`: it does not hold, and the catalog accepts that
   */
  readonly verdict: 'violated' | 'unknown' | 'accepted';
  /** What is wrong, as a sentence without a full stop. */
  readonly text: string;
  /** The stack. @default - it is about the catalog as a whole */
  readonly stack?: string;
  /** The resource's address in its stack. @default - it is about no single resource */
  readonly address?: string;
  /** Where the catalog, or a file that it extends, says it. @default - nothing of the catalog is to blame */
  readonly position?: Position;
  /** Of an accepted one. */
  readonly accepted?: { readonly reason: string; readonly until?: string };
  /** The tool that found it, where it is not ours: `checkov`. */
  readonly tool?: string;
}
