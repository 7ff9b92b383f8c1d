import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Cloud } from '../../sandbox/aws/cloud';
import { endMember } from '../../sandbox/aws/compute/scaling';
import { listCreated } from '../../sandbox/store/creations';
import { listObjects, ObjectLog } from '../../sandbox/store/objects';
import type { SandboxObject } from '../../sandbox/store/sandbox-object';
import { SSH_KEY } from '../fixtures/azure-nodes';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

const KEYS = `ssh_public_keys: ['${SSH_KEY}']`;
const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, vpn: none }
azure:
  default:
    azure_location: japaneast
    private_network_ipmask: 172.21.1.0/24
    create: { vnet_cidr: 172.21.0.0/16, vpn: none }
onpremises: { default: {} }
node_groups:
  fixed: { network: aws/default, nodes: 2, ${KEYS} }
  elastic: { network: aws/default, kind: elastic, nodes: { initial: 2, max: 4 }, ${KEYS} }
  azure: { network: azure/default, nodes: 1, ${KEYS} }
  docker:
    network: onpremises/default
    hosts: { web1: { address: 10.0.2.31 } }
    image: harbor.example.org/vcp/base@sha256:${'a'.repeat(64)}
    ${KEYS}
  three: { network: aws/default, nodes: 3, ${KEYS} }
  trio: { network: azure/default, nodes: 3, ${KEYS} }
`;
const INSTANCE = 'aws_instance';
const MACHINE = 'azurerm_linux_virtual_machine';
const GROUP = 'aws_autoscaling_group';
const CONTAINER = 'docker_container';
const NODE_GROUPS = ['fixed', 'elastic', 'azure', 'docker-web1'];

describeWith('terraform', 'applies of node groups that are disturbed', () => {
  let project: Project;
  const log = () => join(project.folder, 'sandbox.out/objects.jsonl');
  const faults = (...list: readonly object[]) => project.write('faults.json', JSON.stringify(list));
  const stacks = (...groups: readonly string[]) =>
    groups.flatMap((group) => ['--stack', `dev-nodes-${group}`]);
  const disturbed = (...groups: readonly string[]) =>
    spawn(
      process.execPath,
      [compiledCli(), 'apply', 'dev', '--sandbox', '--yes', '--parallelism', '4', ...stacks(...groups)],
      {
        cwd: project.folder,
        env: { ...process.env, KAKEHASHI_SANDBOX_FAULTS: 'faults.json' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
  const ended = async (child: ReturnType<typeof disturbed>) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    return { code: await new Promise((resolve) => child.on('close', resolve)), said: () => said };
  };
  const apply = (...groups: readonly string[]) =>
    project.kakehashi('apply', 'dev', '--sandbox', '--yes', ...stacks(...groups));
  const plan = (...groups: readonly string[]) =>
    project.kakehashi('plan', 'dev', '--sandbox', ...stacks(...groups));
  const orphans = async () => (await project.kakehashi('sandbox', 'list', '--orphans')).stdout;
  const nodesOf = (group: string) =>
    listObjects(log())
      .filter(({ type }) => [INSTANCE, MACHINE, CONTAINER].includes(type))
      .map(nameOf)
      .filter((name) => name.startsWith(`dev-${group}`))
      .sort();

  beforeAll(async () => {
    project = new Project({ 'catalog/dev.yml': CATALOG }, temporaryFolder());
    const networks = ['--stack', 'dev-aws-default', '--stack', 'dev-azure-default'];
    const { code, stderr } = await project.kakehashi('apply', 'dev', '--sandbox', '--yes', ...networks);
    expect({ code, stderr }).toEqual({ code: 0, stderr });
  });

  it('by a Ctrl-C have made nothing that is not known, and are gone on with', async () => {
    const types = [INSTANCE, GROUP, MACHINE, CONTAINER];
    faults(...types.map((type) => ({ type, operation: 'create', call: 1, fault: 'late', seconds: 2 })));
    const child = disturbed(...NODE_GROUPS);
    const end = ended(child);
    // Of each group something is made, and Terraform does not know it yet.
    while (types.some((type) => !listCreated(log()).some(({ object }) => object.type === type)))
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await orphans()).split('\n').filter((line) => line.endsWith('never told of it'))).not.toEqual([]);
    child.kill('SIGINT');
    const { code, said } = await end;
    expect(said()).toMatch(/interrupting: waiting for terraform/);
    expect(code).toBe(130);
    expect(await orphans()).toBe('');
    expect((await apply(...NODE_GROUPS)).code).toBe(0);
    expect(NODE_GROUPS.map((group) => nodesOf(group.replace('docker-web1', 'docker')))).toEqual([
      ['dev-fixed-n1', 'dev-fixed-n2'],
      ['dev-elastic', 'dev-elastic'],
      ['dev-azure-n1'],
      ['dev-docker-web1'],
    ]);
    expect(await orphans()).toBe('');
    expect((await plan(...NODE_GROUPS)).code).toBe(0);
  });

  it('by the refusal of the second of three nodes get the third, and the second when they are run again', async () => {
    faults(
      { type: INSTANCE, operation: 'create', call: 2, fault: 'error', code: 'InsufficientInstanceCapacity' },
      { type: MACHINE, operation: 'create', call: 2, fault: 'error', code: 'AllocationFailed' },
    );
    const { code, said } = await ended(disturbed('three', 'trio'));
    expect(code).toBe(1);
    expect(said()).toContain('InsufficientInstanceCapacity');
    expect(said()).toContain('AllocationFailed');
    const first = [...nodesOf('three'), ...nodesOf('trio')];
    expect(first).toHaveLength(4);
    expect(await orphans()).toBe('');
    const made = ids();
    expect((await apply('three', 'trio')).code).toBe(0);
    expect([nodesOf('three'), nodesOf('trio')]).toEqual(
      ['three', 'trio'].map((group) => ['n1', 'n2', 'n3'].map((node) => `dev-${group}-${node}`)),
    );
    // Those that were there are no others now.
    expect(ids()).toEqual(expect.arrayContaining(made));
    expect(await orphans()).toBe('');
    expect((await plan('three', 'trio')).code).toBe(0);
  });

  it('by nodes that ended because they were idle make none anew', async () => {
    const [fixed, elastic] = ['dev-fixed-n2', 'dev-elastic'].map(
      (name) => listObjects(log(), INSTANCE).find((object) => nameOf(object) === name)?.id ?? '',
    );
    const clouds = ObjectLog.open(log());
    const cloud = new Cloud(clouds, 'ap-northeast-1', '');
    for (const id of [fixed, elastic]) endMember(cloud, id ?? '');
    clouds.close();
    const planned = await plan('fixed', 'elastic');
    expect(planned.stdout.replace(/\s+/g, ' ')).toContain('n2 ended by itself; renew makes it anew');
    expect(planned.code).toBe(2);
    expect((await apply('fixed', 'elastic')).code).toBe(0);
    expect([nodesOf('fixed'), nodesOf('elastic')]).toEqual([['dev-fixed-n1'], ['dev-elastic']]);
    expect((await plan('fixed', 'elastic')).code).toBe(0);
  });

  function ids(): readonly string[] {
    return [INSTANCE, MACHINE].flatMap((type) => listObjects(log(), type).map(({ id }) => id));
  }
});

/** The name of a node in its cloud. */
function nameOf({ attributes }: SandboxObject): string {
  const { tags_all: tags, name } = attributes;
  return String(Object(tags).Name ?? name);
}
