/** What is known about a stack in this run. */
export type StackState =
  | { readonly kind: 'waiting' }
  /** Nothing to do, or done. */
  | { readonly kind: 'settled' }
  /** Planned with changes that are not applied. */
  | { readonly kind: 'changing' }
  | { readonly kind: 'failed' }
  /** Not applied, because another one failed. */
  | { readonly kind: 'skipped'; readonly because: string };

export interface Node {
  readonly id: string;
  readonly requires: readonly string[];
  /** Further stacks after which it is destroyed. @default - none */
  readonly destroyedAfter?: readonly string[];
  /** In no catalog any more: it is destroyed whatever is done with the others, after those that it requires. @default false */
  readonly gone?: boolean;
}

/**
 * The order of a run: which stacks may be worked on, and which wait for what. A requirement that is not part of the run
 * counts as met: the user left it out, and Terraform says so where it is missing.
 */
export class Waves {
  private readonly states = new Map<string, StackState>();

  /** @param unmet - requirements that are no part of the run, and are not met: another machine applies them */
  constructor(
    private readonly nodes: readonly Node[],
    unmet: readonly string[] = [],
  ) {
    for (const id of [...unmet, ...nodes.map((node) => node.id)]) this.states.set(id, { kind: 'waiting' });
  }

  /** The same stacks in the opposite order, for destroying. */
  static reversed(nodes: readonly Node[]): Waves {
    return new Waves(
      nodes.map((node) => ({
        id: node.id,
        requires: [
          ...nodes.filter((other) => !other.gone && other.requires.includes(node.id)).map(({ id }) => id),
          ...(node.gone ? node.requires : []),
          ...(node.destroyedAfter ?? []),
        ],
      })),
    );
  }

  stateOf(id: string): StackState {
    return this.states.get(id) ?? { kind: 'settled' };
  }

  set(id: string, state: StackState): void {
    this.states.set(id, state);
  }

  /** Stacks that wait, and whose requirements are all settled. */
  get ready(): readonly string[] {
    return this.waiting.filter((node) => this.openRequirements(node).length === 0).map((node) => node.id);
  }

  /** Stacks that wait for others, with those. */
  get deferred(): readonly { readonly stack: string; readonly because: readonly string[] }[] {
    return this.waiting
      .map((node) => ({ stack: node.id, because: this.openRequirements(node) }))
      .filter(({ because }) => because.length > 0);
  }

  /** Marks what waits for a failed or skipped stack as skipped, and returns it in order. */
  skipAfterFailures(): readonly { readonly stack: string; readonly because: string }[] {
    const skipped: { stack: string; because: string }[] = [];
    for (let found = true; found; ) {
      found = false;
      for (const node of this.waiting) {
        const broken = node.requires
          .map((id) => ({ id, state: this.stateOf(id) }))
          .find(({ state }) => state.kind === 'failed' || state.kind === 'skipped');
        if (broken === undefined) continue;
        const because = broken.state.kind === 'skipped' ? broken.state.because : broken.id;
        this.set(node.id, { kind: 'skipped', because });
        skipped.push({ stack: node.id, because });
        found = true;
      }
    }
    return skipped;
  }

  private get waiting(): readonly Node[] {
    return this.nodes.filter((node) => this.stateOf(node.id).kind === 'waiting');
  }

  private openRequirements(node: Node): readonly string[] {
    return node.requires.filter((id) => this.stateOf(id).kind !== 'settled');
  }
}
