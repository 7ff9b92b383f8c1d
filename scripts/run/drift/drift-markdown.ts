import type { DriftItem, EnvironmentDrift } from './report';
import { headline, itemText } from './words';

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
  const sections = shown.flatMap(({ stack, items, lines = [], state, applied }) => {
    const count = items.length === 1 ? '1 difference' : `${items.length} differences`;
    const when = applied === undefined ? '' : `, applied ${applied}`;
    const title = `### ${escaped(stack)}: ${state === 'failed' ? 'could not be read' : count}${when}`;
    if (level === 'counts') return [title];
    const all = [...lines.map((line) => `- ${escaped(line)}`), ...items.map((item) => itemLine(item, level))];
    return [title, all.join('\n')];
  });
  const left = [
    ...(gone.length === 0
      ? []
      : ['### Gone since the last report', gone.map((item) => itemLine(item, 'lines')).join('\n')]),
    ...(unapplied.length === 0 ? [] : [`Not applied: ${unapplied.map(escaped).join(', ')}`]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${escaped(note)}`).join('\n')]),
  ];
  return [
    `## Drift of ${escaped(environment)}${simulated ? ' (SIMULATED)' : ''}: ${escaped(headline(report))}`,
    `Looked at ${made}${commit === undefined ? '' : `, commit ${commit.slice(0, 12)}`}. Nothing was changed.`,
    ...sections,
    ...(level === 'counts' ? [] : left),
    '',
  ].join('\n\n');
}

function itemLine(item: DriftItem, level: (typeof LEVELS)[number]): string {
  const { state, firstSeen, unread, who } = item;
  const since = state === 'new' ? '**new**' : `${unread ? 'not read this time; ' : ''}since ${firstSeen}`;
  const ask = level === 'all' && who !== undefined && state !== 'gone' ? `\n  - who: ${code(who)}` : '';
  return `- ${escaped(itemText(item))} (${since})${ask}`;
}

/** A text in which nothing is a tag, a mention, a reference or a fence. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .replace(/[\\`*_{}[\]<>|~&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`))
    .replace(/([@#])(?=[\w#[])/g, '$1\u200b');
}

/** A text as code, whatever it holds. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${longest > 0 ? ' ' : ''}${text.replace(/\s+/g, ' ')}${longest > 0 ? ' ' : ''}${fence}`;
}

function cut(text: string, most: number): string {
  return [...text].slice(0, Math.max(0, Math.floor(most / 2))).join('');
}
