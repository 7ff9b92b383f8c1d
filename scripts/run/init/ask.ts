import { createInterface } from 'node:readline/promises';
import { Declined } from '../../../base/errors';
import { Interrupted } from '../../../base/interrupted';
import { defaultAnswer } from '../../../scaffold/answers';
import {
  type Answers,
  refusedValue,
  SET_KEY_NAMES,
  SET_KEYS,
  type SetKeyName,
} from '../../../scaffold/set-keys';

/**
 * Asks for what was not given, on the terminal; an empty answer takes the default. A value that the catalog would refuse is
 * refused here, and asked for again.
 *
 * @param taken - whether the catalog is a controller's: then only the environment is asked for
 * @throws {@link Interrupted} for Ctrl-C; {@link Declined} where the input ends
 */
export async function askAnswers(given: Answers, taken: boolean): Promise<Answers> {
  const answers: Partial<Record<SetKeyName, string>> = { ...given };
  const asked = SET_KEY_NAMES.filter(
    (name) =>
      SET_KEYS[name].question !== undefined &&
      given[name] === undefined &&
      (!taken || name === 'environment'),
  );
  if (asked.length === 0) return answers;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const interrupted = new AbortController();
  reader.on('SIGINT', () => interrupted.abort());
  const gone = new Promise<undefined>((resolve) => reader.once('close', () => resolve(undefined)));
  try {
    for (const name of asked) {
      const fallback = defaultAnswer(name, answers) ?? '';
      for (;;) {
        const question = `${SET_KEYS[name].question} [${fallback}]: `;
        const typed = await Promise.race([reader.question(question, { signal: interrupted.signal }), gone]);
        if (typed === undefined) throw new Declined('nothing was written: the input ended');
        const value = typed.trim().replace(/\s*,\s*/g, ',') || fallback;
        const refused = refusedValue(name, value, answers);
        if (refused === undefined) {
          answers[name] = value;
          break;
        }
        process.stderr.write(`  ${refused}\n`);
      }
    }
    return answers;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError')
      throw new Interrupted('\nstopped; nothing was written');
    throw error;
  } finally {
    reader.close();
  }
}
