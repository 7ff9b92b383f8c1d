import { compareTexts } from '../../../../base/text/compare-texts';

/** Texts by what they have in common, both sorted. */
export class Gathered<K> {
  private readonly groups = new Map<string, { readonly key: K; readonly values: Set<string> }>();

  add(key: K, value: string): void {
    const text = JSON.stringify(key);
    const group = this.groups.get(text) ?? { key, values: new Set() };
    group.values.add(value);
    this.groups.set(text, group);
  }

  get all(): readonly { readonly key: K; readonly values: readonly string[] }[] {
    return [...this.groups]
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([, { key, values }]) => ({ key, values: [...values].sort(compareTexts) }));
  }
}
