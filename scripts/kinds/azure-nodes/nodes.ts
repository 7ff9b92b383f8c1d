import type { NodeState } from '../../../model/nodes/node-state';
import type { StateResource } from '../../../terraform/plan/prior-resources';
import type { FoundMember, KindNodes } from '../nodes';

const MACHINE = 'azurerm_linux_virtual_machine';

/** Power states of a virtual machine (Azure's documentation, "States and billing status"), as VCP's SDK names them. */
const STATES: Readonly<Record<string, NodeState>> = {
  starting: 'BOOTING',
  running: 'RUNNING',
  stopping: 'SHUTTING_DOWN',
  deallocating: 'SHUTTING_DOWN',
  // Its host is kept for it, and paid.
  stopped: 'POWER_OFF',
  deallocated: 'STOPPED',
};

/** Tells whether a machine runs, which its resource does not: also of one that a scale set made. */
const ASKED = 'azurerm_virtual_machine';

/** What the driver needs of node groups on Azure. Each has a resource group of its own, in which all machines are its nodes. */
export const AZURE_NODES: KindNodes = {
  type: MACHINE,
  nodeOf: (resource) => {
    const { type, values } = resource;
    if (type === ASKED) return memberOf(resource);
    return type === MACHINE && typeof values.name === 'string'
      ? { instanceId: values.name, state: 'UNKNOWN' }
      : undefined;
  },
  asks: ({ stack }) => ({
    azurerm_resources: {
      machines: { resource_group_name: stack, type: 'Microsoft.Compute/virtualMachines' },
    },
    [ASKED]: {
      machines: {
        for_each: '${toset(data.azurerm_resources.machines.resources[*].name)}',
        name: '${each.key}',
        resource_group_name: stack,
      },
    },
  }),
  membersOf: (answers) => answers.flatMap((answer) => (answer.type === ASKED ? memberOf(answer) : [])),
  // An image that has an id is what the catalog says; one of the marketplace is kept as it was at the birth of the machines.
  newImage: ({ loaded, group, nodes }) => {
    const own = loaded.catalog.kinds['azure-nodes']?.groups.find(({ key }) => key === group.key);
    if (own === undefined || 'id' in own.image) return [];
    return group.kind === 'elastic'
      ? ['azurerm_orchestrated_virtual_machine_scale_set.Nodes']
      : nodes.map((key) => `${MACHINE}.Nodes[${JSON.stringify(key)}]`);
  },
};

function memberOf({ values }: StateResource): FoundMember {
  return {
    instanceId: String(values.name),
    address: String(values.private_ip_address ?? ''),
    state: STATES[String(values.power_state)] ?? 'UNKNOWN',
  };
}
