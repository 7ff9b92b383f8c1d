import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../../base/error-code';
import { Failure } from '../../../base/errors';
import { shownPath } from '../../../base/files';
import { parseState, type StateFile } from '../../../terraform/state/state-file';

/** A state that objects are taken from. */
export interface Source {
  /** How messages call it. */
  readonly name: string;
  /** Undefined for stdin. */
  readonly file?: string;
  readonly state: StateFile;
}

/** Reads a state from a file, or from stdin for `-`. @throws {@link Failure} */
export function readSource(file: string): Source {
  if (file === '-') return { name: 'the state on stdin', state: parseState(textOf(0, 'stdin'), 'stdin') };
  const name = shownPath(file);
  const lock = path.join(path.dirname(file), `.${path.basename(file)}.lock.info`);
  if (existsSync(lock)) {
    throw new Failure({
      where: name,
      summary: 'is locked by another run of Terraform, so it may be changing',
      fixes: ['wait for it to end', `remove ${shownPath(lock)} if it has been killed`],
    });
  }
  return { name, file, state: parseState(textOf(file, name), name) };
}

function textOf(file: string | number, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure({
      where: name,
      summary:
        errorCode(error) === 'ENOENT'
          ? 'there is no such file'
          : `cannot be read (${errorCode(error) ?? 'unknown reason'})`,
      fixes: ['give a Terraform state: a local terraform.tfstate, or what terraform state pull prints'],
    });
  }
}
