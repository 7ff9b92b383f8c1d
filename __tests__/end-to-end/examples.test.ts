import { parse } from 'yaml';
import { describeWith } from '../support/programs';
import { EXAMPLE_CATALOGS, Project } from '../support/project';

jest.setTimeout(180_000);

describeWith('terraform', 'the example environment dev, in the sandbox', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project({}, EXAMPLE_CATALOGS);
  });

  it('has the entries of networks on AWS and on Azure', async () => {
    const { code, stdout } = await project.kakehashi('apply', 'dev', '--sandbox', '--yes');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {14}aws_vpc_subnet_id: subnet-/m);
    expect(stdout).toMatch(/^ {14}azure_security_group_name: dev-default-nodes$/m);
    const entries = parse(project.read('sandbox.out/dev/vpn_catalog.yml'));
    expect(entries.aws.osaka).toEqual({
      aws_region: 'ap-northeast-3',
      aws_availability_zone: expect.stringMatching(/^ap-northeast-3[a-z]$/),
      aws_vpc_subnet_id: expect.stringMatching(/^subnet-[0-9a-f]{17}$/),
      aws_vpc_security_group_id: expect.stringMatching(/^sg-[0-9a-f]{17}$/),
      private_network_ipmask: '172.29.2.0/24',
    });
    expect(stdout).toMatch(
      /^nodes {5}workers: 2 nodes until 20[0-9-]+ [0-9:]+ UTC: 172\.30\.2\.[0-9]+, 172\.30\.2\.[0-9]+$/m,
    );
    expect(entries.azure.default).toEqual({
      azure_resource_group_name: 'dev-default',
      azure_vnet_name: 'dev-default',
      azure_subnet_name: 'dev-default',
      azure_security_group_name: 'dev-default-nodes',
      azure_location: 'japaneast',
      private_network_ipmask: '172.21.1.0/24',
    });
  });

  it('has a node group of each kind, with addresses and ends of leases', async () => {
    const { code, stdout } = await project.kakehashi('nodes', 'dev', '--sandbox', '--json');
    expect(code).toBe(0);
    const lines: readonly Record<string, unknown>[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const groups = lines.filter(({ type }) => type === 'node_group');
    expect(groups.map(({ group, network, kind, state }) => [group, network, kind, state])).toEqual([
      ['workers', 'aws/default', 'fixed', 'RUNNING'],
      ['burst', 'aws/default', 'elastic', 'RUNNING'],
      ['batch', 'azure/default', 'fixed', 'RUNNING'],
      ['lab', 'onpremises/default', 'fixed', 'RUNNING'],
    ]);
    expect(groups.map(({ lease_end: end }) => typeof end)).toEqual([
      'string',
      'string',
      'string',
      'undefined',
    ]);
    const addresses = lines.filter(({ type }) => type === 'node').map(({ address }) => String(address));
    expect(addresses).toHaveLength(4);
    for (const address of addresses) expect(address).toMatch(/^(172\.30\.2|172\.21\.1|10\.0\.2)\.[0-9]+$/);
  });

  it('ends all tunnels at the gateway, and needs nothing in a second plan', async () => {
    const folder = 'sandbox.out/gateway/198.51.100.10/etc/ipsec.d';
    for (const [network, tunnels] of [
      ['aws-default', 2],
      ['aws-osaka', 2],
      ['azure-default', 2],
    ] as const)
      expect(project.read(`${folder}/kakehashi-dev-${network}.conf`).match(/^conn /gm)).toHaveLength(tunnels);
    const { code, stdout } = await project.kakehashi('plan', 'dev', '--sandbox');
    expect({ code, end: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, end: 'no changes' });
  });

  it('is destroyed as a whole, but for the image, which stays on its Docker host', async () => {
    expect((await project.kakehashi('destroy', 'dev', '--sandbox', '--yes')).code).toBe(0);
    const left = (await project.kakehashi('sandbox', 'list', '--json')).stdout.trim().split('\n');
    expect(left.map((line) => JSON.parse(line).type)).toEqual(['docker_image']);
  });
});
