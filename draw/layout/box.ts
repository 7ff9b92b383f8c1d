import type { ScenePart } from '../scene';
import { cellsOf, plainText, shortened } from '../text';
import { SIZES } from './sizes';

/** A part with its place in the picture. */
export interface Box {
  readonly part: ScenePart;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** As many of the part's lines together as fit. */
  readonly lines: readonly string[];
  readonly boxes: readonly Box[];
}

/** The parts within each other. */
export interface PartTree {
  readonly part: ScenePart;
  readonly parts: readonly PartTree[];
}

/** Room for the sign of a mark beside a title. */
const BADGE_CELLS = 16;
const CHILD_BADGE_CELLS = 4;

/** Lays out a part with all that is in it. Its height follows from its width. */
export function boxOf(
  { part, parts }: PartTree,
  at: { readonly x: number; readonly y: number; readonly width: number },
  depth = 0,
): Box {
  const { padding, titleHeight, lineHeight, gap } = SIZES;
  const { x, y, width } = at;
  const inner = width - 2 * padding;
  const badge = depth === 0 ? BADGE_CELLS : CHILD_BADGE_CELLS;
  const lines = flow(part.lines.map(plainText), Math.floor(inner / SIZES.lineCell));
  let bottom = y + padding + titleHeight + lines.length * lineHeight;
  const boxes: Box[] = [];
  for (const row of rowsOf(parts, inner)) {
    const below = bottom + (boxes.length === 0 ? 4 : gap);
    const each = Math.floor((inner - gap * (row.length - 1)) / row.length);
    const placed = row.map((one, index) =>
      boxOf(one, { x: x + padding + index * (each + gap), y: below, width: each }, depth + 1),
    );
    const height = Math.max(...placed.map((box) => box.height));
    boxes.push(...placed.map((box) => ({ ...box, height })));
    bottom = below + height;
  }
  return {
    part,
    x,
    y,
    width,
    height: bottom + padding - 2 - y,
    title: shortened(plainText(part.title), Math.floor(inner / SIZES.titleCell) - badge),
    lines,
    boxes,
  };
}

/** Two small parts that are beside each other share a row. */
function rowsOf(parts: readonly PartTree[], inner: number): readonly (readonly PartTree[])[] {
  const half = (inner - SIZES.gap) / 2 - 2 * SIZES.padding;
  const rows: PartTree[][] = [];
  for (const one of parts) {
    const last = rows.at(-1);
    if (last?.length === 1 && last[0] !== undefined && isSmall(last[0], half) && isSmall(one, half))
      last.push(one);
    else rows.push([one]);
  }
  return rows;
}

function isSmall({ part, parts }: PartTree, width: number): boolean {
  return (
    parts.length === 0 &&
    (part.kind === 'service' || part.kind === 'entry') &&
    (cellsOf(part.title) + CHILD_BADGE_CELLS) * SIZES.titleCell <= width &&
    part.lines.every((line) => cellsOf(line) * SIZES.lineCell <= width)
  );
}

/** Puts facts together in lines; one that is too long is shortened. */
function flow(facts: readonly string[], cells: number): readonly string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    const joined = last === undefined ? fact : `${last} · ${fact}`;
    if (last !== undefined && cellsOf(joined) <= cells) lines[lines.length - 1] = joined;
    else lines.push(shortened(fact, cells));
  }
  return lines;
}
