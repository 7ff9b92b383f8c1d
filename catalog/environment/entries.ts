import { editDistance } from '../../base/text/nearest';
import { KNOWN_PROVIDERS } from '../adopted/keys';
import { readAdopted } from '../adopted/read';
import type { AdoptedEntry } from '../ground/adopted-entry';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import { describe } from '../source/node';
import type { Place } from '../source/place';
import { CREATING_PROVIDERS, ROOT_KEYS } from './keys';
import { builtProviders } from './providers';

/** Providers whose entries have keys that are checked. */
const CHECKED_PROVIDERS: readonly string[] = [...new Set([...KNOWN_PROVIDERS, ...CREATING_PROVIDERS])];

/** The entries of a catalog: those that exist already, and the places of those that are created, by provider. */
export interface EntriesOfCatalog {
  readonly adopted: readonly AdoptedEntry[];
  readonly created: ReadonlyMap<string, readonly Place[]>;
}

/** Reads the entries of all providers; those with `create` are left to the kinds. */
export function readEntries(root: Place, problems: ProblemList): EntriesOfCatalog {
  const adopted: AdoptedEntry[] = [];
  const created = new Map<string, Place[]>();
  for (const provider of root.names.filter(isProvider)) {
    const entries = entriesOf(provider, root.below(provider), problems);
    // The controller wants an empty definition where the provider is used (docs/reference/vcp.md).
    if (provider === 'onpremises' && entries.length === 0)
      adopted.push({ provider, name: 'default', values: {} });
    for (const entry of entries) {
      const name = String(entry.path.at(-1));
      if (!entry.has('create')) {
        const read = readAdopted(provider, name, entry, problems);
        if (read) adopted.push(read);
      } else if (CREATING_PROVIDERS.includes(provider)) {
        created.set(provider, [...(created.get(provider) ?? []), entry]);
      } else refuseCreate(provider, entry, problems);
    }
  }
  return { adopted, created };
}

function isProvider(name: string): boolean {
  return !ROOT_KEYS.has(name);
}

/** The entries of a provider, after saying what is odd about the provider itself. */
function entriesOf(provider: string, section: Place, problems: ProblemList): readonly Place[] {
  const entries = section.names.map((name) => section.below(name));
  if (!CHECKED_PROVIDERS.includes(provider)) {
    const suggestion = nearKey(provider);
    const must = `unknown provider ${quoted(provider)}`;
    if (suggestion === undefined) {
      const message = 'a custom provider: its entries are passed through';
      problems.note('custom-provider', section.keyAt(), message);
    } else if (entries.some((entry) => entry.has('create'))) {
      problems.error('unknown-provider', section.keyAt(), { must, suggestion });
      return [];
    } else {
      const statement = { must: `${must} (passed through)`, suggestion };
      problems.warning('unknown-provider', section.keyAt(), statement);
    }
  }
  const { node } = section;
  if (
    node &&
    node.kind !== 'map' &&
    node.kind !== 'broken' &&
    !(node.kind === 'scalar' && node.value === null)
  ) {
    problems.error('wrong-type', section.at(), { must: 'must be a map of entries', got: describe(node) });
  }
  return entries;
}

/** A provider or a key of the root that is one letter away. */
function nearKey(provider: string): string | undefined {
  const known = [...CHECKED_PROVIDERS, ...ROOT_KEYS];
  return known.find(
    (name) => name !== provider && editDistance(provider.toLowerCase().replaceAll('-', '_'), name) <= 1,
  );
}

function refuseCreate(provider: string, entry: Place, problems: ProblemList): void {
  const original = CREATING_PROVIDERS.find((name) => provider === `${name}_spot`);
  problems.error(
    'not-built',
    entry.keyAt('create'),
    `creating networks of ${provider} is not built yet; only ${builtProviders()}`,
    original === undefined
      ? 'remove create and give the ids of what exists'
      : `write the entry under ${original} with create: { spot: true }, which publishes it here too`,
  );
}
