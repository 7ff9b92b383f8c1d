import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Brownfield, CATALOG, idsOf, STACK, type State } from '../support/brownfield';
import { describeWith } from '../support/programs';

jest.setTimeout(300_000);

const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]';

describeWith('terraform', 'the network of aws_vpn.tf', () => {
  const project = new Brownfield('existing-network');
  let before = '';

  beforeAll(async () => {
    expect(await project.build()).toContain('18 added');
    before = project.read('old/terraform.tfstate');
  });

  test('a dry run shows the entry, the objects and the plan, and writes nothing', async () => {
    const { code, stdout } = await project.import('--dry-run');
    expect(code).toBe(2);
    expect(stdout).toContain('+      ingress: open-site');
    expect(stdout).toMatch(/aws_vpn_connection_route\.site +aws_vpn_connection_route\.Vpn_To-10_0_2_0-24\n/);
    expect(stdout).toContain('nothing is replaced or destroyed; the next apply changes in place or adds:');
    expect(stdout).toContain('dry run: nothing was written');
    expect(project.read('catalog/lab.yml')).toBe(CATALOG);
    expect(project.has(`sandbox.out/lab/state/${STACK}.tfstate`)).toBe(false);
    expect(project.has('sandbox.out/lab/synth.import')).toBe(false);
  });

  test('nothing is written where it is not confirmed', async () => {
    const { code, stderr } = await project.import();
    expect(code).toBe(3);
    expect(stderr).toContain('not imported: there is no terminal to confirm on; pass --yes');
    expect(project.read('catalog/lab.yml')).toBe(CATALOG);
  });

  test('with --frozen it is refused before anything is done', async () => {
    const { code, stderr } = await project.import('--yes', '--frozen');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'gets a stack by an import, but it is frozen; run without --frozen and commit it',
    );
  });

  test('an entry that would replace something is refused with the reason, and nothing is written', async () => {
    const entry = `aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, ingress: open-site, vpn: { crypto: seed, logs: none } }
`;
    project.write('catalog/lab.yml', CATALOG + entry);
    const { code, stderr } = await project.import('--yes');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'lab-aws-default: not imported, because the plan that follows would not leave everything in place:',
    );
    expect(stderr).toContain('aws_security_group.Nodes_Group would be replaced: ');
    expect(stderr).toContain('aws_customer_gateway.Vpn_CustomerGateway would be replaced: device_name');
    expect(stderr).toContain('nothing was written');
    expect(project.has(`sandbox.out/lab/state/${STACK}.tfstate`)).toBe(false);
    project.write('catalog/lab.yml', CATALOG);
  });

  test('a site that is not the other end is refused, with the value to write', async () => {
    project.write(
      'catalog/lab.yml',
      CATALOG.replace('198.51.100.10', '198.51.100.11').replace('65000', '65001'),
    );
    const { code, stderr } = await project.import('--yes');
    expect(code).toBe(1);
    expect(stderr).toContain(
      "old/terraform.tfstate: aws_customer_gateway.site has 198.51.100.10, and the catalog's site.public_ip is 198.51.100.11: that would replace the customer gateway, and with it the connection; write site.public_ip: 198.51.100.10, import, and change it afterwards",
    );
    expect(stderr).toContain("aws_customer_gateway.site has 65000, and the catalog's site.asn is 65001");
    project.write('catalog/lab.yml', `cci_version: '1.0'\n`);
    const without = await project.import('--yes');
    expect(without.stderr).toContain(
      'write site: { controller: ADDRESS/PREFIX, public_ip: 198.51.100.10, asn: 65000, subnets: [10.0.2.0/24] }',
    );
    project.write('catalog/lab.yml', CATALOG);
  });

  test('it is imported: the entry is written, and the instances are in our state as the provider wrote them', async () => {
    const { code, stdout } = await project.import('--yes');
    expect(code).toBe(0);
    expect(stdout).toContain(`state     ${STACK}: 21 objects taken`);
    expect(stdout).toContain('terraform state rm aws_customer_gateway.site aws_eip.out ');
    expect(stdout).toContain('it holds nothing else: move old/terraform.tfstate and its configuration away');
    const text = project.read('catalog/lab.yml');
    expect(text.startsWith(CATALOG)).toBe(true);
    expect(text).toContain('    security_group_description: Managed by Terraform\n');
    expect(project.read('old/terraform.tfstate')).toBe(before);
    const { own, old } = project;
    expect(own.serial).toBe(1);
    expect(own.lineage).not.toBe(old.lineage);
    const instanceOf = (state: State, type: string) =>
      state.resources.find((one) => one.type === type && one.mode === 'managed')?.instances[0];
    for (const type of [
      'aws_vpc',
      'aws_main_route_table_association',
      'aws_vpn_connection',
      'aws_nat_gateway',
    ]) {
      const [ours, theirs] = [instanceOf(own, type), instanceOf(old, type)];
      expect(ours?.attributes).toEqual(theirs?.attributes);
      expect([ours?.private, ours?.schema_version]).toEqual([theirs?.private, theirs?.schema_version]);
    }
    expect(statSync(join(project.folder, `sandbox.out/lab/state/${STACK}.tfstate`)).mode & 0o077).toBe(0);
    expect(project.has('sandbox.out/lab/synth.import')).toBe(false);
  });

  test('a second run says that it is imported already', async () => {
    const { code, stdout } = await project.import('--yes');
    expect(code).toBe(0);
    expect(stdout).toContain(`${STACK}: already imported; nothing to do`);
  });

  test('after a kill between state and catalog, a second run writes the entry alone', async () => {
    const text = project.read('catalog/lab.yml');
    project.write('catalog/lab.yml', CATALOG);
    const { code, stdout } = await project.import('--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('an earlier run has taken the objects; the entry is left to write');
    expect(project.read('catalog/lab.yml')).toBe(text);
    expect(project.own.serial).toBe(1);
  });

  test('the plan changes tags and what is listed, and after the apply there is none', async () => {
    const { counts, changes } = await project.planned();
    expect(counts).toEqual({ create: 1, update: 15, replace: 0, delete: 0, drift: 0 });
    expect(changes).toEqual({
      'aws_default_security_group.Network_ClosedDefault': 'create',
      'aws_subnet.Network_Public_Subnet-default': ['map_public_ip_on_launch'],
      'aws_vpc.Network_Vpc': ['enable_dns_hostnames'],
      'aws_vpc_security_group_egress_rule.Nodes_Out-all-to-0_0_0_0-0': ['description'],
      'aws_vpc_security_group_ingress_rule.Nodes_In-all-from-10_0_2_0-24': ['description'],
      'aws_vpc_security_group_ingress_rule.Nodes_In-all-from-self': ['description'],
    });
    await project.applied();
    const lasting = [
      'aws_vpc',
      'aws_subnet',
      'aws_vpn_connection',
      'aws_customer_gateway',
      'aws_security_group',
    ];
    expect(idsOf(project.own, ...lasting)).toEqual(idsOf(project.old, ...lasting));
  });

  test('a stack with other objects is refused', async () => {
    const others = new Brownfield('existing-network');
    others.write('old/terraform.tfstate', before);
    others.write(
      `sandbox.out/lab/state/${STACK}.tfstate`,
      JSON.stringify({
        version: 4,
        serial: 3,
        lineage: 'a',
        outputs: {},
        resources: [
          {
            mode: 'managed',
            type: 'aws_eip',
            name: 'x',
            provider: PROVIDER,
            instances: [{ attributes: { id: 'eipalloc-0' } }],
          },
        ],
      }),
    );
    const { code, stderr } = await others.import('--yes');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'lab-aws-default: has 1 object in its state already, for instance aws_eip.x, and none of them is in the state that is imported; import under another name: --entry aws/NAME',
    );
  });

  test('objects that the cloud does not have are refused', async () => {
    const elsewhere = new Brownfield('existing-network');
    elsewhere.write('old/terraform.tfstate', before);
    const { code, stderr } = await elsewhere.import('--yes');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'aws_vpc.Network_Vpc would be made anew: the cloud does not have the object of the state any more',
    );
    expect(elsewhere.read('catalog/lab.yml')).toBe(CATALOG);
  });
});

describeWith('terraform', 'a network in other forms', () => {
  test('modules, counts, blocks of routes and rules, an attachment and BGP, in the place of an adopted entry', async () => {
    const project = new Brownfield('existing-network-inline');
    expect(await project.build()).toContain('22 added');
    const { resources } = project.old;
    const subnets = resources.find(({ type }) => type === 'aws_subnet')?.instances;
    const group = idsOf(project.old, 'aws_security_group')[0];
    const adopted = `aws:
  # The first one.
  default:
    aws_region: ap-northeast-1
    aws_vpc_subnet_id: ${subnets?.find(({ index_key }) => index_key === 'a')?.attributes.id}
    aws_vpc_security_group_id: ${group}
    ntp_servers: [10.0.2.1]
  second:
    aws_region: ap-northeast-1
    aws_vpc_subnet_id: ${subnets?.find(({ index_key }) => index_key === 'b')?.attributes.id}
    aws_vpc_security_group_id: ${group}
`;
    project.write('catalog/lab.yml', CATALOG + adopted);
    const { code, stdout, stderr } = await project.import('--yes');
    expect(stderr).not.toContain('kakehashi:');
    expect(code).toBe(0);
    expect(project.read('catalog/lab.yml').slice(CATALOG.length)).toBe(`aws:
  # The first one.
  # Imported from old/terraform.tfstate.
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    ntp_servers:
      - 10.0.2.1
    create:
      vpc_cidr: 172.30.0.0/16
      public_subnet: 172.30.1.0/24
      egress: nat
      ingress:
        - protocol: icmp
          icmp_type: 8
          icmp_code: -1
          from: 0.0.0.0/0
          allow_public: it was so in terraform.tfstate
        - protocol: tcp
          ports: 22-24
          from:
            - site
            - 192.0.2.0/24
          description: port 22
        - protocol: tcp
          ports: 8000-8002
          from:
            - site
            - 192.0.2.0/24
          description: port 8000
      tags:
        team: hpc
      vpn:
        routing: bgp
        crypto: compatible
        amazon_side_asn: 64600
        logs: none
        tunnel_options:
          dpd_timeout_action: restart
          enable_tunnel_lifecycle_control: false
        tunnels:
          - inside_cidr: 169.254.30.0/30
          - inside_cidr: 169.254.30.4/30
            replay_window_size: 2048
      existing_names:
        security_group: cluster
        security_group_description: Cluster nodes
        customer_gateway_device: router
  second:
    aws_availability_zone: ap-northeast-1c
    private_network_ipmask: 172.30.3.0/24
    create:
      within: default
`);
    expect(stdout).toContain('module.net.aws_route_table_association.inner["a"]\n');
    expect(stdout).toContain('\'aws_security_group_rule.ssh["22"]\'');
    const { counts } = await project.planned();
    expect(counts).toMatchObject({ replace: 0, delete: 0 });
    await project.applied();
  });

  test('by ids, without a state: what can not be imported is written, and nothing but tags and the listed changes', async () => {
    const project = new Brownfield('existing-network');
    await project.build();
    const [vpc, connection] = [idsOf(project.old, 'aws_vpc'), idsOf(project.old, 'aws_vpn_connection')];
    rmSync(join(project.folder, 'old'), { recursive: true });
    const ids = ['--region', 'ap-northeast-1', '--id', `vpc=${vpc}`, '--id', `vpn_connection=${connection}`];
    const { code, stdout, stderr } = await project.sandbox('import', 'lab', ...ids, '--yes');
    expect(stderr).not.toContain('kakehashi:');
    expect(code).toBe(0);
    expect(stdout).toContain(`(written) 10.0.2.0/24:${connection} `);
    expect(stdout).not.toContain('state rm');
    const { counts } = await project.planned();
    expect(counts).toEqual({ create: 1, update: 15, replace: 0, delete: 0, drift: 0 });
    await project.applied();
  });
});
