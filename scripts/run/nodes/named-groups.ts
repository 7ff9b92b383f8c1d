import { UsageError } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import { nearest } from '../../../base/text/nearest';

/** The groups with these names, in the order of the catalog. @throws {@link UsageError} for a name that none has */
export function named<G extends { readonly name: string }>(
  groups: readonly G[],
  names: readonly string[],
): readonly G[] {
  const all = groups.map(({ name }) => name);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown === undefined) return groups.filter(({ name }) => names.includes(name));
  if (all.length === 0) throw new UsageError(`no node group "${unknown}": the catalog has none`);
  const near = nearest(unknown, all);
  throw new UsageError({
    summary: `no node group "${unknown}"; there ${all.length === 1 ? 'is' : 'are'} ${listed(all)}`,
    fixes: near === undefined ? [] : [`did you mean ${near}?`],
  });
}
