import type { PartTree } from './layout/box';
import { bandsOf } from './layout/tree';
import { MARK_WORDS, type MarkedScene, type PlanMark, SIGNS } from './marks';
import type { Scene, SceneLink, ScenePart } from './scene';
import { plainText } from './text';

/** A scene as nodes within each other and edges, for languages that lay out by themselves. */
export interface Graph {
  readonly groups: readonly GraphGroup[];
  readonly edges: readonly GraphEdge[];
}

/** What stands at one place: a site, or an environment. */
export interface GraphGroup {
  readonly name: string;
  /** Absent for an environment. */
  readonly part?: ScenePart;
  readonly nodes: readonly PartTree[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: SceneLink['kind'];
  readonly label: string;
  readonly mark?: PlanMark;
}

/** How much of a scene is shown, the most first. */
export const DETAILS = ['everything', 'subnets', 'networks', 'changes', 'counts'] as const;
export type Detail = (typeof DETAILS)[number];

/** What a graph says about what it leaves out. */
export const LEFT_OUT: Readonly<Record<Exclude<Detail, 'everything'>, string>> = {
  subnets: 'Too much for one diagram: drawn without nodes and services',
  networks: 'Too much for one diagram: drawn without what is in the networks, and tunnels together',
  changes: 'Too much for one diagram: networks without changes are counted',
  counts: 'Too much for one diagram: networks are counted',
};

/** The scene as a graph. */
export function graphOf(marked: MarkedScene, detail: Detail): Graph {
  const { scene } = marked;
  const groups = bandsOf(scene).flatMap(({ site, environments }): readonly GraphGroup[] => [
    ...(site === undefined
      ? []
      : [
          {
            name: plainText(site.part.title),
            part: site.part,
            nodes: site.parts.flatMap((one) => pruned(one, detail)),
          },
        ]),
    ...environments.flatMap(({ name, blocks }): readonly GraphGroup[] =>
      blocks.length === 0 ? [] : [{ name, nodes: blocksOf(name, blocks, marked, detail) }],
    ),
  ]);
  const shown = new Set(
    groups.flatMap(({ part, nodes }) => [...(part ? [part.id] : []), ...nodes.flatMap(idsOf)]),
  );
  return { groups, edges: edgesOf(marked, shown, detail, countedIn(scene, shown)) };
}

/** The words of a part or link with its mark: `(!) VPC 172.30.0.0/16`. A sign stands in brackets, because a line that begins with - is a list for some. */
export function markedWords(title: string, mark: PlanMark | undefined): string {
  if (mark === undefined) return title;
  const words = mark.action === undefined ? '' : `, ${MARK_WORDS[mark.action]}`;
  return `(${SIGNS[mark.mark]}) ${title} [${MARK_WORDS[mark.mark]}${words}]`;
}

function pruned(tree: PartTree, detail: Detail): readonly PartTree[] {
  const { kind } = tree.part;
  if (detail !== 'everything' && (kind === 'service' || kind === 'nodes')) return [];
  if (detail !== 'everything' && detail !== 'subnets' && kind !== 'gateway') {
    if (kind === 'host' || kind === 'server') return detail === 'networks' ? [{ ...tree, parts: [] }] : [];
  }
  return [{ part: tree.part, parts: tree.parts.flatMap((one) => pruned(one, detail)) }];
}

function blocksOf(
  environment: string,
  blocks: readonly PartTree[],
  marked: MarkedScene,
  detail: Detail,
): readonly PartTree[] {
  if (detail === 'everything' || detail === 'subnets') return blocks.flatMap((one) => pruned(one, detail));
  if (detail === 'networks') return blocks.map(({ part }) => ({ part, parts: [] }));
  const isShown = (tree: PartTree) => detail === 'changes' && idsOf(tree).some((id) => hasMark(marked, id));
  const shown = blocks.filter(isShown).map(({ part }) => ({ part, parts: [] }));
  const rest = blocks.length - shown.length;
  if (rest === 0) return shown;
  const part: ScenePart = {
    id: restId(environment),
    kind: 'network',
    environments: [environment],
    title: `${rest} ${shown.length === 0 ? '' : 'further '}${rest === 1 ? 'block' : 'blocks'}${detail === 'changes' ? ' without changes' : ''}`,
    lines: [],
  };
  return [...shown, { part, parts: [] }];
}

function hasMark({ scene, marks }: MarkedScene, id: string): boolean {
  return (
    marks[id] !== undefined || scene.links.some((link) => link.to === id && marks[link.id] !== undefined)
  );
}

function restId(environment: string): string {
  return `${environment}/rest`;
}

function idsOf({ part, parts }: PartTree): readonly string[] {
  return [part.id, ...parts.flatMap(idsOf)];
}

/** Where the end of an edge is shown: at a part, or at the nearest one around it, or at what stands for it. */
function countedIn({ parts }: Scene, shown: ReadonlySet<string>): (id: string) => string | undefined {
  const byId = new Map(parts.map((part) => [part.id, part]));
  return (id) => {
    const seen = new Set<string>();
    let at: string | undefined = id;
    let last = byId.get(id);
    while (at !== undefined && !seen.has(at)) {
      if (shown.has(at)) return at;
      seen.add(at);
      last = byId.get(at) ?? last;
      at = byId.get(at)?.within;
    }
    const rest = restId(last?.environments[0] ?? '');
    return shown.has(rest) ? rest : undefined;
  };
}

function edgesOf(
  { scene, marks }: MarkedScene,
  shown: ReadonlySet<string>,
  detail: Detail,
  placeOf: (id: string) => string | undefined,
): readonly GraphEdge[] {
  if (shown.size === 0) return [];
  const edges = scene.links.flatMap((link): readonly GraphEdge[] => {
    const [from, to] = [placeOf(link.from), placeOf(link.to)];
    const mark = marks[link.id];
    if (from === undefined || to === undefined || from === to) return [];
    const label = [link.title, ...link.lines].map(plainText).join(' · ');
    return [
      { from, to, kind: link.kind, label: markedWords(label, mark), ...(mark === undefined ? {} : { mark }) },
    ];
  });
  return detail === 'everything' || detail === 'subnets' ? edges : together(edges);
}

/** One edge for all of one kind and mark between two nodes. */
function together(edges: readonly GraphEdge[]): readonly GraphEdge[] {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to, edge.kind, edge.mark?.mark]);
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups.values()].flatMap((same): readonly GraphEdge[] => {
    const [first] = same;
    if (first === undefined || same.length === 1) return same;
    return [{ ...first, label: markedWords(`${same.length} ${first.kind}s`, first.mark) }];
  });
}
