import type { Command } from 'commander';
import { fullName, HELPED_COMMANDS } from '../../../scripts/cli/help';
import { buildProgram } from '../../../scripts/cli/program';

const program = buildProgram('0.0.0', () => undefined);

function all(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(all)];
}

const visible = all(program).filter((command) => !['help', 'complete'].includes(command.name()));

/** The help of a command as it is printed in so many columns. */
function helpOf(command: Command, columns: number): string {
  let text = '';
  const before = command.configureOutput();
  const width = command.configureHelp();
  command.configureHelp({ ...width, helpWidth: columns });
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  command.configureOutput(before);
  command.configureHelp(width);
  return text;
}

test('every command has a text, and every text a command', () => {
  expect(visible.map(fullName).sort()).toEqual([...HELPED_COMMANDS].sort());
});

test.each(visible.map((command) => [fullName(command), command] as const))(
  '%s: its own options, examples that exist, exit codes and a page',
  (name, command) => {
    const text = helpOf(command, 80);
    expect(text).toMatch(/\nExamples:\n {2}kakehashi /);
    expect(text).toMatch(/\nExit codes: {2}\S/);
    expect(text).toMatch(/\nPage: {2}(?:\.\.\/)?docs\/\w+\.md\n?$/);
    if (name === 'kakehashi') return;
    // The options of all commands are shown once, in the program's own help.
    expect(text).not.toContain('KAKEHASHI_CATALOG');
    expect(text).toContain('Global options:  kakehashi --help');
    const examples = [...text.matchAll(/^ {2}kakehashi (.+?)(?: {3}.*)?$/gm)].map(([, line = '']) => line);
    for (const example of examples) expect(`${example} `.startsWith(`${name} `)).toBe(true);
  },
);

test.each([60, 80])('fits %i columns, but for commands to copy and words that are longer', (columns) => {
  for (const command of visible) {
    const long = helpOf(command, columns)
      .split('\n')
      .filter((line) => line.length > columns && !/^ {2}kakehashi |^Usage: /.test(line))
      // A name in parentheses stands in a column of its own and can't be broken.
      .filter((line) => !/^ +\(?KAKEHASHI_\w+\)?;?$/.test(line));
    expect(long).toEqual([]);
  }
});
