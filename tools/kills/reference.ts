import { rmSync } from 'node:fs';
import { type Environment, newProject } from './environments';
import { type Census, censusOf, createdTypes } from './objects';
import { start } from './programs';

/** How long an apply is before it has begun to apply something, and from then on. */
export interface PhaseSeconds {
  readonly before: number;
  readonly apply: number;
}

/** What an apply of an environment does where nobody disturbs it. */
export interface Reference {
  readonly environment: Environment;
  readonly seconds: PhaseSeconds;
  readonly objects: Census;
  /** How often each type is created, by type. */
  readonly created: ReadonlyMap<string, number>;
  /** What stays after a destroy. */
  readonly left: Census;
  /** The chosen stacks; empty for all. */
  readonly stacks: readonly string[];
}

/** The arguments that choose stacks. */
export function stackArguments(stacks: readonly string[]): readonly string[] {
  return stacks.flatMap((stack) => ['--stack', stack]);
}

/**
 * Applies and destroys the environment once.
 *
 * @param stacks those that are to be disturbed; all others are applied before. Empty for all
 * @throws where that fails
 */
export async function measureReference(
  environment: Environment,
  stacks: readonly string[],
): Promise<Reference> {
  const folder = newProject(environment);
  try {
    const { name } = environment;
    if (stacks.length > 0) await prepare(folder, environment, stacks);
    const before = createdTypes(folder);
    const seconds = await timedApply(folder, name, stacks);
    const created = [...createdTypes(folder)]
      .map(([type, count]) => [type, count - (before.get(type) ?? 0)] as const)
      .filter(([, count]) => count > 0);
    const objects = censusOf(folder);
    await expectDone(folder, ['destroy', name]);
    return { environment, seconds, objects, created: new Map(created), left: censusOf(folder), stacks };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Applies all stacks but the chosen ones. @throws where that fails */
export async function prepare(
  folder: string,
  { name }: Environment,
  stacks: readonly string[],
): Promise<void> {
  await expectDone(folder, ['apply', name]);
  await expectDone(folder, ['destroy', name, ...stackArguments(stacks)]);
}

async function timedApply(folder: string, name: string, stacks: readonly string[]): Promise<PhaseSeconds> {
  const began = Date.now();
  let applying = began;
  await expectDone(folder, ['apply', name, '--json', ...stackArguments(stacks)], (line) => {
    if (applying === began && beginsToApply(line)) applying = Date.now();
  });
  return { before: (applying - began) / 1000, apply: (Date.now() - applying) / 1000 };
}

/** Whether a line of `apply --json` says that Terraform applies something. */
export function beginsToApply(line: string): boolean {
  return line.startsWith('{"type":"stack_started"');
}

async function expectDone(
  folder: string,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  const { code, text } = await start(folder, [...args, '--sandbox', '--yes'], {}, onLine).ended;
  if (code !== 0) throw new Error(`kakehashi ${args.join(' ')}, undisturbed, ended with ${code}:\n${text}`);
}
