import { inParallel } from '../../../base/pool';
import type { Stack } from '../../../catalog/kinds/registry';
import type { PlannedOutputs } from '../../../terraform/plan/planned-outputs';
import { tunnelsOf } from '../../kinds/registry';
import { isUnapplied, readOutput } from '../../session/outputs';
import type { HostEnvironment } from '../gateway/neighbours';

/** What one stack's outputs say about both ends, now or after an apply. No key is in it. */
export interface NotedStack {
  readonly stack: Stack;
  readonly catalog: unknown;
  readonly tunnels: unknown;
  readonly site: unknown;
  /** Inside CIDRs of the tunnels that get another key. */
  readonly newKeys: ReadonlySet<string>;
}

/** The outputs of one environment's stacks. */
export interface NotedEnvironment {
  readonly environment: HostEnvironment;
  readonly stacks: readonly NotedStack[];
}

const NAMES = ['catalog', 'tunnels', 'site'] as const;

/**
 * What the states of an environment's stacks say now.
 *
 * @param plans - outputs of the stacks whose plans were read: they begin with what the state says
 * @throws TerraformError
 */
export async function notedNow(
  environment: HostEnvironment,
  plans: ReadonlyMap<string, PlannedOutputs> = new Map(),
): Promise<NotedEnvironment> {
  const { session, loaded } = environment;
  const stacks = await inParallel(loaded.stacks, session.parallelism, async (stack) => {
    const planned = plans.get(stack.id);
    if (planned !== undefined) return noted(stack, (name) => planned[name]?.before);
    if (isUnapplied(session, stack)) return noted(stack, () => undefined);
    const values = await valuesOf(environment, stack);
    return noted(stack, (name) => values.get(name));
  });
  return { environment, stacks };
}

/** The same after the plans are applied: of a stack without changes, what its state says. */
export function notedAfter(
  { environment, stacks }: NotedEnvironment,
  plans: ReadonlyMap<string, PlannedOutputs>,
): NotedEnvironment {
  return {
    environment,
    stacks: stacks.map((before) => {
      const planned = plans.get(before.stack.id);
      if (planned === undefined) return before;
      const known = new Set(tunnelCidrs(before.tunnels));
      const newKeys = (planned.tunnel_keys?.changed ?? []).filter((cidr) => known.has(cidr));
      return noted(before.stack, (name) => planned[name]?.after, new Set(newKeys));
    }),
  };
}

/** The inside CIDRs in an output `tunnels`. */
export function tunnelCidrs(tunnels: unknown): readonly string[] {
  return Object.values(fieldsOf(tunnels)).flatMap((network) =>
    Object.keys(fieldsOf(fieldsOf(network).tunnels)),
  );
}

/** A value's keys and values, where it is a map. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

async function valuesOf(
  { session, initializer }: HostEnvironment,
  stack: Stack,
): Promise<ReadonlyMap<string, unknown>> {
  const wanted = tunnelsOf(stack) === undefined ? (['catalog'] as const) : NAMES;
  const values = new Map<string, unknown>();
  for (const name of wanted) values.set(name, await readOutput(session, initializer, stack, name));
  return values;
}

function noted(
  stack: Stack,
  read: (name: (typeof NAMES)[number]) => unknown,
  newKeys: ReadonlySet<string> = new Set(),
): NotedStack {
  return { stack, catalog: read('catalog'), tunnels: read('tunnels'), site: read('site'), newKeys };
}
