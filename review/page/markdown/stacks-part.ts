import { counted } from '../../../base/text/counted';
import { MASK } from '../../../terraform/masks';
import { WEIGHTS } from '../../../terraform/plan/effect';
import type { ResourceValues, ValueChange } from '../../../terraform/plan/resource-values';
import { changesText, countsText, hasChanges, type StackPlan } from '../../../terraform/plan/stack-plan';
import type { Review } from '../../review';
import { valueLines } from '../value-lines';
import { valueText } from '../value-text';
import type { Part } from './budget';
import { folded, nameText, type PageOf, type Syntax } from './page';
import { clipped, code, codeCell, fenced, inline } from './text';

const SIGNS: Readonly<Record<ResourceValues['action'], string>> = {
  delete: '−',
  replace: '−/+',
  update: '~',
  create: '+',
  import: 'import',
  forget: 'forget',
};

/** Longer values are cut in a table: they are whole below it, where there is room. */
const LONGEST_VALUE = 160;

/** How many attributes of a resource a table tells. */
const ATTRIBUTES_SHOWN = 4;

/**
 * Everything that the plans change, by stack: as tables by what a thing is with all values below, as tables alone, as a line for each
 * resource, and as counts.
 */
export function stacksPart({ review, syntax }: PageOf): Part {
  const plans = plansOf(review);
  const levels: readonly ((plan: StackPlan) => readonly string[])[] = [
    (plan) => [...resourceTable(plan), ...allValues(plan, syntax)],
    resourceTable,
    resourceLines,
    () => [],
  ];
  const stackLines = (plan: StackPlan, level: number): readonly string[] => {
    const lines = levels[level]?.(plan) ?? [];
    const heading = `${code(nameText(plan.stack))}: ${countsText(plan)}`;
    if (lines.length === 0) return ['', `- ${heading}`];
    return folded(syntax, syntax === 'github' ? htmlHeading(plan) : heading, lines);
  };
  const made = new Map<string, readonly string[]>();
  const known = (plan: StackPlan, level: number): readonly string[] => {
    const key = `${level} ${plan.stack}`;
    const lines = made.get(key) ?? stackLines(plan, level);
    made.set(key, lines);
    return lines;
  };
  const withHeading = (lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', '## Changes by stack', ...lines];
  const lines = (level: number, fuller: number) =>
    withHeading(plans.flatMap((plan, index) => known(plan, index < fuller ? level - 1 : level)));
  return {
    name: 'stacks',
    levels: [() => lines(0, 0), () => lines(1, 0), () => lines(2, 0), () => lines(3, 0), () => []],
    mixed: { items: plans.length, lines },
  };
}

/** Plans with changes, those with the worst effects first: where the page is short, they are told at more length. */
function plansOf({ stacks }: Review): readonly StackPlan[] {
  const plans = stacks.flatMap(({ outcome }) =>
    outcome.kind === 'planned' && hasChanges(outcome.summary) ? [outcome.summary] : [],
  );
  const worst = (plan: StackPlan) =>
    Math.min(WEIGHTS.length, ...plan.effects.map(({ weight }) => WEIGHTS.indexOf(weight)));
  return plans.sort((a, b) => worst(a) - worst(b));
}

/** In HTML, where code spans of Markdown are text. */
function htmlHeading(plan: StackPlan): string {
  return `<code>${inline(nameText(plan.stack))}</code>: ${changesText(plan)} (${countsText(plan)})`;
}

/** A row for each resource, by type: a rule is named by what it allows, and anything else by its address without the type. */
function resourceTable(plan: StackPlan): readonly string[] {
  if (plan.values.length === 0) return outputLines(plan);
  const quiet = plan.values.filter(isTagsOnly);
  const rest = quiet.length < TAGGED_TOGETHER ? plan.values : plan.values.filter((one) => !isTagsOnly(one));
  const types = [...new Set(rest.map(({ type }) => type))].sort();
  return [
    '| | what | change |',
    '|---|---|---|',
    ...types.flatMap((type) =>
      rest
        .filter((value) => value.type === type)
        .map(rowOf)
        .sort((a, b) => (a < b ? -1 : 1)),
    ),
    ...(rest.length === plan.values.length ? [] : [`| ~ | ${quiet.length} resources | tags only |`]),
    ...outputLines(plan),
  ];
}

/** So many resources of which tags alone change are one row. */
const TAGGED_TOGETHER = 3;

function isTagsOnly({ action, changes }: ResourceValues): boolean {
  return (
    action === 'update' &&
    changes.length > 0 &&
    changes.every(({ attribute }) => attribute === 'tags' || attribute === 'tags_all')
  );
}

function rowOf(resource: ResourceValues): string {
  const { action, address, type, words = [], told = [] } = resource;
  const rest = resource.changes.filter(({ attribute }) => !told.includes(attribute));
  const isNamedByWords = words.length > 0 && /rule|route/.test(type);
  const name = isNamedByWords ? words.map(inline).join('<br>') : codeCell(nameText(nameOf(resource)));
  const known = isWhole(action) && words.length === 0 ? keyTexts(resource) : [];
  const toldHere = isNamedByWords ? [] : words.map((line) => inline(clipped(line, LONGEST_VALUE)));
  const cells = [...toldHere, ...known, ...(isWhole(action) ? [] : changeTexts(rest))];
  const kind = inline(type.replaceAll('_', ' '));
  return `| ${SIGNS[action]} | ${kind}${isNamedByWords ? ':' : ''} ${name} | ${cells.join('<br>')}${cells.length === 0 && isNamedByWords ? codeCell(nameText(address)) : ''} |`;
}

/** By which people know a resource that comes or goes. */
const KEYS = [
  'cidr_block',
  'address_prefixes',
  'address_space',
  'destination_cidr_block',
  'ip_address',
  'name',
];

function keyTexts({ changes }: ResourceValues): readonly string[] {
  return KEYS.flatMap((key) => {
    const change = changes.find(({ attribute }) => attribute === key);
    const value = change?.after ?? change?.before;
    return value === undefined || value === '(known after apply)'
      ? []
      : [inline(clipped(valueText(value), LONGEST_VALUE))];
  }).slice(0, 2);
}

/** Whether a resource comes or goes as a whole, so that its attributes say nothing of a change. */
function isWhole(action: ResourceValues['action']): boolean {
  return action === 'create' || action === 'delete' || action === 'import' || action === 'forget';
}

function nameOf({ address, type }: ResourceValues): string {
  return address.startsWith(`${type}.`) ? address.slice(type.length + 1) : address;
}

/** Attributes that force a replacement first. */
function changeTexts(changes: readonly ValueChange[]): readonly string[] {
  const known = changes.filter(
    ({ after, before }) => before !== undefined || after !== '(known after apply)',
  );
  const sorted = [...known].sort((a, b) => Number(b.replaces ?? false) - Number(a.replaces ?? false));
  const shown = sorted.length <= ATTRIBUTES_SHOWN + 1 ? sorted : sorted.slice(0, ATTRIBUTES_SHOWN);
  const left = sorted.length - shown.length;
  return [...shown.map(changeText), ...(left > 0 ? [`and ${left} more attributes`] : [])];
}

function changeText({ attribute, before, after, replaces }: ValueChange): string {
  const force = replaces === true ? ' **forces the replacement**' : '';
  const name = inline(attribute);
  if (before === MASK && after === MASK) return `${name}: changed (hidden)${force}`;
  if (Array.isArray(before) && Array.isArray(after)) return `${name}: ${membersText(before, after)}${force}`;
  if (isLong(before) || isLong(after)) return `${name}: ${linesText(before, after)}${force}`;
  return `${name}: ${inline(clipped(valueText(before), LONGEST_VALUE))} → ${inline(clipped(valueText(after), LONGEST_VALUE))}${force}`;
}

/** What is new and what is gone in a list, by what its members are and not by where they stand. */
function membersText(before: readonly unknown[], after: readonly unknown[]): string {
  const texts = (list: readonly unknown[]) => list.map((member) => valueText(member));
  const [old, now] = [texts(before), texts(after)];
  const parts = [
    ...old.filter((one) => !now.includes(one)).map((one) => `− ${one}`),
    ...now.filter((one) => !old.includes(one)).map((one) => `+ ${one}`),
  ];
  return parts.length === 0
    ? 'another order'
    : parts.map((one) => inline(clipped(one, LONGEST_VALUE))).join(', ');
}

function outputLines({ outputs, values }: StackPlan): readonly string[] {
  if (outputs.length === 0) return [];
  const names = `outputs: ${outputs.map((name) => code(nameText(name))).join(', ')}`;
  return values.length === 0 ? [`Only ${names}`] : ['', `Its ${names}`];
}

/** Whether a value is a text of several lines: a policy, a file. */
function isLong(value: unknown): value is string {
  return typeof value === 'string' && value.trimEnd().includes('\n');
}

function linesText(before: unknown, after: unknown): string {
  const lines = lineChanges(before, after);
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return `${counted(count('+'), 'line')} more, ${counted(count('-'), 'line')} less`;
}

/** The lines of a text that differ, with signs; the package is loaded only where something is compared. */
function lineChanges(before: unknown, after: unknown): readonly string[] {
  const { diffLines } = require('diff') as typeof import('diff');
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return diffLines(text(before), text(after)).flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `${added ? '+' : removed ? '-' : ' '} ${line}`),
  );
}

/** All values of a plan, texts of several lines as their differences. */
function differences({ values }: StackPlan): readonly string[] {
  return values.flatMap((resource) => {
    const long = resource.changes.filter(
      ({ before, after }) => resource.action === 'update' && (isLong(before) || isLong(after)),
    );
    const told = [...(resource.told ?? []), ...long.map(({ attribute }) => attribute)];
    return [
      ...valueLines({ values: [{ ...resource, told }] }),
      ...long.flatMap(({ attribute, before, after }) => [`    ${attribute}:`, ...lineChanges(before, after)]),
    ];
  });
}

function allValues(plan: StackPlan, syntax: Syntax): readonly string[] {
  const lines = differences(plan);
  return lines.length === 0 ? [] : folded(syntax, 'old and new values', fenced(lines, 'diff'));
}

function resourceLines(plan: StackPlan): readonly string[] {
  const lines = plan.values.map(({ action, address }) => `- ${SIGNS[action]} ${code(nameText(address))}`);
  return lines.length === 0 ? outputLines(plan) : lines;
}
