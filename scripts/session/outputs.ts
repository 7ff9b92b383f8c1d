import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stack } from '../../catalog/kinds/registry';
import { stackFolder } from './folders';
import type { Initializer } from './init';
import type { Session } from './session';

/** The version of the layout of state files since Terraform 0.12, and of OpenTofu's where they are not encrypted. */
const STATE_VERSION = 4;

interface StateFile {
  readonly version?: number;
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/**
 * Reads one output of a stack by name, so that the others, which hold keys, are never read; undefined where there is none.
 *
 * A state on this disk in the usual layout is read directly. For any other state Terraform is run, which must be initialised
 * for it.
 *
 * @throws TerraformError
 */
export async function readOutput(
  session: Session,
  initializer: Initializer,
  stack: Stack,
  name: 'catalog' | 'tunnels' | 'tunnel_keys' | 'site' | 'role_ids',
): Promise<unknown> {
  const outputs = localOutputs(session, stack);
  if (outputs !== undefined) return outputs[name]?.value;
  await initializer.init(stack.id);
  return session.terraform.output(stackFolder(session.folders, stack.id), name);
}

/** The parts of a session that tell where a stack's state is. */
type Run = Pick<Session, 'simulated' | 'folders'>;

/** Whether nothing of a stack has been applied: its state would be on this disk, and is not. */
export function isUnapplied(session: Run, stack: Stack): boolean {
  return isLocal(session, stack) && !existsSync(stateFile(session, stack));
}

/** Whether a stack's outputs can only be read by running Terraform. */
export function needsTerraform(session: Run, stack: Stack): boolean {
  return localOutputs(session, stack) === undefined;
}

function localOutputs(session: Run, stack: Stack): StateFile['outputs'] {
  const file = stateFile(session, stack);
  if (!isLocal(session, stack) || !existsSync(file)) return undefined;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as StateFile;
    return state.version === STATE_VERSION ? state.outputs : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a stack's state is on this disk. In the sandbox every backend is a local one. */
function isLocal(session: Run, stack: Stack): boolean {
  return session.simulated || stack.backend.type === 'local';
}

function stateFile(session: Run, stack: Stack): string {
  return path.join(session.folders.states, `${stack.id}.tfstate`);
}
