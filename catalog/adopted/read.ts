import { parseInterfaceAddress } from '../../model/net/cidr';
import type { AdoptedEntry } from '../ground/adopted-entry';
import { isJsonMap, type Json } from '../ground/json';
import type { Problem } from '../ground/problem';
import { ProblemList } from '../ground/problem-list';
import { ADOPTED_NAME } from '../shape/formats';
import { read, refusal } from '../shape/read';
import type { MapKey, MapNode } from '../source/node';
import type { Place } from '../source/place';
import { checkBetweenKeys } from './checks';
import { adoptedShape, checkOwnKeys, customShape, OTHER_SPELLINGS } from './keys';

/** Reads an entry that exists already: known keys are checked, all are passed through. */
export function readAdopted(
  provider: string,
  name: string,
  place: Place,
  problems: ProblemList,
): AdoptedEntry | undefined {
  const refused = refusal(name, ADOPTED_NAME);
  if (refused) {
    const { must, fix, ...found } = refused;
    const where = { ...place.keyAt(), path: [provider] };
    problems.error('bad-name', where, { must: `an entry ${must}`, ...found }, ...fix);
  }
  const known = adoptedShape(provider);
  if (place.has('formerly') && known !== undefined) {
    const message = 'renames what is created; an entry that exists already has its name in this catalog only';
    problems.error('bad-formerly', place.keyAt('formerly'), message, 'remove it');
    return undefined;
  }
  const renamed = place.node?.kind === 'map' ? renameSpellings(place, place.node, problems) : undefined;
  const entry = renamed ? place.with(renamed.node) : place;
  // A custom provider's keys are its own: the note on the provider says so once.
  const { plain: values } = read(
    entry,
    known ?? customShape(provider),
    known ? problems : new ErrorsOnly(problems),
  );
  if (!isJsonMap(values)) return undefined;
  const { private_network_ipmask: ipmask } = values;
  checkOwnKeys(provider, { place: entry, values }, problems);
  const cidr = typeof ipmask === 'string' ? parseInterfaceAddress(ipmask).network : undefined;
  checkBetweenKeys(provider, { place: entry, values, ...(cidr ? { cidr } : {}) }, problems);
  const plain = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [renamed?.asWritten.get(key) ?? key, value]),
  );
  if (cidr === undefined) return { provider, name, values: plain };
  const network = cidr.toString();
  if (network !== ipmask) {
    const message = `host bits are cut off: "${ipmask}" goes out as "${network}"`;
    problems.warning('host-bits', entry.at('private_network_ipmask'), message);
  }
  return { provider, name, values: { ...plain, private_network_ipmask: network }, cidr };
}

/** An entry whose keys are spelled as they are read. */
interface Renamed {
  readonly node: MapNode;
  /** The spelling in which a key goes out, where it is the one that was written. */
  readonly asWritten: ReadonlyMap<string, string>;
}

/** Replaces other spellings; both in one entry must say the same. */
function renameSpellings(place: Place, entry: MapNode, problems: ProblemList): Renamed {
  const keys = new Map<string, MapKey>();
  const asWritten = new Map<string, string>();
  for (const [name, key] of entry.keys) {
    const spelling = Object.hasOwn(OTHER_SPELLINGS, name) ? OTHER_SPELLINGS[name] : undefined;
    if (spelling === undefined) {
      keys.set(name, key);
      continue;
    }
    const { key: current, goesOut } = spelling;
    const other = entry.keys.get(current);
    const where = { path: place.path, position: key.position };
    const isOld = goesOut === 'corrected';
    if (other && scalar(other) !== scalar(key)) {
      const message = `"${name}" and "${current}" differ, and both mean the same`;
      problems.error('spellings-differ', where, message, `keep "${current}"`);
    } else if (isOld || other) {
      const message = `"${name}" is ${isOld ? 'an old' : 'another'} spelling; it goes out as "${current}"`;
      problems.warning('deprecated-key', where, message, `write "${current}"`);
    } else {
      const message = `"${name}" is another spelling of "${current}" in VCP's manuals; it goes out as it is written`;
      problems.warning(
        'deprecated-key',
        where,
        message,
        `write "${current}" where your controller reads that`,
      );
      asWritten.set(current, name);
    }
    if (!other) keys.set(current, { ...key, name: current });
  }
  return { node: { ...entry, keys }, asWritten };
}

function scalar(key: MapKey): Json | undefined {
  return key.value.kind === 'scalar' ? key.value.value : undefined;
}

/** Passes errors on and drops warnings. */
class ErrorsOnly extends ProblemList {
  constructor(private readonly target: ProblemList) {
    super();
  }

  override add(problem: Problem): void {
    if (problem.severity === 'error') this.target.add(problem);
  }
}
