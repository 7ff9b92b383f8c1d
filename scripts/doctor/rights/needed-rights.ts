import { isJsonMap, type Json, type JsonMap } from '../../../catalog/ground/json';
import type { Stack } from '../../../catalog/kinds/registry';
import { allRights, driverOf } from '../../kinds/registry';
import type { AskedRights, KindRights, Purpose, RightsNeed, TypeRights } from '../../kinds/rights';
import type { NormalConfiguration } from '../../run/affected/normal-configuration';
import { otherStates } from './other-states';

/** A document that grants rights. */
export interface RightsDocument {
  readonly title: string;
  readonly document: Json;
  readonly remarks: readonly string[];
}

export interface NeededRights {
  readonly documents: readonly RightsDocument[];
  /** What no document has, as sentences. */
  readonly others: readonly string[];
  readonly clouds: readonly NeededOfCloud[];
}

/** What is needed in one cloud. */
export interface NeededOfCloud {
  readonly rights: KindRights;
  readonly asked: AskedRights;
  /** A stack whose provider is the cloud's. @default - there is none: only states lie in it */
  readonly stack?: string;
}

/** The documents for what the stacks of an environment make and where their states are, for each cloud. */
export function neededRights(
  environment: string,
  purpose: Purpose,
  stacks: readonly Stack[],
  configurations: ReadonlyMap<string, NormalConfiguration>,
): NeededRights {
  const clouds = new Map<KindRights, RightsNeed[]>();
  const backends: { readonly type: string; readonly settings: JsonMap }[] = [];
  for (const stack of stacks) {
    const configuration = configurations.get(stack.id) ?? {};
    backends.push(...backendsOf(configuration));
    const { rights } = driverOf(stack);
    if (rights === undefined) continue;
    clouds.set(rights, [...(clouds.get(rights) ?? []), ...needsOf(configuration, rights, purpose)]);
  }
  // States may lie in another cloud than what they tell of.
  for (const rights of allRights())
    if (!clouds.has(rights) && backends.some(({ type }) => type === rights.backend)) clouds.set(rights, []);
  const needed = [...clouds].map(([rights, needs]): NeededOfCloud => {
    const states = backends.flatMap(({ type, settings }) => (type === rights.backend ? [settings] : []));
    const stack = stacks.find((one) => driverOf(one).rights === rights)?.id;
    const asked = { environment, purpose, needs, states };
    return { rights, asked, ...(stack === undefined ? {} : { stack }) };
  });
  const documents = needed.flatMap(({ rights, asked }) => {
    const parts = rights.documents(asked);
    return parts.map((document, index) => ({
      title: parts.length === 1 ? rights.title : `${rights.title}, ${index + 1} of ${parts.length}`,
      document,
      remarks: index < parts.length - 1 ? [] : rights.remarks,
    }));
  });
  const printed = [...clouds.keys()].map(({ backend }) => backend);
  return {
    documents,
    others: otherStates(
      backends.map(({ type }) => type),
      printed,
      purpose,
    ),
    clouds: needed,
  };
}

function needsOf(
  configuration: NormalConfiguration,
  { types }: KindRights,
  purpose: Purpose,
): readonly RightsNeed[] {
  const provider = providerOf(configuration);
  return (['resource', 'data'] as const).flatMap((part) =>
    entriesOf(configuration[part]).flatMap(([name, objects]) => {
      const type = part === 'data' ? `data.${name}` : name;
      return entriesOf(objects).map(([, block]) => {
        const values = isJsonMap(block) ? block : {};
        return { type, values, provider, actions: actionsOf(types[type], values, purpose) };
      });
    }),
  );
}

function actionsOf(rights: TypeRights | undefined, values: JsonMap, purpose: Purpose): readonly string[] {
  const { read = [], write = [], given = {} } = rights ?? {};
  const more = Object.entries(given).flatMap(([argument, one]) =>
    isGiven(values[argument]) ? actionsOf(one, values, purpose) : [],
  );
  return [...read, ...(purpose === 'apply' ? write : []), ...more];
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}

function providerOf({ provider }: NormalConfiguration): JsonMap {
  const [first] = entriesOf(provider).flatMap(([, blocks]) => (Array.isArray(blocks) ? blocks : [blocks]));
  return isJsonMap(first) ? first : {};
}

function backendsOf({ terraform }: NormalConfiguration): readonly { type: string; settings: JsonMap }[] {
  const backend = isJsonMap(terraform) ? terraform.backend : undefined;
  return entriesOf(backend).flatMap(([type, settings]) => (isJsonMap(settings) ? [{ type, settings }] : []));
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonMap(value) ? Object.entries(value) : [];
}
