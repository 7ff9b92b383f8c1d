import type { Loaded } from '../../../catalog/environment/catalog';
import type { DockerGroup, DockerNode } from '../../../catalog/kinds/docker-nodes/group';
import type { Stack } from '../../../catalog/kinds/registry';

export interface GroupAndNode {
  readonly group: DockerGroup;
  readonly node: DockerNode;
}

/** The node that a stack makes; undefined for one that is gone. */
export function nodeOf(
  { catalog }: Pick<Loaded, 'catalog'>,
  { id }: Pick<Stack<'docker-nodes'>, 'id'>,
): GroupAndNode | undefined {
  const groups = catalog.kinds['docker-nodes']?.groups ?? [];
  return groups.flatMap((group) =>
    group.nodes.flatMap((node) => (node.stack === id ? [{ group, node }] : [])),
  )[0];
}
