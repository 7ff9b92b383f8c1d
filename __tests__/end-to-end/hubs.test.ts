import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hubCatalog } from '../fixtures/hub-catalog';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(240_000);

const LAB = hubCatalog().replaceAll('198.51.100.10', '198.51.100.20');
const USER = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.20, asn: 65000 }
hubs: { main: { environment: lab } }
aws:
  guest:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.26.2.0/24
    create: { vpc_cidr: 172.26.0.0/16, egress: none, vpn: { gateway: transit, hub: main, route_table: prod } }
`;

describeWith('terraform', 'a hub and its networks, of two environments', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project({ 'catalog/lab.yml': LAB });
  });

  const plain = (text: string): string => text.replace(/\s+/g, ' ');
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await project.kakehashi(...args);
    return { code, said: plain(`${stdout} ${stderr}`) };
  };

  it('waits for the hub, and applies it before its networks', async () => {
    const plan = await run('plan', 'lab', '--sandbox');
    expect(plan.code).toBe(2);
    expect(plan.said).toContain('lab-aws-default deferred: waits for lab-hub-main');
    expect(plan.said).toContain(
      'transit gateway in ap-northeast-1, 2 route tables of networks (dev and prod)',
    );
    expect((await run('apply', 'lab', '--sandbox', '--yes')).code).toBe(0);
    expect((await run('plan', 'lab', '--sandbox')).said).toMatch(/no changes $/);
  });

  it('has two tunnels for all, over which flows go at once', () => {
    const folder = 'sandbox.out/gateway/198.51.100.20/etc';
    const frr = project.read(`${folder}/frr/frr.conf`);
    expect(frr).toContain('  maximum-paths 2\n');
    expect(frr).toContain('kakehashi-lab-hub-main-in seq 5 permit 172.29.0.0/16');
    expect(frr).toContain('kakehashi-lab-hub-main-in seq 10 permit 172.30.0.0/16');
    expect(frr.match(/ neighbor \S+ remote-as 64512/g)).toHaveLength(2);
  });

  it('tells a network of another environment that the hub is not there', async () => {
    const other = USER.replace('environment: lab', 'environment: late');
    project.write('catalog/late.yml', LAB.slice(0, LAB.indexOf('aws:')));
    project.write('catalog/early.yml', other);
    const plan = await run('plan', 'early', '--sandbox');
    expect(plan.code).toBe(1);
    expect(plan.said).toContain(
      'is not there: apply the environment that makes it first (hubs.<name>.environment)',
    );
    expect((await run('status', 'early', '--sandbox')).said).toContain(
      'early: its tunnels are those of hubs that other environments make; name the environment instead: late',
    );
    for (const name of ['late', 'early']) rmSync(join(project.folder, 'catalog', `${name}.yml`));
  });

  it('takes a network of another environment, of which the gateway hears with the next apply of the hub', async () => {
    project.write('catalog/user.yml', USER);
    const applied = await run('apply', 'user', '--sandbox', '--yes');
    expect(applied.code).toBe(0);
    expect(applied.said).toContain('attached to hub lab/hub/main, route table prod: routes to 10.0.2.0/24');
    expect(applied.said).toContain(
      'then apply lab, which makes the hub, so that the gateway host knows this network',
    );
    const plan = await run('plan', 'lab', '--sandbox');
    expect(plan.said).toContain('no resource changes, only outputs: tunnels');
    expect((await run('apply', 'lab', '--sandbox', '--yes')).code).toBe(0);
    const frr = project.read('sandbox.out/gateway/198.51.100.20/etc/frr/frr.conf');
    expect(frr).toContain('permit 172.26.0.0/16');
  });

  it('says what a move to another table means', async () => {
    project.edit('catalog/lab.yml', 'route_table: dev }', 'route_table: prod }');
    const plan = await run('plan', 'lab', '--sandbox');
    expect(plan.said).toContain(
      'the network moves to another route table of its hub: traffic between the site and nodes breaks for a moment',
    );
    project.edit('catalog/lab.yml', 'hub: main, route_table: prod }', 'hub: main, route_table: dev }');
    expect((await run('plan', 'lab', '--sandbox')).said).toMatch(/no changes $/);
  });

  it('says what somebody changed outside, and what is replaced', async () => {
    const list = await project.kakehashi('sandbox', 'list', 'aws_ec2_transit_gateway', '--json');
    const { id } = JSON.parse(list.stdout.split('\n').find((line) => line.startsWith('{')) ?? '{}');
    await project.kakehashi('sandbox', 'edit', 'aws_ec2_transit_gateway', id, 'vpn_ecmp_support="disable"');
    const drifted = await run('plan', 'lab', '--sandbox');
    expect(drifted.said).toContain(
      'drift: 1 aws_ec2_transit_gateway was changed outside of Terraform: vpn_ecmp_support (Hub)',
    );
    expect((await run('apply', 'lab', '--sandbox', '--yes')).code).toBe(0);
    project.edit('catalog/lab.yml', 'vpn: { routing: bgp } }', 'vpn: { routing: bgp, acceleration: true } }');
    const replaced = await run('plan', 'lab', '--sandbox');
    expect(replaced.said).toMatch(/the VPN connection is REPLACED \(.*acceleration/);
    project.edit('catalog/lab.yml', ', acceleration: true', '');
    expect((await run('plan', 'lab', '--sandbox')).said).toMatch(/no changes $/);
  });

  it('leaves the subnets of its interfaces before they are destroyed', async () => {
    for (const [from, to] of [
      ['172.29.9.0/28', '172.29.9.16/28'],
      [', attachment_subnets: { ap-northeast-1a: 172.29.9.16/28 }', ''],
      ['hub: main, route_table: prod', 'hub: main, route_table: prod, attachment_subnets: auto'],
    ] as const) {
      project.edit('catalog/lab.yml', from, to);
      expect((await run('apply', 'lab', '--sandbox', '--yes', '--stack', 'lab-aws-second')).code).toBe(0);
    }
  });

  it('says which networks to move before a table goes', async () => {
    const text = project.read('catalog/lab.yml');
    project.edit('catalog/lab.yml', 'dev: {}, prod: {}', 'dev: {}');
    project.edit('catalog/lab.yml', 'route_table: prod', 'route_table: dev');
    const applied = await run('apply', 'lab', '--sandbox', '--yes', '--stack', 'lab-hub-main');
    expect(applied.code).toBe(1);
    expect(applied.said).toContain('has associated attachments networks are still in this route table');
    project.write('catalog/lab.yml', text);
    expect((await run('apply', 'lab', '--sandbox', '--yes')).code).toBe(0);
    expect((await run('plan', 'lab', '--sandbox')).said).toMatch(/no changes $/);
  });

  it('is not destroyed while anything is on it', async () => {
    const part = await run('destroy', 'lab', '--sandbox', '--yes', '--stack', 'lab-hub-main');
    expect(part).toEqual({
      code: 1,
      said: expect.stringContaining('lab-aws-default needs lab-hub-main lab-aws-second needs lab-hub-main'),
    });
    const whole = await run('destroy', 'lab', '--sandbox', '--yes');
    expect(whole.code).toBe(1);
    expect(whole.said).toContain('user has networks on it: aws/guest');
    expect((await run('plan', 'lab', '--sandbox')).said).toMatch(/no changes $/);
  });

  it('goes when its networks have a VPN of their own, after them', async () => {
    expect((await run('destroy', 'user', '--sandbox', '--yes')).code).toBe(0);
    project.write('catalog/user.yml', "cci_version: '1.0'\n");
    const own = LAB.replace(/^hubs:\n.*\n/m, '').replace(/\{ gateway: transit.*\}/g, (text) =>
      text.includes('dev') ? '{} }' : '{ amazon_side_asn: 64601 }',
    );
    project.write('catalog/lab.yml', own);
    const applied = await run('apply', 'lab', '--sandbox', '--yes');
    expect(applied.code).toBe(0);
    expect(applied.said).toContain(
      'the network leaves the transit gateway of its hub, and a VPN connection of its own is created',
    );
    expect(applied.said).toContain('lab-hub-main deferred: waits for lab-aws-default, lab-aws-second');
    expect(applied.said).toContain('the transit gateway is DESTROYED, with its route tables and its VPN');
    expect((await run('list', 'lab', '--sandbox')).said).not.toContain('hub');
  });

  it('leaves nothing when all is destroyed', async () => {
    expect((await run('destroy', 'lab', '--sandbox', '--yes')).code).toBe(0);
    expect((await project.kakehashi('sandbox', 'list', '--json')).stdout.trim()).toBe('');
  });
});
