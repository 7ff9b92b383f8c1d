import '../../../stacks/fast-tokens';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { SiteConnection, type SiteConnectionProps } from '../../../constructs/azure/site-connection';
import type { VpnGatewayProps } from '../../../constructs/azure/vpn-gateway';
import { PROFILE_POLICIES } from '../../../model/clouds/azure/ipsec-policy';
import { only, plainAddresses, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { gatewayIn } from './lab';

const keyIn = (stack: TerraformStack, name = 'key'): string =>
  new TerraformVariable(stack, name, { type: 'string', sensitive: true }).stringValue;

const PROPS = {
  name: 'lab',
  siteAddress: '198.51.100.10',
  siteNetworks: ['10.0.2.0/24', '10.0.3.0/24'],
  policy: PROFILE_POLICIES.modern,
  saLifetimeSeconds: 3600,
  saDatasizeKb: 102400000,
  dpdSeconds: 45,
  connectionMode: 'Default',
} as const satisfies Partial<SiteConnectionProps>;

const build = (
  props: Partial<SiteConnectionProps> = {},
  gateway: Partial<VpnGatewayProps> = {},
): Synthesized =>
  synthesizedAzure((stack) => {
    new SiteConnection(stack, 'Connection', {
      gateway: gatewayIn(stack, gateway),
      presharedKey: keyIn(stack),
      ...PROPS,
      ...props,
    });
  });
const connectionOf = (...given: Parameters<typeof build>) =>
  only(build(...given), 'azurerm_virtual_network_gateway_connection');
const siteOf = (...given: Parameters<typeof build>) => only(build(...given), 'azurerm_local_network_gateway');

const BGP = {
  bgp: { asn: 65000, address: '169.254.21.1', cloudAddresses: ['169.254.21.2', '169.254.21.3'] },
};
const WITH_BGP = { bgp: { asn: 65515 }, activeActive: true };

it('makes the site and one connection to it', () => {
  expect(plainAddresses(build()).filter((address) => /\.Connection/.test(address))).toEqual([
    'azurerm_local_network_gateway.Connection_Site',
    'azurerm_virtual_network_gateway_connection.Connection',
  ]);
});

it('always sets a policy, the protocol and who begins: Azure would choose weak ones', () => {
  expect(connectionOf({ connectionMode: 'ResponderOnly', routingWeight: 0 })).toMatchObject({
    name: 'lab',
    type: 'IPsec',
    connection_protocol: 'IKEv2',
    connection_mode: 'ResponderOnly',
    dpd_timeout_seconds: 45,
    routing_weight: 0,
    shared_key: '${var.key}',
    ipsec_policy: {
      ike_encryption: 'GCMAES256',
      ike_integrity: 'SHA384',
      dh_group: 'ECP384',
      ipsec_encryption: 'GCMAES256',
      ipsec_integrity: 'GCMAES256',
      pfs_group: 'ECP384',
      sa_lifetime: 3600,
      sa_datasize: 102400000,
    },
    timeouts: { create: '60m', update: '60m', delete: '60m' },
  });
  expect(connectionOf().routing_weight).toBe(10);
  expect(connectionOf({ timeoutMinutes: 90 }).timeouts).toEqual({
    create: '90m',
    update: '90m',
    delete: '90m',
  });
});

it('names the networks of the site where routes are static', () => {
  expect(siteOf()).toMatchObject({
    name: 'lab-site',
    gateway_address: '198.51.100.10',
    address_space: ['10.0.2.0/24', '10.0.3.0/24'],
  });
  expect(siteOf()).not.toHaveProperty('bgp_settings');
  expect(connectionOf().enable_bgp).toBe(false);
  for (const name of ['custom_bgp_addresses', 'use_policy_based_traffic_selectors'])
    expect(connectionOf()).not.toHaveProperty(name);
});

it('leaves the networks of the site to BGP', () => {
  expect(siteOf(BGP, WITH_BGP)).toMatchObject({
    bgp_settings: { asn: 65000, bgp_peering_address: '169.254.21.1' },
  });
  expect(siteOf(BGP, WITH_BGP)).not.toHaveProperty('address_space');
  expect(connectionOf(BGP, WITH_BGP)).toMatchObject({
    enable_bgp: true,
    custom_bgp_addresses: { primary: '169.254.21.2', secondary: '169.254.21.3' },
  });
});

it('names one address of Azure for one instance, and none where BGP speaks with the GatewaySubnet', () => {
  const one = { bgp: { ...BGP.bgp, cloudAddresses: ['169.254.21.2'] } };
  expect(connectionOf(one, { bgp: { asn: 65515 } }).custom_bgp_addresses).toEqual({
    primary: '169.254.21.2',
  });
  const none = { bgp: { asn: 65000, address: '10.0.2.15' } };
  expect(connectionOf(none, WITH_BGP)).not.toHaveProperty('custom_bgp_addresses');
});

it('chooses traffic by pairs of networks where it is asked to', () => {
  expect(connectionOf({ trafficSelectors: ['172.21.0.0/16', '10.5.0.0/24'] })).toMatchObject({
    use_policy_based_traffic_selectors: true,
    traffic_selector_policy: [
      {
        local_address_cidrs: ['172.21.0.0/16', '10.5.0.0/24'],
        remote_address_cidrs: ['10.0.2.0/24', '10.0.3.0/24'],
      },
    ],
  });
});

it('has the rules of translation of its gateway', () => {
  const natRules = {
    out: { mode: 'EgressSnat', internal: '172.21.1.0/24', external: '10.9.1.0/24' },
    in: { mode: 'IngressSnat', internal: '10.0.2.0/24', external: '10.9.2.0/24' },
  } as const;
  const ids = (name: string) => [
    expect.stringMatching(`^\\$\\{azurerm_virtual_network_gateway_nat_rule\\.Vpn_NatRule-${name}.*\\.id\\}$`),
  ];
  expect(connectionOf({}, { sku: 'VpnGw2AZ', natRules })).toMatchObject({
    egress_nat_rule_ids: ids('out'),
    ingress_nat_rule_ids: ids('in'),
  });
  const plain = connectionOf();
  expect(plain).not.toHaveProperty('egress_nat_rule_ids');
  expect(plain).not.toHaveProperty('ingress_nat_rule_ids');
});

it('comes after another connection of the gateway, which takes one change at a time', () => {
  const synth = synthesizedAzure((stack) => {
    const gateway = gatewayIn(stack);
    const props = { gateway, ...PROPS, presharedKey: keyIn(stack) };
    const after = new SiteConnection(stack, 'East', { ...props, name: 'east' });
    new SiteConnection(stack, 'West', { ...props, name: 'west', after });
  });
  const made = Object.entries(synth.resource.azurerm_virtual_network_gateway_connection ?? {});
  const [east = ''] = made.find(([, { name }]) => name === 'east') ?? [];
  expect(made.map(([, { name, depends_on }]) => [name, depends_on])).toEqual([
    ['east', undefined],
    ['west', [`azurerm_virtual_network_gateway_connection.${east}`]],
  ]);
});

it.each<[string, Partial<SiteConnectionProps>]>([
  ['the shortest SA lifetime and the least data', { saLifetimeSeconds: 300, saDatasizeKb: 1024 }],
  ['the longest SA lifetime and the most data', { saLifetimeSeconds: 172799, saDatasizeKb: 2147483647 }],
  ['the fastest and the slowest detection of a dead peer', { dpdSeconds: 9 }],
  ['the slowest detection of a dead peer', { dpdSeconds: 3600 }],
  ['the greatest weight', { routingWeight: 32000 }],
  ['the policy compatible', { policy: PROFILE_POLICIES.compatible }],
  ['the policy seed', { policy: PROFILE_POLICIES.seed }],
])('takes %s', (_, props) => {
  expect(() => build(props)).not.toThrow();
});

const { modern } = PROFILE_POLICIES;
it.each<[string, Partial<SiteConnectionProps>, string]>([
  [
    'no network of the site without BGP',
    { siteNetworks: [] },
    'stack/Connection: siteNetworks: must hold at least one without BGP, got none',
  ],
  [
    'an SA lifetime of 299 s',
    { saLifetimeSeconds: 299 },
    'saLifetimeSeconds: must be from 300 to 172799, got 299',
  ],
  [
    'an SA lifetime of 48 hours',
    { saLifetimeSeconds: 172800 },
    'saLifetimeSeconds: must be from 300 to 172799, got 172800',
  ],
  ['1023 KB', { saDatasizeKb: 1023 }, 'saDatasizeKb: must be from 1024 to 2147483647, got 1023'],
  ['a dead peer after 8 s', { dpdSeconds: 8 }, 'dpdSeconds: must be from 9 to 3600, got 8'],
  ['a dead peer after 3601 s', { dpdSeconds: 3601 }, 'dpdSeconds: must be from 9 to 3600, got 3601'],
  ['a weight of 32001', { routingWeight: 32001 }, 'routingWeight: must be from 0 to 32000, got 32001'],
  [
    'GCM with another integrity',
    { policy: { ...modern, ipsecIntegrity: 'SHA256' } },
    'policy.ipsecIntegrity: must be GCMAES256, as the encryption is, got "SHA256"',
  ],
  [
    'an algorithm that no daemon has',
    { policy: { ...modern, ikeEncryption: 'DES3' } },
    'policy.ikeEncryption: must be one of AES128, AES256, GCMAES128, GCMAES256',
  ],
  ['BGP at a gateway without', BGP, 'bgp: must be absent, because the gateway has no bgp'],
])('refuses %s', (_, props, message) => {
  expect(() => build(props)).toThrow(message);
});

it.each([65515, 8075, 65520])('refuses the ASN %i of a site', (asn) => {
  expect(() => build({ bgp: { ...BGP.bgp, asn } }, WITH_BGP)).toThrow(
    `bgp.asn: must not be 65515 or one of 8074, 8075, 12076, 23456, 64496-64511, 65517-65520, 65535-65551, got ${asn}`,
  );
});

it('refuses pairs of networks with BGP', () => {
  expect(() => build({ ...BGP, trafficSelectors: ['172.21.0.0/16'] }, WITH_BGP)).toThrow(
    'trafficSelectors: cannot be combined with BGP',
  );
});

it('takes a pre-shared key as a token alone, and prints no other', () => {
  const literals = ['Sup3rSecretSup3r', 'Sup3rSecret${key', '${var.key}Sup3rSecret', '${"Sup3rSecret"}'];
  for (const presharedKey of literals) {
    expect(() => build({ presharedKey })).toThrow('stack/Connection: presharedKey: must be one token');
    expect(() => build({ presharedKey })).not.toThrow('Sup3rSecret');
  }
});

it('takes numbers and addresses that only Terraform knows', () => {
  const synth = synthesizedAzure((stack) => {
    const number = (name: string): number =>
      new TerraformVariable(stack, name, { type: 'number' }).numberValue;
    new SiteConnection(stack, 'Connection', {
      gateway: gatewayIn(stack, WITH_BGP),
      ...PROPS,
      presharedKey: keyIn(stack),
      saLifetimeSeconds: number('lifetime'),
      bgp: { asn: number('asn'), address: keyIn(stack, 'address') },
    });
  });
  expect(only(synth, 'azurerm_local_network_gateway').bgp_settings).toEqual({
    asn: '${var.asn}',
    bgp_peering_address: '${var.address}',
  });
  expect(only(synth, 'azurerm_virtual_network_gateway_connection').ipsec_policy).toMatchObject({
    sa_lifetime: '${var.lifetime}',
  });
});
