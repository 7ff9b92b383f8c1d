import { counted } from '../../base/text/counted';
import type { Box } from '../layout/box';
import { type LinkLine, layoutOf, type Point } from '../layout/layout';
import { SIZES } from '../layout/sizes';
import { MARK_WORDS, MARKS, type MarkedScene, type PlanMark, SIGNS } from '../marks';
import { cellsOf, plainText, shortened } from '../text';
import { PICTURE_STYLE } from './style';

export interface SvgOptions {
  /** Whether the picture has its styles in it. A page that holds it may have them itself. @default true */
  readonly styled?: boolean;
  /** Begins the ids of its title and description, where a page has several pictures. @default 'kkh' */
  readonly id?: string;
}

/**
 * The picture as SVG: the same bytes for the same scene. It has no script, loads nothing, and needs no font: texts of any font of
 * one width fit.
 */
export function sceneSvg(marked: MarkedScene, { styled = true, id = 'kkh' }: SvgOptions = {}): string {
  const { scene, planned } = marked;
  const name = escaped(id);
  const head = shortened(plainText(scene.environments.join(', ')), 60);
  const subtitles = planned ? [countsText(marked), markedText(marked)] : [countsText(marked)];
  const layout = layoutOf(scene, 34 + subtitles.length * 18 + SIZES.margin);
  const width = Math.ceil(Math.max(layout.width, planned ? 760 : 480));
  const height = Math.ceil(layout.height + (planned ? 34 : 0));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="kkh" role="img" aria-labelledby="${name}-title ${name}-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="${name}-title">${escaped(`Networks of ${plainText(scene.environments.join(', '))}`)}</title>`,
    `<desc id="${name}-desc">${escaped(description(marked))}</desc>`,
    ...(styled ? [`<style>${PICTURE_STYLE}</style>`] : []),
    `<rect class="bg" width="${width}" height="${height}"/>`,
    text(SIZES.margin, 34, 'head', head),
    ...subtitles.map((line, index) => text(SIZES.margin, 54 + index * 18, '', line)),
    ...layout.trunks.map(({ kind, points }) => pathOf(points, `k trunk ${kind}`)),
    ...layout.lines.map((line) => lineOf(line, marked)),
    ...layout.headings.map(({ x, y, text: name }) => text(x, y, 'h', shortened(plainText(name), 48))),
    ...layout.boxes.map((box) => boxSvg(box, marked, undefined)),
    ...(planned ? [legend(height - 22)] : []),
    '</svg>',
    '',
  ].join('\n');
}

function countsText({ scene }: MarkedScene): string {
  const count = (kind: string) => scene.parts.filter((part) => part.kind === kind).length;
  const tunnels = scene.links.filter(({ kind }) => kind === 'tunnel').length;
  return [
    counted(count('network'), 'network'),
    counted(tunnels, 'tunnel'),
    counted(count('nodes'), 'node group'),
  ].join(' · ');
}

/** How many drawn things have each mark: `! traffic stops: 2`. */
function markedText({ marks, simulated }: MarkedScene): string {
  const all = Object.values(marks);
  const parts = [...MARKS].reverse().flatMap((mark) => {
    const own = all.filter((one) => one.mark === mark).length;
    return own === 0 ? [] : [`${SIGNS[mark]} ${MARK_WORDS[mark]}: ${own}`];
  });
  const which = simulated ? 'SIMULATED plan' : 'The plan';
  return parts.length === 0 ? `${which} changes nothing that is drawn.` : `${which}: ${parts.join(' · ')}`;
}

/** The most important things in words, for those who do not see the picture. */
function description(marked: MarkedScene): string {
  const { scene, marks, planned } = marked;
  const named = scene.parts
    .filter(({ kind }) => kind === 'site' || kind === 'network')
    .map(({ id, title, lines }) => {
      const mark = marks[id];
      const words = mark === undefined ? '' : ` (${MARK_WORDS[mark.mark]})`;
      return `${plainText(title)}${words}: ${lines.map(plainText).join(', ')}`;
    });
  const shown = named.length > 60 ? [...named.slice(0, 59), `and ${named.length - 59} more`] : named;
  return [
    `${countsText(marked)}.`,
    ...(planned ? [markedText(marked)] : []),
    ...shown.map((one) => `${one}.`),
  ].join(' ');
}

function boxSvg(box: Box, marked: MarkedScene, above: PlanMark | undefined): string {
  const { part, x, y, width, height, title, lines, boxes } = box;
  const mark = marked.marks[part.id];
  const { padding, titleHeight, lineHeight } = SIZES;
  const left = x + padding;
  const base = y + padding + 11;
  const isGone = mark?.mark === 'destroyed' || mark?.action === 'destroyed';
  return [
    `<g><title>${escaped(tooltip([part.title, ...part.lines], mark))}</title>`,
    `<rect class="b ${part.kind}${mark === undefined ? '' : ` m-${mark.mark}`}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${part.kind === 'nodes' ? 10 : 4}"/>`,
    text(left, base, isGone ? 't gone' : 't', title),
    ...lines.map((line, index) => text(left, base + titleHeight - 2 + index * lineHeight, '', line)),
    ...(mark === undefined ? [] : [badge(x + width, y, mark, above?.mark !== mark.mark && width > 260)]),
    '</g>',
    ...boxes.map((inner) => boxSvg(inner, marked, mark)),
  ].join('\n');
}

/** The sign of a mark in the upper right corner, with its word where there is room. */
function badge(right: number, top: number, mark: PlanMark, isLong: boolean): string {
  const sign = mark.action === undefined ? SIGNS[mark.mark] : `${SIGNS[mark.mark]} ${SIGNS[mark.action]}`;
  const words = isLong ? `${sign} ${MARK_WORDS[mark.mark]}` : sign;
  const width = Math.round(cellsOf(words) * SIZES.lineCell) + 10;
  const x = right - width - 6;
  return `<rect class="s m-${mark.mark}" x="${n(x)}" y="${n(top + 6)}" width="${width}" height="17" rx="3"/>${text(x + 5, top + 18, 'st', words)}`;
}

function lineOf(line: LinkLine, marked: MarkedScene): string {
  const { link, from, to, text: at, above, below } = line;
  const mark = marked.marks[link.id];
  const [x, y] = to;
  const kind = `k ${link.kind}${mark === undefined ? '' : ` m-${mark.mark}`}`;
  const sign =
    mark === undefined
      ? ''
      : mark.action === undefined
        ? SIGNS[mark.mark]
        : `${SIGNS[mark.mark]} ${SIGNS[mark.action]}`;
  const width = Math.round(cellsOf(sign) * SIZES.lineCell) + 10;
  return [
    `<g><title>${escaped(tooltip([link.title, ...link.lines], mark))}</title>`,
    pathOf([from, [x - 7, y]], kind),
    `<path class="a" d="M${n(x - 8)} ${n(y - 4)}L${n(x)} ${n(y)}L${n(x - 8)} ${n(y + 4)}z"/>`,
    text(at[0], y - 5, 'lt', above),
    text(at[0], y + 14, '', below),
    ...(mark === undefined
      ? []
      : [
          `<rect class="s m-${mark.mark}" x="${n(x - width - 14)}" y="${n(y - 9)}" width="${width}" height="17" rx="3"/>${text(x - width - 9, y + 4, 'st', sign)}`,
        ]),
    '</g>',
  ].join('\n');
}

function pathOf(points: readonly Point[], kind: string): string {
  const [first, ...rest] = points.map(([x, y]) => `${n(x)} ${n(y)}`);
  return `<path class="${kind}" d="M${first}${rest.map((point) => `L${point}`).join('')}"/>`;
}

function legend(y: number): string {
  let x: number = SIZES.margin;
  return [...MARKS]
    .reverse()
    .map((mark) => {
      const words = MARK_WORDS[mark];
      const sign = SIGNS[mark];
      const signWidth = Math.round(cellsOf(sign) * SIZES.lineCell) + 10;
      const one = [
        `<rect class="b m-${mark}" x="${n(x)}" y="${y - 12}" width="30" height="16" rx="3"/>`,
        `<rect class="s m-${mark}" x="${n(x + 36)}" y="${y - 12}" width="${signWidth}" height="17" rx="3"/>`,
        text(x + 41, y, 'st', sign),
        text(x + 42 + signWidth, y, 'lt', words),
      ].join('');
      x += 42 + signWidth + cellsOf(words) * SIZES.lineCell + 20;
      return one;
    })
    .join('\n');
}

function tooltip(texts: readonly string[], mark: PlanMark | undefined): string {
  const lines = mark === undefined ? texts : [...texts, `${MARK_WORDS[mark.mark]}:`, ...mark.texts];
  return lines.map(plainText).join('\n');
}

function text(x: number, y: number, kind: string, content: string): string {
  return `<text${kind === '' ? '' : ` class="${kind}"`} x="${n(x)}" y="${n(y)}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A length without more digits than anybody sees. */
function n(length: number): string {
  return String(Math.round(length * 10) / 10);
}
