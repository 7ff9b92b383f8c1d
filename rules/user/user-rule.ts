import type { Severity } from '../finding';
import type { Resource } from '../resource';
import type { Found, RuleContext } from '../rule';

/** A rule that a project keeps in `policy/*.mjs`; a file exports one, or a list of them, by `default`. */
export interface UserRule {
  /** Any id that does not begin with `KKH-`. */
  readonly id: string;
  readonly severity: Severity;
  /** What must hold. */
  readonly title: string;
  /** @default - none is shown */
  readonly reason?: string;
  /** @default - none is shown */
  readonly fix?: string;
  /** @default - none */
  readonly references?: readonly string[];
  /** @default - all resources, data sources, providers and outputs */
  readonly types?: readonly string[];
  readonly judge: (resource: Resource, context: RuleContext) => readonly Found[];
}
