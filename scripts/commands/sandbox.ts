import { EXIT, Failure, UsageError } from '../../base/errors';
import { Processes, signalExitCode } from '../../base/process';
import { onStop } from '../../base/signals';
import { shellQuoted } from '../../base/text/shell-quoted';
import type { SandboxObject } from '../../sandbox/store/sandbox-object';
import { MASK } from '../../terraform/masks';
import { withoutSecrets } from '../../terraform/plan/scrub';
import { sandboxFiles } from '../session/folders';
import { discardSandboxPlans, sandboxInstances } from '../session/sandbox-projects';
import type { Settings } from '../session/settings';
import { serveSandbox } from '../session/surroundings';

/** `kakehashi sandbox -- CMD`: runs any command with the simulated providers attached, and returns its exit code. */
export async function sandboxRun({ calledIn }: Settings, argv: readonly string[]): Promise<number> {
  const [command, ...args] = argv;
  if (command === undefined)
    throw new UsageError('sandbox: which command? for instance: kakehashi sandbox -- npx cdktf deploy');
  const server = await serveSandbox();
  const processes = new Processes();
  // A terminal sends its Ctrl-C to the command itself, which is in the same process group.
  const endStops = onStop((_, signal) => {
    if (signal !== 'SIGINT' || process.stdin.isTTY !== true) processes.forward(signal);
  });
  try {
    const env = attached(server);
    const result = await processes.run({ command, args, cwd: calledIn, env, terminal: true });
    if (result.kind === 'spawn-failed') throw new Failure(`${command}: can't be started (${result.code})`);
    return result.kind === 'killed' ? signalExitCode(result.signal) : result.exitCode;
  } finally {
    endStops();
    await server.close();
  }
}

/** `kakehashi sandbox serve`: prints the lines that attach any Terraform, and serves until it is stopped. */
export async function sandboxServe(): Promise<number> {
  const server = await serveSandbox();
  const stopped = new Promise<void>((resolve) => {
    const endStops = onStop(() => {
      endStops();
      resolve();
    });
  });
  for (const [name, value] of Object.entries(server.environment)) {
    process.stdout.write(`export ${name}=${shellQuoted(value)}\n`);
  }
  process.stderr.write(`serving ${server.providers.join(', ')}; Ctrl-C to stop\n`);
  await stopped;
  await server.close();
  return EXIT.done;
}

/** An object as it is listed. */
interface Listed {
  readonly object: SandboxObject;
  /** What is to be said about it. */
  readonly remark?: string;
}

/**
 * `kakehashi sandbox list [type]`: lists the simulated objects; with `--json` also their attributes, without keys. With `--orphans`
 * those that Terraform asked for, and that no state has.
 */
export async function sandboxList(
  settings: Settings,
  type: string | undefined,
  { orphans }: { readonly orphans: boolean },
): Promise<number> {
  const { listObjects } = objectsModule();
  const { objectsFile } = sandboxFiles();
  const listed = withFailures((): readonly Listed[] =>
    orphans ? orphansIn(objectsFile, type) : listObjects(objectsFile, type).map((object) => ({ object })),
  );
  if (settings.json) {
    const { withoutSecretValues } =
      require('../../sandbox/vault/store/redaction') as typeof import('../../sandbox/vault/store/redaction');
    for (const { object, remark } of listed) {
      const shown = { ...withoutSecretValues(object, MASK), ...(remark === undefined ? {} : { remark }) };
      process.stdout.write(`${JSON.stringify(withoutSecrets(shown))}\n`);
    }
    return EXIT.done;
  }
  const typeWidth = Math.max(0, ...listed.map(({ object }) => object.type.length));
  for (const { object, remark } of listed) {
    const { type: kind, id, region } = object;
    const end = remark === undefined ? '' : `  ${remark}`;
    process.stdout.write(`${kind.padEnd(typeWidth)}  ${region.padEnd(16)}  ${id}${end}\n`);
  }
  if (listed.length === 0)
    process.stderr.write(orphans ? 'every simulated object is in a state\n' : 'no simulated objects\n');
  return EXIT.done;
}

/** What Terraform asked for and no state has, with what is known about why. */
function orphansIn(objectsFile: string, type: string | undefined): readonly Listed[] {
  const { listCreated, nameInStates, orphansAmong } =
    require('../../sandbox/store/creations') as typeof import('../../sandbox/store/creations');
  const known = sandboxInstances().flatMap(({ type: kind, attributes }) =>
    [attributes.id, attributes.arn].flatMap((id) => (typeof id === 'string' ? nameInStates(kind, id) : [])),
  );
  return orphansAmong(listCreated(objectsFile), new Set(known))
    .filter(({ object }) => type === undefined || object.type === type)
    .map(({ object, answeredAs }) => ({
      object,
      remark: answeredAs === undefined ? 'Terraform was never told of it' : 'in no state',
    }));
}

/** `kakehashi sandbox edit <type> <id> key=json…`: changes an object. A value that is not JSON is a text. */
export async function sandboxEdit(operands: readonly string[]): Promise<number> {
  const { editObject } = require('../../sandbox/edit-object') as typeof import('../../sandbox/edit-object');
  const [type = '', id = '', ...changes] = operands;
  const parsed = Object.fromEntries(changes.map(parseChange));
  withFailures(() => editObject(sandboxFiles().objectsFile, type, id, parsed, discardPlans));
  process.stdout.write(`${type} ${id}: ${Object.keys(parsed).join(', ')} changed behind Terraform's back\n`);
  return EXIT.done;
}

/** `kakehashi sandbox reset`: deletes all simulated objects. */
export async function sandboxReset(): Promise<number> {
  const { resetObjects } = objectsModule();
  withFailures(() => resetObjects(sandboxFiles().objectsFile, discardPlans));
  process.stdout.write(
    'all simulated objects are deleted; the states in sandbox.out still name them, so the next plan creates them again\n',
  );
  return EXIT.done;
}

/** Discards saved plans, which were made from other objects: an apply would carry them out as if nothing had happened. */
function discardPlans(): void {
  const stacks = discardSandboxPlans();
  if (stacks.length > 0) process.stderr.write(`saved plans are discarded: ${stacks.join('  ')}\n`);
}

function attached(server: Awaited<ReturnType<typeof serveSandbox>>): NodeJS.ProcessEnv {
  const { sandboxEnvironment } =
    require('../../sandbox/variables') as typeof import('../../sandbox/variables');
  return sandboxEnvironment(process.env, server);
}

function objectsModule(): typeof import('../../sandbox/store/objects') {
  return require('../../sandbox/store/objects') as typeof import('../../sandbox/store/objects');
}

/** Turns the sandbox's own errors into a {@link Failure}. */
function withFailures<T>(work: () => T): T {
  const { SandboxError } =
    require('../../sandbox/store/sandbox-error') as typeof import('../../sandbox/store/sandbox-error');
  try {
    return work();
  } catch (error) {
    if (error instanceof SandboxError) throw new Failure(error.message);
    throw error;
  }
}

function parseChange(change: string): readonly [string, unknown] {
  const at = change.indexOf('=');
  if (at < 1) throw new UsageError(`sandbox edit: must be key=json, got "${change}"`);
  const text = change.slice(at + 1);
  try {
    return [change.slice(0, at), JSON.parse(text) as unknown];
  } catch {
    return [change.slice(0, at), text];
  }
}
