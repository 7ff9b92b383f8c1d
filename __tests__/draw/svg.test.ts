import type { Box } from '../../draw/layout/box';
import { layoutOf } from '../../draw/layout/layout';
import { SIZES } from '../../draw/layout/sizes';
import { markScene } from '../../draw/marks';
import type { Scene } from '../../draw/scene';
import { mergeScenes } from '../../draw/scene';
import { sceneSvg } from '../../draw/svg/svg';
import { cellsOf, shortened } from '../../draw/text';
import { HOSTILE_NAMES, sampleScene } from './sample-scene';

const JAPANESE = '東日本の検証用ネットワーク一式とても長い資源グループの名前です';

function flat(boxes: readonly Box[]): readonly Box[] {
  return boxes.flatMap((box) => [box, ...flat(box.boxes)]);
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('texts', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['ﾆﾎﾝ', 3],
    ['e\u0301', 1],
    ['🚀', 2],
    ['', 0],
  ])('%j takes %d cells', (text, cells) => {
    expect(cellsOf(text)).toBe(cells);
  });

  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['日本語の名前', 7, '日本語…'],
    ['🚀🚀🚀', 4, '🚀…'],
  ])('%j in %d cells is %j', (text, cells, short) => {
    expect(shortened(text, cells)).toBe(short);
    expect(cellsOf(short)).toBeLessThanOrEqual(cells);
  });
});

describe.each([1, 4, 40, 200])('a picture of %d networks', (count) => {
  const scene = sampleScene(count, (index) => (index % 3 === 0 ? JAPANESE : `172.${index}.0.0/16`));
  const layout = layoutOf(scene, 60);
  const boxes = flat(layout.boxes);

  it('has a box for each part, and a line for each tunnel', () => {
    expect(new Set(boxes.map(({ part }) => part.id)).size).toBe(scene.parts.length);
    expect(layout.lines).toHaveLength(scene.links.length);
  });

  it('has every box inside of its parent and of the picture, and none over another', () => {
    for (const box of boxes) {
      expect(box.x + box.width).toBeLessThanOrEqual(layout.width);
      expect(box.y + box.height).toBeLessThanOrEqual(layout.height);
      for (const inner of box.boxes) {
        expect(inner.x).toBeGreaterThanOrEqual(box.x);
        expect(inner.x + inner.width).toBeLessThanOrEqual(box.x + box.width);
        expect(inner.y + inner.height).toBeLessThanOrEqual(box.y + box.height);
      }
      for (const [index, inner] of box.boxes.entries())
        for (const other of box.boxes.slice(index + 1)) expect(overlap(inner, other)).toBe(false);
    }
    for (const [index, box] of layout.boxes.entries())
      for (const other of layout.boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
  });

  it('has texts that fit, also in Japanese', () => {
    for (const { title, lines, width } of boxes) {
      expect(cellsOf(title) * SIZES.titleCell).toBeLessThanOrEqual(width - 2 * SIZES.padding);
      for (const line of lines)
        expect(cellsOf(line) * SIZES.lineCell).toBeLessThanOrEqual(width - 2 * SIZES.padding);
    }
    for (const { above, below } of layout.lines) {
      expect(cellsOf(above)).toBeLessThanOrEqual(SIZES.tunnelCells);
      expect(cellsOf(below)).toBeLessThanOrEqual(SIZES.tunnelCells);
    }
  });

  it('has no tunnel whose texts lie over those of another', () => {
    const places = layout.lines.map(({ text }) => text.join());
    expect(new Set(places).size).toBe(places.length);
  });

  it('is at most five times as high as wide, or the other way', () => {
    expect(layout.width / layout.height).toBeGreaterThan(0.2);
    expect(layout.width / layout.height).toBeLessThan(5);
  });
});

describe('SVG', () => {
  it('has the same bytes each time', () => {
    expect(sceneSvg(markScene(sampleScene(4)))).toBe(sceneSvg(markScene(sampleScene(4))));
  });

  it('has a title and a description, and the whole of a shortened name', () => {
    const svg = sceneSvg(markScene(sampleScene(1, () => JAPANESE.repeat(3))));
    expect(svg).toContain('<title id="kkh-title">Networks of dev</title>');
    expect(svg).toMatch(/<desc id="kkh-desc">1 network · 2 tunnels · 1 node group\. Site 10\.0\.2\.0\/24/);
    expect(svg).toContain(`<title>VPC ${JAPANESE.repeat(3)}\n`);
    expect(svg).toContain('…</text>');
  });

  it('marks with a sign and words, not by colour alone', () => {
    const changes = [{ address: 'aws_vpc.X', action: 'delete' }];
    const svg = sceneSvg(markScene(sampleScene(1), [{ stack: 'dev-n0', changes, outages: [] }]));
    expect(svg).toContain('>- destroyed</text>');
    expect(svg).toContain('The plan: - destroyed: 1');
    expect(svg).toContain('VPC n0 (destroyed)');
  });

  it('says that plans were made in the sandbox', () => {
    const plans = [{ stack: 'dev-n0', changes: [], outages: [] }];
    expect(sceneSvg(markScene(sampleScene(1), plans, true))).toContain('>SIMULATED plan changes nothing');
    expect(sceneSvg(markScene(sampleScene(1), plans))).not.toContain('SIMULATED');
  });

  it('has no script, no reference, and follows a light or a dark system', () => {
    const svg = sceneSvg(markScene(sampleScene(2)));
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|href|<script|url\(|@import| on[a-z]+=/,
    );
  });

  it('writes hostile names as text', () => {
    const plan = { stack: 'dev-n0', changes: [], outages: HOSTILE_NAMES.map((text) => ({ text })) };
    const svg = sceneSvg(
      markScene(
        sampleScene(HOSTILE_NAMES.length, (index) => HOSTILE_NAMES[index] ?? ''),
        [plan],
      ),
    );
    expect([...new Set([...svg.matchAll(/<\/?([a-z]+)/g)].map(([, name]) => name))].sort()).toEqual(
      ['desc', 'g', 'path', 'rect', 'style', 'svg', 'text', 'title'].sort(),
    );
    expect(svg).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}|\u200b|[\ufffe\uffff]/u);
    expect(Buffer.from(svg, 'utf8').toString('utf8')).toBe(svg);
    expect(svg.replace(/&#\d+;/g, '')).not.toContain('&');
  });

  it('draws a site that environments share once, and each of them beside it', () => {
    const one = sampleScene(1);
    const other: Scene = {
      ...one,
      environments: ['staging'],
      parts: one.parts.map((part) => ({
        ...part,
        id: part.id.startsWith('n') ? `staging/${part.id}` : part.id,
        environments: ['staging'],
        ...(part.within?.startsWith('n') ? { within: `staging/${part.within}` } : {}),
        ...(part.kind === 'site' ? { sharedWith: ['dev'] } : {}),
      })),
      links: one.links.map((link) => ({ ...link, id: `staging/${link.id}`, to: `staging/${link.to}` })),
    };
    const layout = layoutOf(mergeScenes([one, other]), 0);
    expect(layout.headings.map(({ text }) => text)).toEqual(['dev', 'staging']);
    expect(layout.boxes.filter(({ part }) => part.kind === 'site')).toHaveLength(1);
    expect(JSON.stringify(layout)).not.toContain('gateway shared with');
    expect(JSON.stringify(layoutOf(other, 0))).toContain('gateway shared with dev');
  });

  it('draws parts whose parents are in a circle, or are not there, without end', () => {
    const part = { kind: 'service' as const, environments: ['dev'], title: 'x', lines: [] };
    const parts = [
      { ...part, id: 'a', within: 'b' },
      { ...part, id: 'b', within: 'a' },
      { ...part, id: 'c', within: 'nowhere' },
      { ...part, id: 'd', within: 'd' },
    ];
    const layout = layoutOf({ version: 1, environments: ['dev'], parts, links: [] }, 0);
    expect(layout.boxes.map(({ part: { id } }) => id)).toEqual(['c', 'd']);
  });
});
