import type { NodeState } from '../../../model/nodes/node-state';
import type { KindNodes } from '../nodes';

/** EC2's states of an instance (API reference, InstanceState), as VCP's SDK names them. */
const STATES: Readonly<Record<string, NodeState>> = {
  pending: 'BOOTING',
  running: 'RUNNING',
  'shutting-down': 'DELETING',
  terminated: 'ENDED',
  stopping: 'SHUTTING_DOWN',
  stopped: 'POWER_OFF',
};

const INSTANCE = 'aws_instance';

/** What the driver needs of node groups on AWS. The members of an Auto Scaling group are in no resource of its stack. */
export const AWS_NODES: KindNodes = {
  type: INSTANCE,
  nodeOf: ({ type, values: { id, instance_state: state } }) =>
    type === INSTANCE && typeof id === 'string'
      ? { instanceId: id, state: STATES[String(state)] ?? 'UNKNOWN' }
      : undefined,
  // The image of an elastic group's template, and so of its new nodes, is kept, too: only a new template has a newer one.
  newImage: ({ loaded, group, nodes }) => {
    const own = loaded.catalog.kinds['aws-nodes']?.groups.find(({ key }) => key === group.key);
    if (own === undefined || own.image.by === 'id') return [];
    return group.kind === 'elastic'
      ? ['aws_launch_template.Nodes_Template', 'aws_autoscaling_group.Nodes']
      : nodes.map((key) => `${INSTANCE}.Nodes[${JSON.stringify(key)}]`);
  },
  // The size of a group is ignored after its birth, so only a new group has nodes again.
  renewed: ({ group }) => (group.kind === 'elastic' ? ['aws_autoscaling_group.Nodes'] : []),
};
