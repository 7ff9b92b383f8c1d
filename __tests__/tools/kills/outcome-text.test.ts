import type { Attack } from '../../../tools/kills/cases';
import type { Outcome } from '../../../tools/kills/one-run';
import { outcomesTable, outcomeText } from '../../../tools/kills/outcome-text';

const KILL: Attack = {
  kind: 'kill',
  target: 'terraform',
  signal: 'SIGKILL',
  trigger: { kind: 'object', type: 'aws_vpc', call: 2, delayMs: 13 },
};

function outcome(number: number, attack: Attack, changes: Partial<Outcome> = {}): Outcome {
  const environment = { name: 'dev', apart: true, catalog: '' };
  const none = new Map<string, number>();
  const reference = {
    environment,
    seconds: { before: 2, apply: 4 },
    objects: none,
    created: none,
    left: none,
    stacks: [],
  };
  return {
    case: { number, reference, attack },
    folder: '/nowhere',
    seconds: 8.2,
    convergedAfter: 1,
    struck: true,
    doubled: [],
    orphans: [],
    wrongs: [],
    ...changes,
  };
}

const LOST = {
  convergedAfter: undefined,
  doubled: ['aws_vpc ap-northeast-1 main'],
  orphans: ['aws_vpc'],
  wrongs: ['apply 1 ended with 1 instead of 0:\n  refused', 'orphan: aws_vpc'],
};

it('is a line for a run, and one for each thing that is wrong', () => {
  expect(outcomeText(outcome(7, KILL, LOST)).split(/ {2,}|\n/)).toEqual([
    '',
    '7',
    'dev',
    'terraform',
    'SIGKILL',
    'object',
    'aws_vpc 2 +13 ms',
    '✗',
    'never',
    '8 s',
    '',
    'apply 1 ended with 1 instead of 0: refused',
    '',
    'orphan: aws_vpc',
  ]);
});

it('says that a signal came too late', () => {
  expect(outcomeText(outcome(1, KILL, { struck: false }))).toMatch(
    /✓ {2}after 1 {2}8 s {2}\(was over before\)$/,
  );
});

it('is a table by what was disturbed and when', () => {
  const fault: Attack = { kind: 'fault', fault: 'drop', type: 'aws_eip', call: 1 };
  const table = outcomesTable([
    outcome(1, KILL),
    outcome(2, KILL, LOST),
    outcome(3, fault, { convergedAfter: 2 }),
  ]);
  expect(table.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['WHAT', 'PHASE', 'RUNS', 'CLEAN', 'AFTER 1', 'AFTER 2', 'NEVER', 'DOUBLED', 'ORPHANS'],
    ['fault', 'drop', '1', '1', '0', '1', '0', '0', '0'],
    ['terraform', 'object', '2', '1', '1', '0', '1', '1', '1'],
    ['all', '3', '2', '1', '1', '1', '1', '1'],
  ]);
});
