/**
 * A plan in its normal form: changes by address, values by attribute, masked, without order where order means nothing.
 * What a provider computes anew each time is left out, so that two plans of one meaning are equal.
 */
export interface NormalPlan {
  readonly changes: readonly NormalChange[];
  /** The outputs that change, sorted; of sensitive ones only the names. */
  readonly outputs: readonly NormalOutput[];
}

export interface NormalChange {
  readonly address: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'replace' | 'delete' | 'import' | 'forget' | 'move';
  /** Terraform's reason for it. */
  readonly reason?: string;
  /** The attributes that force a replacement, sorted. */
  readonly replacedBy: readonly string[];
  /** Old and new values of the attributes that change, sorted by name; `(known after apply)` and `(sensitive)` in place of values. */
  readonly attributes: readonly {
    readonly name: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
}

export interface NormalOutput {
  readonly name: string;
  readonly before?: unknown;
  readonly after?: unknown;
}
