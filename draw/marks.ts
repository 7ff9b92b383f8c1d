import { compareTexts } from '../base/text/compare-texts';
import type { Scene, SceneLink, ScenePart } from './scene';

/** What a plan does with something that is drawn, the most important last. */
export const MARKS = ['changed', 'added', 'replaced', 'destroyed', 'outage'] as const;
export type Mark = (typeof MARKS)[number];

/** The sign of each mark, so that colour is never the only one. */
export const SIGNS: Readonly<Record<Mark, string>> = {
  added: '+',
  changed: '~',
  replaced: '-/+',
  destroyed: '-',
  outage: '!',
};

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  added: 'new',
  changed: 'changed',
  replaced: 'made anew',
  destroyed: 'destroyed',
  outage: 'traffic stops',
};

/** What a plan does with one stack, as far as a picture shows it. */
export interface DrawnPlan {
  readonly stack: string;
  readonly changes: readonly { readonly address: string; readonly action: string }[];
  /** Sentences about what stops, each with the resources that it is about. */
  readonly outages: readonly { readonly text: string; readonly addresses?: readonly string[] }[];
}

export interface PlanMark {
  readonly mark: Mark;
  /** What is done, beside an outage. @default - the same as the mark */
  readonly action?: Mark;
  /** Why traffic stops, and which resources change; some of them where there are many. */
  readonly texts: readonly string[];
}

/** A scene with what plans do to it. */
export interface MarkedScene {
  readonly scene: Scene;
  /** By the id of a part or a link. */
  readonly marks: Readonly<Record<string, PlanMark>>;
  /** Whether there are plans at all: a picture without them explains no signs. */
  readonly planned: boolean;
  /** Whether the plans were made in the sandbox. */
  readonly simulated: boolean;
}

const ACTIONS: Readonly<Record<string, Mark>> = {
  create: 'added',
  update: 'changed',
  import: 'changed',
  move: 'changed',
  replace: 'replaced',
  delete: 'destroyed',
  remove: 'destroyed',
  forget: 'destroyed',
};

/** More lines of one thing are counted. */
const MOST_TEXTS = 8;

/** How many destroyed resources that are no longer in the catalog are drawn for a stack. */
const MOST_GONE = 3;

/** Marks what plans do. Things that the catalog has no longer, and the plans destroy, are added to the scene. */
export function markScene(scene: Scene, plans: readonly DrawnPlan[] = [], simulated = false): MarkedScene {
  const marks: Record<string, PlanMark> = {};
  const gone: ScenePart[] = [];
  const drawnTypes = new Set(
    scene.parts.flatMap(({ kind, resources = [] }) => (kind === 'gone' ? [] : resources.map(typeOf))),
  );
  for (const plan of plans) {
    const own = [...scene.parts, ...scene.links].filter(({ stack }) => stack === plan.stack);
    const [root] = scene.parts.filter(({ stack }) => stack === plan.stack);
    const found = new Map<string, Collected>();
    const removed: string[] = [];
    for (const { address, action } of plan.changes) {
      const mark = ACTIONS[action];
      if (mark === undefined) continue;
      const hit = own.filter((one) => has(one, address));
      if (
        hit.length === 0 &&
        mark === 'destroyed' &&
        root?.kind !== 'gone' &&
        drawnTypes.has(typeOf(address))
      )
        removed.push(address);
      else
        for (const one of hit.length > 0 ? hit : root === undefined ? [] : [root]) {
          // What has no part of its own is a change of the whole, not its beginning or its end.
          const isWhole = hit.length > 0 || root?.kind === 'gone';
          collect(found, one.id, isWhole ? mark : 'changed', `${SIGNS[mark]} ${address}`);
        }
    }
    for (const { text, addresses = [] } of plan.outages) {
      const hit = own.filter((one) => addresses.some((address) => has(one, address)));
      const target = hit.length > 0 ? hit : root === undefined ? [] : [root];
      for (const { id } of target) outage(found, id, text);
    }
    for (const [id, one] of found) marks[id] = markOf(one);
    if (root !== undefined) addGone(root, removed, gone, marks);
  }
  return {
    scene: gone.length === 0 ? scene : { ...scene, parts: [...scene.parts, ...gone] },
    marks,
    planned: plans.length > 0,
    simulated,
  };
}

interface Collected {
  readonly actions: Set<Mark>;
  readonly outages: string[];
  readonly texts: string[];
}

function collected(found: Map<string, Collected>, id: string): Collected {
  const one = found.get(id) ?? { actions: new Set(), outages: [], texts: [] };
  found.set(id, one);
  return one;
}

function collect(found: Map<string, Collected>, id: string, mark: Mark, text: string): void {
  const one = collected(found, id);
  one.actions.add(mark);
  one.texts.push(text);
}

function outage(found: Map<string, Collected>, id: string, text: string): void {
  collected(found, id).outages.push(text);
}

function markOf({ actions, outages, texts }: Collected): PlanMark {
  const action = [...MARKS].reverse().find((mark) => actions.has(mark));
  // Several actions on the resources of one thing change it, unless it is destroyed or made anew in part.
  const done = actions.size > 1 && action === 'added' ? 'changed' : action;
  const all = [...outages, ...[...texts].sort(compareTexts)];
  const shown =
    all.length > MOST_TEXTS
      ? [...all.slice(0, MOST_TEXTS - 1), `and ${all.length - MOST_TEXTS + 1} more`]
      : all;
  if (outages.length === 0) return { mark: done ?? 'changed', texts: shown };
  return { mark: 'outage', ...(done === undefined ? {} : { action: done }), texts: shown };
}

function addGone(
  root: ScenePart,
  removed: readonly string[],
  gone: ScenePart[],
  marks: Record<string, PlanMark>,
): void {
  const { stack = '', environments } = root;
  const sorted = [...removed].sort(compareTexts);
  const shown = sorted.length > MOST_GONE ? sorted.slice(0, MOST_GONE - 1) : sorted;
  const rest = sorted.length - shown.length;
  const add = (name: string, title: string, texts: readonly string[]) => {
    const id = `${root.id}/gone/${name}`;
    gone.push({ id, kind: 'gone', environments, title, lines: [], within: root.id, stack });
    marks[id] = { mark: 'destroyed', texts };
  };
  for (const address of shown) add(address, address, [`- ${address}`]);
  if (rest > 0)
    add(
      'rest',
      `${rest} more`,
      sorted.slice(shown.length).map((address) => `- ${address}`),
    );
}

function has({ resources = [] }: ScenePart | SceneLink, address: string): boolean {
  const plain = withoutKeys(address);
  return resources.some((pattern) => matches(pattern, plain) || matches(pattern, address));
}

/** The address without the keys of instances: `aws_instance.Nodes["n1"]` is of `aws_instance.Nodes`. */
function withoutKeys(address: string): string {
  return address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '');
}

function typeOf(address: string): string {
  return address.split('.')[0] ?? '';
}

function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return first === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const [index, piece] of rest.entries()) {
    if (index === rest.length - 1) return text.length - from >= piece.length && text.endsWith(piece);
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}
