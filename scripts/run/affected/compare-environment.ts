import type { Loaded } from '../../../catalog/environment/catalog';
import type { SurveyedEnvironment } from '../../../catalog/environment/survey';
import { statementText } from '../../../catalog/ground/problem-text';
import type { Stack } from '../../../catalog/kinds/registry';
import { plainValue } from '../../../catalog/source/node';
import { connectionParts } from '../../../model/gateway/site-gateway';
import { comparable } from './comparable';
import type { Reasons } from './model';
import { differencesOf, type NormalConfiguration, withSortedSets } from './normal-configuration';
import type { Reading } from './revision';
import { recordedBlock } from './set-types';
import { isKeyedList } from './stack-inputs';

/** One side of a comparison. */
export interface Side {
  readonly surveyed: SurveyedEnvironment | undefined;
  readonly reading: Reading | undefined;
  /** By stack; of an environment that was not synthesized, none. */
  readonly configurations: ReadonlyMap<string, NormalConfiguration> | undefined;
  /** The folder of catalogs, which no text names. */
  readonly folder: string;
}

/** How many differing parts of a configuration are named. */
const SHOWN_PARTS = 3;

/**
 * Adds the reasons for which an environment of the working tree differs from the base by itself.
 *
 * @param now - an environment that was read without errors
 */
export function compareEnvironment(
  environment: string,
  before: Side,
  now: Side & { readonly reading: { readonly loaded: Loaded } },
  reasons: Reasons,
): void {
  const { loaded } = now.reading;
  const all = (reason: string) => {
    reasons.add(environment, reason);
    for (const { id } of loaded.stacks) reasons.addStack(environment, id, reason);
  };
  if (before.reading === undefined) {
    all('is new');
    return;
  }
  if (!('loaded' in before.reading) || before.configurations === undefined) {
    const problems = 'problems' in before.reading ? before.reading.problems : [];
    const first = problems.find(({ severity }) => severity === 'error');
    const why =
      first === undefined
        ? "it can't be synthesized"
        : statementText(first).replaceAll(`${before.folder}/`, '');
    all(`can't be compared, because its catalog is not valid in the base: ${why}`);
    return;
  }
  const old = before.reading.loaded;
  if (policyOf(before.surveyed) !== policyOf(now.surveyed)) all('its policy differs');
  if (comparable(old.catalog.credentials) !== comparable(loaded.catalog.credentials))
    all('its credentials come from elsewhere');
  const entries = differingEntries(old, loaded);
  if (entries.length > 0) reasons.add(environment, `entries of its catalog differ: ${entries.join(', ')}`);
  compareStacks(
    environment,
    { old, loaded },
    before.configurations,
    now.configurations ?? new Map(),
    reasons,
  );
}

interface Pair {
  readonly old: Loaded;
  readonly loaded: Loaded;
}

function compareStacks(
  environment: string,
  { old, loaded }: Pair,
  before: ReadonlyMap<string, NormalConfiguration>,
  now: ReadonlyMap<string, NormalConfiguration>,
  reasons: Reasons,
): void {
  const differing = new Set<string>();
  for (const { id, gone } of loaded.stacks) {
    const [was, is] = [before.get(id), now.get(id)];
    const one = old.stacks.find((stack) => stack.id === id);
    if (one === undefined) {
      differing.add(id);
      reasons.addStack(environment, id, 'is new');
      continue;
    }
    // What is made of the same is not synthesized.
    const parts = was === undefined || is === undefined ? [] : partsThatDiffer(was, is);
    const wasThere = !one.gone;
    if (parts.length > 0) differing.add(id);
    if (gone && wasThere) reasons.addStack(environment, id, 'leaves the catalog');
    else if (parts.length > 0) reasons.addStack(environment, id, `its Terraform differs: ${shown(parts)}`);
    if (lockLines(old, id) !== lockLines(loaded, id))
      reasons.addStack(environment, id, 'its lines of the lock file differ');
  }
  for (const { id } of old.stacks) {
    if (loaded.stacks.some((stack) => stack.id === id)) continue;
    reasons.addStack(environment, id, 'is only in the base: neither catalog nor lock file have it any more');
  }
  compareModels(environment, { old, loaded }, differing, reasons);
}

/** Adds stacks of which the catalog says something else that is not in Terraform's configuration, such as where a secret is. */
function compareModels(
  environment: string,
  { old, loaded }: Pair,
  differing: ReadonlySet<string>,
  reasons: Reasons,
): void {
  for (const kind of new Set(loaded.stacks.map((stack) => stack.kind))) {
    const [was, is] = [splitModel(old.catalog.kinds[kind]), splitModel(loaded.catalog.kinds[kind])];
    const stacks = loaded.stacks.filter((stack) => stack.kind === kind && !stack.gone);
    const isElsewhere = was.rest !== is.rest && !stacks.some(({ id }) => differing.has(id));
    for (const stack of stacks.filter(({ id }) => !differing.has(id))) {
      const key = keyOf(stack);
      const own = key !== undefined && was.items.get(key) !== is.items.get(key);
      if (own || isElsewhere)
        reasons.addStack(
          environment,
          stack.id,
          'its catalog differs in what no configuration of Terraform says',
        );
    }
  }
}

function keyOf({ network, group }: Stack): string | undefined {
  return network ?? group;
}

interface SplitModel {
  /** What the model has for single networks and groups, by their keys. */
  readonly items: ReadonlyMap<string, string>;
  readonly rest: string;
}

function splitModel(model: unknown): SplitModel {
  const items = new Map<string, string>();
  const parts = Object.entries(typeof model === 'object' && model !== null ? model : {});
  const rest = parts.filter(([, value]) => !isKeyedList(value));
  for (const [, value] of parts)
    if (isKeyedList(value)) for (const one of value) items.set(one.key, comparable(one));
  return { items, rest: comparable(Object.fromEntries(rest)) };
}

/** The differing parts of two configurations; a set in another order is no difference. */
function partsThatDiffer(was: NormalConfiguration, is: NormalConfiguration): readonly string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  return differencesOf(withSortedSets(was, recordedBlock), withSortedSets(is, recordedBlock));
}

function shown(parts: readonly string[]): string {
  const more = parts.length - SHOWN_PARTS;
  return `${parts.slice(0, SHOWN_PARTS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What the lock file has for a stack and for its network's tunnels and rules. */
function lockLines({ lock, kept, stacks, identities, catalog }: Loaded, id: string): string {
  const key = stacks.find((stack) => stack.id === id)?.network;
  const network = catalog.networks.find((one) => one.key === key);
  const tunnels = Object.entries(identities.tunnels).filter(
    ([connection]) => connectionParts(connection).network === key,
  );
  const rules = network === undefined ? undefined : kept.rules[network.identity];
  return comparable([lock.stacks[id] ?? null, tunnels, rules ?? null]);
}

function policyOf(surveyed: SurveyedEnvironment | undefined): string {
  const node = surveyed?.draft?.root.below('policy').node;
  return comparable(node === undefined ? null : plainValue(node));
}

/** Entries that are only passed through, and addresses for their nodes. */
function differingEntries({ catalog: old }: Loaded, { catalog }: Loaded): readonly string[] {
  const entriesOf = ({ adopted, addressPools }: Loaded['catalog']) =>
    new Map([
      ...adopted.map(({ provider, name, values }) => [`${provider}/${name}`, comparable(values)] as const),
      ...addressPools.map((pool) => [`sakura_config/${pool.entry}`, comparable(pool)] as const),
    ]);
  const [was, is] = [entriesOf(old), entriesOf(catalog)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name)).sort();
}
