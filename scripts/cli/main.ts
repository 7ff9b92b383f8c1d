import { EXIT } from '../../base/errors';
import { Screen, wrapLines } from '../../base/screen';
import { endingOf } from '../session/ending';
import { packageVersion } from '../session/settings';
import { buildProgram } from './program';

/** Runs one command line and returns its exit code. Every error becomes a line on stderr. */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const program = buildProgram(packageVersion(), (result) => {
    code = result;
  });
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return EXIT.usage;
    }
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    const { exitCode, text } = endingOf(error);
    if (text !== '') printError(withoutSecrets(text));
    return exitCode;
  }
}

/** An error may repeat what a variable holds, for instance one that a user's rule throws. */
function withoutSecrets(text: string): string {
  const { Masks } = require('../../terraform/masks') as typeof import('../../terraform/masks');
  const masks = new Masks();
  masks.addVariables(process.env);
  return masks.mask(text);
}

function printError(text: string): void {
  const screen = new Screen(process.stderr, false);
  screen.print(screen.wraps ? wrapLines(text, screen.width) : text);
}
