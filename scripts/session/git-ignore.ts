import { existsSync } from 'node:fs';
import path from 'node:path';
import { writeAtomically } from '../../base/files';
import type { Stack } from '../../catalog/kinds/registry';
import type { Folders } from './folders';

const TEXT = `# Written by kakehashi. States, logs, saved plans and pre-shared keys are in this folder: do not commit it.
# An empty file here is left as it is.
*
`;

/** Writes a `.gitignore` into each folder of a run that must not be committed, unless it has one. */
export function ignoreOutputs(folders: Folders, stacks: readonly Stack[], simulated: boolean): void {
  const { root, results, states, out } = folders;
  const isLocal = stacks.some(({ backend }) => backend.type === 'local');
  const below = simulated
    ? [path.dirname(results)]
    : [path.dirname(results), path.join(root, out), ...(isLocal ? [path.dirname(states)] : [])];
  for (const folder of below) {
    const file = path.join(folder, '.gitignore');
    if (!existsSync(file)) writeAtomically(file, TEXT);
  }
}
