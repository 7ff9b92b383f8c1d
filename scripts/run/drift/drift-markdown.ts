import { code, inline } from '../../../review/page/markdown/text';
import { timeText } from '../../../review/page/time-text';
import type { DriftItem, EnvironmentDrift } from './report';
import { appliedText, headline, itemText } from './words';

/** How much is shown; each is less than the one before. */
const LEVELS = ['all', 'lines', 'counts'] as const;

/** A report as Markdown of at most so many characters. What does not fit is left out, and said to be. */
export function driftMarkdown(report: EnvironmentDrift, budget: number): string {
  for (const level of LEVELS) {
    const text = atLevel(report, level);
    if (text.length <= budget) return text;
  }
  const rest = '\n\nMore does not fit here: see the report file.\n';
  return `${cut(atLevel(report, 'counts'), budget - rest.length)}${rest}`;
}

function atLevel(report: EnvironmentDrift, level: (typeof LEVELS)[number]): string {
  const { environment, stacks, gone, notes, made, simulated, commit } = report;
  const unapplied = stacks.filter(({ state }) => state === 'not applied').map(({ stack }) => stack);
  const shown = stacks.filter(({ state, items }) => items.length > 0 || state === 'failed');
  const sections = shown.flatMap((one) => {
    const { stack, items, lines = [], state } = one;
    const applied = appliedText(one);
    const count = items.length === 1 ? '1 difference' : `${items.length} differences`;
    const when = applied === undefined ? '' : `, applied ${applied}`;
    const title = `### ${inline(stack)}: ${state === 'failed' ? 'could not be read' : count}${when}`;
    if (level === 'counts') return [title];
    const all = [...lines.map((line) => `- ${inline(line)}`), ...items.map((item) => itemLine(item, level))];
    return [title, all.join('\n')];
  });
  const left = [
    ...(gone.length === 0
      ? []
      : ['### Gone since the last report', gone.map((item) => itemLine(item, 'lines')).join('\n')]),
    ...(unapplied.length === 0 ? [] : [`Not applied: ${unapplied.map(inline).join(', ')}`]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${inline(note)}`).join('\n')]),
  ];
  return [
    `## Drift of ${inline(environment)}${simulated ? ' (SIMULATED)' : ''}: ${inline(headline(report))}`,
    `Read at ${timeText(made)}${commit === undefined ? '' : `, commit ${commit.slice(0, 12)}`}. Nothing was changed.`,
    ...sections,
    ...(level === 'counts' ? [] : left),
    '',
  ].join('\n\n');
}

function itemLine(item: DriftItem, level: (typeof LEVELS)[number]): string {
  const { state, firstSeen, unread, who } = item;
  const since =
    state === 'new' ? '**new**' : `${unread ? 'not read this time; ' : ''}since ${timeText(firstSeen)}`;
  const ask =
    level === 'all' && who !== undefined && state !== 'gone' ? `\n  - to see who did it: ${code(who)}` : '';
  return `- ${inline(itemText(item))} (${since})${ask}`;
}

function cut(text: string, most: number): string {
  return [...text].slice(0, Math.max(0, Math.floor(most / 2))).join('');
}
