import type { TriedImport } from './failed-imports';

/** What is known of an id by which an object may be imported. */
type Finding = 'open' | 'there' | 'absent' | 'foreign';

/** A resource that may exist already, and the ids that its object may have. */
class Candidate {
  readonly ids = new Map<string, Finding>();

  /** The id to import next: one that is not known yet, else one that is there. */
  get next(): string | undefined {
    const of = (finding: Finding) => [...this.ids].find(([, found]) => found === finding)?.[0];
    return of('open') ?? of('there');
  }

  get there(): readonly string[] {
    return [...this.ids].flatMap(([id, finding]) => (finding === 'there' ? [id] : []));
  }
}

/** The objects that a plan imports, found out try by try: which ids exist, and whose they are. */
export class Candidates {
  private readonly byAddress = new Map<string, Candidate>();

  /** Adds ids. @returns whether any of them is new */
  add(address: string, ids: readonly string[]): boolean {
    const candidate = this.byAddress.get(address) ?? new Candidate();
    const fresh = ids.filter((id) => !candidate.ids.has(id));
    if (fresh.length === 0) return false;
    this.byAddress.set(address, candidate);
    for (const id of fresh) candidate.ids.set(id, 'open');
    return true;
  }

  /** The imports to try now. */
  get imports(): readonly TriedImport[] {
    return [...this.byAddress].flatMap(([address, { next }]) =>
      next === undefined ? [] : [{ address, id: next }],
    );
  }

  mark({ address, id }: TriedImport, finding: Exclude<Finding, 'open'>): void {
    this.byAddress.get(address)?.ids.set(id, finding);
  }

  isOpen({ address, id }: TriedImport): boolean {
    return this.byAddress.get(address)?.ids.get(id) === 'open';
  }

  /** The ids with a finding, by address. */
  with(wanted: 'foreign' | 'there'): readonly TriedImport[] {
    return [...this.byAddress].flatMap(([address, { ids }]) =>
      [...ids].flatMap(([id, finding]) => (finding === wanted ? [{ address, id }] : [])),
    );
  }

  /** The addresses for which more than one object is there. */
  get ambiguous(): readonly { readonly address: string; readonly ids: readonly string[] }[] {
    return [...this.byAddress].flatMap(([address, { there }]) =>
      there.length > 1 ? [{ address, ids: there }] : [],
    );
  }
}
