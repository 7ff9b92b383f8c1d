import { counted } from '../../../base/text/counted';
import { WEIGHTS } from '../../../terraform/plan/effect';
import type { HostChange } from '../../both-ends';
import { effectsOf, isWideOpen, type ReviewEffect } from '../effects';
import { hostWords } from '../ends-text';
import { weightCount } from '../headline';
import { DECIDING, WEIGHT_LABELS } from '../labels';
import { worstFinding } from '../outcome';
import { positionsText } from '../positions';
import { withRenames } from '../renames';
import type { Part } from './budget';
import { first, nameText, type PageOf } from './page';
import { clipped, code, inline } from './text';

/** How many names of stacks a line has. */
const STACKS_SHOWN = 3;

/** The list at the top: what decides, the worst first, then the gateway and the entries of the catalog. */
export function summaryPart({ review }: PageOf): Part {
  const where = positionsText(review);
  const effects = effectsOf(review);
  const deciding = effects.filter(({ weight }) => DECIDING.includes(weight));
  const findings = findingsLine(review);
  const beside = (isShort: boolean) => [
    ...hostLines(review.ends.hosts, isShort),
    ...entryLines(review.ends, isShort),
    ...findings,
  ];
  const level = (most: number, longest: number, isShort: boolean) => () => [
    ...listOf(deciding, most, longest, isShort ? () => '' : where),
    ...beside(isShort),
  ];
  return {
    name: 'summary',
    levels: [
      level(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, false),
      level(40, 300, false),
      level(8, 200, true),
      level(2, 100, true),
      () => [...counts(deciding), ...beside(true)],
    ],
  };
}

/** The other effects: what gets narrower, changes, is new, or is noticed by nobody. */
export function otherEffectsPart({ review }: PageOf): readonly (() => readonly string[])[] {
  const others = effectsOf(review).filter(({ weight }) => !DECIDING.includes(weight));
  const where = positionsText(review);
  const level = (most: number, longest: number) => () => listOf(others, most, longest, where);
  return [
    level(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    level(30, 240),
    level(5, 120),
    () => counts(others),
    () => [],
  ];
}

function listOf(
  effects: readonly ReviewEffect[],
  most: number,
  longest: number,
  where: (effect: ReviewEffect) => string,
): readonly string[] {
  return WEIGHTS.flatMap((weight) =>
    first(
      effects.filter((effect) => effect.weight === weight),
      most,
      (left) => `- **${WEIGHT_LABELS[weight]}** and ${left} more`,
      (effect) => {
        const open = isWideOpen(effect) ? ', open to the Internet' : '';
        return `- **${WEIGHT_LABELS[weight]}${open}** ${stacksText(effect.stacks)}: ${inline(clipped(effect.text, longest))}${inline(where(effect))}`;
      },
    ),
  );
}

function counts(effects: readonly ReviewEffect[]): readonly string[] {
  return WEIGHTS.flatMap((weight) => {
    const own = effects.filter((effect) => effect.weight === weight);
    const stacks = new Set(own.flatMap((effect) => effect.stacks)).size;
    return own.length === 0
      ? []
      : [`- **${WEIGHT_LABELS[weight]}** ${weightCount(weight, own.length)} in ${counted(stacks, 'stack')}`];
  });
}

/** `dev-aws-default`; `12 stacks (…, …, … and 9 more)`. */
export function stacksText(stacks: readonly string[]): string {
  const names = stacks.slice(0, STACKS_SHOWN).map((stack) => code(nameText(stack)));
  if (stacks.length === 1) return names.join();
  const left = stacks.length - STACKS_SHOWN;
  return `${counted(stacks.length, 'stack')} (${names.join(', ')}${left > 0 ? ` and ${left} more` : ''})`;
}

/** The worst finding, and how many others there are: what each of them is stands in a table below. */
function findingsLine(review: PageOf['review']): readonly string[] {
  const found = worstFinding(review);
  if (found === undefined) return [];
  const { rule, severity, text, position } = found.finding;
  const where = position === undefined ? '' : ` (${position.file}:${position.line})`;
  return [
    `- **${severity.toUpperCase()} FINDING** ${code(nameText(rule))}: ${inline(clipped(text, 200))}${inline(clipped(where, 120))}${found.others === '' ? '' : `; ${found.others}`}`,
  ];
}

function hostLines(hosts: readonly HostChange[], isShort: boolean): readonly string[] {
  return first(
    hosts,
    isShort ? 2 : 10,
    (left) => `- **GATEWAY** and ${left} more`,
    (host) =>
      `- **GATEWAY** ${code(nameText(host.publicIp))}: ${inline(hostWords({ ...host, host: nameText(host.host) }))}`,
  );
}

function entryLines(
  { entries, configuration }: PageOf['review']['ends'],
  isShort: boolean,
): readonly string[] {
  const most = isShort ? 2 : 6;
  const { renamed, others } = withRenames(entries);
  const name = (text: string) => code(nameText(text));
  const more = (left: number) => `${left} more`;
  const of = (kind: string) => others.filter((change) => change.kind === kind);
  const told = (words: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${words} ${names.join(', ')}`];
  const parts = [
    ...told(
      'renamed:',
      first(renamed, most, more, ({ from, to }) => `${name(from.name)} → ${name(to.name)}`),
    ),
    ...told(
      'gone:',
      first(of('removed'), most, more, (one) => name(one.name)),
    ),
    ...told(
      'changed:',
      first(of('changed'), most, more, (one) => {
        const keys = one.keys.map(({ key }) => key);
        const shown = keys.slice(0, 2).map((key) => inline(nameText(key)));
        return `${name(one.name)} (${shown.join(', ')}${keys.length > 2 ? ` and ${keys.length - 2} more keys` : ''})`;
      }),
    ),
    ...told(
      'new:',
      first(of('added'), most, more, (one) => name(one.name)),
    ),
  ];
  return [
    ...(parts.length === 0 ? [] : [`- **CATALOG ENTRIES** ${parts.join('; ')}`]),
    ...(configuration.length === 0
      ? []
      : [
          `- **CONTROLLER** ${code('vcp_config.yml')} changes: ${first(configuration, most, more, (one) => name(one.name)).join(', ')}`,
        ]),
  ];
}
