import '../../../stacks/fast-tokens';
import { type TerraformStack, TerraformVariable } from 'cdktf';

import { CustomerGateway } from '../../../constructs/aws/customer-gateway';

import { TransitGateway } from '../../../constructs/aws/transit-gateway';

import { TransitVpn, type TransitVpnProps } from '../../../constructs/aws/transit-vpn';

import { cryptoProfileOptions } from '../../../model/clouds/aws/crypto-options';

import { Cidr } from '../../../model/net/cidr';

import { at, only, plainAddresses, resolved, type Synthesized, synthesized } from '../../support/synthesized';

const cidr = Cidr.parse;
const text = (stack: TerraformStack, name: string): string =>
  new TerraformVariable(stack, name, { type: 'string' }).stringValue;
const number = (stack: TerraformStack, name: string): number =>
  new TerraformVariable(stack, name, { type: 'number' }).numberValue;
type In<T> = (stack: TerraformStack) => T;

describe('the VPN of a transit gateway', () => {
  const modern = cryptoProfileOptions('modern');
  const PROPS = {
    name: 'dev',
    routeTableId: 'tgw-rtb-1',
    routeTableIds: { dev: 'tgw-rtb-2', prod: 'tgw-rtb-3' },
    customerGateway: { ipAddress: '198.51.100.10', asn: 65000 },
    routing: 'bgp',
    tunnels: [
      { ...modern, insideCidr: cidr('169.254.100.0/30') },
      { ...modern, insideCidr: cidr('169.254.100.4/30') },
    ],
  } as const satisfies Omit<TransitVpnProps, 'transitGateway'>;
  const theirs = (stack: TerraformStack) => TransitGateway.fromTransitGatewayId(stack, 'Hub', 'tgw-1');
  const build = (props: In<Partial<TransitVpnProps>> = () => ({})): Synthesized =>
    synthesized((stack) => {
      new TransitVpn(stack, 'Vpn', { ...PROPS, transitGateway: theirs(stack), ...props(stack) });
    });

  it("looks up one table, and tells all of them the site's routes that BGP brings", () => {
    const synth = build();
    expect(plainAddresses(synth)).toEqual([
      'aws_customer_gateway.Vpn_CustomerGateway',
      'aws_ec2_transit_gateway_route_table_association.Vpn_Association',
      'aws_ec2_transit_gateway_route_table_propagation.Vpn_Propagation-dev',
      'aws_ec2_transit_gateway_route_table_propagation.Vpn_Propagation-prod',
      'aws_vpn_connection.Vpn_Connection',
    ]);
    const attachment = expect.stringMatching(
      /^\$\{aws_vpn_connection\.Vpn_Connection_\w+\.transit_gateway_attachment_id\}$/,
    );
    expect(only(synth, 'aws_ec2_transit_gateway_route_table_association')).toEqual({
      transit_gateway_attachment_id: attachment,
      transit_gateway_route_table_id: 'tgw-rtb-1',
    });
    expect(at(synth, 'aws_ec2_transit_gateway_route_table_propagation', 'Vpn_Propagation-prod')).toEqual({
      transit_gateway_attachment_id: attachment,
      transit_gateway_route_table_id: 'tgw-rtb-3',
    });
  });

  it('ends at the transit gateway, with both tunnels', () => {
    const connection = only(
      build(() => ({ tags: { owner: 'me' } })),
      'aws_vpn_connection',
    );
    expect(connection).toMatchObject({
      transit_gateway_id: 'tgw-1',
      customer_gateway_id: expect.stringMatching(/^\$\{aws_customer_gateway\.Vpn_CustomerGateway_\w+\.id\}$/),
      type: 'ipsec.1',
      static_routes_only: false,
      preshared_key_storage: 'Standard',
      tunnel1_inside_cidr: '169.254.100.0/30',
      tunnel2_inside_cidr: '169.254.100.4/30',
      tunnel2_ike_versions: ['ikev2'],
      tags: { Name: 'dev', owner: 'me' },
    });
    for (const absent of ['vpn_gateway_id', 'enable_acceleration', 'tunnel_bandwidth'])
      expect(connection).not.toHaveProperty(absent);
  });

  it('needs little: two modern tunnels with what AWS chooses', () => {
    const connection = only(
      build(() => ({ tunnels: undefined })),
      'aws_vpn_connection',
    );
    expect(connection.tunnel1_phase1_encryption_algorithms).toEqual(['AES256-GCM-16']);
    expect(connection).not.toHaveProperty('tunnel1_inside_cidr');
  });

  it('routes statically into every table that knows the site', () => {
    const synth = build(() => ({
      routing: 'static',
      remoteNetworks: [cidr('10.0.2.0/24'), cidr('10.0.8.0/24')],
    }));
    expect(plainAddresses(synth).filter((address) => address.includes('To-'))).toEqual([
      'aws_ec2_transit_gateway_route.Vpn_To-10_0_2_0-24-dev',
      'aws_ec2_transit_gateway_route.Vpn_To-10_0_2_0-24-prod',
      'aws_ec2_transit_gateway_route.Vpn_To-10_0_8_0-24-dev',
      'aws_ec2_transit_gateway_route.Vpn_To-10_0_8_0-24-prod',
    ]);
    expect(at(synth, 'aws_ec2_transit_gateway_route', 'Vpn_To-10_0_8_0-24-prod')).toMatchObject({
      destination_cidr_block: '10.0.8.0/24',
      transit_gateway_route_table_id: 'tgw-rtb-3',
    });
    expect(synth.resource.aws_ec2_transit_gateway_route_table_propagation).toBeUndefined();
    expect(only(synth, 'aws_vpn_connection').static_routes_only).toBe(true);
  });

  it('is accelerated, wider and logged where that is asked for', () => {
    const synth = build(() => ({
      acceleration: true,
      bandwidth: 'large',
      presharedKeyStorage: 'SecretsManager',
      logs: { format: 'json', retentionDays: 30 },
    }));
    const connection = only(synth, 'aws_vpn_connection');
    expect(connection).toMatchObject({
      enable_acceleration: true,
      tunnel_bandwidth: 'large',
      preshared_key_storage: 'SecretsManager',
    });
    expect(only(synth, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/vendedlogs/kakehashi/dev/vpn',
      retention_in_days: 30,
    });
  });

  it('takes networks, tables and ASNs that only Terraform knows', () => {
    const synth = build((stack) => ({
      routing: 'static',
      remoteNetworks: { office: text(stack, 'office') },
      routeTableId: text(stack, 'site_table'),
      routeTableIds: { dev: text(stack, 'table') },
      customerGateway: { ipAddress: text(stack, 'address'), asn: number(stack, 'asn') },
    }));
    expect(at(synth, 'aws_ec2_transit_gateway_route', 'Vpn_To-office-dev')).toMatchObject({
      destination_cidr_block: '${var.office}',
      transit_gateway_route_table_id: '${var.table}',
    });
    expect(only(synth, 'aws_customer_gateway')).toMatchObject({
      ip_address: '${var.address}',
      bgp_asn: '${var.asn}',
    });
  });

  it('ends at a customer gateway that something else made', () => {
    const synth = build((stack) => ({
      customerGateway: CustomerGateway.fromCustomerGatewayId(stack, 'Site', 'cgw-1'),
    }));
    expect(only(synth, 'aws_vpn_connection').customer_gateway_id).toBe('cgw-1');
    expect(synth.resource.aws_customer_gateway).toBeUndefined();
  });

  it('knows its tunnels by their inside CIDRs', () => {
    synthesized((stack) => {
      const vpn = new TransitVpn(stack, 'Vpn', { ...PROPS, transitGateway: theirs(stack) });
      expect(resolved(stack, vpn.tunnelAddress('169.254.100.4/30'))).toMatch(
        /tunnel2_address\}\["169\.254\.100\.4\/30"\]\}$/,
      );
      expect(() => vpn.tunnelPresharedKey('169.254.100.8/30')).toThrow(
        'stack/Vpn: insideCidr: must be that of a tunnel (169.254.100.0/30, 169.254.100.4/30), got 169.254.100.8/30',
      );
    });
  });

  it.each<[string, In<Partial<TransitVpnProps>>, string]>([
    ['a name with a blank', () => ({ name: 'a b' }), 'name: must be 1 to 50 characters'],
    [
      'no network over static routes',
      () => ({ routing: 'static' }),
      'remoteNetworks: must name at least one network for static routing, got none',
    ],
    [
      'static routes on equal paths',
      (stack) => ({
        routing: 'static',
        remoteNetworks: ['10.0.2.0/24'],
        transitGateway: new TransitGateway(stack, 'Own', { name: 'dev', routeTables: ['dev'] }),
      }),
      'routing: must be "bgp" on a transit gateway with ecmp, got "static"',
    ],
    [
      'one ASN at both ends',
      (stack) => ({
        transitGateway: new TransitGateway(stack, 'Own', {
          name: 'dev',
          routeTables: ['dev'],
          amazonSideAsn: 65000,
        }),
      }),
      'amazonSideAsn: must differ from customerGateway.asn on a transit gateway, got 65000 for both',
    ],
    [
      'acceleration where AWS begins',
      () => ({ acceleration: true, tunnels: [{}, { ikeVersions: ['ikev2'], startupAction: 'start' }] }),
      'acceleration: needs the site to begin, got startupAction "start" for a tunnel',
    ],
    [
      'an address that is none',
      () => ({ customerGateway: { ipAddress: '198.51.100.999', asn: 65000 } }),
      'customerGateway.ipAddress: must be an IPv4 address',
    ],
    [
      'one inside CIDR for both tunnels',
      () => ({ tunnels: [PROPS.tunnels[0], PROPS.tunnels[0]] }),
      'tunnels: must have different inside CIDRs, got 169.254.100.0/30 for both',
    ],
    [
      'an option that AWS refuses',
      () => ({ tunnels: [{ dpdTimeoutSeconds: 29 }, {}] }),
      'tunnels[0].dpdTimeoutSeconds (dpd_timeout_seconds): must be a whole number from 30',
    ],
    [
      'a table of a VPC',
      () => ({ routeTableId: 'rtb-1' }),
      'routeTableId: must be an id like tgw-rtb-0123456789abcdef0 or a token, got "rtb-1"',
    ],
    [
      'a table of a VPC among the others',
      () => ({ routeTableIds: { a: 'rtb-1' } }),
      'routeTableIds.a: must be an id',
    ],
    [
      'a table without a key',
      () => ({ routeTableIds: { '': 'tgw-rtb-1' } }),
      'routeTableIds: must have keys of',
    ],
    [
      'a literal key',
      () => ({ tunnels: [{ presharedKey: 'Sup3rSecretSup3r' }, {}] }),
      'tunnels[0].presharedKey: must be one token',
    ],
  ])('refuses %s', (_, props, message) => {
    expect(() => build(props)).toThrow(`stack/Vpn: ${message}`);
  });

  it('takes static routes where the tunnels are used one at a time', () => {
    const synth = build((stack) => ({
      routing: 'static',
      remoteNetworks: ['10.0.2.0/24'],
      transitGateway: new TransitGateway(stack, 'Own', { name: 'dev', routeTables: ['dev'], ecmp: false }),
    }));
    expect(only(synth, 'aws_vpn_connection').transit_gateway_id).toMatch(
      /^\$\{aws_ec2_transit_gateway\.Own_\w+\.id\}$/,
    );
  });
});
