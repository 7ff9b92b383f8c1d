import { Declined, Failure } from './errors';
import { Interrupted } from './interrupted';

const CONTROL_C = '\u0003';
const CONTROL_D = '\u0004';
const CONTROL_U = '\u0015';
const BACKSPACES: readonly string[] = ['\u007f', '\b'];

/** Whether somebody can be asked: stdin is a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true;
}

export interface HiddenQuestion {
  readonly text: string;
  /** What to do with a text of several lines, of which a terminal takes only the first. */
  readonly severalLines: string;
  /** Ends the asking. */
  readonly stop?: AbortSignal;
}

/**
 * Asks on the terminal without showing what is typed. The question goes to stderr; the terminal is restored however it
 * ends. It is asked once: what is asked for here is pasted, not made up.
 *
 * @throws {@link Interrupted} for Ctrl-C; {@link Declined} when nothing is typed
 */
export async function askHidden(question: HiddenQuestion): Promise<string> {
  const { stdin, stderr } = process;
  // Before the question: what is typed at once must not be shown either.
  stdin.setRawMode(true);
  stderr.write(`${question.text} (not shown): `);
  try {
    return await typedLine(stdin, question);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

function typedLine(stdin: NodeJS.ReadStream, { severalLines, stop }: HiddenQuestion): Promise<string> {
  let line = '';
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      stdin.off('data', hear);
      stdin.off('end', gone);
      stop?.removeEventListener('abort', interrupted);
      act();
    };
    const interrupted = (): void => end(() => reject(new Interrupted('stopped; nothing was sent')));
    const gone = (): void => end(() => reject(new Declined('nothing was typed')));
    const finish = (rest: string): void => {
      if (/[^\r\n]/.test(rest)) end(() => reject(new Failure(`several lines were pasted; ${severalLines}`)));
      else if (line === '') gone();
      else end(() => resolve(line));
    };
    const hear = (text: string): void => {
      const characters = [...text];
      for (const [at, character] of characters.entries()) {
        const enter = character === '\r' || character === '\n';
        if (character === CONTROL_C) interrupted();
        else if (enter) finish(characters.slice(at + 1).join(''));
        else if (character === CONTROL_D && line === '') gone();
        else if (character === CONTROL_U) line = '';
        else if (BACKSPACES.includes(character)) line = [...line].slice(0, -1).join('');
        else if (character !== CONTROL_D) line += character;
        if (enter || character === CONTROL_C) return;
      }
    };
    if (stop?.aborted === true) return interrupted();
    stop?.addEventListener('abort', interrupted);
    stdin.setEncoding('utf8').on('data', hear).on('end', gone).resume();
  });
}
