import { DETAILS, type Detail, type Graph, graphOf, LEFT_OUT, markedWords } from './graph';
import type { PartTree } from './layout/box';
import { MARKS, type Mark, type MarkedScene } from './marks';
import type { ScenePart } from './scene';
import { plainText, shortened } from './text';

/** What Mermaid draws by default: more characters or edges are refused, also by GitHub (mermaid#5042). */
export const MERMAID_LIMITS = { characters: 50_000, edges: 500 } as const;

/** Readers' systems are light or dark: fills are left to the theme, and a mark has a sign beside its colour. */
const CLASSES: Readonly<Record<Mark, string>> = {
  added: 'stroke:#2da44e,stroke-width:3px',
  changed: 'stroke:#bf8700,stroke-width:3px,stroke-dasharray:7 4',
  replaced: 'stroke:#8250df,stroke-width:3px,stroke-dasharray:10 3 2 3',
  destroyed: 'stroke:#cf222e,stroke-width:3px,stroke-dasharray:2 3',
  outage: 'stroke:#cf222e,stroke-width:6px',
};

/**
 * The scene as a Mermaid flowchart, without a fence around it. Where all of it would be too much it shows less, and says so.
 *
 * @returns undefined where not even the least fits
 */
export function sceneMermaid(
  marked: MarkedScene,
  limits: { readonly characters: number; readonly edges?: number } = MERMAID_LIMITS,
): string | undefined {
  const { characters } = limits;
  const edges = Math.min(limits.edges ?? MERMAID_LIMITS.edges, MERMAID_LIMITS.edges);
  for (const detail of DETAILS) {
    const graph = graphOf(marked, detail);
    if (graph.edges.length > edges) continue;
    const text = mermaidOf(graph, marked, detail);
    if (text.length <= Math.min(characters, MERMAID_LIMITS.characters)) return text;
  }
  return undefined;
}

function mermaidOf(graph: Graph, marked: MarkedScene, detail: Detail): string {
  const ids = new Map<string, string>();
  const idOf = (id: string) => {
    const short = ids.get(id) ?? `p${ids.size}`;
    ids.set(id, short);
    return short;
  };
  const marks = new Map<Mark, string[]>();
  const note = (part: ScenePart) => {
    const mark = marked.marks[part.id]?.mark;
    if (mark !== undefined) marks.set(mark, [...(marks.get(mark) ?? []), idOf(part.id)]);
  };
  const lines = [
    'flowchart LR',
    ...(detail === 'everything' ? [] : [`  note["${escaped(LEFT_OUT[detail])}"]`]),
    ...(marked.simulated ? ['  simulated["SIMULATED"]'] : []),
  ];
  const draw = ({ part, parts }: PartTree, indent: string): void => {
    note(part);
    if (parts.length === 0) lines.push(`${indent}${idOf(part.id)}["${labelOf(part, marked, '<br/>')}"]`);
    // Mermaid leaves room for one line of a group's name.
    else group(idOf(part.id), labelOf(part, marked, ' · '), parts, indent);
  };
  const group = (id: string, label: string, parts: readonly PartTree[], indent: string): void => {
    lines.push(`${indent}subgraph ${id}["${label}"]`);
    for (const part of parts) draw(part, `${indent}  `);
    lines.push(`${indent}end`);
  };
  graph.groups.forEach(({ name, part, nodes }, index) => {
    if (part !== undefined) draw({ part, parts: nodes }, '  ');
    else group(`e${index}`, escaped(plainText(name)), nodes, '  ');
  });
  graph.edges.forEach(({ from, to, kind, label }) => {
    lines.push(
      `  ${idOf(from)} ${kind === 'tunnel' ? '---' : '-.-'}|"${escaped(shortened(label, 80))}"| ${idOf(to)}`,
    );
  });
  for (const mark of MARKS) {
    const own = marks.get(mark);
    const links = graph.edges.flatMap((edge, index) => (edge.mark?.mark === mark ? [index] : []));
    if (own !== undefined)
      lines.push(`  classDef ${mark} ${CLASSES[mark]}`, `  class ${own.join(',')} ${mark}`);
    if (links.length > 0) lines.push(`  linkStyle ${links.join(',')} ${CLASSES[mark]}`);
  }
  return `${lines.join('\n')}\n`;
}

function labelOf(part: ScenePart, { marks }: MarkedScene, between: string): string {
  const title = markedWords(shortened(plainText(part.title), 60), marks[part.id]);
  return [title, ...part.lines.map((line) => shortened(plainText(line), 60))].map(escaped).join(between);
}

/**
 * What is not a letter, a digit or a harmless sign is written by its number, so that no label ends early or means anything. A colon is not
 * harmless: after "style" and before such a number, Mermaid takes the number for a colour.
 */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} .,/_+()·–…!~-]/gu, (character) => `#${character.codePointAt(0)};`);
}
