import type { NodeState } from '../../../model/nodes/node-state';
import type { FoundMember, KindNodes } from '../nodes';

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

/** A data source for each state: it tells which instances are in it, and not in which one an instance is. */
const MEMBERS = 'aws_instances';
const ASKED = Object.keys(STATES).filter((state) => state !== 'terminated');

/** What the driver needs of node groups on AWS. The members of an Auto Scaling group are in no resource of its stack. */
export const AWS_NODES: KindNodes = {
  type: INSTANCE,
  nodeOf: ({ type, values: { id, instance_state: state } }) =>
    type === INSTANCE && typeof id === 'string'
      ? { instanceId: id, state: STATES[String(state)] ?? 'UNKNOWN' }
      : undefined,
  asks: ({ output: { group_name: group } }) =>
    group === undefined
      ? undefined
      : {
          [MEMBERS]: {
            members: {
              for_each: `\${toset(${JSON.stringify(ASKED)})}`,
              instance_state_names: ['${each.key}'],
              filter: [{ name: 'tag:aws:autoscaling:groupName', values: [group] }],
            },
          },
        },
  membersOf: (answers) => answers.flatMap(({ type, values }) => (type === MEMBERS ? membersIn(values) : [])),
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

/** The instances in one state. Where one has no address any more, it is not known whose the others are. */
function membersIn(values: Readonly<Record<string, unknown>>): readonly FoundMember[] {
  const ids = textsOf(values.ids);
  const addresses = textsOf(values.private_ips);
  const [state = ''] = textsOf(values.instance_state_names);
  const areKnown = addresses.length === ids.length;
  return ids.map((instanceId, index) => ({
    instanceId,
    address: (areKnown ? addresses[index] : undefined) ?? '',
    state: STATES[state] ?? 'UNKNOWN',
  }));
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
