import type { Scene, ScenePart } from '../scene';
import type { PartTree } from './box';

/** The on-premises end of some environments, and what is connected to it. */
export interface Band {
  /** Absent for environments without a site, and hosts and servers of which none is in one. */
  readonly site?: PartTree;
  readonly environments: readonly { readonly name: string; readonly blocks: readonly PartTree[] }[];
}

/** Parts that are drawn at the on-premises end. */
const AT_SITE = new Set<ScenePart['kind']>(['site', 'gateway', 'host', 'server']);

/** The scene as bands, one a site, in the order of the environments. */
export function bandsOf(scene: Scene): readonly Band[] {
  const ids = new Set(scene.parts.map(({ id }) => id));
  const children = new Map<string, ScenePart[]>();
  const roots: ScenePart[] = [];
  for (const part of scene.parts) {
    if (part.within === undefined || !ids.has(part.within) || part.within === part.id) roots.push(part);
    else children.set(part.within, [...(children.get(part.within) ?? []), part]);
  }
  const treeOf = (part: ScenePart, above: ReadonlySet<string> = new Set()): PartTree => ({
    part,
    parts: above.has(part.id)
      ? []
      : (children.get(part.id) ?? []).map((child) => treeOf(child, new Set([...above, part.id]))),
  });
  const sites = roots.filter(({ kind }) => kind === 'site');
  const withSite = new Set(sites.flatMap(({ environments }) => environments));
  const blocksOf = (name: string, isFirst: (part: ScenePart) => boolean) => ({
    name,
    blocks: [
      ...roots
        .filter((part) => !AT_SITE.has(part.kind) && part.kind !== 'entry' && isFirst(part))
        .map((part) => treeOf(part)),
      ...entriesOf(
        name,
        roots.filter((part) => part.kind === 'entry' && isFirst(part)).map((part) => treeOf(part)),
      ),
    ],
  });
  const bands = sites.map((part): Band => {
    const own = part.environments;
    return {
      site: treeOf(said(part, scene)),
      environments: own.map((name) => blocksOf(name, ({ environments: [first] }) => first === name)),
    };
  });
  const others = scene.environments.filter((name) => !withSite.has(name));
  const lonely = roots.filter(({ kind }) => AT_SITE.has(kind) && kind !== 'site');
  if (others.length === 0 && lonely.length === 0) return bands;
  return [
    ...bands,
    {
      ...(lonely.length === 0
        ? {}
        : { site: { part: withoutSite(lonely), parts: lonely.map((part) => treeOf(part)) } }),
      environments: others.map((name) => blocksOf(name, ({ environments: [first] }) => first === name)),
    },
  ];
}

/** Its other environments are a line of it, but for those that are drawn. */
function said(part: ScenePart, { environments }: Scene): ScenePart {
  const others = (part.sharedWith ?? []).filter((name) => !environments.includes(name));
  return others.length === 0
    ? part
    : { ...part, lines: [...part.lines, `gateway shared with ${others.join(', ')}`] };
}

function withoutSite(parts: readonly ScenePart[]): ScenePart {
  return {
    id: 'no-site',
    kind: 'site',
    environments: [...new Set(parts.flatMap(({ environments }) => environments))],
    title: 'Hosts and servers',
    lines: [],
  };
}

/** Entries that are passed through are one block, because each of them is small. */
function entriesOf(environment: string, entries: readonly PartTree[]): readonly PartTree[] {
  if (entries.length === 0) return [];
  const part: ScenePart = {
    id: `${environment}/entries`,
    kind: 'entry',
    environments: [environment],
    title: 'Exists already',
    lines: [],
  };
  return [{ part, parts: entries }];
}
