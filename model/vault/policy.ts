/** What a rule lets a token do with a path. `scan` is OpenBao's: to list all levels below. */
export const CAPABILITIES = [
  'create',
  'read',
  'update',
  'delete',
  'list',
  'sudo',
  'patch',
  'deny',
  'scan',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** One rule of a Vault policy. */
export interface PolicyRule {
  /** As Vault writes it: without a leading slash; `+` stands for one segment, a `*` at the end for anything. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
}

/** A policy's rules. */
export type Policy = readonly PolicyRule[];
