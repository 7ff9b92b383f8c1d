/**
 * A plan in its normal form: changes by address, values by attribute, masked, without order where order means nothing.
 * What a provider computes anew each time is left out, so that two plans of one meaning are equal. The digest is of this.
 */
export interface NormalPlan {
  /** Sorted by address, then by action. */
  readonly changes: readonly NormalChange[];
  /** The outputs that change, sorted by name; of sensitive ones only the names. */
  readonly outputs: readonly NormalOutput[];
}

export interface NormalChange {
  readonly address: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'replace' | 'delete' | 'import' | 'forget' | 'move';
  /** Terraform's reason for it. */
  readonly reason?: string;
  /** The address that it has in the state. @default - the same */
  readonly from?: string;
  /** The id by which the object is taken into the state. @default - it is not imported */
  readonly imports?: string;
  /** The attributes that force a replacement, sorted. */
  readonly replacedBy: readonly string[];
  /**
   * Old and new values of the attributes that change, sorted by name; `(known after apply)` and `(sensitive)` in place of values.
   * A value that is not there is absent.
   */
  readonly attributes: readonly NormalAttribute[];
}

export interface NormalAttribute {
  readonly name: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface NormalOutput {
  readonly name: string;
  readonly before?: unknown;
  readonly after?: unknown;
}
