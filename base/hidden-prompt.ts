import { Declined, Failure } from './errors';
import { Interrupted } from './interrupted';

const CONTROL_C = '\u0003';
const CONTROL_D = '\u0004';
const CONTROL_U = '\u0015';
const BACKSPACES: readonly string[] = ['\u007f', '\b'];

/** Whether the user can be asked: stdin is a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true;
}

export interface HiddenQuestion {
  readonly text: string;
  /** What the user should do with a text of several lines, of which a prompt takes only the first. */
  readonly severalLines: string;
  /** Ends the prompt. */
  readonly stop?: AbortSignal;
}

/**
 * Asks on the terminal without showing what is typed. The question goes to stderr, and the terminal is restored in any case.
 * There is no second prompt to confirm, because such values are pasted.
 *
 * @throws {@link Interrupted} for Ctrl-C; {@link Declined} when nothing is typed
 */
export async function askHidden(question: HiddenQuestion): Promise<string> {
  const { stdin, stderr } = process;
  // Before the question, so that type-ahead is not shown either.
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
    const finish = (settle: () => void): void => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      stop?.removeEventListener('abort', interrupted);
      settle();
    };
    const interrupted = (): void => finish(() => reject(new Interrupted('stopped; nothing was sent')));
    const onEnd = (): void => finish(() => reject(new Declined('nothing was typed')));
    const enter = (rest: string): void => {
      if (/[^\r\n]/.test(rest))
        finish(() => reject(new Failure({ summary: 'several lines were pasted', fixes: [severalLines] })));
      else if (line === '') onEnd();
      else finish(() => resolve(line));
    };
    const onData = (text: string): void => {
      const characters = [...text];
      for (const [at, character] of characters.entries()) {
        const isEnter = character === '\r' || character === '\n';
        if (character === CONTROL_C) interrupted();
        else if (isEnter) enter(characters.slice(at + 1).join(''));
        else if (character === CONTROL_D && line === '') onEnd();
        else if (character === CONTROL_U) line = '';
        else if (BACKSPACES.includes(character)) line = [...line].slice(0, -1).join('');
        else if (character !== CONTROL_D) line += character;
        if (isEnter || character === CONTROL_C) return;
      }
    };
    if (stop?.aborted === true) return interrupted();
    stop?.addEventListener('abort', interrupted);
    stdin.setEncoding('utf8').on('data', onData).on('end', onEnd).resume();
  });
}
