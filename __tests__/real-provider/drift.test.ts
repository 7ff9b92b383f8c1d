import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { DriftReport, EnvironmentDrift } from '../../scripts/run/drift/report';
import { itemText } from '../../scripts/run/drift/words';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { pluginMirror } from '../support/plugin-mirror';
import { freePort, untilAnswering } from '../support/ports';
import { hasProgram } from '../support/programs';
import { Project } from '../support/project';
import { BeforeMoto } from './before-moto';
import { ec2, idIn } from './ec2-api';

jest.setTimeout(900_000);

/** Two networks in one region, with all that networks have. */
const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, egress: nat, ingress: vc-node, flow_logs: true }
  second:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.29.2.0/24
    create: { vpc_cidr: 172.29.0.0/16, egress: none, ingress: vc-node, vpn: { routing: bgp } }
`;
const REGION = 'ap-northeast-1';

const mirror = pluginMirror();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...(hasProgram('moto_server') ? [] : ['moto_server']),
  ...(mirror ? [] : ['a mirror with the AWS provider (KAKEHASHI_TEST_PLUGIN_MIRROR)']),
  ...(process.env.LIVE === 'all' ? [] : ['minutes for it (LIVE=all)']),
];
const title = 'drift on the real AWS provider, against moto';
const describeReal = missing.length === 0 ? describe : describe.skip;

describeReal(missing.length === 0 ? title : `${title} (skipped: no ${missing.join(', ')})`, () => {
  let moto: ChildProcess;
  let server: Server;
  let url = '';
  let env: Record<string, string> = {};
  const project = new Project({ 'catalog/lab.yml': CATALOG }, temporaryFolder());

  beforeAll(async () => {
    const [motoPort, port] = [await freePort(), await freePort()];
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(motoPort)], { stdio: 'ignore' });
    await untilAnswering(`http://127.0.0.1:${motoPort}/moto-api/`);
    server = await new BeforeMoto(motoPort).listen(port);
    url = `http://127.0.0.1:${port}`;
    const rc = join(project.folder, 'terraform.rc');
    writeFileSync(rc, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`);
    env = {
      TF_CLI_CONFIG_FILE: rc,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '2',
    };
    const applied = await kakehashi('apply', 'lab', '--yes');
    expect({ code: applied.code, text: applied.code === 0 ? '' : applied.stdout + applied.stderr }).toEqual({
      code: 0,
      text: '',
    });
  });

  afterAll(() => {
    server?.close();
    server?.closeAllConnections();
    moto?.kill();
  });

  const kakehashi = (...args: readonly string[]) =>
    project.run(process.execPath, [compiledCli(), ...args], env);
  const report = () =>
    (JSON.parse(project.read('out/lab/drift.json')) as DriftReport).environments[0] as EnvironmentDrift;
  const state = (stack: string) => project.read(`state/lab/lab-aws-${stack}.tfstate`);
  const id = (address: RegExp) => idIn(state('default'), address);
  const ask = (action: string, parameters: Readonly<Record<string, string>>) =>
    ec2(url, REGION, action, parameters);
  /** What the last report has, each with its state, without ids that the cloud makes up. */
  const told = () =>
    report()
      .stacks.flatMap(({ items }) => items)
      .map((item) => `${item.state} ${itemText(item)}`.replace(/(cgw|vpn|sgr)-[0-9a-f]+/, '$1-ID'))
      .sort();
  const tagged = (type: string, name: string) => ({
    'TagSpecification.1.ResourceType': type,
    'TagSpecification.1.Tag.1.Key': 'Name',
    'TagSpecification.1.Tag.1.Value': name,
  });

  it('finds nothing where nobody did anything', async () => {
    const { code, stdout } = await kakehashi('drift', 'lab');
    expect(told()).toEqual([]);
    expect({ code, none: stdout.includes('lab: no drift\n') }).toEqual({ code: 0, none: true });
  });

  it('tells each thing once and nothing else, then that it is still there, and that it is gone', async () => {
    const before = [state('default'), state('second')];
    const [vpc, group] = [id(/^aws_vpc\./), id(/^aws_security_group\./)];
    const [table, subnet] = [id(/^aws_route_table\.Network_Private$/), id(/^aws_subnet\.Network_Nodes/)];
    const byHand = {
      GroupId: group,
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': '8080',
      'IpPermissions.1.ToPort': '8080',
      'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0',
    };
    await ask('AuthorizeSecurityGroupIngress', byHand);
    await ask('RevokeSecurityGroupIngress', {
      GroupId: group,
      'SecurityGroupRuleId.1': id(/ingress_rule\.Nodes_In-tcp-7373-/),
    });
    await ask('CreateTags', { 'ResourceId.1': vpc, 'Tag.1.Key': 'environment', 'Tag.1.Value': 'prod' });
    await ask('CreateTags', { 'ResourceId.1': vpc, 'Tag.1.Key': 'owner', 'Tag.1.Value': 'somebody' });
    await ask('DeleteRoute', { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0' });
    await ask('CreateRoute', {
      RouteTableId: table,
      DestinationCidrBlock: '192.0.2.0/24',
      GatewayId: id(/^aws_internet_gateway\./),
    });
    await ask('ModifySubnetAttribute', { SubnetId: subnet, 'MapPublicIpOnLaunch.Value': 'true' });
    await ask('DeleteFlowLogs', { 'FlowLogId.1': id(/^aws_flow_log\./) });
    const customer = await ask('CreateCustomerGateway', {
      Type: 'ipsec.1',
      BgpAsn: '65010',
      PublicIp: '203.0.113.90',
      ...tagged('customer-gateway', 'by hand'),
    });
    await ask('CreateVpnConnection', {
      Type: 'ipsec.1',
      CustomerGatewayId: /cgw-[0-9a-f]+/.exec(customer)?.[0] ?? '',
      VpnGatewayId: id(/^aws_vpn_gateway\./),
      ...tagged('vpn-connection', 'by hand'),
    });
    // One that never had a tag can't be asked for: a note says so.
    await ask('CreateCustomerGateway', { Type: 'ipsec.1', BgpAsn: '65011', PublicIp: '203.0.113.91' });
    // Ours stays ours where its tag is taken away.
    await ask('DeleteTags', {
      'ResourceId.1': idIn(state('second'), /^aws_customer_gateway\./),
      'Tag.1.Key': 'kakehashi:entry',
    });

    const WRONG = [
      'aws_customer_gateway.Vpn_CustomerGateway: tags kakehashi:entry lab/aws/second → none',
      'aws_flow_log.Network_FlowLogs_Log: deleted outside of Terraform',
      'aws_route.Network_Private-Out: deleted outside of Terraform',
      'aws_route_table.Network_Private: route 192.0.2.0/24, not managed by Terraform',
      'aws_security_group.Nodes_Group: rule ingress tcp 8080 from 0.0.0.0/0, not managed by Terraform',
      'aws_subnet.Network_Nodes-default: map_public_ip_on_launch false → true',
      'aws_vpc.Network_Vpc: tags environment lab → prod, owner none → somebody',
      'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-7373-from-10_0_2_0-24: deleted outside of Terraform',
      'customer gateway cgw-ID, not managed by Terraform',
      'VPN connection vpn-ID, not managed by Terraform',
    ];
    const all = (how: string) => WRONG.map((one) => `${how} ${one}`).sort();
    expect((await kakehashi('drift', 'lab')).code).toBe(4);
    expect(told()).toEqual(all('new'));
    expect(report().notes).toEqual([expect.stringContaining('that never had a tag is not found')]);

    expect((await kakehashi('drift', 'lab')).code).toBe(4);
    expect(told()).toEqual(all('still'));

    await ask('RevokeSecurityGroupIngress', byHand);
    await ask('ModifySubnetAttribute', { SubnetId: subnet, 'MapPublicIpOnLaunch.Value': 'false' });
    const file = 'state/lab/lab-aws-second.tfstate';
    project.write(file, (before[1] ?? '').replace('"version": 4', '"version": 99'));
    const { code, stdout } = await kakehashi('drift', 'lab');
    project.write(file, before[1] ?? '');
    expect(code).toBe(1);
    expect(stdout).toContain('lab-aws-second    could not be read\n');
    expect(stdout).toContain('→ none   (since ');
    expect(told()).toEqual(all('still').filter((one) => !/8080|map_public_ip/.test(one)));
    expect(report().gone.map(itemText).sort()).toEqual(WRONG.filter((one) => /8080|map_public_ip/.test(one)));

    // It only read.
    expect([state('default'), state('second')]).toEqual(before);
  });
});
