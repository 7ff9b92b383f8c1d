import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stack } from '../../catalog/ground/stacks';
import { stackFolder } from './folders';
import type { Initializer } from './init';
import type { Session } from './session';

/** The layout of state files that Terraform has written since 0.12, and OpenTofu too where it does not encrypt them. */
const STATE_VERSION = 4;

interface StateFile {
  readonly version?: number;
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/**
 * One output of a stack, by its name, so that the others, which hold keys, never reach anybody; undefined where there is none.
 *
 * A state that lies on this disk in the usual layout is read as it is; for any other Terraform is asked, which must be
 * initialised for it.
 *
 * @throws TerraformError
 */
export async function readOutput(
  session: Session,
  initializer: Initializer,
  stack: Stack,
  name: 'catalog' | 'tunnels' | 'tunnel_keys' | 'role_ids',
): Promise<unknown> {
  const outputs = localOutputs(session, stack);
  if (outputs !== undefined) return outputs[name]?.value;
  await initializer.init(stack.id);
  return session.terraform.output(stackFolder(session.folders, stack.id), name);
}

/** What tells where a stack's state is. */
type Run = Pick<Session, 'simulated' | 'folders'>;

/** Whether nothing of a stack can be applied: its state would lie on this disk, and does not. */
export function isUnapplied(session: Run, stack: Stack): boolean {
  return isLocal(session, stack) && !existsSync(stateFile(session, stack));
}

/** Whether Terraform must be asked for a stack's outputs. */
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

/** In the sandbox every backend is a local one. */
function isLocal(session: Run, stack: Stack): boolean {
  return session.simulated || stack.backend.type === 'local';
}

function stateFile(session: Run, stack: Stack): string {
  return path.join(session.folders.states, `${stack.id}.tfstate`);
}
