import { form, type IdForm } from './id-form';
import { NETWORK_FORMS } from './network-forms';
import { NODE_FORMS } from './node-forms';

/** The forms of ids, by the resource type whose object has such an id. Resource groups have a form of their own. */
export const ID_FORMS = { ...NETWORK_FORMS, ...NODE_FORMS } as const;

/** The resource group's form; its ids end with the group's name. */
export const GROUP_FORM: IdForm = form('Microsoft.Resources', 'ResourceGroup', 'Resource Group');

/** A parsed id. */
export interface ResourceId {
  readonly subscription: string;
  readonly group: string;
  /** A name for each type of the form. */
  readonly names: readonly string[];
}

/** The static segments of an id, and null where a name stands. */
function segmentsOf(form: IdForm): readonly (string | null)[] {
  const scope = ['subscriptions', null, 'resourceGroups', null] as const;
  if (form.types.length === 0) return scope;
  return [...scope, 'providers', form.namespace, ...form.types.flatMap((type) => [type, null])];
}

function joined(form: IdForm, { subscription, group, names }: ResourceId): string {
  const values = [subscription, group, ...names];
  return segmentsOf(form)
    .map((segment) => `/${segment ?? values.shift() ?? ''}`)
    .join('');
}

export function formatId(form: IdForm, id: ResourceId): string {
  return joined(form, id);
}

/**
 * Parses an id as the provider does where a configuration names one: the static segments must be spelled exactly.
 *
 * @returns undefined for any other text
 */
export function parseId(form: IdForm, text: string): ResourceId | undefined {
  const given = text.split('/').slice(1);
  const segments = segmentsOf(form);
  if (!text.startsWith('/') || given.length !== segments.length) return undefined;
  const names: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment === null ? value === '' : value !== segment) return undefined;
    if (segment === null) names.push(value);
  }
  const [subscription = '', group = '', ...rest] = names;
  return { subscription, group, names: rest };
}

const EXAMPLE_SUBSCRIPTION = '12345678-1234-9876-4563-123456789012';

/** The provider's message about a text that is no id of a form. */
export function idProblem(form: IdForm, text: string): string {
  const segments = segmentsOf(form).length;
  const example = joined(form, {
    subscription: EXAMPLE_SUBSCRIPTION,
    group: 'example-resource-group',
    names: form.examples,
  });
  const parsed = text.startsWith('/') ? text.split('/').length - 1 : 0;
  const reason =
    parsed === segments
      ? 'the segments did not match'
      : `the number of segments didn't match\n\nExpected a ${form.kind} ID that matched (containing ${segments} segments):\n\n> ${example}\n\nHowever this value was provided (which was parsed into ${parsed} segments):\n\n> ${text}`;
  return `parsing ${JSON.stringify(text)}: parsing the ${form.kind} ID: ${reason}`;
}

/** How the provider names the resource of an id in its messages. */
export function describeId(form: IdForm, id: string): string {
  const parsed = parseId(form, id);
  if (parsed === undefined) return `${form.noun} (${id})`;
  const components = [
    `Subscription: ${JSON.stringify(parsed.subscription)}`,
    `Resource Group Name: ${JSON.stringify(parsed.group)}`,
    ...form.labels.map((label, index) => `${label}: ${JSON.stringify(parsed.names[index] ?? '')}`),
  ];
  return `${form.noun} (${components.join('\n')})`;
}

/** The type in Azure's own messages: `Microsoft.Network/virtualNetworks/subnets`. */
export function azureType(form: IdForm): string {
  return `${form.namespace}/${form.types.join('/')}`;
}
