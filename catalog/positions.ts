import type { Loaded } from './environment/catalog';
import type { Path } from './ground/path';
import type { Where } from './ground/problem';
import type { ResourceName } from './kinds/origins';
import { KINDS } from './kinds/registry';
import { groupOrigins } from './nodes/group-origins';

/** `aws_subnet.Network_Nodes-default`, `data.aws_ami.Image`, `aws_instance.Nodes["n1"]`. */
const ADDRESS = /^(?:module\.[^.]+\.)*(?:data\.|ephemeral\.)?([a-z][a-z0-9_]*)\.([A-Za-z0-9_-]+)/;

/** What of a catalog is needed to say where its resources come from. */
export type Positioned = Pick<Loaded, 'root' | 'stacks'>;

/**
 * Where the catalog, or a file that it extends, says what a resource or one of its attributes is. A value that no file says, because it is
 * a default, is at the nearest key above.
 *
 * @param address - in its stack: `aws_vpn_connection.Vpn_Connection`; with its instance or without
 * @param attribute - `tunnel1_ike_versions`, `ipsec_policy.dh_group`
 * @returns undefined for a stack that is gone from the catalog
 */
export function originOf(
  loaded: Positioned,
  stack: string,
  address?: string,
  attribute?: string,
): Where | undefined {
  const found = loaded.stacks.find(({ id }) => id === stack);
  if (found === undefined || found.gone) return undefined;
  const [, type = '', name = ''] = ADDRESS.exec(address ?? '') ?? [];
  const resource: ResourceName = { type, name, ...(attribute === undefined ? {} : { attribute }) };
  return bestOf(loaded, pathsOf(loaded, found, resource));
}

/** Where a path of the catalog stands, or else the nearest key above it. */
export function whereIs({ root }: Pick<Loaded, 'root'>, path: Path): Where {
  const { node } = root.below(...path);
  return node?.kind === 'scalar' ? root.at(...path) : root.keyAt(...path);
}

function pathsOf(
  { root }: Positioned,
  stack: Loaded['stacks'][number],
  resource: ResourceName,
): readonly Path[] {
  const { origins } = KINDS[stack.kind];
  if (origins !== undefined) return origins(resource, stack, root);
  if (stack.group !== undefined) {
    const group = ['node_groups', stack.group.split('/').slice(1).join('/')];
    return groupOrigins(group, resource.type, resource.attribute);
  }
  return [(stack.network ?? stack.members[0] ?? '').split('/').filter((step) => step !== '')];
}

/** The first path at which something stands; of those at which nothing does, the first, as what a person would write. */
function bestOf(loaded: Positioned, paths: readonly Path[]): Where {
  return whereIs(loaded, paths.find((path) => loaded.root.has(...path)) ?? paths[0] ?? []);
}
