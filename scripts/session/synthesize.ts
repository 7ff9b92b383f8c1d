import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CommandError, Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { Interrupted } from '../../base/interrupted';
import { makeFolder } from '../../base/make-folder';
import type { Processes } from '../../base/process';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import { erroredState } from '../../terraform/errored-state';
import type { Report } from '../report/report';
import type { Folders } from './folders';
import { shownDirectory } from './read-catalog';
import type { Settings } from './settings';

/** The cdktf app of this package. It is run and never imported, because it loads cdktf. */
export const APP = path.join(__dirname, '../../stacks/main.js');

export interface SynthOptions {
  readonly environment: string;
  readonly settings: Settings;
  readonly folders: Folders;
  readonly report: Report;
  readonly processes: Processes;
  readonly variables: NodeJS.ProcessEnv;
  /** Whether it is written also where the lock file says otherwise, for whoever only reads states. @default false */
  readonly lenient?: boolean;
  /** Whether nobody is told of it, because it is a means to something else. @default false */
  readonly quiet?: boolean;
}

/** What is synthesized, and what was found out about lock files before. */
export type Synthesized = Pick<Loaded, 'stacks' | 'unapplied'>;

/**
 * Writes the Terraform configuration of an environment in a child process, and removes the folders of stacks that are gone.
 *
 * @returns the seconds it took
 * @throws {@link CommandError} when the app fails, {@link Failure} when its manifest and the catalog's stacks disagree
 */
export async function synthesize(options: SynthOptions, loaded: Synthesized): Promise<number> {
  const { environment, settings, folders, report, processes } = options;
  const { stacks } = loaded;
  const started = Date.now();
  const env: NodeJS.ProcessEnv = {
    ...options.variables,
    KAKEHASHI_ENV: environment,
    KAKEHASHI_CATALOG: shownDirectory(settings),
    CDKTF_OUTDIR: folders.out,
    KAKEHASHI_UNAPPLIED: loaded.unapplied.map(({ environment: of, stack }) => `${of}/${stack}`).join(','),
  };
  if (options.lenient === true) env.KAKEHASHI_UNSETTLED = '1';
  else delete env.KAKEHASHI_UNSETTLED;
  if (settings.sandbox) env.KAKEHASHI_SANDBOX = '1';
  else delete env.KAKEHASHI_SANDBOX;
  // A driver's own choice of stacks is none of the user's.
  delete env.KAKEHASHI_STACKS;
  // cdktf creates only the last folder of the path.
  makeFolder(path.join(folders.root, folders.out));
  const argv = [process.execPath, APP];
  const result = await processes.run({
    command: process.execPath,
    args: [APP],
    cwd: folders.root,
    env,
    onLine: (line) => report.log.write('synth', line),
  });
  if (processes.interrupted) throw new Interrupted();
  if (result.kind !== 'exited' || result.exitCode !== 0) {
    const exitCode = result.kind === 'exited' ? result.exitCode : undefined;
    throw new CommandError(`${environment}: synth failed`, argv, result.kind, exitCode, result.lastLines);
  }
  const out = path.join(folders.root, folders.out);
  checkManifest(out, stacks);
  if (realpathSync(out) !== path.join(realpathSync(folders.root), folders.out))
    checkStrayStates(folders, stacks);
  removeStale(path.join(out, 'stacks'), stacks);
  const seconds = (Date.now() - started) / 1000;
  if (options.quiet !== true)
    report.event({
      type: 'synthesized',
      environment,
      folder: folders.out,
      stacks: stacks.map((stack) => stack.id),
      seconds,
    });
  return seconds;
}

function checkManifest(out: string, stacks: readonly Stack[]): void {
  const file = path.join(out, 'manifest.json');
  if (!existsSync(file)) throw new Failure(`${shownPath(file)}: not written by synth`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { stacks?: Readonly<Record<string, unknown>> };
  const written = Object.keys(manifest.stacks ?? {}).sort();
  const ids = stacks.map((stack) => stack.id).sort();
  if (written.join() !== ids.join()) {
    throw new Failure(
      `${shownPath(file)}: must hold the stacks ${ids.join(', ') || '(none)'}, got ${written.join(', ') || '(none)'}`,
    );
  }
}

/**
 * Versions before this one let Terraform go up from where a link leads, so that states came to lie outside of the project.
 *
 * @throws {@link Failure} for a state that is there, and not where it belongs
 */
function checkStrayStates({ root, out, states }: Folders, stacks: readonly Stack[]): void {
  const depth = out.split('/').length;
  const above = path.join(realpathSync(path.join(root, out)), '../'.repeat(depth));
  for (const { id } of stacks) {
    const own = path.join(states, `${id}.tfstate`);
    const stray = path.join(above, path.relative(root, states), `${id}.tfstate`);
    // Another project may have its state there; what this one has initialised is its own.
    const isOurs = existsSync(path.join(root, out, 'stacks', id, '.terraform/terraform.tfstate'));
    if (!isOurs || existsSync(own) || !existsSync(stray)) continue;
    throw new Failure({
      where: id,
      summary: `its state lies at ${stray}, because ${out} is reached by a symbolic link`,
      fixes: [
        `move it to ${shownPath(own)}, and remove ${shownPath(path.join(root, out, 'stacks', id, '.terraform'))}`,
      ],
    });
  }
}

/** Removes the folders of stacks that are gone. @throws {@link Failure} for one with a state that was not saved */
function removeStale(folder: string, stacks: readonly Stack[]): void {
  if (!existsSync(folder)) return;
  const ids = new Set(stacks.map((stack) => stack.id));
  for (const name of readdirSync(folder).filter((candidate) => !ids.has(candidate))) {
    const stale = path.join(folder, name);
    const unsaved = erroredState(name, stale);
    if (unsaved !== undefined) throw new Failure(unsaved);
    rmSync(stale, { recursive: true, force: true });
  }
}
