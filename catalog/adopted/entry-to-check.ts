import type { Cidr } from '../../model/net/cidr';
import type { JsonMap } from '../ground/json';
import type { Place } from '../source/place';

/** What a check between the keys of one entry works on. */
export interface EntryToCheck {
  readonly place: Place;
  /** What is good of it, without the keys that are broken. */
  readonly values: JsonMap;
  /** The nodes' network, where the entry says so. */
  readonly cidr?: Cidr;
}
