import { counted } from '../../../base/text/counted';
import { PICTURE_STYLE } from '../../../draw/svg/style';
import { SEVERITIES } from '../../../rules/finding';
import { WEIGHTS } from '../../../terraform/plan/effect';
import type { Review } from '../../review';
import { headlineOf } from '../headline';
import { WEIGHT_LABELS } from '../labels';
import { environmentId, environmentPart } from './environment';
import { html, type Markup, trusted } from './escape';
import { hashOf } from './hash-of';
import { ACTION_WORDS } from './items';
import { PAGE_SCRIPT } from './script';
import { PAGE_STYLE } from './style';

/**
 * Reviews as one page that loads nothing: styles and script are in it, and its policy lets nothing else run. Whatever the records say is
 * text in it.
 */
export function reviewHtml(reviews: readonly Review[]): string {
  const style = `${PAGE_STYLE}\n${PICTURE_STYLE}`;
  const names = reviews.map(({ environment }) => environment);
  const title = `Review of ${names.length === 0 ? 'nothing' : names.join(', ')}`;
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(PAGE_SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'`;
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
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#content">To the review</a>
<header>
<h1>${title}</h1>
${overview(reviews)}
</header>
<main id="content">
${filters(reviews)}
${reviews.map(environmentPart)}
</main>
<footer><p class="soft">Made by kakehashi review. Values that are secret are in no record, and so not here.</p></footer>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`.markup;
}

/** Of several environments, a line each. */
function overview(reviews: readonly Review[]): Markup {
  if (reviews.length < 2) return html``;
  return html`<nav aria-label="Environments"><ul>${reviews.map((review) => html`<li><a href="#${environmentId(review.environment)}">${review.environment}</a>: ${headlineOf(review)}</li>`)}</ul></nav>`;
}

function filters(reviews: readonly Review[]): Markup {
  const environments = reviews.map(({ environment }) => environment);
  const stacks = reviews.flatMap((review) => review.stacks.map(({ stack }) => stack));
  const choice = (
    name: string,
    label: string,
    values: readonly (readonly [value: string, words: string])[],
  ) =>
    values.length === 0
      ? html``
      : html`<label>${label}<select name="${name}"><option value="">all</option>${values.map(([value, words]) => html`<option value="${value}">${words}</option>`)}</select></label>`;
  const same = (values: readonly string[]) => values.map((value) => [value, value] as const);
  return html`<form id="filters" role="search" aria-label="Search and filter" hidden>
<div class="row"><label>Search<input type="search" name="q" autocomplete="off"></label>
${choice(
  'weight',
  'Weight',
  WEIGHTS.map((weight) => [weight, WEIGHT_LABELS[weight].toLowerCase()]),
)}
${choice('action', 'Action', Object.entries(ACTION_WORDS))}
${environments.length > 1 ? choice('environment', 'Environment', same(environments)) : undefined}
${choice('stack', 'Stack', same(stacks))}
${choice('severity', 'Severity', same(SEVERITIES))}
<button type="reset">Show all</button></div>
<p id="found" role="status" aria-live="polite">${counted(stacks.length, 'stack')}</p>
</form>`;
}
