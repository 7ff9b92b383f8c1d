import { parseInterfaceAddress } from '../../model/net/cidr';
import type { AdoptedEntry, Json } from '../ground/catalog';
import { ProblemList } from '../ground/problem-list';
import { checkZone } from '../kinds/aws-network/zone';
import { ADOPTED_NAME } from '../shape/formats';
import { formatProblem } from '../shape/read';
import { Section } from '../shape/section';
import type { MapKey, MapNode, Path } from '../source/node';
import { adoptedShape, CUSTOM_ENTRY, DEPRECATED_KEYS } from './keys';

/** Reads an entry that exists already: known keys are checked, all are passed through. */
export function readAdopted(
  root: MapNode,
  provider: string,
  key: MapKey,
  problems: ProblemList,
): AdoptedEntry | undefined {
  const path: Path = [provider, key.name];
  const nameProblem = formatProblem(key.name, ADOPTED_NAME);
  if (nameProblem) problems.error('bad-name', [provider], `an entry ${nameProblem.message}`, key.position);
  const known = adoptedShape(provider);
  const renamed = key.value.kind === 'map' ? renameDeprecated(key.value, path, problems) : undefined;
  const tree = renamed ? replaceEntry(root, path, renamed) : root;
  // A custom provider's keys are its own: the note on the provider says so once.
  const section = Section.read(
    tree,
    path,
    known ?? CUSTOM_ENTRY,
    known ? problems : new ErrorsOnly(problems),
  );
  if (!section) return undefined;
  checkZone(section, section.text('aws_region'), problems);
  const ipmask = section.text('private_network_ipmask');
  if (ipmask === undefined) return { provider, name: key.name, values: section.values };
  const network = parseInterfaceAddress(ipmask).network.toString();
  if (network !== ipmask) {
    const message = `host bits are cut off: "${ipmask}" goes out as "${network}"`;
    problems.warning(
      'host-bits',
      section.pathOf('private_network_ipmask'),
      message,
      section.at('private_network_ipmask'),
    );
  }
  return { provider, name: key.name, values: { ...section.values, private_network_ipmask: network } };
}

/** Replaces deprecated spellings; both in one entry must say the same. */
function renameDeprecated(entry: MapNode, path: Path, problems: ProblemList): MapNode {
  const keys = new Map<string, MapKey>();
  for (const [name, key] of entry.keys) {
    const right = Object.hasOwn(DEPRECATED_KEYS, name) ? DEPRECATED_KEYS[name] : undefined;
    if (right === undefined) {
      keys.set(name, key);
      continue;
    }
    const other = entry.keys.get(right);
    if (other && scalar(other) !== scalar(key)) {
      const message = `"${name}" and "${right}" differ, and both mean the same`;
      problems.error('spellings-differ', path, message, key.position, `keep "${right}"`);
    } else {
      const message = `"${name}" is an old spelling; it goes out as "${right}"`;
      problems.warning('deprecated-key', path, message, key.position, `write "${right}"`);
    }
    if (!other) keys.set(right, { ...key, name: right });
  }
  return { ...entry, keys };
}

function scalar(key: MapKey): Json | undefined {
  return key.value.kind === 'scalar' ? key.value.value : undefined;
}

function replaceEntry(root: MapNode, [provider, name]: Path, entry: MapNode): MapNode {
  const section = root.keys.get(String(provider));
  const old = section?.value.kind === 'map' ? section.value.keys.get(String(name)) : undefined;
  if (section?.value.kind !== 'map' || !old) return root;
  const entries = new Map(section.value.keys).set(old.name, { ...old, value: entry });
  const value: MapNode = { ...section.value, keys: entries };
  return { ...root, keys: new Map(root.keys).set(section.name, { ...section, value }) };
}

/** Passes errors on and drops warnings. */
class ErrorsOnly extends ProblemList {
  constructor(private readonly target: ProblemList) {
    super();
  }

  override add(problem: Parameters<ProblemList['add']>[0]): void {
    if (problem.severity === 'error') this.target.add(problem);
  }
}
