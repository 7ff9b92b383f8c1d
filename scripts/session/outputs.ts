import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Unit } from '../../catalog/ground/units';
import { unitFolder } from './folders';
import type { Initializer } from './init';
import type { Session } from './session';

/** The layout of state files that Terraform has written since 0.12, and OpenTofu too where it does not encrypt them. */
const STATE_VERSION = 4;

interface StateFile {
  readonly version?: number;
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/**
 * One output of a unit, by its name, so that the others, which hold keys, never reach anybody; undefined where there is none.
 *
 * A state that lies on this disk in the usual layout is read as it is; for any other Terraform is asked, which must be
 * initialised for it.
 *
 * @throws TerraformError
 */
export async function readOutput(
  session: Session,
  initializer: Initializer,
  unit: Unit,
  name: 'catalog' | 'tunnels' | 'tunnel_keys' | 'role_ids',
): Promise<unknown> {
  const outputs = localOutputs(session, unit);
  if (outputs !== undefined) return outputs[name]?.value;
  await initializer.init(unit.id);
  return session.terraform.output(unitFolder(session.folders, unit.id), name);
}

/** What tells where a unit's state is. */
type Run = Pick<Session, 'simulated' | 'folders'>;

/** Whether nothing of a unit can be applied: its state would lie on this disk, and does not. */
export function isUnapplied(session: Run, unit: Unit): boolean {
  return isLocal(session, unit) && !existsSync(stateFile(session, unit));
}

/** Whether Terraform must be asked for a unit's outputs. */
export function needsTerraform(session: Run, unit: Unit): boolean {
  return localOutputs(session, unit) === undefined;
}

function localOutputs(session: Run, unit: Unit): StateFile['outputs'] {
  const file = stateFile(session, unit);
  if (!isLocal(session, unit) || !existsSync(file)) return undefined;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as StateFile;
    return state.version === STATE_VERSION ? state.outputs : undefined;
  } catch {
    return undefined;
  }
}

/** In the sandbox every backend is a local one. */
function isLocal(session: Run, unit: Unit): boolean {
  return session.simulated || unit.backend.type === 'local';
}

function stateFile(session: Run, unit: Unit): string {
  return path.join(session.folders.states, `${unit.id}.tfstate`);
}
