import type { Weight } from '../../../terraform/plan/effect';
import { html, type Markup } from './escape';

/** What an item can be found by, beside its text. */
export interface Facets {
  readonly environment: string;
  readonly stacks?: readonly string[];
  readonly weights?: readonly Weight[];
  readonly action?: string;
  readonly severity?: string;
}

/** The attributes of something that search and filters show or hide. */
export function facets({ environment, stacks = [], weights = [], action, severity }: Facets): Markup {
  return html` data-i data-environment="${environment}"${attribute('stack', stacks.join(' '))}${attribute('weight', weights.join(' '))}${attribute('action', action ?? '')}${attribute('severity', severity ?? '')}`;
}

function attribute(name: string, value: string): Markup {
  return value === '' ? html`` : html` data-${name}="${value}"`;
}

/** A part of an environment with its heading; nothing where it has no content. */
export function part(id: string, heading: string, content: readonly Markup[]): Markup {
  if (content.length === 0) return html``;
  return html`
<div data-group><h3 id="${id}">${heading}</h3>
${content.flatMap((one) => [
  one,
  html`
`,
])}</div>`;
}

/** What Terraform does with a resource, with its sign. */
export const ACTION_WORDS: Readonly<Record<string, string>> = {
  create: '+ create',
  update: '~ change',
  replace: '-/+ replace',
  delete: '- destroy',
  import: '+ import',
  forget: '- forget',
  move: '~ move',
};
