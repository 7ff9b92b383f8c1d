import { createInterface } from 'node:readline/promises';
import { Declined } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';
import type { Session } from './session';

export interface Question {
  /** What the confirmed action is called when it is done: `applied`, `destroyed`. */
  readonly done: string;
  readonly text: string;
  /** The text that must be typed. */
  readonly answer: string;
}

/**
 * Asks for a confirmation on the terminal; `--yes` confirms everything.
 *
 * @throws {@link Declined} for any other answer, and when there is no terminal
 */
export async function confirm(
  session: Pick<Session, 'settings' | 'report' | 'stop'>,
  question: Question,
): Promise<void> {
  if (session.settings.yes) return;
  if (process.stdin.isTTY !== true || !session.report.screen.interactive) {
    throw new Declined(`not ${question.done}: there is no terminal to confirm on; pass --yes`);
  }
  const output = session.settings.json ? process.stderr : process.stdout;
  const reader = createInterface({ input: process.stdin, output });
  const interrupted = new AbortController();
  reader.on('SIGINT', () => interrupted.abort());
  const gone = new Promise<undefined>((resolve) => reader.once('close', () => resolve(undefined)));
  try {
    const signal = AbortSignal.any([interrupted.signal, session.stop]);
    const answer = await Promise.race([reader.question(`\n${question.text} `, { signal }), gone]);
    if (answer?.trim() !== question.answer) throw new Declined(`not ${question.done}: not confirmed`);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError')
      throw new Interrupted(`\nstopped; nothing was ${question.done}`);
    throw error;
  } finally {
    reader.close();
  }
}
