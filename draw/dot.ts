import { graphOf, markedWords } from './graph';
import type { PartTree } from './layout/box';
import type { Mark, MarkedScene } from './marks';
import type { ScenePart } from './scene';
import { cellsOf, plainText, shortened } from './text';

const STYLES: Readonly<Record<Mark, string>> = {
  added: 'color="#116329", penwidth=2',
  changed: 'color="#7d4e00", penwidth=2, style=dashed',
  replaced: 'color="#6639ba", penwidth=2, style=dashed',
  destroyed: 'color="#a40e26", penwidth=2, style=dotted',
  outage: 'color="#a40e26", penwidth=4',
};

/** The scene in the language of Graphviz, for those who lay it out anew. Widths of texts are given: Graphviz measures Japanese too narrow. */
export function sceneDot(marked: MarkedScene): string {
  const graph = graphOf(marked, 'everything');
  const ids = new Map<string, string>();
  const idOf = (id: string) => {
    const short = ids.get(id) ?? `p${ids.size}`;
    ids.set(id, short);
    return short;
  };
  // An edge ends at a node: at a point of its own where its end is a cluster.
  const clusters = new Set<string>();
  const lines = [
    'digraph kakehashi {',
    '  graph [rankdir=LR, compound=true, fontname="monospace", fontsize=11];',
    '  node [shape=box, fontname="monospace", fontsize=11];',
    '  edge [fontname="monospace", fontsize=10, dir=none];',
  ];
  if (marked.simulated) lines.push('  simulated [label="SIMULATED", shape=plaintext];');
  const draw = ({ part, parts }: PartTree, indent: string): void => {
    const style = styleOf(part, marked);
    const label = labelOf(part, marked);
    if (parts.length === 0) {
      lines.push(`${indent}${idOf(part.id)} [label="${label}", width=${widthOf(part, marked)}${style}];`);
      return;
    }
    clusters.add(part.id);
    lines.push(
      `${indent}subgraph cluster_${idOf(part.id)} {`,
      `${indent}  graph [label="${label}", labeljust=l${style}];`,
    );
    lines.push(`${indent}  ${idOf(part.id)} [shape=point, style=invis];`);
    for (const one of parts) draw(one, `${indent}  `);
    lines.push(`${indent}}`);
  };
  graph.groups.forEach(({ name, part, nodes }, index) => {
    if (part !== undefined) {
      draw({ part, parts: nodes }, '  ');
      return;
    }
    lines.push(
      `  subgraph cluster_e${index} {`,
      `    graph [label="${escaped(plainText(name))}", labeljust=l];`,
    );
    for (const node of nodes) draw(node, '    ');
    lines.push('  }');
  });
  for (const { from, to, kind, label, mark } of graph.edges) {
    const ends = [
      ...(clusters.has(from) ? [`ltail=cluster_${idOf(from)}`] : []),
      ...(clusters.has(to) ? [`lhead=cluster_${idOf(to)}`] : []),
    ];
    const style = mark === undefined ? (kind === 'attachment' ? ['style=dashed'] : []) : [STYLES[mark.mark]];
    lines.push(
      `  ${idOf(from)} -> ${idOf(to)} [${[`label="${escaped(label)}"`, ...ends, ...style].join(', ')}];`,
    );
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function styleOf(part: ScenePart, { marks }: MarkedScene): string {
  const mark = marks[part.id]?.mark;
  return mark === undefined ? '' : `, ${STYLES[mark]}`;
}

function linesOf(part: ScenePart, { marks }: MarkedScene): readonly string[] {
  return [markedWords(plainText(part.title), marks[part.id]), ...part.lines.map(plainText)].map((line) =>
    shortened(line, 80),
  );
}

function labelOf(part: ScenePart, marked: MarkedScene): string {
  return linesOf(part, marked)
    .map((line) => `${escaped(line)}\\l`)
    .join('');
}

/** In inches. */
function widthOf(part: ScenePart, marked: MarkedScene): string {
  const cells = Math.max(...linesOf(part, marked).map(cellsOf));
  return ((cells * 6.8 + 20) / 72).toFixed(2);
}

function escaped(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replaceAll('&', '&amp;');
}
