import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { shownPath } from '../../base/files';
import { discardPlan, savedRecord } from '../../terraform/plan/saved-plan';
import { parseState, type StateInstance } from '../../terraform/state/state-file';

/** Where the sandbox of a project keeps what Terraform knows, by environment. */
function environmentFolders(root: string): readonly string[] {
  return foldersIn(path.join(root, 'sandbox.out'));
}

/**
 * What the states of a project have that may be of the sandbox: those of the driver, and those of bare cdktf, which lie in `state/`.
 *
 * @throws Failure for a file that is no state
 */
export function sandboxInstances(root = process.cwd()): readonly StateInstance[] {
  const folders = [
    ...environmentFolders(root).map((folder) => path.join(folder, 'state')),
    ...foldersIn(path.join(root, 'state')),
  ];
  return folders.flatMap(stateFiles).flatMap((file) => instancesOf(file));
}

/** Deletes the plans that are saved in the sandbox. @returns the stacks that had one, in the order of their names */
export function discardSandboxPlans(root = process.cwd()): readonly string[] {
  const stacks = environmentFolders(root).flatMap((folder) => foldersIn(path.join(folder, 'synth/stacks')));
  return stacks.flatMap((folder) => {
    const had = savedRecord(folder) !== undefined;
    discardPlan(folder);
    return had ? [path.basename(folder)] : [];
  });
}

function instancesOf(file: string): readonly StateInstance[] {
  const text = readFileSync(file, 'utf8');
  // Terraform leaves an empty file where it was killed before it wrote the first state.
  return text.trim() === '' ? [] : parseState(text, shownPath(file)).instances.filter(isManaged);
}

function isManaged({ mode }: StateInstance): boolean {
  return mode === 'managed';
}

function stateFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tfstate') && !name.startsWith('.'))
    .sort()
    .map((name) => path.join(folder, name));
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(folder, name))
    .sort();
}
