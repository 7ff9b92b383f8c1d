import { visibleText } from '../../../base/visible-text';
import type { Diagnostic } from '../../../terraform/messages';
import type { Engine } from './engine';

/** Errors of which the log of a container tells the cause. */
const LOGGED = /healthy state|container .* unhealthy|exited immediately|exited after|failed to start/i;

/** How many lines are shown of a container. */
const LINES = 15;

/** The longest line that is shown of a log. */
const LONGEST = 300;

/**
 * The last lines of the logs of containers that an apply could not start, for an error of which they tell the cause. They may hold
 * secrets: who shows them masks them.
 *
 * @param names - of the containers of the failed stack
 * @throws Failure where the host is not reached
 */
export async function lastLogLines(
  engine: Pick<Engine, 'docker'>,
  errors: readonly Pick<Diagnostic, 'summary' | 'detail'>[],
  names: readonly string[],
): Promise<readonly string[]> {
  const texts = errors
    .map(({ summary, detail }) => `${summary}\n${detail}`)
    .filter((text) => LOGGED.test(text));
  if (texts.length === 0) return [];
  const found = await Promise.all(names.map((name) => linesOf(engine, name)));
  return found.flat();
}

async function linesOf(engine: Pick<Engine, 'docker'>, name: string): Promise<readonly string[]> {
  const format = '{{.State.Status}}|{{if .State.Health}}{{.State.Health.Status}}{{end}}|{{.State.ExitCode}}';
  const state = await engine.docker(['container', 'inspect', '--format', format, name]);
  if (state.exitCode !== 0)
    return [
      `${name}: not on the host any more, and its log neither: the provider removes a container that ends at once`,
    ];
  const [status = '', health = '', code] = state.stdout.trim().split('|');
  if (status === 'running' && health !== 'unhealthy' && health !== 'starting') return [];
  const { lines } = await engine.docker(['logs', '--tail', String(LINES), name]);
  const what = status === 'exited' ? `exited with ${code}` : health || status;
  if (lines.length === 0) return [`${name}: ${what}; its log is empty`];
  return [
    `${name}: ${what}; the last lines of its log:`,
    ...lines.slice(-LINES).map((line) => `  | ${visibleText(line).slice(0, LONGEST)}`),
  ];
}
