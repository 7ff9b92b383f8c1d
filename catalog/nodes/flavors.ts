import { type Flavor, type Flavors, type FlavorTables, flavorNamed } from '../../model/nodes/flavors';
import type { ProblemList } from '../ground/problem-list';
import { read } from '../shape/read';
import type { Shape } from '../shape/shape';
import { ANY, choice, either, explained, named, pattern } from '../shape/shapes';
import type { Place } from '../source/place';
import { NODE_NAME } from './formats';

const PROVIDER = pattern('a provider', '^[a-z][a-z0-9_]*$');

/** The section `flavors`. What a flavor is on a provider, the provider's kind reads. */
export const FLAVORS = either('current, vcp, or a map of flavors', {
  text: explained(choice('current', 'vcp'), {
    current: 'machine types that are sold today',
    vcp: "VCP's own table",
  }),
  map: named(NODE_NAME, named(PROVIDER, ANY)),
});

/** What a catalog says of a flavor on one provider; what it leaves open is that of the table. */
export type FlavorOverride = { readonly [K in keyof Flavor]?: Flavor[K] | undefined };

/**
 * The flavors of one provider: the table that the catalog chooses, or ours with what the catalog says over it.
 *
 * @param root - of the catalog
 * @param override - reads what the catalog says of a flavor on the provider
 */
export function readFlavors<T, D>(
  root: Place,
  provider: string,
  tables: FlavorTables,
  shape: Shape<T, D>,
  override: (draft: D) => FlavorOverride,
  problems: ProblemList,
): Flavors {
  const section = root.below('flavors');
  if (section.text !== undefined) return tables[section.text === 'vcp' ? 'vcp' : 'current'];
  const own = section.names.flatMap((name): readonly (readonly [string, Flavor])[] => {
    const place = section.below(name, provider);
    const { draft } = read(place, shape, problems);
    if (draft === undefined) return [];
    const flavor = { ...tables.current[name], ...defined(override(draft)) };
    const { machineType, volumeSize, volumeType } = flavor;
    if (machineType !== undefined && volumeSize !== undefined && volumeType !== undefined)
      return [[name, { machineType, volumeSize, volumeType }]];
    const message = `says not all of the flavor, and there is no ${name} in the table of this version`;
    problems.error(
      'missing-key',
      place.keyAt(),
      message,
      'write the type, the size and the type of its disk',
    );
    return [];
  });
  return { ...tables.current, ...Object.fromEntries(own) };
}

/** The flavor that a group names. */
export function flavorOf(
  group: Place,
  name: string,
  flavors: Flavors,
  problems: ProblemList,
): Flavor | undefined {
  return problems.parse(group.at('flavor'), () => flavorNamed(flavors, name));
}

function defined(override: FlavorOverride): Partial<Flavor> {
  return Object.fromEntries(Object.entries(override).filter(([, value]) => value !== undefined));
}
