import { AWS_NODES } from '../../../../scripts/kinds/aws-nodes/nodes';
import { tryLoad } from '../../../catalog/folder-of';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
const { nodeOf, newImage, renewed, type, asks, membersOf } = AWS_NODES;

test.each([
  ['pending', 'BOOTING'],
  ['running', 'RUNNING'],
  ['shutting-down', 'DELETING'],
  ['stopping', 'SHUTTING_DOWN'],
  ['stopped', 'POWER_OFF'],
  ['terminated', 'ENDED'],
  [undefined, 'UNKNOWN'],
])('an instance that is %s is %s', (instance_state, state) => {
  expect(nodeOf({ type, values: { id: 'i-1', instance_state } })).toEqual({ instanceId: 'i-1', state });
});

test('another resource is no node', () => {
  expect(nodeOf({ type: 'aws_ebs_volume', values: { id: 'vol-1' } })).toBeUndefined();
});

const output = {
  provider: 'aws',
  network: 'aws/default',
  nodes: {},
  max: 3,
  spot: false,
  user: 'ubuntu',
  ssh_port: 20022,
};

test('the members of an Auto Scaling group are asked for by its name, in each state that a living one has', () => {
  expect(asks?.({ stack: 'dev-nodes-many', output: { ...output, kind: 'fixed' } })).toBeUndefined();
  expect(
    asks?.({ stack: 'dev-nodes-many', output: { ...output, kind: 'elastic', group_name: 'dev-many' } }),
  ).toEqual({
    aws_instances: {
      members: {
        for_each: '${toset(["pending","running","shutting-down","stopping","stopped"])}',
        instance_state_names: ['${each.key}'],
        filter: [{ name: 'tag:aws:autoscaling:groupName', values: ['dev-many'] }],
      },
    },
  });
});

test('members have the state that was asked for, and an address where none of them lacks one', () => {
  const answer = (state: string, ids: readonly string[], addresses: readonly string[]) => ({
    type: 'aws_instances',
    values: { ids, private_ips: addresses, instance_state_names: [state] },
  });
  expect(
    membersOf?.([
      answer('pending', ['i-1'], ['172.30.2.4']),
      answer('shutting-down', ['i-2', 'i-3'], ['172.30.2.5']),
      { type: 'aws_ami', values: {} },
    ]),
  ).toEqual([
    { instanceId: 'i-1', address: '172.30.2.4', state: 'BOOTING' },
    { instanceId: 'i-2', address: '', state: 'DELETING' },
    { instanceId: 'i-3', address: '', state: 'DELETING' },
  ]);
});

describe('groups of a catalog', () => {
  const { loaded } = tryLoad({
    'dev.yml': `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24 }
node_groups:
  fixed: { network: aws/default, ssh_public_keys: [${KEY}] }
  chosen: { network: aws/default, cloud_image: { id: ami-0123456789abcdef0 }, ssh_public_keys: [${KEY}] }
  many: { network: aws/default, kind: elastic, nodes: { initial: 1, max: 3 }, ssh_public_keys: [${KEY}] }
`,
  });
  const configured = (name: string) => {
    const group = loaded?.catalog.groups.find((one) => one.name === name);
    if (loaded === undefined || group === undefined) throw new Error('the catalog is not valid');
    return { loaded, group, resources: [], nodes: ['n1', 'n2'] };
  };

  test.each([
    ['fixed', ['aws_instance.Nodes["n1"]', 'aws_instance.Nodes["n2"]']],
    ['chosen', []],
    ['many', ['aws_launch_template.Nodes_Template', 'aws_autoscaling_group.Nodes']],
  ])('%s gets a newer image by replacing what keeps it', (name, addresses) => {
    expect(newImage?.(configured(name))).toEqual(addresses);
  });

  test.each([
    ['fixed', []],
    ['many', ['aws_autoscaling_group.Nodes']],
  ])('%s is renewed after the end of its lease', (name, addresses) => {
    expect(renewed?.(configured(name))).toEqual(addresses);
  });
});
