import type { Scene, SceneLink } from '../scene';
import { plainText, shortened } from '../text';
import { type Box, boxOf, type PartTree } from './box';
import { SIZES } from './sizes';
import { type Band, bandsOf } from './tree';

/** A scene with the place of everything, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly headings: readonly { readonly x: number; readonly y: number; readonly text: string }[];
  /** Lines that several tunnels share, from a gateway along a column, as the points that they go through. */
  readonly trunks: readonly Trunk[];
  readonly lines: readonly LinkLine[];
}

export interface Trunk {
  readonly kind: SceneLink['kind'];
  readonly points: readonly Point[];
}

export type Point = readonly [x: number, y: number];

/** A tunnel or an attachment, from a trunk to a block. */
export interface LinkLine {
  readonly link: SceneLink;
  readonly from: Point;
  readonly to: Point;
  /** Where its two texts begin: one above the line, one below it. */
  readonly text: Point;
  readonly above: string;
  readonly below: string;
}

/** Lays a scene out: a band for each site, which is at its left, and the networks in columns at its right. */
export function layoutOf(scene: Scene, top: number): Layout {
  const all: Omit<Layout, 'width' | 'height'>[] = [];
  let y = top;
  let right = 0;
  for (const band of bandsOf(scene)) {
    const placed = placeBand(band, scene.links, y);
    all.push(placed);
    y = placed.bottom + SIZES.margin * 2;
    right = Math.max(right, placed.right);
  }
  return {
    width: right + SIZES.margin,
    height: y - SIZES.margin,
    boxes: all.flatMap(({ boxes }) => boxes),
    headings: all.flatMap(({ headings }) => headings),
    trunks: all.flatMap(({ trunks }) => trunks),
    lines: all.flatMap(({ lines }) => lines),
  };
}

interface PlacedBand extends Omit<Layout, 'width' | 'height'> {
  readonly bottom: number;
  readonly right: number;
}

/** What stands in a column, one below the other. */
type Item = { readonly heading: string } | { readonly block: PartTree };

function placeBand({ site, environments }: Band, links: readonly SceneLink[], top: number): PlacedBand {
  const { margin, siteWidth, networkWidth, columnGap, trunkGap } = SIZES;
  const siteBox = site === undefined ? undefined : boxOf(site, { x: margin, y: top, width: siteWidth });
  const gateways = (siteBox?.boxes ?? []).filter(({ part }) => part.kind === 'gateway');
  const items = environments.flatMap(({ name, blocks }): readonly Item[] =>
    blocks.length === 0 ? [] : [{ heading: name }, ...blocks.map((block) => ({ block }))],
  );
  const ends = new Set(links.map(({ to }) => to));
  const hasLinks = items.some((item) => 'block' in item && idsOf(item.block).some((id) => ends.has(id)));
  const area = hasLinks ? 12 + gateways.length * trunkGap + SIZES.tunnelCells * SIZES.lineCell + 22 : 0;
  const columns = columnsOf(items, links);
  const headers = columns.length > 1 && hasLinks ? gateways.length * 10 + 16 : 0;
  const first = siteBox === undefined ? margin : margin + siteWidth + columnGap;
  const placed = columns.map((column, index) =>
    placeColumn(column, links, {
      x: first + index * (area + networkWidth + columnGap),
      y: top + headers,
      area,
      gateways: gateways.map(({ part }) => part.id),
    }),
  );
  const trunks = gateways.flatMap((gateway, index) =>
    trunksOf(gateway, index, placed, columns.length > 1 ? top + 6 + index * 10 : undefined),
  );
  return {
    boxes: [...(siteBox === undefined ? [] : [siteBox]), ...placed.flatMap(({ boxes }) => boxes)],
    headings: placed.flatMap(({ headings }) => headings),
    trunks: [
      ...trunks.map((points) => ({ kind: 'tunnel', points }) as const),
      ...placed.flatMap((column) => column.trunks),
    ],
    lines: placed.flatMap(({ lines }) => lines),
    bottom: Math.max(
      top,
      siteBox === undefined ? 0 : siteBox.y + siteBox.height,
      ...placed.map(({ bottom }) => bottom),
    ),
    right: Math.max(
      siteBox === undefined ? 0 : margin + siteWidth,
      ...placed.map(({ x }) => x + area + networkWidth),
    ),
  };
}

/** The least height of the columns at which there is another one. */
const TALL = 1500;
const MOST_COLUMNS = 4;

/** Spreads the items over columns of about the same height, in their order. */
function columnsOf(items: readonly Item[], links: readonly SceneLink[]): readonly (readonly Item[])[] {
  const heights = items.map((item) =>
    'heading' in item ? SIZES.headingHeight : blockHeight(item.block, links) + SIZES.blockGap,
  );
  const total = heights.reduce((sum, height) => sum + height, 0);
  const count = Math.max(1, Math.min(MOST_COLUMNS, Math.ceil(total / TALL)));
  const columns: Item[][] = [[]];
  let height = 0;
  let heading: string | undefined;
  items.forEach((item, index) => {
    const own = heights[index] ?? 0;
    // A heading stays with what comes after it.
    const whole = 'heading' in item ? own + (heights[index + 1] ?? 0) : own;
    if (height > 0 && height + whole / 2 > total / count && columns.length < count) {
      columns.push('heading' in item || heading === undefined ? [] : [{ heading: `${heading}, continued` }]);
      height = 0;
    }
    if ('heading' in item) heading = item.heading;
    columns.at(-1)?.push(item);
    height += own;
  });
  return columns;
}

function blockHeight(block: PartTree, links: readonly SceneLink[]): number {
  const box = boxOf(block, { x: 0, y: 0, width: SIZES.networkWidth });
  const ids = new Set(idsOf(block));
  const ends = links.filter(({ to }) => ids.has(to));
  return Math.max(box.height, ends.length * SIZES.tunnelPitch + 8);
}

function idsOf({ part, parts }: PartTree): readonly string[] {
  return [part.id, ...parts.flatMap(idsOf)];
}

interface PlacedColumn {
  readonly x: number;
  readonly bottom: number;
  readonly boxes: readonly Box[];
  readonly headings: Layout['headings'];
  readonly trunks: Layout['trunks'];
  readonly lines: readonly LinkLine[];
}

function placeColumn(
  items: readonly Item[],
  links: readonly SceneLink[],
  at: { readonly x: number; readonly y: number; readonly area: number; readonly gateways: readonly string[] },
): PlacedColumn {
  const { x, area, gateways } = at;
  const boxes: Box[] = [];
  const headings: Layout['headings'][number][] = [];
  const lines: LinkLine[] = [];
  const netX = x + area;
  const textX = x + 12 + gateways.length * SIZES.trunkGap + 4;
  let y = at.y;
  for (const item of items) {
    if ('heading' in item) {
      headings.push({ x: netX, y: y + 16, text: item.heading });
      y += SIZES.headingHeight;
      continue;
    }
    const box = boxOf(item.block, { x: netX, y, width: SIZES.networkWidth });
    const height = blockHeight(item.block, links);
    const ids = new Set(idsOf(item.block));
    links
      .filter(({ to }) => ids.has(to))
      .forEach((link, index) => {
        const lineY = y + 22 + index * SIZES.tunnelPitch;
        const trunk = gateways.indexOf(link.from);
        lines.push({
          link,
          from: [trunk < 0 ? netX - 24 : x + 12 + trunk * SIZES.trunkGap, lineY],
          to: [netX, lineY],
          text: [textX, lineY],
          above: shortened(plainText(link.title), SIZES.tunnelCells),
          below: shortened(link.lines.map(plainText).join(' · '), SIZES.tunnelCells),
        });
      });
    boxes.push({ ...box, height });
    y += height + SIZES.blockGap;
  }
  return {
    x,
    bottom: y - SIZES.blockGap,
    boxes,
    headings,
    trunks: attachmentTrunks(boxes, lines, netX - 24).map((points) => ({ kind: 'attachment', points })),
    lines,
  };
}

/** From what networks are attached to, along its column. */
function attachmentTrunks(
  boxes: readonly Box[],
  lines: readonly LinkLine[],
  x: number,
): readonly (readonly Point[])[] {
  return boxes.flatMap((box) => {
    const own = lines.filter(({ link }) => link.from === box.part.id).map(({ to }) => to[1]);
    if (own.length === 0) return [];
    const y = box.y + box.height - 14;
    return [
      [
        [box.x, y],
        [x, y],
        [x, Math.max(...own)],
      ] as const,
      ...(Math.min(...own) < y
        ? [
            [
              [x, y],
              [x, Math.min(...own)],
            ] as const,
          ]
        : []),
    ];
  });
}

function trunksOf(
  gateway: Box,
  index: number,
  columns: readonly PlacedColumn[],
  header: number | undefined,
): readonly (readonly Point[])[] {
  const start: Point = [gateway.x + gateway.width, gateway.y + 16];
  return columns.flatMap(({ x, lines }, column): readonly (readonly Point[])[] => {
    const own = lines.filter(({ link }) => link.from === gateway.part.id).map(({ from }) => from[1]);
    if (own.length === 0) return [];
    const trunkX = x + 12 + index * SIZES.trunkGap;
    const last: Point = [trunkX, Math.max(...own)];
    if (header === undefined) {
      const before: Point = [trunkX, Math.min(...own)];
      return [
        [start, [trunkX, start[1]], last],
        ...(before[1] < start[1] ? [[[trunkX, start[1]], before] as const] : []),
      ];
    }
    if (column === 0)
      return [
        [start, [trunkX, start[1]], [trunkX, header]],
        ...(last[1] > start[1] ? [[[trunkX, start[1]], last] as const] : []),
      ];
    const firstX = (columns[0]?.x ?? x) + 12 + index * SIZES.trunkGap;
    // Where the first column has none of its own, the way there begins at the gateway.
    const way: readonly Point[] =
      columns[0]?.lines.some(({ link }) => link.from === gateway.part.id) === true
        ? [[firstX, header]]
        : [start, [firstX, start[1]], [firstX, header]];
    return [[...way, [trunkX, header], last]];
  });
}
