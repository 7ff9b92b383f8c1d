import type { Command } from 'commander';
import { buildProgram } from '../../scripts/cli/program';

const PROGRAM = buildProgram('0.0.0', () => undefined);

/** The commands of Kakehashi on a page, in its blocks and in its sentences, without what a shell does with them. */
export function pageCommands(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```[^`]*?^```$/gm)].flatMap(([block]) =>
    [
      ...block
        .replace(/\\\n\s*/g, '')
        .matchAll(/^(?:\s*- (?:run: )?|\s*run: |\$ )?(?:npx )?kakehashi (.+)$/gm),
    ].map(([, line = '']) => line),
  );
  const sentences = [...page.replace(/^```[^`]*?^```$/gm, '').matchAll(/`(?:npx )?kakehashi ([^`]+)`/g)].map(
    ([, line = '']) => line,
  );
  return [
    ...new Set([...blocks, ...sentences].map((line) => line.replace(/\s*(?:#| \|\|| {3}).*$/, '').trim())),
  ];
}

/** What of a command on a page the program does not know; undefined where it knows all. */
export function unknownIn(line: string): string | undefined {
  // What follows `--` is another program's.
  const [own = ''] = line.split(/\s--\s/);
  const [command, rest] = called(own.split(/\s+/));
  if (command === PROGRAM && rest[0]?.startsWith('-') !== true) return rest[0];
  const known = ['--help', ...[...command.options, ...PROGRAM.options].map(({ long }) => long)];
  return rest.find((word) => word.startsWith('--') && !known.includes(word.replace(/=.*/, '')));
}

/** The command that a line calls, and what is left of the line. */
export function called(
  words: readonly string[],
  command: Command = PROGRAM,
): readonly [Command, readonly string[]] {
  const [first = '', ...rest] = words;
  const found = command.commands.find((one) => one.name() === first);
  return found === undefined ? [command, words] : called(rest, found);
}
