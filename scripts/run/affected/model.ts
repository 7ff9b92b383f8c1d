/** A stack that a change of the project touches, with all reasons. */
export interface AffectedStack {
  readonly id: string;
  readonly reasons: readonly string[];
}

/** An environment that a change of the project touches. */
export interface AffectedEnvironment {
  readonly environment: string;
  /** Reasons that are about no single stack. */
  readonly reasons: readonly string[];
  /** Sorted by id. */
  readonly stacks: readonly AffectedStack[];
  /** All stacks that the working tree has. */
  readonly all: readonly { readonly id: string; readonly requires: readonly string[] }[];
  /** Whether the working tree does not have the environment any more. */
  readonly removed: boolean;
}

/** Gathers reasons by environment and stack, each once and in the order of their arrival. */
export class Reasons {
  private readonly environments = new Map<string, Set<string>>();
  private readonly stacks = new Map<string, Map<string, Set<string>>>();

  add(environment: string, reason: string): void {
    this.environments.set(environment, (this.environments.get(environment) ?? new Set()).add(reason));
  }

  addStack(environment: string, stack: string, reason: string): void {
    const own = this.stacks.get(environment) ?? new Map<string, Set<string>>();
    own.set(stack, (own.get(stack) ?? new Set()).add(reason));
    this.stacks.set(environment, own);
  }

  /** The environments that anything is known of. */
  get names(): readonly string[] {
    return [...new Set([...this.environments.keys(), ...this.stacks.keys()])];
  }

  of(environment: string): readonly string[] {
    return [...(this.environments.get(environment) ?? [])];
  }

  stacksOf(environment: string): readonly AffectedStack[] {
    return [...(this.stacks.get(environment) ?? [])].map(([id, reasons]) => ({ id, reasons: [...reasons] }));
  }
}
