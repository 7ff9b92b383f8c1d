import { html, type Markup, trusted } from '../../../review/page/html/escape';
import { timeText } from '../../../review/page/time-text';
import type { DriftItem, DriftReport, EnvironmentDrift } from './report';
import { headline, itemText } from './words';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
h2{font-size:1.3rem}h3{font-size:1.05rem}li{margin:.3rem 0}.new{font-weight:bold}.failed{border-left:.4rem solid;padding-left:.6rem}`;

/** A report as one page that loads nothing. */
export function driftHtml({ environments }: DriftReport): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Drift</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
<h1>Drift</h1>
${environments.map(environmentHtml)}</main>
</body>
</html>
`.markup;
}

function environmentHtml(report: EnvironmentDrift): Markup {
  const { environment, stacks, gone, notes, made, simulated } = report;
  const shown = stacks.filter(({ items, state }) => items.length > 0 || state === 'failed');
  const unapplied = stacks.filter(({ state }) => state === 'not applied').map(({ stack }) => stack);
  return html`<section>
<h2>${environment}${simulated ? ' (SIMULATED)' : ''}: ${headline(report)}</h2>
<p>Read at <time datetime="${made}">${timeText(made)}</time>. Nothing was changed.</p>
${shown.map(
  ({
    stack,
    items,
    lines = [],
    state,
  }) => html`<section${state === 'failed' ? html` class="failed"` : undefined}>
<h3>${stack}${state === 'failed' ? ': could not be read' : ''}</h3>
${listOf([...lines.map((line) => html`${line}`), ...items.map(itemHtml)])}
</section>
`,
)}${section('Gone since the last report', gone.map(itemHtml))}${section(
  'Not applied',
  unapplied.map((stack) => html`${stack}`),
)}${section(
  'Notes',
  notes.map((note) => html`${note}`),
)}</section>
`;
}

function section(heading: string, lines: readonly Markup[]): Markup {
  return lines.length === 0 ? html`` : html`<h3>${heading}</h3>\n${listOf(lines)}\n`;
}

function itemHtml(item: DriftItem): Markup {
  const { state, firstSeen, unread, who } = item;
  const since = state === 'new' ? html`<span class="new">new</span>` : html`since ${timeText(firstSeen)}`;
  const ask =
    who === undefined || state === 'gone' ? undefined : html`<br>to see who did it: <code>${who}</code>`;
  return html`${itemText(item)} (${since}${unread ? ', not read this time' : ''})${ask}`;
}

function listOf(lines: readonly Markup[]): Markup {
  return lines.length === 0 ? html`` : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
