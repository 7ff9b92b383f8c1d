import { UsageError } from '../../../base/errors';
import { TARGETS } from '../../../tools/kills/cases';
import { readOptions } from '../../../tools/kills/options';

const DEFAULTS = {
  seed: 1,
  runs: 20,
  environments: ['dev', 'lab'],
  stacks: [],
  targets: TARGETS,
  faults: true,
  signal: 'SIGKILL',
  keep: false,
};

it.each([
  ['', {}],
  ['--seed 3 --runs 200 --keep', { seed: 3, runs: 200, keep: true }],
  ['--run 12', { run: 12 }],
  ['--what driver --what all', { targets: ['driver', 'all'], faults: false }],
  ['--what fault', { targets: [], faults: true }],
  ['--signal SIGINT', { signal: 'SIGINT', targets: ['driver', 'terraform'], faults: false }],
  ['--only dev-nodes-*', { stacks: ['dev-nodes-*'], environments: ['dev'] }],
  ['--env lab', { environments: ['lab'] }],
])('takes "%s"', (args, changes) => {
  expect(readOptions(args.split(' ').filter((arg) => arg !== ''))).toEqual({ ...DEFAULTS, ...changes });
});

it.each([
  ['--seed x', '--seed: must be a whole number, got "x"'],
  ['--runs -1', /--runs/],
  ['--runs 0', '--runs: must be a whole number from 1 on, got "0"'],
  ['--run 21', '--run: must be one of the 20 runs, got "21"'],
  ['--run 0', '--run: must be a whole number from 1 on, got "0"'],
  [
    '--what disk',
    '--what: must be one of driver, driver+provider, terraform, provider, all, fault, got "disk"',
  ],
  ['--signal SIGTERM', '--signal: must be SIGKILL or SIGINT, got "SIGTERM"'],
  ['--signal SIGINT --what all', '--signal: SIGINT goes to driver, driver+provider or terraform'],
  ['--env prod', '--env: must be one of dev, lab, got "prod"'],
  ['--env lab --what provider', "--what: provider can't be killed apart in lab"],
  ['--env lab --what provider --what driver', "--what: provider and driver can't be killed apart in lab"],
  ['--color', /--color/],
])('refuses "%s"', (args, message) => {
  const read = () => readOptions(args.split(' '));
  expect(read).toThrow(UsageError);
  expect(read).toThrow(message);
});
