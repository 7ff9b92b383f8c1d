import { connectionBlock } from '../../../model/clouds/azure/inside-addresses';
import { Cidr } from '../../../model/net/cidr';
import { stackFolder } from '../../session/folders';
import { isUnapplied, readOutput } from '../../session/outputs';
import type { Planning } from '../kind';

export const CONNECTION_TYPE = 'azurerm_virtual_network_gateway_connection';

/** What a stack's state says of its connections' pre-shared keys. */
export interface AppliedKeys {
  /** By /29: those of the output `tunnel_keys`. */
  readonly keys: ReadonlyMap<string, string>;
  /**
   * The keys of the connections in the state. They are looked up only where the output lacks a key: an apply that was stopped
   * has made a connection and no output.
   */
  readonly connections: () => Promise<readonly string[]>;
}

/** @throws TerraformError where the state can't be read */
export async function appliedKeys({
  session,
  initializer,
  stack,
}: Pick<Planning<'azure-network'>, 'session' | 'initializer' | 'stack'>): Promise<AppliedKeys> {
  if (isUnapplied(session, stack)) return { keys: new Map(), connections: async () => [] };
  return {
    keys: keysOfOutput(await readOutput(session, initializer, stack, 'tunnel_keys')),
    connections: async () => {
      await initializer.init(stack.id);
      const text = await session.terraform.pullState(stackFolder(session.folders, stack.id));
      return connectionKeys(text, (key) => session.report.log.masks.add(key));
    },
  };
}

/** The keys of the output, by the /29 of their connection; by a tunnel's own address they are taken too. */
export function keysOfOutput(output: unknown): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  if (typeof output !== 'object' || output === null) return keys;
  for (const [name, key] of Object.entries(output)) {
    if (typeof key !== 'string' || key === '' || !/^[\d.]+\/\d+$/.test(name)) continue;
    keys.set(connectionBlock(Cidr.parse(name)).toString(), key);
  }
  return keys;
}

/**
 * The keys of the connections that a state has.
 *
 * @param text - what `terraform state pull` prints
 * @param learn - is given each of them, to mask it
 */
export function connectionKeys(text: string, learn: (key: string) => void): readonly string[] {
  if (text.trim() === '') return [];
  const state = JSON.parse(text) as {
    readonly resources?: readonly {
      readonly type?: string;
      readonly mode?: string;
      readonly instances?: readonly { readonly attributes?: { readonly shared_key?: unknown } | null }[];
    }[];
  };
  const connections = (state.resources ?? []).filter(
    ({ type, mode }) => type === CONNECTION_TYPE && mode !== 'data',
  );
  return connections.flatMap(({ instances = [] }) =>
    instances.map(({ attributes }) => {
      const key = typeof attributes?.shared_key === 'string' ? attributes.shared_key : '';
      if (key !== '') learn(key);
      return key;
    }),
  );
}
