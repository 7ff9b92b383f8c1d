import type { FolderChange } from '../../gateway/folder/diff';
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

/** The files that the parts change at one host, each file once. */
function joinedHost(one: HostChange, other: HostChange): HostChange {
  const files = new Map<string, FolderChange>();
  for (const file of distinct([...one.changes, ...other.changes])) {
    const known = files.get(file.path);
    files.set(file.path, known === undefined ? file : joinedFile(known, file));
  }
  return {
    ...one,
    changes: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    newKeys: [...new Set([...one.newKeys, ...other.newKeys])],
    steps: [...new Set([...one.steps, ...other.steps])],
    ends: one.ends && other.ends,
  };
}

/** A file that holds the tunnels of all networks: each part has planned it without the changes of the others, so both differences are shown. */
function joinedFile(one: FolderChange, other: FolderChange): FolderChange {
  const kind = one.kind === other.kind ? one.kind : 'changed';
  return { path: one.path, kind, patch: [one.patch.trimEnd(), other.patch].join('\n') };
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
