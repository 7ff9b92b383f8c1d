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

/** A value of a request's parameter that a policy names. A number and an object are the same as none that a request can have. */
export type ParameterValue =
  | string
  | number
  | boolean
  | readonly ParameterValue[]
  | { readonly [name: string]: ParameterValue };

/** Values by the name of a parameter; an empty list stands for any value, the name `*` for any parameter. */
export type Parameters = Readonly<Record<string, readonly ParameterValue[]>>;

/** What of the requests on a path a rule lets through, beside what they do (Vault's documentation, "Policies"). */
export interface RequestLimits {
  /** A request may have no other parameters, and these only with these values. */
  readonly allowedParameters?: Parameters;
  /** A request must not have these parameters with these values. */
  readonly deniedParameters?: Parameters;
  /** A request must have these parameters. */
  readonly requiredParameters?: readonly string[];
  /** The answer must be wrapped, and the wrap live at least as long. 0 and less limit nothing. */
  readonly minWrappingTtlSeconds?: number;
  /** The request must name a wrap that lives at most as long; one of 0 seconds passes, and leaves the answer unwrapped. */
  readonly maxWrappingTtlSeconds?: number;
}

/** One rule of a Vault policy. */
export interface PolicyRule extends RequestLimits {
  /**
   * As Vault writes it: without a leading slash; `+` stands for one segment, a `*` at the end for anything, a template
   * (`{{identity.entity.name}}`) for a property of whoever has the token.
   */
  readonly path: string;
  readonly capabilities: readonly Capability[];
}

/** A policy's rules. */
export type Policy = readonly PolicyRule[];
