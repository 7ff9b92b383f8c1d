import type { KindNodes } from '../nodes';

const MACHINE = 'azurerm_linux_virtual_machine';

/**
 * What the driver needs of node groups on Azure. Terraform's provider does not report whether a machine runs: one that is there may be
 * deallocated. The members of a scale set are in no resource of its stack.
 */
export const AZURE_NODES: KindNodes = {
  type: MACHINE,
  nodeOf: ({ type, values: { name } }) =>
    type === MACHINE && typeof name === 'string' ? { instanceId: name, state: 'UNKNOWN' } : undefined,
  // An image that has an id is what the catalog says; one of the marketplace is kept as it was at the birth of the machines.
  newImage: ({ loaded, group, nodes }) => {
    const own = loaded.catalog.kinds['azure-nodes']?.groups.find(({ key }) => key === group.key);
    if (own === undefined || 'id' in own.image) return [];
    return group.kind === 'elastic'
      ? ['azurerm_orchestrated_virtual_machine_scale_set.Nodes']
      : nodes.map((key) => `${MACHINE}.Nodes[${JSON.stringify(key)}]`);
  },
};
