import '../../../stacks/fast-tokens';
import { TerraformVariable } from 'cdktf';
import type { VpnGatewayProps } from '../../../constructs/azure/vpn-gateway';
import { addresses, only, plainAddresses, resolved, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { gatewayIn, networkIn } from './lab';

const build = (props: Partial<VpnGatewayProps> = {}): Synthesized =>
  synthesizedAzure((stack) => {
    gatewayIn(stack, props);
  });
const gatewayOf = (props: Partial<VpnGatewayProps> = {}) =>
  only(build(props), 'azurerm_virtual_network_gateway');

const APIPA = [
  ['169.254.21.2', '169.254.21.10'],
  ['169.254.21.3', '169.254.21.11'],
];
const RULES = {
  out: { mode: 'EgressSnat', internal: '172.21.1.0/24', external: '10.9.1.0/24' },
  in: { mode: 'IngressSnat', internal: '10.0.2.0/24', external: '10.9.2.0/24' },
} as const;

/** Blocks of a gateway. */
type Blocks = readonly Readonly<Record<string, unknown>>[];

it('makes a GatewaySubnet of its own, without what Azure refuses there', () => {
  const synth = build();
  expect(plainAddresses(synth).filter((address) => address.includes('Vpn_'))).toEqual([
    'azurerm_public_ip.Vpn_Address-1',
    'azurerm_subnet.Vpn_GatewaySubnet',
    'azurerm_virtual_network_gateway.Vpn_Gateway',
  ]);
  const subnets = Object.entries(synth.resource.azurerm_subnet ?? {});
  const [[name, subnet] = []] = subnets.filter(([, one]) => one.name === 'GatewaySubnet');
  expect(subnet).toMatchObject({ address_prefixes: ['172.21.255.0/27'] });
  const joined = Object.entries(synth.resource).filter(([type]) => /association/.test(type));
  expect(JSON.stringify(joined)).not.toContain(`azurerm_subnet.${name}.`);
});

it('is route-based, of the size and the generation, and waits long enough', () => {
  expect(gatewayOf({ sku: 'VpnGw5AZ', generation: 2 })).toMatchObject({
    name: 'lab-gateway',
    type: 'Vpn',
    vpn_type: 'RouteBased',
    sku: 'VpnGw5AZ',
    generation: 'Generation2',
    active_active: false,
    timeouts: { create: '90m', update: '90m', delete: '60m' },
  });
  expect(gatewayOf({ timeoutMinutes: 180 }).timeouts).toEqual({
    create: '180m',
    update: '180m',
    delete: '60m',
  });
});

it('has no BGP unless it is asked for, and says so: what is left out keeps what Azure has', () => {
  const gateway = gatewayOf();
  expect(gateway.enable_bgp).toBe(false);
  expect(gateway).not.toHaveProperty('bgp_route_translation_for_nat_enabled');
});

it('gives each instance an address of its own with the zones, which never change', () => {
  const synth = build({ activeActive: true });
  const made = Object.values(synth.resource.azurerm_public_ip ?? {});
  expect(
    made.map(({ name, zones, sku, allocation_method }) => [name, zones, sku, allocation_method]),
  ).toEqual([
    ['lab-gateway-1', ['1', '2', '3'], 'Standard', 'Static'],
    ['lab-gateway-2', ['1', '2', '3'], 'Standard', 'Static'],
  ]);
  expect(only(synth, 'azurerm_virtual_network_gateway').ip_configuration).toEqual(
    addresses(synth)
      .filter((address) => address.startsWith('azurerm_public_ip.'))
      .map((address, index) => ({
        name: `instance-${index + 1}`,
        private_ip_address_allocation: 'Dynamic',
        public_ip_address_id: `\${${address}.id}`,
        subnet_id: expect.stringMatching(/^\$\{azurerm_subnet\.Vpn_GatewaySubnet.*\.id\}$/),
      })),
  );
});

it('has addresses without zones where the location has none', () => {
  expect(only(build({ zones: [] }), 'azurerm_public_ip')).not.toHaveProperty('zones');
});

it('keeps the address of the first instance when a second one comes', () => {
  expect(addresses(build({ activeActive: true }))).toEqual(expect.arrayContaining([...addresses(build())]));
});

describe('with BGP', () => {
  it('writes the peering of every instance out, so that an apply does not change it again', () => {
    expect(gatewayOf({ activeActive: true, bgp: { asn: 65515, apipaAddresses: APIPA } })).toMatchObject({
      enable_bgp: true,
      bgp_settings: {
        asn: 65515,
        peering_addresses: [
          { ip_configuration_name: 'instance-1', apipa_addresses: APIPA[0] },
          { ip_configuration_name: 'instance-2', apipa_addresses: APIPA[1] },
        ],
      },
    });
  });

  it('names the instances alone where BGP speaks between addresses of the GatewaySubnet', () => {
    expect(gatewayOf({ activeActive: true, bgp: { asn: 65010 } }).bgp_settings).toEqual({
      asn: 65010,
      peering_addresses: ['instance-1', 'instance-2'].map((name) => ({
        ip_configuration_name: name,
        apipa_addresses: [],
      })),
    });
  });

  it('knows the address of each instance there after the apply', () => {
    synthesizedAzure((stack) => {
      const gateway = gatewayIn(stack, { activeActive: true, bgp: { asn: 65515 } });
      expect([0, 1].map((instance) => resolved(stack, gateway.bgpAddress(instance)))).toEqual(
        [0, 1].map((index) =>
          expect.stringMatching(
            new RegExp(
              `^\\$\\{azurerm_virtual_network_gateway\\..+\\.bgp_settings\\[0\\]\\.peering_addresses\\[${index}\\]\\.default_addresses\\[0\\]\\}$`,
            ),
          ),
        ),
      );
    });
  });
});

describe('translation of addresses', () => {
  const withRules = { sku: 'VpnGw2AZ', natRules: RULES };

  it('is a rule each, one after the other, because a gateway takes one change at a time', () => {
    const synth = build(withRules);
    const rules = Object.entries(synth.resource.azurerm_virtual_network_gateway_nat_rule ?? {});
    const [[first, out] = []] = rules.filter(([, { name }]) => name === 'out');
    const [[, other] = []] = rules.filter(([, { name }]) => name === 'in');
    expect(rules).toHaveLength(2);
    expect(out).toMatchObject({
      mode: 'EgressSnat',
      type: 'Static',
      internal_mapping: [{ address_space: '172.21.1.0/24' }],
      external_mapping: [{ address_space: '10.9.1.0/24' }],
    });
    expect(out).not.toHaveProperty('depends_on');
    expect(other).toMatchObject({
      mode: 'IngressSnat',
      depends_on: [`azurerm_virtual_network_gateway_nat_rule.${first}`],
    });
  });

  it('has its ids by direction, for the connections', () => {
    synthesizedAzure((stack) => {
      const { natRuleIds } = gatewayIn(stack, withRules);
      const id = (name: string) => [
        expect.stringMatching(
          new RegExp(`^\\$\\{azurerm_virtual_network_gateway_nat_rule\\.Vpn_NatRule-${name}.*\\.id\\}$`),
        ),
      ];
      expect(resolved(stack, natRuleIds)).toEqual({ egress: id('out'), ingress: id('in') });
    });
  });

  it.each(['out', 'in'] as const)('of the networks that BGP announces, too: %s', (name) => {
    const natRules = { [name]: RULES[name] };
    const bgp = { asn: 65515 };
    expect(gatewayOf({ ...withRules, natRules, bgp }).bgp_route_translation_for_nat_enabled).toBe(true);
    expect(gatewayOf({ ...withRules, natRules })).not.toHaveProperty('bgp_route_translation_for_nat_enabled');
  });
});

it('takes blocks that only Terraform knows', () => {
  const synth = synthesizedAzure((stack) => {
    const block = new TerraformVariable(stack, 'block', { type: 'string' }).stringValue;
    gatewayIn(stack, { gatewaySubnet: block });
  });
  const blocks = Object.values(synth.resource.azurerm_subnet ?? {}).map((one) => one.address_prefixes);
  expect(blocks).toContainEqual(['${var.block}']);
});

it.each<[string, Partial<VpnGatewayProps>]>([
  ['VpnGw2AZ of either generation', { sku: 'VpnGw2AZ', generation: 2 }],
  ['the narrowest subnet', { gatewaySubnet: '172.21.255.0/29' }],
  ['APIPA addresses of one instance', { bgp: { asn: 65515, apipaAddresses: [['169.254.21.2']] } }],
  ['translation with BGP in the GatewaySubnet', { sku: 'VpnGw2AZ', natRules: RULES, bgp: { asn: 65515 } }],
])('takes %s', (_, props) => {
  expect(() => build(props)).not.toThrow();
});

it.each<[string, Partial<VpnGatewayProps>, string]>([
  ['VpnGw1AZ of generation 2', { generation: 2 }, 'stack/Vpn: generation: must be 1 for VpnGw1AZ, got 2'],
  ['VpnGw4AZ of generation 1', { sku: 'VpnGw4AZ' }, 'generation: must be 2 for VpnGw4AZ, got 1'],
  ['VpnGw5AZ of generation 1', { sku: 'VpnGw5AZ' }, 'generation: must be 2 for VpnGw5AZ, got 1'],
  [
    'a subnet of four addresses',
    { gatewaySubnet: '172.21.255.0/30' },
    'gatewaySubnet: must be a /29 at least, got 172.21.255.0/30',
  ],
  [
    'a subnet outside',
    { gatewaySubnet: '172.22.0.0/27' },
    'gatewaySubnet: must lie in the network (172.21.0.0/16), got 172.22.0.0/27',
  ],
  [
    "a subnet in the nodes'",
    { gatewaySubnet: '172.21.1.0/27' },
    'gatewaySubnet: 172.21.1.0/27 overlaps subnets.default of the network (172.21.1.0/24)',
  ],
  ['a subnet that is none', { gatewaySubnet: '172.21.255.0' }, 'gatewaySubnet: must be an IPv4 CIDR'],
  [
    'APIPA addresses of an instance that is not there',
    { bgp: { asn: 65515, apipaAddresses: APIPA } },
    'bgp.apipaAddresses: must be a list for each instance, got 2',
  ],
  [
    'an ASN that is reserved',
    { bgp: { asn: 65517 } },
    'bgp.asn: must not be one of 8074, 8075, 12076, 23456',
  ],
  ['translation with VpnGw1AZ', { natRules: RULES }, 'natRules: must be none with VpnGw1AZ'],
  [
    'translation with BGP between APIPA addresses',
    { sku: 'VpnGw2AZ', natRules: RULES, bgp: { asn: 65515, apipaAddresses: [['169.254.21.2']] } },
    'natRules: must be none where BGP speaks between APIPA addresses',
  ],
  [
    'prefixes of two lengths',
    { sku: 'VpnGw2AZ', natRules: { out: { ...RULES.out, external: '10.9.1.0/25' } } },
    'natRules.out.external: must have the prefix length of internal (/24), got 10.9.1.0/25',
  ],
])('refuses %s', (_, props, message) => {
  expect(() => build(props)).toThrow(message);
});

it('lies in any block of the network', () => {
  const synth = synthesizedAzure((stack) => {
    const network = networkIn(stack, { cidrs: ['172.21.0.0/16', '10.5.0.0/24'] });
    gatewayIn(stack, { network, gatewaySubnet: '10.5.0.0/27' });
  });
  const blocks: Blocks = Object.values(synth.resource.azurerm_subnet ?? {});
  expect(blocks.map((one) => one.address_prefixes)).toContainEqual(['10.5.0.0/27']);
});
