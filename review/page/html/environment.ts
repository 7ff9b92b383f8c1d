import { counted } from '../../../base/text/counted';
import { sceneSvg } from '../../../draw/svg/svg';
import { driftWords } from '../../../terraform/plan/drift';
import type { Review } from '../../review';
import { effectsOf, isWideOpen, type ReviewEffect } from '../effects';
import { entryLines, filesWords, hostWords, stepLines } from '../ends-text';
import { headlineOf, warningsOf } from '../headline';
import { DECIDING, WEIGHT_LABELS } from '../labels';
import { findingsOf, outcomeOf, refusingFindings, worstFinding } from '../outcome';
import { reviewPicture } from '../picture';
import { positionsText } from '../positions';
import { withRenames } from '../renames';
import { timeText } from '../time-text';
import { html, type Markup, trusted } from './escape';
import { facets, part } from './items';
import { stackParts } from './stacks';

/** Larger pictures are folded until somebody wants them. */
const LARGE_PICTURE = 900;

/** The part of the page about one environment, in the order of the Markdown page. */
export function environmentPart(review: Review): Markup {
  const { environment, ends, notes } = review;
  const id = (name: string) => `${environmentId(environment)}-${name}`;
  const effects = effectsOf(review);
  const warnings = warningsOf(review).map((word) => `${word} · `);
  return html`
<section data-group aria-labelledby="${environmentId(environment)}"><h2 id="${environmentId(environment)}">${warnings.join('')}${review.destroys ? 'Destruction of ' : ''}${environment}: ${headlineOf(review)}</h2>
${verdict(review)}
${problems(review)}
${part(id('first'), 'Summary', summary(review, effects, id))}
${notes.map((note) => html`<p class="say">${note}</p>`)}
${part(id('gateway'), 'On-premises gateway', gateway(review))}
${part(id('entries'), 'Catalog entries', entries(environment, ends))}
${part(id('findings'), 'Findings', findings(review))}
${part(
  id('others'),
  'Other changes',
  effectList(
    review,
    effects.filter(({ weight }) => !DECIDING.includes(weight)),
  ),
)}
${part(id('drift'), 'Changed outside of Terraform', drift(review))}
${part(id('picture'), 'Picture', picture(review))}
${part(id('stacks'), 'Changes by stack', stackParts(environment, review.stacks))}
</section>`;
}

/** Where the page's part about an environment begins. */
export function environmentId(environment: string): string {
  return `env-${environment}`;
}

/** What decides, and which plan it is. */
function verdict(review: Review): Markup {
  const { origin, digest, stacks, requireReview } = review;
  const refusing = refusingFindings(review);
  const facts = [
    `${counted(stacks.length, 'stack')}`,
    ...(digest === undefined ? [] : [`plan ${digest}`]),
    ...(origin.commit === undefined ? [] : [`commit ${origin.commit}`]),
    ...(origin.dirty ? ['with changes that are not committed'] : []),
    ...(origin.made === '' ? [] : [`made ${timeText(origin.made)}`]),
    ...(origin.terraform === '' ? [] : [origin.terraform]),
    ...(origin.kakehashi === '' ? [] : [`kakehashi ${origin.kakehashi}`]),
  ];
  return html`<p>${outcomeOf(review) === 'failed' ? html`<strong>Do not decide on this: a part is missing, and may change more.</strong> ` : undefined}${refusing.length > 0 ? html`<strong>Refused by policy: ${counted(refusing.length, 'finding')} of ${review.floor} or above.</strong> ` : undefined}${origin.simulated ? 'Made in the sandbox: it cannot be applied. ' : undefined}${requireReview ? 'An apply needs this review. ' : undefined}<span class="soft mono">${facts.join(' · ')}</span></p>`;
}

function problems({ problems: all }: Review): Markup {
  if (all.length === 0) return html``;
  return html`<div class="say bad"><p>This is not the whole:</p><ul>${all.map(({ text, help }) => html`<li>${text}; ${help}</li>`)}</ul></div>`;
}

function effectList(review: Review, effects: readonly ReviewEffect[]): readonly Markup[] {
  if (effects.length === 0) return [];
  const { environment } = review;
  const where = positionsText(review);
  return [
    html`<ul class="items">${effects.map((effect) => {
      const { weight, text, stacks } = effect;
      return html`
<li class="${weight}"${facets({ environment, stacks, weights: [weight] })}><span class="tag">${WEIGHT_LABELS[weight]}${isWideOpen(effect) ? ', open to the Internet' : ''}</span>${text} <span class="soft">${stackNames(stacks)}${where(effect)}</span></li>`;
    })}</ul>`,
  ];
}

/** What a reader must know to decide: the effects that hurt, the gateway, the entries and the worst finding. */
function summary(
  review: Review,
  effects: readonly ReviewEffect[],
  id: (name: string) => string,
): readonly Markup[] {
  const { environment, ends } = review;
  const link = (name: string, text: string) => html`<a href="#${id(name)}">${text}</a>`;
  const worst = worstFinding(review);
  const lines = [
    ...ends.hosts.map(
      (host) => html`
<li${facets({ environment })}><span class="tag">GATEWAY</span>${link('gateway', host.publicIp)}: ${hostWords(host)}</li>`,
    ),
    ...(ends.entries.length === 0
      ? []
      : [
          html`
<li${facets({ environment })}><span class="tag">CATALOG ENTRIES</span>${link('entries', countedAs(ends.entries.length, 'entry changes', 'entries change'))}</li>`,
        ]),
    ...(worst === undefined
      ? []
      : [
          html`
<li class="${worst.finding.severity}"${facets({ environment })}><span class="tag">${worst.finding.severity.toUpperCase()} FINDING</span>${link('findings', worst.finding.rule)} ${worst.finding.text}${worst.others === '' ? '' : `; ${worst.others}`}</li>`,
        ]),
  ];
  return [
    ...effectList(
      review,
      effects.filter(({ weight }) => DECIDING.includes(weight)),
    ),
    ...(lines.length === 0 ? [] : [html`<ul class="items">${lines}</ul>`]),
  ];
}

function countedAs(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Each stack is a link; of many only some are. */
function stackNames(stacks: readonly string[]): Markup {
  const shown = stacks.slice(0, 6);
  const rest = stacks.length - shown.length;
  return html`${shown.map((stack, index) => html`${index === 0 ? '' : ', '}<a href="#stack-${stack}">${stack}</a>`)}${rest > 0 ? ` and ${rest} more` : undefined}`;
}

function gateway({ environment, ends }: Review): readonly Markup[] {
  return [
    ...ends.hosts.map((host) => {
      const steps = stepLines(host, 'After the apply');
      const [heading, ...lines] = steps;
      return html`<div${facets({ environment })}><p>Gateway <code>${host.publicIp}</code>: ${filesWords(host) || 'nothing changes in its files'}${host.ends ? '; no tunnel ends there after the apply' : undefined}</p>${host.newKeys.length === 0 ? undefined : html`<p>New keys: <code>${host.newKeys.join(', ')}</code></p>`}${heading === undefined ? undefined : html`<p>${heading}</p><pre>${lines.join('\n')}</pre>`}${host.changes.map(({ path, kind, patch }) => html`<details><summary><code>${path}</code> ${kind === 'mode' ? 'another mode' : kind}</summary><pre>${patch}</pre></details>`)}</div>`;
    }),
    ...ends.neighbours.map((line) => html`<p${facets({ environment })}>${line}</p>`),
    ...ends.unknown.map((line) => html`<p${facets({ environment })}>Not compared: ${line}</p>`),
  ];
}

function entries(environment: string, ends: Review['ends']): readonly Markup[] {
  const { renamed, others } = withRenames(ends.entries);
  return [
    ...renamed.map(
      ({ from, to }) =>
        html`<p${facets({ environment })}>Renamed: <code>${from.name}</code> is now <code>${to.name}</code></p>`,
    ),
    ...others.map((one) => html`<pre${facets({ environment })}>${entryLines([one], true).join('\n')}</pre>`),
    ...(ends.configuration.length === 0
      ? []
      : [
          html`<p>The controller's <code>vcp_config.yml</code>:</p>`,
          ...ends.configuration.map(
            (one) => html`<pre${facets({ environment })}>${entryLines([one], true).join('\n')}</pre>`,
          ),
        ]),
  ];
}

function findings(review: Review): readonly Markup[] {
  const { environment } = review;
  const all = findingsOf(review);
  if (all.length === 0) return [];
  const refusing = new Set(refusingFindings(review).map((one) => JSON.stringify(one)));
  return [
    html`<ul class="items">${all.map((one) => {
      const { rule, severity, verdict: state, text, stack, address, position, accepted, tool } = one;
      const where = [
        ...(tool === undefined ? [] : [tool]),
        ...(stack === undefined ? [] : [stack]),
        ...(address === undefined ? [] : [address]),
        ...(position === undefined ? [] : [`${position.file}:${position.line}:${position.column}`]),
        ...(accepted === undefined
          ? []
          : [
              `accepted: ${accepted.reason}${accepted.until === undefined ? '' : `, until ${accepted.until}`}`,
            ]),
      ];
      return html`
<li class="${severity}"${facets({ environment, severity, ...(stack === undefined ? {} : { stacks: [stack] }) })}><span class="tag">${severity.toUpperCase()}</span>${refusing.has(JSON.stringify(one)) ? html`<strong>refuses</strong> ` : undefined}<code>${rule}</code> ${state === 'violated' ? undefined : `(${state}) `}${text} <span class="soft">${where.join(' · ')}</span></li>`;
    })}</ul>`,
  ];
}

function drift({ environment, stacks }: Review): readonly Markup[] {
  const lines = stacks.flatMap(({ stack, outcome }) =>
    outcome.kind === 'planned' ? driftWords(outcome.summary.drift).map((text) => ({ stack, text })) : [],
  );
  if (lines.length === 0) return [];
  return [
    html`<ul class="items">${lines.map(({ stack, text }) => html`<li class="changed"${facets({ environment, stacks: [stack] })}>${text} <span class="soft">${stack}</span></li>`)}</ul>`,
  ];
}

function picture(review: Review): readonly Markup[] {
  const marked = reviewPicture(review);
  if (marked === undefined) return [];
  const { environment } = review;
  const svg = trusted(sceneSvg(marked, { styled: false, id: `${environment}-svg` }));
  const isLarge = marked.scene.parts.length > LARGE_PICTURE;
  return [
    html`<details${isLarge ? undefined : html` open`}><summary>Networks and tunnels, with what the plans do</summary><div class="picture" tabindex="0" role="region" aria-label="Picture of ${environment}">${svg}</div></details>`,
  ];
}
