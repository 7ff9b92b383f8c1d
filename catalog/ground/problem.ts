import type { Path } from './path';

/** Where a value stands in a file; both counted from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Column after its last character, on the same line. */
  readonly endColumn: number;
}

/** What a problem is about: a key or a value of a catalog, by its path, and where it stands. */
export interface Where {
  /** Empty for a whole file. */
  readonly path: Path;
  /** Absent where no file is to blame, for instance for an environment that does not exist. */
  readonly position?: Position;
  /** The other environment that the problem is about, where it is one. */
  readonly neighbour?: string;
}

/** What a problem says; the printer makes the sentence of it. */
export interface Statement {
  /** What must hold, or what was found instead: `must be an IPv4 address`. */
  readonly must: string;
  /** The value that was found, as it is to be shown; never a secret. */
  readonly got?: string;
  /** A known name that was probably meant. */
  readonly suggestion?: string;
}

/** Something wrong, or doubtful, with a catalog. */
export interface Problem extends Statement {
  /** A note is information: it is printed in one line, without a code frame. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: ProblemCode;
  readonly where: Where;
  /** How to fix it: one instruction each. */
  readonly fix: readonly string[];
  /**
   * The stacks of lock files on which it stands: it holds only if all of them were applied, which no catalog says.
   *
   * @default - it holds
   */
  readonly ifApplied?: readonly StackName[];
}

/** A stack of an environment. */
export interface StackName {
  readonly environment: string;
  readonly stack: string;
}

/** Stable names of problems: what tests and `--json` go by. */
export type ProblemCode =
  | 'address-taken'
  | 'assumed-mount'
  | 'assumed-policy'
  | 'auto-accept'
  | 'backend-moved'
  | 'bad-auth'
  | 'bad-engine'
  | 'bad-formerly'
  | 'bad-key'
  | 'bad-name'
  | 'bad-option'
  | 'bad-reference'
  | 'bad-rule'
  | 'bad-size'
  | 'bad-value'
  | 'bad-within'
  | 'broken-neighbour'
  | 'claim-fails'
  | 'adopt-without-create'
  | 'claim-undecided'
  | 'control-character'
  | 'controller-outside'
  | 'cubbyhole-approle'
  | 'cubbyhole-keys'
  | 'custom-provider'
  | 'deprecated-key'
  | 'duplicate-key'
  | 'duplicate-rule'
  | 'duplicate-value'
  | 'empty-file'
  | 'empty-provider'
  | 'equal-metrics'
  | 'extends-circle'
  | 'extends-outside'
  | 'few-addresses'
  | 'foreign-stack'
  | 'formerly-done'
  | 'formerly-unknown'
  | 'gateway-forms'
  | 'gateway-gone'
  | 'gateway-outside'
  | 'gateways-alike'
  | 'gateways-need-bgp'
  | 'host-bits'
  | 'host-moved'
  | 'incompatible'
  | 'inexact-number'
  | 'inside-cidr-taken'
  | 'lock-clash'
  | 'made-twice'
  | 'many-rules'
  | 'missing-file'
  | 'misplaced'
  | 'missing-key'
  | 'missing-pool'
  | 'mount-overlap'
  | 'name-clash'
  | 'netmask-differs'
  | 'no-environment'
  | 'not-a-catalog'
  | 'not-an-environment'
  | 'not-built'
  | 'older-provider'
  | 'older-servers'
  | 'one-subnet'
  | 'openbao-audit'
  | 'orphan-lock'
  | 'overlap'
  | 'placeholder'
  | 'policy-networks'
  | 'policy-with-bgp'
  | 'provider-too-old'
  | 'public-block'
  | 'public-ingress'
  | 'public-subnet'
  | 'reaches-every-token'
  | 'refused-key'
  | 'region-differs'
  | 'region-moved'
  | 'reserved-address'
  | 'reserved-mount'
  | 'reserved-policy'
  | 'resolver-outside'
  | 'same-asn'
  | 'same-environment'
  | 'secret'
  | 'seed-with-options'
  | 'shared-credentials'
  | 'site-differs'
  | 'spellings-differ'
  | 'spot-twice'
  | 'subnet-outside'
  | 'syntax'
  | 'token'
  | 'too-long'
  | 'too-many-connections'
  | 'too-much'
  | 'two-credentials'
  | 'unknown-alias'
  | 'unknown-entry'
  | 'unknown-hub'
  | 'unknown-key'
  | 'unknown-mount'
  | 'unknown-policy'
  | 'unknown-provider'
  | 'unknown-region'
  | 'unreadable-file'
  | 'unusual-value'
  | 'unused-name'
  | 'vault-gone'
  | 'vault-moved'
  | 'versioned-path'
  | 'wrong-type'
  | 'zone-of-another-region';
