import { type Completion, completionOf } from '../../../scripts/cli/complete';
import { buildProgram } from '../../../scripts/cli/program';

const program = buildProgram('1.0.0', () => undefined);
const complete = (...words: readonly string[]): Completion =>
  completionOf(program, words, {
    environments: (catalog) => (catalog === undefined ? ['dev', 'prod'] : [`of-${catalog}`]),
    groups: (environment, catalog) => [`${environment}-workers`, ...(catalog === undefined ? [] : [catalog])],
  });
const wordsOf = (...words: readonly string[]) => complete(...words).candidates.map(({ word }) => word);

describe('a command line', () => {
  test('begins with a command, each with its description; hidden ones are not offered', () => {
    const { candidates } = complete('');
    expect(candidates.map(({ word }) => word)).toEqual([
      'init',
      'validate',
      'synth',
      'plan',
      'show',
      'apply',
      'entries',
      'destroy',
      'import',
      'schema',
      'list',
      'gateway',
      'status',
      'doctor',
      'affected',
      'drift',
      'draw',
      'review',
      'explain',
      'nodes',
      'renew',
      'sandbox',
      'secret',
      'token',
      'completion',
      'help',
    ]);
    for (const { description } of candidates) expect(description).toMatch(/^\S[^\t\n]+$/);
  });

  test.each([
    ['a begun command', ['en'], ['entries']],
    ['a command after options and their values', ['--sandbox', '--stack', 'plan', 'st'], ['status']],
    ['commands of a command', ['secret', ''], ['put', 'get', 'list', 'rm', 'help']],
    ['commands of a command beside its operands', ['gateway', ''], ['rotate', 'dev', 'prod']],
    ['no commands after an operand', ['gateway', 'dev', ''], ['dev', 'prod']],
    ['one environment where a command takes one', ['destroy', ''], ['dev', 'prod']],
    ['more environments where a command takes several', ['plan', 'dev', ''], ['dev', 'prod']],
    ['nothing after that', ['destroy', 'dev', ''], []],
    ['node groups of the environment', ['nodes', 'dev', ''], ['dev-workers']],
    ['more of them', ['renew', 'prod', 'a', ''], ['prod-workers']],
    ['those of another folder', ['--catalog=labs', 'nodes', 'dev', ''], ['dev-workers', 'labs']],
    ['commands beside environments', ['nodes', ''], ['ssh-config', 'cleanup', 'dev', 'prod']],
    ['an environment of a subcommand', ['gateway', 'rotate', 'p'], ['prod']],
    ['choices of an argument', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['choices of a global option', ['plan', '--log-level', 'd'], ['debug']],
    ['choices of an option', ['token', 'create', 'ann', '--role', ''], ['super', 'regular']],
    ['choices behind a sign', ['token', 'create', 'ann', '--api=r'], ['--api=readonly']],
    ['environments of an option', ['--env', 'd'], ['dev']],
    ['environments behind a sign that bash splits off', ['plan', '--env', '=', 'd'], ['dev']],
    ['environments of another folder', ['--catalog', 'labs', 'plan', ''], ['of-labs']],
    ['environments of another folder, behind a sign', ['--catalog=labs', 'plan', ''], ['of-labs']],
    ['the value of a hidden option is no operand', ['--unit', 'x', 'plan', 'd'], ['dev']],
    ['an optional value is no operand', ['gateway', '--reference', 'vault://a', 'd'], ['dev']],
    ['an option in the place of an optional value', ['gateway', '--reference', '--ch'], ['--check']],
    ['an unknown option has no values', ['plan', '--nope=', ''], ['dev', 'prod']],
    ['operands alone after two dashes', ['plan', '--', '--fro'], []],
  ])('offers %s', (_, words, expected) => {
    expect(wordsOf(...words)).toEqual(expected);
  });

  test("offers a command's own options, then those of all commands, without hidden ones", () => {
    const own = ['--diff', '--check', '--reference', '--help'];
    const all = wordsOf('gateway', '--');
    expect(all.slice(0, 4)).toEqual(own);
    expect(all).toEqual(expect.arrayContaining(['--env', '--stack', '--frozen', '--no-color', '--version']));
    expect(all).not.toContain('--unit');
    expect(wordsOf('plan', '--')).not.toContain('--diff');
    for (const command of ['plan', 'apply', 'list', 'doctor'])
      expect(wordsOf(command, '--')).toContain('--all');
    expect(wordsOf('destroy', '--')).not.toContain('--all');
  });

  test.each([
    [['--catalog', ''], 'folders'],
    [['--terraform-bin', ''], 'files'],
    [['entries', 'dev', '--out', ''], 'files'],
    [['validate', ''], 'files'],
    [['sandbox', '--', ''], 'files'],
    [['plan', '--parallelism', ''], 'nothing'],
    [['destroy', 'dev', ''], 'nothing'],
  ] as const)('%j leaves to the shell: %s', (words, otherwise) => {
    expect(complete(...words).otherwise).toBe(otherwise);
  });
});
