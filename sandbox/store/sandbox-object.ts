/** A simulated object as the cloud knows it. */
export interface SandboxObject {
  readonly type: string;
  readonly id: string;
  /** The region of the cloud, or a name that the cloud's simulation has chosen for objects without a region. */
  readonly region: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
