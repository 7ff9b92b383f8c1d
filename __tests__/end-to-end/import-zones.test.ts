import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Brownfield, CATALOG, idsOf } from '../support/brownfield';
import { describeWith } from '../support/programs';

jest.setTimeout(300_000);

/** What must be the same object before and after. */
const LASTING = [
  ...['aws_vpc', 'aws_subnet', 'aws_nat_gateway', 'aws_eip', 'aws_route_table', 'aws_internet_gateway'],
  ...['aws_vpn_gateway', 'aws_customer_gateway', 'aws_vpn_connection', 'aws_security_group'],
] as const;

/** What an apply adds: our main table, and what the group and the VPC leave open. */
const ADDED = {
  'aws_default_security_group.Network_ClosedDefault': 'create',
  'aws_main_route_table_association.Network_Main': 'create',
  'aws_vpc_security_group_egress_rule.Nodes_Out-all-to-0_0_0_0-0': 'create',
};

describeWith('terraform', 'a network with a NAT gateway in each zone', () => {
  const project = new Brownfield('existing-network-per-zone');

  beforeAll(async () => {
    expect(await project.build()).toContain('38 added');
  });

  test('is adopted from a state: each zone keeps its NAT gateway, address and table', async () => {
    const { code, stdout } = await project.import('--yes');
    expect(code).toBe(0);
    const text = project.read('catalog/lab.yml');
    expect(text).toContain('      public_subnet: 172.30.100.0/24\n      egress: nat-per-zone\n');
    expect(text.slice(text.indexOf('  default_2:'))).toBe(`  default_2:
    aws_availability_zone: ap-northeast-1c
    private_network_ipmask: 172.30.3.0/24
    create:
      within: default
      public_subnet: 172.30.101.0/24
  default_3:
    aws_availability_zone: ap-northeast-1d
    private_network_ipmask: 172.30.4.0/24
    create:
      within: default
      public_subnet: 172.30.102.0/24
  default_4:
    aws_availability_zone: ap-northeast-1c
    private_network_ipmask: 172.30.9.0/24
    create:
      within: default
`);
    for (const [zone, key] of [
      ['a', 'default'],
      ['c', 'default_2'],
      ['d', 'default_3'],
    ] as const) {
      const became = (from: string, to: string) =>
        expect(stdout).toMatch(new RegExp(` ${from}\\["${zone}"\\] +${to}\n`));
      became('aws_nat_gateway.out', `aws_nat_gateway.Network_Public_Nat-${key}`);
      became('aws_eip.out', `aws_eip.Network_Public_Address-${key}`);
      became('aws_route_table.inner', `aws_route_table.Network_Private${zone === 'a' ? '' : `-${key}`}`);
    }
    // Ours is the main table: the first zone's subnet needs no association.
    expect(stdout).toContain(
      'left      not taken, because the catalog has no place for it; it stays in old/terraform.tfstate:\n  aws_route_table_association.inner["a"]\n',
    );
  });

  test('the plan replaces and destroys nothing, and after the apply there is none', async () => {
    const { counts, changes } = await project.planned();
    expect(counts).toMatchObject({ create: 3, replace: 0, delete: 0, drift: 0 });
    expect(changes).toEqual(ADDED);
    await project.applied();
    expect(idsOf(project.own, ...LASTING)).toEqual(idsOf(project.old, ...LASTING));
  });
});

describeWith('terraform', 'the same network by ids', () => {
  test('is adopted with the same objects, though nobody made its main table', async () => {
    const project = new Brownfield('existing-network-per-zone');
    await project.build();
    const before = idsOf(project.old, ...LASTING);
    const [vpc] = idsOf(project.old, 'aws_vpc');
    const [connection] = idsOf(project.old, 'aws_vpn_connection');
    rmSync(join(project.folder, 'old'), { recursive: true });
    const ids = ['--region', 'ap-northeast-1', '--id', `vpc=${vpc}`, '--id', `vpn_connection=${connection}`];
    const { code, stderr } = await project.sandbox('import', 'lab', ...ids, '--yes');
    expect(stderr).not.toContain('kakehashi:');
    expect(code).toBe(0);
    expect(project.read('catalog/lab.yml').startsWith(CATALOG)).toBe(true);
    const { counts, changes } = await project.planned();
    expect(counts).toMatchObject({ create: 3, replace: 0, delete: 0, drift: 0 });
    expect(changes).toEqual(ADDED);
    await project.applied();
    expect(idsOf(project.own, ...LASTING)).toEqual(before);
  });
});
