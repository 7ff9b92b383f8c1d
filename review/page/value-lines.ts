import { MASK } from '../../terraform/masks';
import type { ResourceValues, ValueChange } from '../../terraform/plan/resource-values';
import type { StackPlan } from '../../terraform/plan/stack-plan';
import { valueText } from './value-text';

const SIGNS = { create: '+', update: '~', replace: '-/+', delete: '-', import: '+', forget: '-' } as const;

/** Old and new values of a plan as text: a line for each resource, and below it one for each attribute. */
export function valueLines({ values }: Pick<StackPlan, 'values'>): readonly string[] {
  return values.flatMap((resource) => [
    `${SIGNS[resource.action]} ${resource.address}`,
    ...attributeLines(resource),
  ]);
}

function attributeLines({ action, changes, words, told = [] }: ResourceValues): readonly string[] {
  const rest = changes.filter(({ attribute }) => !told.includes(attribute));
  return [
    ...(words ?? []).map((line) => `    ${line}`),
    ...rest
      .filter((change) => action !== 'delete' || change.after !== undefined || isPlain(change.before))
      .map((change) => `    ${changeText(action, change)}`),
  ];
}

function changeText(
  action: ResourceValues['action'],
  { attribute, before, after, replaces }: ValueChange,
): string {
  const because = replaces === true ? '   (replaces it)' : '';
  if (before === MASK && after === MASK) return `${attribute}: ${MASK}, changed${because}`;
  if (action === 'create') return `${attribute}: ${valueText(after)}`;
  if (action === 'delete') return `${attribute}: ${valueText(before)}`;
  return `${attribute}: ${valueText(before)} → ${valueText(after)}${because}`;
}

/** Of what goes, empty values say nothing. */
function isPlain(value: unknown): boolean {
  return value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}
