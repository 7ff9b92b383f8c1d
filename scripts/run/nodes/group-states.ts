import { Failure } from '../../../base/errors';
import { inParallel } from '../../../base/pool';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { NodeGroup } from '../../../catalog/ground/node-group';
import type { Stack } from '../../../catalog/kinds/registry';
import type { GroupOutput, LeaseOutput } from '../../../model/nodes/outputs';
import { readLeaseOutput, readNodesOutput } from '../../../model/nodes/read-outputs';
import { ValueError } from '../../../model/value-error';
import type { Initializer } from '../../session/init';
import { localValues, readOutput } from '../../session/outputs';
import type { Session } from '../../session/session';

/** What the states of an environment say of one node group. */
export interface GroupState {
  readonly name: string;
  /** Those that have its nodes: one, or one for each host. */
  readonly stacks: readonly Stack[];
  /** Absent where it has left the catalog. */
  readonly group?: NodeGroup;
  /** Absent where nothing of it is applied. */
  readonly output?: GroupOutput;
  readonly lease?: LeaseOutput;
}

/** The outputs of one stack that are about its nodes. */
export interface NodeOutputs {
  readonly nodes?: unknown;
  readonly lease?: unknown;
}

/** How the outputs of a stack are read. */
export type ReadNodeOutputs = (stack: Stack) => NodeOutputs | Promise<NodeOutputs>;

const NAMES = ['nodes', 'lease'] as const;

/** Reads outputs from files of this disk, where they are, and else by Terraform. */
export function outputsReader(session: Session, initializer: Initializer): ReadNodeOutputs {
  return async (stack) =>
    localValues(session, stack, NAMES) ?? {
      nodes: await readOutput(session, initializer, stack, 'nodes'),
      lease: await readOutput(session, initializer, stack, 'lease'),
    };
}

/** Reads them from files of this disk alone; undefined where a stack's are not there. */
export function diskReader(
  session: Pick<Session, 'simulated' | 'folders'>,
  { stacks }: Loaded,
): ReadNodeOutputs | undefined {
  const read = new Map<Stack, NodeOutputs>();
  for (const stack of candidates(stacks)) {
    const values = localValues(session, stack, NAMES);
    if (values === undefined) return undefined;
    read.set(stack, values);
  }
  return (stack) => read.get(stack) ?? {};
}

/**
 * The groups of the catalog, in its order, then those that left it and are still applied.
 *
 * @throws {@link Failure} for an output that is damaged
 */
export async function groupStates(
  { catalog, stacks }: Loaded,
  read: ReadNodeOutputs,
  parallelism: number,
): Promise<readonly GroupState[]> {
  const states = new Map<string, GroupState>(
    catalog.groups.map((group) => [
      group.name,
      { name: group.name, group, stacks: stacks.filter((stack) => stack.group === group.key) },
    ]),
  );
  const all = candidates(stacks);
  const outputs = await inParallel(all, parallelism, async (stack) => parsed(stack, await read(stack)));
  all.forEach((stack, index) => {
    const { nodes = {}, lease } = outputs[index] ?? {};
    for (const [name, output] of Object.entries(nodes)) {
      const known = states.get(name) ?? { name, stacks: [] };
      states.set(name, {
        ...known,
        stacks: known.stacks.includes(stack) ? known.stacks : [...known.stacks, stack],
        output: merged(known.output, output),
        ...(lease === undefined ? {} : { lease }),
      });
    }
  });
  return [...states.values()];
}

/** Stacks that may have nodes: those of groups, and those that are gone, whose outputs tell. */
function candidates(stacks: readonly Stack[]): readonly Stack[] {
  return stacks.filter(({ group, gone }) => group !== undefined || gone);
}

function parsed(stack: Stack, { nodes, lease }: NodeOutputs) {
  try {
    return { nodes: readNodesOutput(nodes), lease: readLeaseOutput(lease) };
  } catch (error) {
    if (error instanceof ValueError)
      throw new Failure(`${stack.id}: an output of its state ${error.message}; apply it again`);
    throw error;
  }
}

/** The parts of a group whose hosts have a stack each. */
function merged(first: GroupOutput | undefined, next: GroupOutput): GroupOutput {
  return first === undefined ? next : { ...first, nodes: { ...first.nodes, ...next.nodes } };
}
