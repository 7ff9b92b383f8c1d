import type { DriftItem, DriftReport, EnvironmentDrift } from './report';
import { headline, itemText } from './words';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
code{word-break:break-all}li{margin:.3rem 0}.new{font-weight:bold}.failed{border-left:.4rem solid;padding-left:.6rem}`;

/** A report as one page that asks nobody for anything. */
export function driftHtml({ environments }: DriftReport): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Drift</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Drift</h1>
${environments.map(environmentHtml).join('\n')}
</main>
</body>
</html>
`;
}

function environmentHtml(report: EnvironmentDrift): string {
  const { environment, stacks, gone, notes, made, simulated } = report;
  const shown = stacks.filter(({ items, state }) => items.length > 0 || state === 'failed');
  const unapplied = stacks.filter(({ state }) => state === 'not applied');
  return `<section>
<h2>${escaped(environment)}${simulated ? ' (SIMULATED)' : ''}: ${escaped(headline(report))}</h2>
<p>Looked at <time datetime="${made}">${made}</time>. Nothing was changed.</p>
${shown
  .map(
    ({ stack, items, lines = [], state }) => `<section${state === 'failed' ? ' class="failed"' : ''}>
<h3>${escaped(stack)}${state === 'failed' ? ': could not be read' : ''}</h3>
${listOf([...lines.map(escaped), ...items.map(itemHtml)])}
</section>`,
  )
  .join('\n')}
${gone.length === 0 ? '' : `<h3>Gone since the last report</h3>\n${listOf(gone.map(itemHtml))}`}
${unapplied.length === 0 ? '' : `<p>Not applied: ${unapplied.map(({ stack }) => escaped(stack)).join(', ')}</p>`}
${listOf(notes.map(escaped))}
</section>`;
}

function itemHtml(item: DriftItem): string {
  const { state, firstSeen, unread, who } = item;
  const since = state === 'new' ? '<span class="new">new</span>' : `since ${escaped(firstSeen)}`;
  const ask = who === undefined || state === 'gone' ? '' : `<br>who: <code>${escaped(who)}</code>`;
  return `${escaped(itemText(item))} (${since}${unread ? ', not read this time' : ''})${ask}`;
}

function listOf(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`;
}

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
