import '../../../stacks/fast-tokens';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Fn, LocalBackend, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { type INetwork, Network, type NetworkAttributes } from '../../../constructs/aws/network';
import { SiteToSiteVpn, type SiteToSiteVpnProps } from '../../../constructs/aws/site-to-site-vpn';
import { cryptoProfileOptions } from '../../../model/clouds/aws/crypto-options';
import type { TunnelOptions } from '../../../model/clouds/aws/tunnel-options';
import { Cidr } from '../../../model/net/cidr';
import { only, plainAddresses, type Synthesized, synthesized } from '../../support/synthesized';

const cidr = Cidr.parse;
const PROPS = {
  name: 'dev',
  customerGateway: { ipAddress: '198.51.100.10', asn: 65000, deviceName: 'dev-aws-default' },
  routing: 'static',
  remoteNetworks: [cidr('10.0.2.0/24')],
  tunnels: [
    { ...cryptoProfileOptions('modern'), insideCidr: cidr('169.254.100.0/30') },
    { ...cryptoProfileOptions('modern'), insideCidr: cidr('169.254.100.4/30') },
  ],
} as const satisfies Omit<SiteToSiteVpnProps, 'network'>;

const networkIn = (scope: Construct, attributes: Partial<NetworkAttributes> = {}): INetwork =>
  Network.fromNetworkAttributes(scope, 'Network', {
    vpcId: 'vpc-1',
    vpcCidr: cidr('172.30.0.0/16'),
    privateRouteTableIds: { Private: 'rtb-1', 'Private-c': 'rtb-2' },
    ...attributes,
  });
const build = (props: Partial<SiteToSiteVpnProps> = {}): Synthesized =>
  synthesized((stack) => {
    new SiteToSiteVpn(stack, 'Vpn', { network: networkIn(stack), ...PROPS, ...props });
  });
const withTunnel = (options: TunnelOptions): Partial<SiteToSiteVpnProps> => ({
  tunnels: [PROPS.tunnels[0], options],
});

it('routes statically into the connection and into every table that holds nodes', () => {
  expect(plainAddresses(build())).toEqual([
    'aws_customer_gateway.Vpn_CustomerGateway',
    'aws_route.Vpn_To-10_0_2_0-24-Private',
    'aws_route.Vpn_To-10_0_2_0-24-Private-c',
    'aws_vpn_connection.Vpn_Connection',
    'aws_vpn_connection_route.Vpn_To-10_0_2_0-24',
    'aws_vpn_gateway.Vpn_Gateway',
  ]);
});

it('propagates BGP routes into every table that holds nodes', () => {
  const synth = build({ routing: 'bgp', remoteNetworks: [] });
  expect(plainAddresses(synth)).toEqual([
    'aws_customer_gateway.Vpn_CustomerGateway',
    'aws_vpn_connection.Vpn_Connection',
    'aws_vpn_gateway.Vpn_Gateway',
    'aws_vpn_gateway_route_propagation.Vpn_Propagation-Private',
    'aws_vpn_gateway_route_propagation.Vpn_Propagation-Private-c',
  ]);
  expect(only(synth, 'aws_vpn_connection').static_routes_only).toBe(false);
});

it('tells its customer gateway apart by the device name, and replaces it without a gap', () => {
  const gateway = only(build(), 'aws_customer_gateway');
  expect(gateway).toMatchObject({
    bgp_asn: '65000',
    device_name: 'dev-aws-default',
    ip_address: '198.51.100.10',
  });
  expect(gateway.lifecycle).toEqual({ create_before_destroy: true });
});

it('puts an ASN beyond 31 bits into the argument that takes it', () => {
  const big = build({ customerGateway: { ...PROPS.customerGateway, asn: 4200000001 } });
  expect(only(big, 'aws_customer_gateway')).toMatchObject({ bgp_asn_extended: '4200000001' });
  expect(only(big, 'aws_customer_gateway')).not.toHaveProperty('bgp_asn');
  const edge = build({ customerGateway: { ...PROPS.customerGateway, asn: 2147483647 } });
  expect(only(edge, 'aws_customer_gateway').bgp_asn).toBe('2147483647');
});

it('proposes exactly one suite with the modern profile', () => {
  expect(only(build(), 'aws_vpn_connection')).toMatchObject({
    tunnel1_ike_versions: ['ikev2'],
    tunnel1_inside_cidr: '169.254.100.0/30',
    tunnel1_phase1_encryption_algorithms: ['AES256-GCM-16'],
    tunnel1_phase1_integrity_algorithms: ['SHA2-384'],
    tunnel1_phase1_dh_group_numbers: [20],
    tunnel2_phase2_encryption_algorithms: ['AES256-GCM-16'],
    tunnel2_phase2_dh_group_numbers: [20],
    tunnel2_startup_action: 'add',
  });
});

it('sets no cryptographic option with the seed profile', () => {
  const { tunnels } = PROPS;
  const seed = build({
    tunnels: [{ insideCidr: tunnels[0].insideCidr }, { insideCidr: tunnels[1].insideCidr }],
  });
  const set = Object.keys(only(seed, 'aws_vpn_connection')).filter((key) => key.startsWith('tunnel'));
  expect(set).toEqual(['tunnel1_inside_cidr', 'tunnel2_inside_cidr']);
});

it('passes every option of a tunnel through, each in its own argument', () => {
  const options: Required<TunnelOptions> = {
    insideCidr: cidr('169.254.101.0/30'),
    ikeVersions: ['ikev2'],
    phase1EncryptionAlgorithms: ['AES128', 'AES256'],
    phase1IntegrityAlgorithms: ['SHA2-256'],
    phase1DhGroupNumbers: [14, 19],
    phase1LifetimeSeconds: 3601,
    phase2EncryptionAlgorithms: ['AES128-GCM-16'],
    phase2IntegrityAlgorithms: ['SHA2-512'],
    phase2DhGroupNumbers: [5],
    phase2LifetimeSeconds: 1200,
    dpdTimeoutSeconds: 45,
    dpdTimeoutAction: 'restart',
    rekeyMarginTimeSeconds: 600,
    rekeyFuzzPercentage: 50,
    replayWindowSize: 128,
    startupAction: 'start',
    enableTunnelLifecycleControl: false,
  };
  expect(only(build(withTunnel(options)), 'aws_vpn_connection')).toMatchObject({
    tunnel2_inside_cidr: '169.254.101.0/30',
    tunnel2_ike_versions: ['ikev2'],
    tunnel2_phase1_encryption_algorithms: ['AES128', 'AES256'],
    tunnel2_phase1_integrity_algorithms: ['SHA2-256'],
    tunnel2_phase1_dh_group_numbers: [14, 19],
    tunnel2_phase1_lifetime_seconds: 3601,
    tunnel2_phase2_encryption_algorithms: ['AES128-GCM-16'],
    tunnel2_phase2_integrity_algorithms: ['SHA2-512'],
    tunnel2_phase2_dh_group_numbers: [5],
    tunnel2_phase2_lifetime_seconds: 1200,
    tunnel2_dpd_timeout_seconds: 45,
    tunnel2_dpd_timeout_action: 'restart',
    tunnel2_rekey_margin_time_seconds: 600,
    tunnel2_rekey_fuzz_percentage: 50,
    tunnel2_replay_window_size: 128,
    tunnel2_startup_action: 'start',
    tunnel2_enable_tunnel_lifecycle_control: false,
  });
});

it('logs both tunnels into a group that AWS may write, and BGP only where asked for', () => {
  const synth = build({ logs: { format: 'json', retentionDays: 90 } });
  expect(only(synth, 'aws_cloudwatch_log_group')).toMatchObject({
    name: '/aws/vendedlogs/kakehashi/dev/vpn',
    retention_in_days: 90,
  });
  const connection = only(synth, 'aws_vpn_connection');
  expect(connection.tunnel2_log_options).toMatchObject({
    cloudwatch_log_options: { log_enabled: true, log_output_format: 'json' },
  });
  expect(JSON.stringify(connection)).not.toContain('bgp_log');
  const withBgp = only(
    build({ logs: { format: 'text', retentionDays: 0, bgp: true } }),
    'aws_vpn_connection',
  );
  expect(withBgp.tunnel1_log_options).toMatchObject({
    cloudwatch_log_options: { bgp_log_enabled: true, bgp_log_output_format: 'text' },
  });
});

it.each<[string, Partial<SiteToSiteVpnProps>, string]>([
  ['a name with a dot', { name: 'a.b' }, 'name: must be 1 to 50 characters of A-Z a-z 0-9 _ -, got "a.b"'],
  [
    'a name that is too long',
    { name: 'x'.repeat(51) },
    'name: must be 1 to 50 characters of A-Z a-z 0-9 _ -, got "xxx',
  ],
  [
    'a reserved ASN at the site',
    { customerGateway: { ...PROPS.customerGateway, asn: 23456 } },
    'customerGateway.asn: must be an autonomous system number from 1 to 4294967294 that is not reserved, got "23456"',
  ],
  [
    'a device name of 256 characters',
    { customerGateway: { ...PROPS.customerGateway, deviceName: 'x'.repeat(256) } },
    'customerGateway.deviceName: must have 1 to 255 characters, got 256',
  ],
  [
    'an address that is none',
    { customerGateway: { ...PROPS.customerGateway, ipAddress: '999.1.1.1' } },
    'customerGateway.ipAddress: must be an IPv4 address, got "999.1.1.1"',
  ],
  [
    'one ASN at both ends',
    { customerGateway: { ...PROPS.customerGateway, asn: 64512 } },
    'amazonSideAsn: must differ from customerGateway.asn',
  ],
  [
    'a public ASN at AWS',
    { amazonSideAsn: 1234 },
    'amazonSideAsn: must be 64512–65534 or 4200000000–4294967294, got 1234',
  ],
  [
    'a device name that is empty',
    { customerGateway: { ...PROPS.customerGateway, deviceName: '' } },
    'customerGateway.deviceName: must have 1 to 255 characters, got 0',
  ],
  [
    'static routing to nowhere',
    { remoteNetworks: [] },
    'remoteNetworks: must name at least one network for static routing',
  ],
  [
    'a network on both sides',
    { remoteNetworks: [cidr('172.30.9.0/24')] },
    'remoteNetworks: 172.30.9.0/24 overlaps the VPC (172.30.0.0/16)',
  ],
  [
    'a network named twice',
    { remoteNetworks: [cidr('10.0.2.0/24'), cidr('10.0.2.0/24')] },
    'remoteNetworks: must name each network once',
  ],
  [
    'one inside CIDR for both',
    withTunnel({ insideCidr: cidr('169.254.100.0/30') }),
    'tunnels: must have different inside CIDRs, got 169.254.100.0/30 for both',
  ],
  [
    'a reserved inside CIDR',
    withTunnel({ insideCidr: cidr('169.254.169.252/30') }),
    'tunnels[1].insideCidr: must be an inside CIDR that AWS does not reserve',
  ],
  [
    'startup without IKEv2 alone',
    withTunnel({ startupAction: 'start' }),
    'tunnels[1].startupAction (startup_action): "start" needs ike_versions: [ikev2]',
  ],
  [
    'a lifetime beyond its range',
    withTunnel({ phase2LifetimeSeconds: 3601 }),
    'phase2LifetimeSeconds (phase2_lifetime_seconds): must be a whole number from 900 to 3600, got 3601',
  ],
  [
    'a margin beyond half of phase 2',
    withTunnel({ rekeyMarginTimeSeconds: 1801 / 1, phase2LifetimeSeconds: 3600 }),
    'rekeyMarginTimeSeconds (rekey_margin_time_seconds): must be a whole number from 60 to 1800, got 1801',
  ],
  [
    'a margin beyond half of a short phase 2',
    withTunnel({ rekeyMarginTimeSeconds: 451, phase2LifetimeSeconds: 900 }),
    "the rekey margin (451 s) must be at most half of phase 2's lifetime (900 s)",
  ],
  [
    'phase 2 as long as phase 1',
    withTunnel({ phase1LifetimeSeconds: 3600 }),
    "phase 2's lifetime (3600 s) must be shorter than phase 1's (3600 s)",
  ],
  [
    'DH group 5 in phase 1',
    withTunnel({ phase1DhGroupNumbers: [5] }),
    'phase1DhGroupNumbers (phase1_dh_group_numbers): must be of 2, 14, 15',
  ],
])('refuses %s', (_, props, message) => {
  expect(() => build(props)).toThrow(message);
});

it('checks DPD also where nothing else is set (terraform-aws-vpn-gateway #107 lost it)', () => {
  expect(() => build(withTunnel({ dpdTimeoutSeconds: 29 }))).toThrow('from 30 to');
  expect(
    only(build(withTunnel({ dpdTimeoutSeconds: 30 })), 'aws_vpn_connection').tunnel2_dpd_timeout_seconds,
  ).toBe(30);
});

it('needs little: BGP, two modern tunnels, and the private route tables of the network', () => {
  const synth = synthesized((stack) => {
    const { ipAddress, asn } = PROPS.customerGateway;
    new SiteToSiteVpn(stack, 'Vpn', {
      name: 'dev',
      network: networkIn(stack),
      customerGateway: { ipAddress, asn },
    });
  });
  expect(only(synth, 'aws_vpn_connection')).toMatchObject({
    static_routes_only: false,
    tunnel1_phase1_encryption_algorithms: ['AES256-GCM-16'],
    tunnel2_phase1_encryption_algorithms: ['AES256-GCM-16'],
  });
  expect(only(synth, 'aws_vpn_connection')).not.toHaveProperty('tunnel1_inside_cidr');
  expect(only(synth, 'aws_customer_gateway').device_name).toBe('dev');
  expect(only(synth, 'aws_vpn_gateway').amazon_side_asn).toBe('64512');
  expect(Object.keys(synth.resource.aws_vpn_gateway_route_propagation ?? {})).toHaveLength(2);
});

it('routes statically where there are remote networks, unless BGP is asked for', () => {
  const routing = (props: Partial<SiteToSiteVpnProps>): unknown =>
    only(
      synthesized((stack) => {
        const { routing: _, ...others } = PROPS;
        new SiteToSiteVpn(stack, 'Vpn', { ...others, network: networkIn(stack), ...props });
      }),
      'aws_vpn_connection',
    ).static_routes_only;
  expect(routing({})).toBe(true);
  expect(routing({ routing: 'bgp' })).toBe(false);
  expect(routing({ remoteNetworks: [] })).toBe(false);
});

it('writes routes into the tables that it is given', () => {
  const synth = build({ privateRouteTableIds: { own: 'rtb-9' } });
  expect(only(synth, 'aws_route')).toMatchObject({ route_table_id: 'rtb-9', gateway_id: expect.any(String) });
  expect(plainAddresses(synth)).toContain('aws_route.Vpn_To-10_0_2_0-24-own');
});

it('exposes what it makes, and the tunnels by their inside CIDRs', () => {
  const synth = synthesized((stack) => {
    const vpn = new SiteToSiteVpn(stack, 'Vpn', {
      ...PROPS,
      network: networkIn(stack),
      logs: { format: 'json', retentionDays: 30 },
    });
    expect(vpn.logGroup?.node.path).toBe('stack/Vpn/Log');
    expect(vpn.vpnGateway.amazonSideAsn).toBe(64512);
    const outputs = {
      id: vpn.connectionId,
      arn: vpn.connectionArn,
      gateway: vpn.vpnGateway.vpnGatewayId,
      customer: vpn.customerGateway.customerGatewayId,
      address: vpn.tunnelAddress(cidr('169.254.100.4/30')),
      key: vpn.tunnelPresharedKey('169.254.100.0/30'),
      block: `${vpn.tunnelAddress('169.254.100.0/30')}/32`,
      upper: Fn.upper(vpn.tunnelAddress('169.254.100.0/30')),
    };
    for (const [name, value] of Object.entries(outputs))
      new TerraformOutput(stack, name, { value, sensitive: name === 'key' });
  });
  const [resource] = Object.keys(synth.resource.aws_vpn_connection ?? {});
  const connection = `aws_vpn_connection.${resource}`;
  const value = (name: string): unknown => (synth.output as Record<string, { value: unknown }>)[name]?.value;
  const tunnel = (attribute: string, inside: string): string => {
    const pair = (number: number): string =>
      `(${connection}.tunnel${number}_inside_cidr) = ${connection}.tunnel${number}_${attribute}`;
    return `{${pair(1)}, ${pair(2)}}["${inside}"]`;
  };
  expect(value('id')).toBe(`\${${connection}.id}`);
  expect(value('arn')).toBe(`\${${connection}.arn}`);
  expect(value('gateway')).toMatch(/^\$\{aws_vpn_gateway\.Vpn_Gateway_\w+\.id\}$/);
  expect(value('customer')).toMatch(/^\$\{aws_customer_gateway\.Vpn_CustomerGateway_\w+\.id\}$/);
  expect(value('address')).toBe(`\${${tunnel('address', '169.254.100.4/30')}}`);
  expect(value('key')).toBe(`\${${tunnel('preshared_key', '169.254.100.0/30')}}`);
  expect(value('block')).toBe(`\${${tunnel('address', '169.254.100.0/30')}}/32`);
  expect(value('upper')).toBe(`\${upper(${tunnel('address', '169.254.100.0/30')})}`);
});

it('knows no tunnel of another inside CIDR', () => {
  const address = (props: Partial<SiteToSiteVpnProps>) => () =>
    synthesized((stack) => {
      new SiteToSiteVpn(stack, 'Vpn', { ...PROPS, network: networkIn(stack), ...props }).tunnelAddress(
        '169.254.9.0/30',
      );
    });
  expect(address({})).toThrow(
    'stack/Vpn: insideCidr: must be that of a tunnel (169.254.100.0/30, 169.254.100.4/30), got 169.254.9.0/30',
  );
  expect(address({ tunnels: undefined })).toThrow('of a tunnel (none, because AWS chooses them)');
});

it('gives the address of a tunnel to another stack', () => {
  const app = Testing.app();
  const [one, two] = ['one', 'two'].map((id) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, 'aws', { region: 'ap-northeast-1' });
    new LocalBackend(stack, {});
    return stack;
  }) as [TerraformStack, TerraformStack];
  const vpn = new SiteToSiteVpn(one, 'Vpn', { ...PROPS, network: networkIn(one) });
  new TerraformOutput(two, 'address', { value: vpn.tunnelAddress('169.254.100.0/30') });
  app.synth();
  const read = (stack: string) =>
    JSON.parse(readFileSync(join(app.outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
  const [name = ''] = Object.keys(read('one').output);
  expect(read('one').output[name].value).toContain('["169.254.100.0/30"]}');
  expect(read('two').output.address.value).toBe(
    `\${data.terraform_remote_state.cross-stack-reference-input-one.outputs.${name}}`,
  );
});

it('puts its logs into a group of another name', () => {
  const group = (logs: object): unknown =>
    only(build({ logs: { format: 'json', retentionDays: 30, ...logs } }), 'aws_cloudwatch_log_group').name;
  expect(group({ namePrefix: 'acme' })).toBe('/aws/vendedlogs/acme/dev/vpn');
  expect(group({ logGroupName: '/central/vpn' })).toBe('/central/vpn');
  expect(() => group({ namePrefix: 'a b' })).toThrow('stack/Vpn: logs.logGroupName: must be 1 to 512');
  expect(() => group({ retentionDays: 2 })).toThrow('stack/Vpn: logs.retentionDays: must be one of 0, 1, 3');
});

it.each(['', 'a.b', 'x'.repeat(51)])('refuses the name %j', (name) => {
  expect(() => build({ name })).toThrow(
    `stack/Vpn: name: must be 1 to 50 characters of A-Z a-z 0-9 _ -, got ${JSON.stringify(name)}`,
  );
});
