import type { BothEnds, HostChange } from '../both-ends';

/** What the parts of an environment say of both ends, together. */
export function joinedEnds(parts: readonly BothEnds[]): BothEnds {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const hosts = new Map<string, HostChange>();
  for (const host of parts.flatMap((part) => part.hosts)) {
    const key = `${host.publicIp} ${host.host} ${host.folder}`;
    const known = hosts.get(key);
    hosts.set(key, known === undefined ? host : joinedHost(known, host));
  }
  const folders = new Map<string, readonly string[]>();
  for (const { folder, unlike } of parts.flatMap((part) => part.folders))
    folders.set(folder, [...new Set([...(folders.get(folder) ?? []), ...unlike])].sort());
  return {
    hosts: [...hosts.values()],
    entries: distinct(parts.flatMap(({ entries }) => entries)),
    configuration: distinct(parts.flatMap(({ configuration }) => configuration)),
    neighbours: [...new Set(parts.flatMap(({ neighbours }) => neighbours))],
    unknown: [...new Set(parts.flatMap(({ unknown }) => unknown))],
    folders: [...folders].map(([folder, unlike]) => ({ folder, unlike })),
  };
}

/** The files that each part changes at one host. A file that two parts change is shown once for each, because neither knows of the other. */
function joinedHost(one: HostChange, other: HostChange): HostChange {
  return {
    ...one,
    changes: [...distinct([...one.changes, ...other.changes])].sort((a, b) =>
      a.path === b.path ? 0 : a.path < b.path ? -1 : 1,
    ),
    newKeys: [...new Set([...one.newKeys, ...other.newKeys])],
    steps: [...new Set([...one.steps, ...other.steps])],
    ends: one.ends && other.ends,
  };
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
