import '../../stacks/fast-tokens';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { Network } from '../../constructs/aws/network';
import { SecurityGroup } from '../../constructs/aws/security-group';
import { SiteToSiteVpn } from '../../constructs/aws/site-to-site-vpn';
import { cryptoProfileOptions } from '../../model/clouds/aws/crypto-options';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import { temporaryFolder } from '../support/catalog-folder';
import { hasTerraform, TerraformFolder } from './terraform-folder';

const test = hasTerraform() ? it : it.skip;

jest.setTimeout(120_000);

const folder = new TerraformFolder();
afterAll(async () => {
  await folder.stopServing();
  folder.remove();
});

/** A network whose site, blocks and peers only Terraform knows, with two VPNs on one gateway. */
function build(stack: TerraformStack): void {
  new AwsProvider(stack, 'aws', { region: 'ap-northeast-1' });
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  const variable = (name: string, type: string, value: unknown): TerraformVariable =>
    new TerraformVariable(stack, name, { type, default: value });
  const tags = { owner: variable('owner', 'string', 'me').stringValue };
  const network = new Network(stack, 'Network', {
    name: 'mine',
    cidr: variable('vpc', 'string', '10.1.0.0/16').stringValue,
    subnets: { a: { cidr: '10.1.1.0/24', publicCidr: '10.1.2.0/24' } },
    egress: 'nat',
    flowLogs: { retentionDays: variable('days', 'number', 30).numberValue, namePrefix: 'acme' },
    tags,
  });
  const proxy = new SecurityGroup(stack, 'Proxy', { network, name: 'proxy', egress: [], tags });
  const nodes = new SecurityGroup(stack, 'Nodes', { network, name: 'nodes' });
  const rule = (peer: Peer) => ({ port: Port.tcp(443), peer, description: 'API' });
  nodes.addIngressRule(rule(Peer.securityGroup(proxy.securityGroupId, 'proxy')));
  nodes.addIngressRule(rule(Peer.prefixList('pl-68a54001', 's3')));
  nodes.addIngressRule(rule(Peer.ipv4(variable('office', 'string', '10.0.9.0/24').stringValue, 'office')));

  const key = variable('key', 'string', 'abcdefgh12345678');
  key.addOverride('sensitive', true);
  const vpn = new SiteToSiteVpn(stack, 'Vpn', {
    name: 'mine',
    network,
    customerGateway: {
      ipAddress: new Eip(stack, 'Site', { domain: 'vpc' }).publicIp,
      asn: variable('asn', 'number', 65000).numberValue,
    },
    remoteNetworks: { site: variable('site', 'string', '10.0.2.0/24').stringValue },
    tunnels: [
      {
        ...cryptoProfileOptions('modern'),
        insideCidr: '169.254.100.0/30',
        presharedKey: key.stringValue,
      },
      { ...cryptoProfileOptions('modern'), insideCidr: '169.254.100.4/30' },
    ],
    logs: { format: 'json', retentionDays: 30 },
  });
  new SiteToSiteVpn(stack, 'Second', {
    name: 'second',
    network,
    vpnGateway: vpn.vpnGateway,
    customerGateway: { ipAddress: '198.51.100.20', asn: 65001 },
  });
  new TerraformOutput(stack, 'address', { value: vpn.tunnelAddress('169.254.100.4/30') });
  new TerraformOutput(stack, 'first_key', {
    value: vpn.tunnelPresharedKey('169.254.100.0/30'),
    sensitive: true,
  });
}

test('Terraform applies what constructs make of tokens, and then plans no changes', async () => {
  const app = new App({ outdir: temporaryFolder() });
  build(new TerraformStack(app, 'mine'));
  app.synth();
  writeFileSync(
    join(folder.path, 'main.tf.json'),
    readFileSync(join(app.outdir, 'stacks/mine/cdk.tf.json'), 'utf8'),
  );
  await folder.serve();
  await folder.expect(0, 'init');
  await folder.expect(0, 'validate');
  await folder.expect(0, 'apply', '-auto-approve');
  await folder.expect(0, 'plan', '-detailed-exitcode');
  const outputs = JSON.parse(await folder.expect(0, 'output', '-json'));
  expect(outputs.address.value).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  expect(outputs.first_key).toMatchObject({ sensitive: true, value: 'abcdefgh12345678' });

  const { resources } = JSON.parse(readFileSync(join(folder.path, 'terraform.tfstate'), 'utf8'));
  const attributes = (type: string): readonly Record<string, unknown>[] =>
    (resources as { type: string; instances: { attributes: Record<string, unknown> }[] }[])
      .filter((resource) => resource.type === type)
      .flatMap(({ instances }) => instances.map((instance) => instance.attributes));
  expect(attributes('aws_flow_log')).toMatchObject([{ tags: { Name: 'mine-flow', owner: 'me' } }]);
  expect(attributes('aws_vpn_connection_route')).toMatchObject([{ destination_cidr_block: '10.0.2.0/24' }]);
  expect(attributes('aws_vpc_security_group_ingress_rule').map((rule) => rule.prefix_list_id)).toContain(
    'pl-68a54001',
  );
  expect(attributes('aws_vpn_gateway')).toHaveLength(1);
});
