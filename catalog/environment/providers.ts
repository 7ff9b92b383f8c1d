import { listed } from '../../base/text/listed';
import { nearest } from '../../base/text/nearest';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import { CREATED_ENTRIES, PROVIDER_SETTINGS } from '../kinds/registry';
import { describe } from '../source/node';
import type { Place } from '../source/place';
import { CREATING_PROVIDERS } from './keys';

/** The names that stand in `providers`. */
const SETTINGS_NAMES = PROVIDER_SETTINGS.map(({ name }) => name);

/** Checks that the section `providers` names no provider but those that are built; each kind reads its own. */
export function checkProviders(providers: Place, problems: ProblemList): void {
  const { node } = providers;
  if (!node || node.kind === 'broken') return;
  if (node.kind !== 'map') {
    problems.error('wrong-type', providers.at(), { must: 'must be a map of providers', got: describe(node) });
    return;
  }
  for (const name of providers.names.filter((given) => !SETTINGS_NAMES.includes(given))) {
    const where = { ...providers.keyAt(name), path: providers.path };
    const meant = CREATED_ENTRIES.find(({ provider }) => provider === name)?.settingsName;
    const suggestion = meant ?? nearest(name, SETTINGS_NAMES);
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
