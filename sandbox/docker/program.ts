/** What a program leaves that ends by itself. */
export interface Outcome {
  readonly exitCode: number;
  /** What it has printed. */
  readonly output: string;
}

const SHELLS = ['sh', 'ash', 'bash', 'dash'];

/** A script that the sandbox can run: one command without anything that a shell would expand. */
const PLAIN_SCRIPT = /^[\w\s./:=-]+$/;

/**
 * What the few programs leave that the sandbox knows: `true`, `false`, `echo`, and a shell that runs one of them, or `exit 3`.
 *
 * @returns undefined for any other program, which goes on running
 */
export function outcomeOf([program = '', ...words]: readonly string[]): Outcome | undefined {
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (name === 'busybox') return outcomeOf(words);
  if (name === 'true') return { exitCode: 0, output: '' };
  if (name === 'false') return { exitCode: 1, output: '' };
  if (name === 'echo') return { exitCode: 0, output: `${words.join(' ')}\n` };
  const [flag, script = ''] = words;
  if (!SHELLS.includes(name) || flag !== '-c') return undefined;
  const code = /^\s*exit(?:\s+(\d+))?\s*$/.exec(script);
  if (code !== null) return { exitCode: Number(code[1] ?? 0) % 256, output: '' };
  return PLAIN_SCRIPT.test(script) ? outcomeOf(script.trim().split(/\s+/)) : undefined;
}

/**
 * Whether the test of a health check succeeds: `['CMD', 'curl', …]`, `['CMD-SHELL', 'exit 1']`. A program that the sandbox does not
 * know succeeds. @returns undefined where there is no test, or `['NONE']` switches that of the image off
 */
export function isHealthy([kind, ...words]: readonly string[]): boolean | undefined {
  if (kind === undefined || kind === 'NONE') return undefined;
  const outcome = outcomeOf(kind === 'CMD-SHELL' ? ['sh', '-c', ...words] : words);
  return outcome === undefined || outcome.exitCode === 0;
}
