import { parseInterfaceAddress } from '../../model/net/cidr';
import type { AdoptedEntry } from '../ground/adopted-entry';
import { isJsonMap, type Json } from '../ground/json';
import type { Problem } from '../ground/problem';
import { ProblemList } from '../ground/problem-list';
import { ADOPTED_NAME } from '../shape/formats';
import { read, refusal } from '../shape/read';
import type { MapKey, MapNode } from '../source/node';
import type { Place } from '../source/place';
import { checkRegion, checkZone } from './aws';
import { adoptedShape, CUSTOM_ENTRY, DEPRECATED_KEYS } from './keys';

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
  const entry =
    place.node?.kind === 'map' ? place.with(renameDeprecated(place, place.node, problems)) : place;
  // A custom provider's keys are its own: the note on the provider says so once.
  const { plain } = read(entry, known ?? CUSTOM_ENTRY, known ? problems : new ErrorsOnly(problems));
  if (!isJsonMap(plain)) return undefined;
  const { aws_region: region, private_network_ipmask: ipmask } = plain;
  // An adopted network exists: its region may be newer than the list.
  if (typeof region === 'string') checkRegion(entry.below('aws_region'), { isAllowed: true }, problems);
  if (plain.aws_availability_zone !== undefined)
    checkZone(entry, typeof region === 'string' ? region : undefined, problems);
  if (typeof ipmask !== 'string') return { provider, name, values: plain };
  const cidr = parseInterfaceAddress(ipmask).network;
  const network = cidr.toString();
  if (network !== ipmask) {
    const message = `host bits are cut off: "${ipmask}" goes out as "${network}"`;
    problems.warning('host-bits', entry.at('private_network_ipmask'), message);
  }
  return { provider, name, values: { ...plain, private_network_ipmask: network }, cidr };
}

/** Replaces deprecated spellings; both in one entry must say the same. */
function renameDeprecated(place: Place, entry: MapNode, problems: ProblemList): MapNode {
  const keys = new Map<string, MapKey>();
  for (const [name, key] of entry.keys) {
    const current = Object.hasOwn(DEPRECATED_KEYS, name) ? DEPRECATED_KEYS[name] : undefined;
    if (current === undefined) {
      keys.set(name, key);
      continue;
    }
    const other = entry.keys.get(current);
    const where = { path: place.path, position: key.position };
    if (other && scalar(other) !== scalar(key)) {
      const message = `"${name}" and "${current}" differ, and both mean the same`;
      problems.error('spellings-differ', where, message, `keep "${current}"`);
    } else {
      const message = `"${name}" is an old spelling; it goes out as "${current}"`;
      problems.warning('deprecated-key', where, message, `write "${current}"`);
    }
    if (!other) keys.set(current, { ...key, name: current });
  }
  return { ...entry, keys };
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
