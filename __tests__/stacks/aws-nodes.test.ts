import '../../stacks/fast-tokens';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { nodeCatalog, nodeGroup } from '../fixtures/node-catalog';
import { AWS_NODE_OPTIONS, NODE_SCRIPTS } from '../fixtures/options/aws-nodes';
import { temporaryFolder } from '../support/catalog-folder';
import { expectGolden } from '../support/golden';
import { addresses, type Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const CATALOG =
  nodeCatalog('nodes: 2, price_per_hour: 0.1') +
  nodeGroup(
    'kind: elastic, nodes: { initial: 1, max: 3 }, spot: true, instance_type: [m7i.large, m6i.large]',
    'burst',
  );

const stacksOf = (text: string): Readonly<Record<string, Synthesized>> =>
  synthesizedCatalog(temporaryFolder({ ...NODE_SCRIPTS, 'lab.yml': text }), ['lab']).stacks;

const nodeStacks = (text: string): readonly (readonly [string, Synthesized])[] =>
  Object.entries(stacksOf(text)).filter(([id]) => id.startsWith('lab-nodes-'));

/** User data changes with the software of nodes, whose own tests say how: here stands its digest. */
function withoutUserData(stack: Synthesized): unknown {
  return JSON.parse(
    JSON.stringify(stack, (key, value) =>
      /^user_data/.test(key) && typeof value === 'string' ? 'user data' : value,
    ),
  );
}

it.each(nodeStacks(CATALOG).map(([id]) => id))('synthesizes %s to a golden file', (id) => {
  const stack = stacksOf(CATALOG)[id];
  expectGolden(
    `aws-${id}.golden.json`,
    `${JSON.stringify(withoutUserData(stack ?? { resource: {} }), null, 2)}\n`,
  );
});

it('keeps every resource address: a change here replaces nodes', () => {
  const list = Object.values(AWS_NODE_OPTIONS).flatMap((text) =>
    nodeStacks(text).flatMap(([id, stack]) => addresses(stack).map((address) => `${id} ${address}`)),
  );
  expectGolden('aws-nodes-addresses.golden.json', `${JSON.stringify(list, null, 2)}\n`);
});

it('is the same bytes twice', () => {
  const folder = temporaryFolder({ 'lab.yml': CATALOG });
  expect(synthesizedCatalog(folder, ['lab']).files).toEqual(synthesizedCatalog(folder, ['lab']).files);
});

it('leaves the other nodes as they are where a node comes or goes', () => {
  const instances = (nodes: number) => {
    const stack = stacksOf(nodeCatalog(`nodes: ${nodes}`))['lab-nodes-workers'];
    return { instances: stack?.resource.aws_instance, data: stack?.data };
  };
  expect(instances(3)).toEqual(instances(2));
});

it('gives nodes a cloud-config that is theirs, with nothing secret in it', () => {
  const stack = stacksOf(AWS_NODE_OPTIONS['aws-nodes'] ?? '')['lab-nodes-named'];
  const data = String(stack?.resource.aws_instance?.Nodes?.user_data_base64);
  const text = gunzipSync(Buffer.from(data, 'base64')).toString();
  expect(text).toMatch(/^#cloud-config\n/);
  expect(text).toContain('lab-nodes-named/registry-password');
  expect(text).not.toContain('vault://');
});

it('gives nodes that come and go their disks by the template, and mounts them', () => {
  const disks = 'disks: { scratch: { size: 100, mount: /scratch }, logs: { size: 125, type: st1 } }';
  const stack = stacksOf(nodeCatalog(`kind: elastic, nodes: { initial: 1, max: 3 }, ${disks}`))[
    'lab-nodes-workers'
  ];
  const template = stack?.resource.aws_launch_template?.Nodes_Template;
  expect(template?.block_device_mappings).toMatchObject([
    { ebs: { volume_size: 16, volume_type: 'gp3' } },
    {
      device_name: '/dev/sdf',
      ebs: { volume_size: 100, volume_type: 'gp3', encrypted: 'true', delete_on_termination: 'true' },
    },
    { device_name: '/dev/sdg', ebs: { volume_size: 125, volume_type: 'st1' } },
  ]);
  const text = gunzipSync(Buffer.from(String(template?.user_data), 'base64')).toString();
  expect(text).toContain('/dev/sdf /scratch');
});

it('gives an engine with TLS its certificates by the secret store alone, at a port of its own', () => {
  const tls =
    'docker_tls: { ca: vault://secret/ca, certificate: vault://secret/cert, key: vault://secret/key }';
  const stack = stacksOf(`${nodeCatalog(`nodes: 1, ${tls}`)}vault: { address: 'https://10.0.2.15:8443' }\n`)[
    'lab-nodes-workers'
  ];
  const data = String(stack?.resource.aws_instance?.Nodes?.user_data_base64);
  const text = gunzipSync(Buffer.from(data, 'base64')).toString();
  expect(text).toContain('-H tcp://${KAKEHASHI_ADDRESS}:2376 --tlsverify ');
  for (const name of ['docker-ca', 'docker-certificate', 'docker-key'])
    expect(text).toContain(`lab-nodes-workers/${name}`);
  expect(JSON.stringify(stack)).not.toContain('vault://');
});

it('puts a script that is too long into a bucket, under its digest', () => {
  const stack = stacksOf(AWS_NODE_OPTIONS['aws-nodes'] ?? '')['lab-nodes-adopted'];
  const object = stack?.resource.aws_s3_object?.Script;
  const script = Buffer.from(String(object?.content_base64), 'base64');
  expect(object?.key).toBe(createHash('sha256').update(script).digest('hex'));
  const data = String(stack?.resource.aws_instance?.Nodes?.user_data_base64);
  expect(gunzipSync(Buffer.from(data, 'base64')).toString()).toContain(String(object?.key));
  expect(stack?.resource.aws_s3_bucket?.Script_Bucket?.bucket).toMatch(/^lab-nodes-adopted-[0-9a-f]{12}$/);
});

it('finds its network by tags, and uses the ids of one that exists already', () => {
  const stacks = stacksOf(AWS_NODE_OPTIONS['aws-nodes'] ?? '');
  expect(stacks['lab-nodes-adopted']?.data?.aws_subnet).toEqual({
    Subnet: { id: 'subnet-0123456789abcdef0' },
  });
  expect(stacks['lab-nodes-adopted']?.resource.aws_instance?.Nodes).toMatchObject({
    associate_public_ip_address: false,
    vpc_security_group_ids: ['sg-0123456789abcdef0'],
  });
  expect(stacks['lab-nodes-named']?.resource.aws_instance?.Nodes).not.toHaveProperty(
    'associate_public_ip_address',
  );
});

it('refuses a long script of nodes that reach neither the Internet nor S3', () => {
  const text = nodeCatalog(
    'cloud_image: { id: ami-0123456789abcdef0 }, registry: { host: harbor.example.org }, user_init_command: { file: init.sh }',
  )
    .replace('vpn: none', 'egress: none, vpn: none')
    .replace('public_subnet: 172.30.9.0/24, ', '');
  expect(() => stacksOf(text)).toThrow(
    /^node_groups\.workers\.user_init_command: must fit into the user data, of which AWS takes 16384 bytes, got \d+; nodes fetch a longer one from S3: write endpoints: \[s3\] in create of their network, or shorten it$/,
  );
});
