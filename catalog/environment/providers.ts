import { listed } from '../../base/text/listed';
import { nearest } from '../../base/text/nearest';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import { describe } from '../source/node';
import type { Place } from '../source/place';
import { CREATING_PROVIDERS } from './keys';

/** Checks that the section `providers` names no provider but those that are built; each kind reads its own. */
export function checkProviders(providers: Place, problems: ProblemList): void {
  const { node } = providers;
  if (!node || node.kind === 'broken') return;
  if (node.kind !== 'map') {
    problems.error('wrong-type', providers.at(), { must: 'must be a map of providers', got: describe(node) });
    return;
  }
  for (const name of providers.names.filter((given) => !CREATING_PROVIDERS.includes(given))) {
    const where = { ...providers.keyAt(name), path: providers.path };
    const suggestion = nearest(name, CREATING_PROVIDERS);
    problems.error('not-built', where, {
      must: `provider ${quoted(name)} is not built yet; only ${builtProviders()}`,
      suggestion,
    });
  }
}

/** `aws is`, `aws and azure are`. */
export function builtProviders(): string {
  return `${listed(CREATING_PROVIDERS)} ${CREATING_PROVIDERS.length === 1 ? 'is' : 'are'}`;
}
