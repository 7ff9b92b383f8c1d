import { html, type Markup, trusted } from '../../../review/page/html/escape';
import { hashOf } from '../../../review/page/html/hash-of';
import { PAGE_STYLE } from '../../../review/page/html/style';
import { timeText } from '../../../review/page/time-text';
import type { DriftItem, DriftReport, EnvironmentDrift, StackDrift } from './report';
import { appliedText, headline, itemText } from './words';

const STYLE = `${PAGE_STYLE}
li details{border:0;margin:0}li summary{padding:0;color:var(--soft)}li details>:not(summary){margin:6px 0}`;

/** What an item's tag says, and the class of its colour. */
const TAGS: Readonly<Record<DriftItem['what'], { readonly text: string; readonly colour: string }>> = {
  changed: { text: 'CHANGED', colour: 'changed' },
  deleted: { text: 'DELETED', colour: 'destroyed' },
  unmanaged: { text: 'UNMANAGED', colour: 'widened' },
};

/** A report as one page that loads nothing: its styles are in it, and its policy lets nothing run. */
export function driftHtml({ environments }: DriftReport): string {
  const title = `Drift of ${environments.length === 0 ? 'nothing' : environments.map(({ environment }) => environment).join(', ')}`;
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="kakehashi">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
</header>
<main>
${environments.map(environmentHtml)}</main>
<footer><p class="soft">Made by kakehashi drift, which only reads. Values that are secret are not here.</p></footer>
</body>
</html>
`.markup;
}

function environmentHtml(report: EnvironmentDrift): Markup {
  const { environment, stacks, gone, notes, made, simulated, commit } = report;
  const shown = stacks.filter(({ items, state }) => items.length > 0 || state === 'failed');
  const unapplied = stacks.filter(({ state }) => state === 'not applied').map(({ stack }) => stack);
  return html`<section>
<h2>${environment}${simulated ? ' (SIMULATED)' : ''}: ${headline(report)}</h2>
<p class="soft">Read at <time datetime="${made}">${timeText(made)}</time>${commit === undefined ? '' : `, commit ${commit.slice(0, 12)}`}. Nothing was changed.</p>
${shown.map(stackHtml)}${section('Gone since the last report', itemList(gone))}${section(
  'Not applied',
  plainList(unapplied),
)}${section('Notes', plainList(notes))}</section>
`;
}

function stackHtml(stack: StackDrift): Markup {
  const { items, lines = [], state } = stack;
  const isFailed = state === 'failed';
  const applied = appliedText(stack);
  return html`<h3>${stack.stack}${isFailed ? ': could not be read' : ''}</h3>
${applied === undefined ? undefined : html`<p class="soft">Last applied ${applied}</p>\n`}${
  isFailed ? html`<div class="say bad">${lines.map((line) => html`<div>${line}</div>`)}</div>\n` : undefined
}${itemList(items)}
`;
}

function section(heading: string, list: Markup): Markup {
  return list.markup === '' ? list : html`<h3>${heading}</h3>\n${list}\n`;
}

function itemList(items: readonly DriftItem[]): Markup {
  return items.length === 0 ? html`` : html`<ul class="items">${items.map(itemHtml)}</ul>`;
}

function itemHtml(item: DriftItem): Markup {
  const { what, state, firstSeen, unread, who } = item;
  const since = state === 'new' ? html`<strong>new</strong>` : html`since ${timeText(firstSeen)}`;
  const { text, colour } = state === 'gone' ? { text: 'GONE', colour: 'created' } : TAGS[what];
  const ask =
    who === undefined || state === 'gone'
      ? undefined
      : html`<details><summary>To see who did it</summary><pre>${who}</pre></details>`;
  return html`<li class="${colour}"><span class="tag">${text}</span> ${itemText(item)} <span class="soft">(${since}${unread ? ', not read this time' : ''})</span>${ask}</li>\n`;
}

function plainList(lines: readonly string[]): Markup {
  return lines.length === 0 ? html`` : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
