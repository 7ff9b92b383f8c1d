import { Failure } from '../../../../base/errors';

/** Everything for which a network can't be adopted, so that it is said at once. */
export class Obstacles {
  private readonly found: string[] = [];

  constructor(private readonly source: string) {}

  add(summary: string, ...fixes: readonly string[]): undefined {
    const help = fixes.length === 0 ? '' : `; ${fixes.join(', or ')}`;
    const line = `${this.source}: ${summary}${help}`;
    if (!this.found.includes(line)) this.found.push(line);
    return undefined;
  }

  /** Adds it and ends. */
  fail(summary: string, ...fixes: readonly string[]): never {
    this.add(summary, ...fixes);
    throw new Failure(this.found.join('\n'));
  }

  /** @throws {@link Failure} if there is any */
  check(): void {
    if (this.found.length > 0) throw new Failure(this.found.join('\n'));
  }
}
