/** A simulated object as the cloud knows it. */
export interface SandboxObject {
  readonly type: string;
  readonly id: string;
  /** The region that it lies in; `aws-global` for IAM. */
  readonly region: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
