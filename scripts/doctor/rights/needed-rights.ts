import { isJsonMap, type Json, type JsonMap } from '../../../catalog/ground/json';
import type { Stack } from '../../../catalog/kinds/registry';
import { driverOf } from '../../kinds/registry';
import type { KindRights, Purpose, RightsNeed } from '../../kinds/rights';
import type { NormalConfiguration } from '../../run/affected/normal-configuration';

/** A document that grants rights. */
export interface RightsDocument {
  readonly title: string;
  readonly document: Json;
  readonly remarks: readonly string[];
}

/** The documents for what the stacks of an environment make, one for each cloud. */
export function neededRights(
  environment: string,
  purpose: Purpose,
  stacks: readonly Stack[],
  configurations: ReadonlyMap<string, NormalConfiguration>,
): readonly RightsDocument[] {
  const clouds = new Map<KindRights, RightsNeed[]>();
  const backends: { readonly type: string; readonly settings: JsonMap }[] = [];
  for (const stack of stacks) {
    const configuration = configurations.get(stack.id) ?? {};
    backends.push(...backendsOf(configuration));
    const { rights } = driverOf(stack);
    if (rights === undefined) continue;
    clouds.set(rights, [...(clouds.get(rights) ?? []), ...needsOf(configuration, rights, purpose)]);
  }
  return [...clouds].map(([rights, needs]) => {
    const states = backends.flatMap(({ type, settings }) => (type === rights.backend ? [settings] : []));
    const document = rights.document({ environment, purpose, needs, states });
    return { title: rights.title, document, remarks: rights.remarks };
  });
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
      const { read = [], write = [] } = types[type] ?? {};
      const actions = purpose === 'apply' ? [...read, ...write] : read;
      return entriesOf(objects).map(([, block]) => ({
        type,
        values: isJsonMap(block) ? block : {},
        provider,
        actions,
      }));
    }),
  );
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
