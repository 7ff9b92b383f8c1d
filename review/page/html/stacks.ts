import { counted } from '../../../base/text/counted';
import type { Weight } from '../../../terraform/plan/effect';
import { countsText, hasChanges } from '../../../terraform/plan/stack-plan';
import type { StackRecord } from '../../record/record';
import { valueLines } from '../value-lines';
import { html, type Markup } from './escape';
import { ACTION_WORDS, facets } from './items';

/** Each stack with what is done to its resources, folded. Stacks without changes are one line. */
export function stackParts(environment: string, stacks: readonly StackRecord[]): readonly Markup[] {
  const quiet = stacks.filter(({ outcome }) => outcome.kind === 'planned' && !hasChanges(outcome.summary));
  return [
    ...stacks.filter((stack) => !quiet.includes(stack)).map((stack) => stackPart(environment, stack)),
    ...(quiet.length === 0
      ? []
      : [
          html`<details data-group><summary>${counted(quiet.length, 'stack')} without changes</summary><ul>${quiet.map(({ stack }) => html`<li${facets({ environment, stacks: [stack] })}><code>${stack}</code></li>`)}</ul></details>`,
        ]),
  ];
}

function stackPart(environment: string, { stack, kind, outcome }: StackRecord): Markup {
  const own = facets({ environment, stacks: [stack] });
  if (outcome.kind === 'deferred')
    return html`<p class="say" id="stack-${stack}"${own}><code>${stack}</code> is deferred: it waits for ${outcome.because.join(', ')}</p>`;
  if (outcome.kind === 'failed')
    return html`<div class="say bad" id="stack-${stack}"${own}><p><code>${stack}</code>: its plan failed</p><pre>${outcome.lines.join('\n')}</pre></div>`;
  const { plan, summary, positions } = outcome;
  const weights = weightsByAddress(summary.effects);
  const values = new Map(summary.values.map((one) => [one.address, one]));
  const rows = plan.changes.map(({ address, action, replacedBy, reason }) => {
    const changed = values.get(address);
    const lines = changed === undefined ? [] : valueLines({ values: [changed] }).slice(1);
    const position = positions[address];
    const because = [
      ...(replacedBy.length === 0 ? [] : [`made anew because of ${replacedBy.join(', ')}`]),
      ...(replacedBy.length > 0 || reason === undefined ? [] : [reason]),
      ...(position === undefined ? [] : [`${position.file}:${position.line}`]),
    ];
    return html`
<div class="r ${action}"${facets({ environment, stacks: [stack], action, weights: weights.get(address) ?? [] })}><span class="tag">${ACTION_WORDS[action] ?? action}</span><code>${address}</code>${because.length === 0 ? undefined : html` <span class="soft">${because.join(' · ')}</span>`}${lines.length === 0 ? undefined : html`<ul class="mono">${lines.map((line) => html`<li>${line.trim()}</li>`)}</ul>`}</div>`;
  });
  const outputs =
    summary.outputs.length === 0
      ? []
      : [html`<p>Outputs that change: <code>${summary.outputs.join(', ')}</code></p>`];
  return html`<details class="s" data-group id="stack-${stack}"><summary><code>${stack}</code> <span class="soft">${kind}</span> ${countsText(summary)}</summary><div>${outputs}${rows}</div></details>`;
}

/** The weights of what a plan says about each resource. */
function weightsByAddress(
  effects: readonly { readonly weight: Weight; readonly addresses?: readonly string[] }[],
): ReadonlyMap<string, readonly Weight[]> {
  const found = new Map<string, Weight[]>();
  for (const { weight, addresses = [] } of effects)
    for (const address of addresses) {
      const own = found.get(address) ?? [];
      if (!own.includes(weight)) own.push(weight);
      found.set(address, own);
    }
  return found;
}
