import { nearest } from '../../base/text/nearest';
import { ValueError } from '../value-error';

/** The version of our tables, for the lock file: a later release changes no machine type of an applied group by itself. */
export const FLAVORS_VERSION = 1;

/** A size of node on one cloud, under VCP's name. */
export interface Flavor {
  /** The cloud's name of the machine type: `m7i.large`, `Standard_D4s_v5`. */
  readonly machineType: string;
  /** Size of the root disk in GB. */
  readonly volumeSize: number;
  /** The cloud's name of the root disk's type: `gp3`, `Premium_LRS`. */
  readonly volumeType: string;
}

/** Flavors by name: `small`, `medium`, `large`, and `gpu` where the cloud has one. */
export type Flavors = Readonly<Record<string, Flavor>>;

/** Which table of a cloud is meant: our choice of machine types that are sold today, or VCP's own table. */
export type FlavorSet = 'current' | 'vcp';

/** A cloud's tables. A flavor that the cloud lacks is absent. */
export type FlavorTables = Readonly<Record<FlavorSet, Flavors>>;

/** The flavor of a name. @throws {@link ValueError} that lists the flavors that there are */
export function flavorNamed(flavors: Flavors, name: string): Flavor {
  const flavor = Object.hasOwn(flavors, name) ? flavors[name] : undefined;
  if (flavor !== undefined) return flavor;
  const names = Object.keys(flavors);
  throw new ValueError(`one of ${names.join(', ')}`, name, { suggestion: nearest(name, names) });
}
