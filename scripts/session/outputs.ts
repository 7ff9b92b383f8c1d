import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readIfThere } from '../../base/files';
import type { Stack } from '../../catalog/kinds/registry';
import { holdsNothing, STATE_VERSION } from '../../terraform/state-contents';
import { stackFolder } from './folders';
import type { Initializer } from './init';
import type { Session } from './session';

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
  name: 'catalog' | 'tunnels' | 'tunnel_keys' | 'site' | 'role_ids' | 'nodes' | 'lease',
): Promise<unknown> {
  const outputs = localOutputs(session, stack);
  if (outputs !== undefined) return outputs[name]?.value;
  await initializer.init(stack.id);
  return session.terraform.output(stackFolder(session.folders, stack.id), name);
}

/** Some outputs of a stack whose state is on this disk, by name; undefined where Terraform must be run for them. */
export function localValues<Name extends string>(
  session: Run,
  stack: Stack,
  names: readonly Name[],
): Partial<Readonly<Record<Name, unknown>>> | undefined {
  if (isUnapplied(session, stack)) return {};
  const outputs = localOutputs(session, stack);
  if (outputs === undefined) return undefined;
  const values: Partial<Record<Name, unknown>> = {};
  for (const name of names) values[name] = outputs[name]?.value;
  return values;
}

/** The parts of a session that tell where a stack's state is. */
type Run = Pick<Session, 'simulated' | 'folders'>;

/** Whether nothing of a stack has been applied: its state would be on this disk, and is not there or empty. */
export function isUnapplied(session: Run, stack: Stack): boolean {
  return isLocal(session, stack) && hasNoLocalState(session, stack.id);
}

/** Whether no state on this disk holds anything of a stack. */
export function hasNoLocalState({ folders }: Run, stack: string): boolean {
  return holdsNothing(readIfThere(stateFile({ folders }, { id: stack })) ?? '');
}

/** Whether a stack's outputs can only be read by running Terraform. */
export function needsTerraform(session: Run, stack: Stack): boolean {
  return localOutputs(session, stack) === undefined;
}

/** Whether an output of any of these stacks can only be read by running Terraform, which needs their configuration. */
export function needConfiguration(session: Run, stacks: readonly Stack[]): boolean {
  return stacks.some((stack) => !isUnapplied(session, stack) && needsTerraform(session, stack));
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

function stateFile(session: Pick<Run, 'folders'>, stack: Pick<Stack, 'id'>): string {
  return path.join(session.folders.states, `${stack.id}.tfstate`);
}
