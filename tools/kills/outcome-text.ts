import { tableText } from '../../base/text/table-text';
import { momentText, phaseOf, whatOf } from './cases';
import type { Outcome } from './one-run';

/** How much of a cause is shown. */
const WIDTH = 300;

/** One line of a run, and one of each thing that is wrong. */
export function outcomeText(outcome: Outcome): string {
  const { case: one, convergedAfter, seconds, struck, wrongs } = outcome;
  const { attack, number, reference } = one;
  const signal = attack.kind === 'kill' ? attack.signal : '';
  const end = convergedAfter === undefined ? 'never' : `after ${convergedAfter}`;
  const words = [
    String(number).padStart(4),
    reference.environment.name,
    whatOf(attack).padEnd(15),
    signal.padEnd(7),
    phaseOf(attack).padEnd(8),
    momentText(attack).padEnd(56),
    wrongs.length === 0 ? '✓' : '✗',
    end,
    `${seconds.toFixed(0)} s`,
    struck ? '' : '(was over before)',
  ];
  const details = wrongs.map((wrong) => `       ${wrong.replaceAll(/\s+/g, ' ').slice(0, WIDTH)}`);
  return [words.join('  ').trimEnd(), ...details].join('\n');
}

const HEADER = ['what', 'phase', 'runs', 'clean', 'after 1', 'after 2', 'never', 'doubled', 'orphans'];

/** A row for each thing that was disturbed and each phase, and one for all. */
export function outcomesTable(outcomes: readonly Outcome[]): string {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { attack } = outcome.case;
    const key = `${whatOf(attack)}|${phaseOf(attack)}`;
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  const rows = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => [...key.split('|'), ...figures(members)]);
  return tableText(HEADER, [...rows, ['all', '', ...figures(outcomes)]]);
}

function figures(outcomes: readonly Outcome[]): readonly string[] {
  const count = (is: (outcome: Outcome) => boolean) => String(outcomes.filter(is).length);
  return [
    String(outcomes.length),
    count(({ wrongs }) => wrongs.length === 0),
    count(({ convergedAfter }) => convergedAfter === 1),
    count(({ convergedAfter }) => convergedAfter === 2),
    count(({ convergedAfter }) => convergedAfter === undefined),
    count(({ doubled }) => doubled.length > 0),
    count(({ orphans }) => orphans.length > 0),
  ];
}
