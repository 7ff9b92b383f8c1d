import type { Cidr } from '../../model/net/cidr';
import type { JsonMap } from './json';

/** An entry without `create`: its network exists already. */
export interface AdoptedEntry {
  readonly provider: string;
  readonly name: string;
  /** The entry as it is published, deprecated spellings replaced. */
  readonly values: JsonMap;
  /** Its nodes' network, where the entry says so. */
  readonly cidr?: Cidr;
}
