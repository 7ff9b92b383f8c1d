import { changeWords } from '../../../../scripts/kinds/azure-network/plan/change-sentences';
import { networkWords, outputEffects } from '../../../../scripts/kinds/azure-network/plan-sentences';
import { azureValueWords } from '../../../../scripts/kinds/azure-network/value-words';
import { textsOf } from '../../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { azureNetwork } from './azure-stack';

type Values = Readonly<Record<string, unknown>>;

const GATEWAY = {
  name: 'dev-default',
  location: 'japaneast',
  sku: 'VpnGw1AZ',
  generation: 'Generation1',
  vpn_type: 'RouteBased',
  active_active: false,
  enable_bgp: false,
  bgp_settings: [{ asn: 65515, peer_weight: 0, peering_addresses: [{ apipa_addresses: ['169.254.21.2'] }] }],
};
const CONNECTION = {
  name: 'dev-default',
  connection_mode: 'Default',
  connection_protocol: 'IKEv2',
  dpd_timeout_seconds: 45,
  shared_key: '(sensitive)',
  routing_weight: 10,
  ipsec_policy: [
    {
      ike_encryption: 'GCMAES256',
      ike_integrity: 'SHA384',
      dh_group: 'ECP384',
      ipsec_encryption: 'GCMAES256',
      ipsec_integrity: 'GCMAES256',
      pfs_group: 'ECP384',
      sa_lifetime: 3600,
      sa_datasize: 102400000,
    },
  ],
};
const SITE = {
  name: 'dev-default',
  gateway_address: '198.51.100.10',
  address_space: ['10.0.2.0/24'],
  bgp_settings: [{ asn: 65000, bgp_peering_address: '169.254.21.1' }],
};
const RULE = {
  name: 'tcp-22',
  access: 'Allow',
  direction: 'Inbound',
  protocol: 'Tcp',
  priority: 200,
  source_address_prefix: '10.0.2.0/24',
  source_port_range: '*',
  destination_address_prefix: '*',
  destination_port_range: '22',
};
const DENIAL = {
  ...RULE,
  name: 'deny',
  access: 'Deny',
  protocol: '*',
  priority: 4096,
  source_address_prefix: '*',
  destination_port_range: '*',
};

let count = 0;
beforeEach(() => {
  count = 0;
});

function resource(
  type: string,
  before: Values | null,
  after: Values | null,
  replacedBy?: readonly string[],
): ScrubbedChange {
  count += 1;
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changed = [...names]
    .filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]))
    .sort();
  const actions =
    before === null
      ? ['create']
      : after === null
        ? ['delete']
        : replacedBy !== undefined
          ? ['delete', 'create']
          : changed.length > 0
            ? ['update']
            : ['no-op'];
  return {
    address: `${type}.R${count}`,
    type,
    actions,
    replacedBy: replacedBy ?? [],
    before: before ?? {},
    after: after ?? {},
    changed,
  };
}

function words(...all: readonly ScrubbedChange[]): readonly string[] {
  const isUnchanged = ({ actions }: ScrubbedChange) => actions.join() === 'no-op';
  return textsOf(
    changeWords({
      changes: all.filter((one) => !isUnchanged(one)),
      unchanged: all.filter(isUnchanged),
      references: {},
    }),
  );
}

const ADDRESS = { id: '/a/1', ip_address: '20.1.2.3', zones: ['1', '2', '3'], name: 'gw' };
const address = () => resource('azurerm_public_ip', ADDRESS, ADDRESS);
const gateway = (change: Values, replacedBy?: readonly string[]) =>
  resource('azurerm_virtual_network_gateway', GATEWAY, { ...GATEWAY, ...change }, replacedBy);
const connection = (change: Values, replacedBy?: readonly string[]) =>
  resource(
    'azurerm_virtual_network_gateway_connection',
    CONNECTION,
    { ...CONNECTION, ...change },
    replacedBy,
  );
const site = (change: Values, replacedBy?: readonly string[]) =>
  resource('azurerm_local_network_gateway', SITE, { ...SITE, ...change }, replacedBy);
const rule = (before: Values | null, after: Values | null) =>
  resource('azurerm_network_security_rule', before, after);

describe('a changed VPN gateway on Azure', () => {
  test('that gets another size stays where it is, with its address', () => {
    expect(words(gateway({ sku: 'VpnGw2AZ' }), address())).toEqual([
      'the VPN gateway is resized in place, VpnGw1AZ → VpnGw2AZ: this usually takes 30 to 60 minutes; the tunnels break for short times and come up again by themselves; its public addresses stay 20.1.2.3',
    ]);
  });

  test.each([
    ['generation', { generation: 'Generation2' }, 'generation Generation1 → Generation2'],
    ['vpn_type', { vpn_type: 'PolicyBased' }, 'VPN type RouteBased → PolicyBased'],
    ['location', { location: 'japanwest' }, 'location japaneast → japanwest'],
    ['name', { name: 'other' }, 'name dev-default → other'],
  ])('that is replaced by its %s is an outage until the host has its files', (name, change, why) => {
    expect(words(gateway(change, [name]), address())).toEqual([
      `the VPN gateway is REPLACED (${why}): the site and the nodes do not reach each other for an hour and more: the old one is deleted, and the new one usually takes 30 to 60 minutes, then until the gateway host has loaded its new files; its public addresses stay 20.1.2.3`,
    ]);
  });

  test('that is replaced with its addresses says so, and its connections are not told again', () => {
    const [first = '', ...others] = words(
      gateway({ location: 'japanwest' }, ['location']),
      resource('azurerm_public_ip', ADDRESS, { ...ADDRESS, location: 'japanwest' }, ['location']),
      connection({ virtual_network_gateway_id: null }, ['virtual_network_gateway_id']),
    );
    expect(first).toMatch(/; its public addresses change: the site must let the new ones through$/);
    expect(others).toEqual([
      expect.stringMatching(/^the public address 20\.1\.2\.3 of the VPN gateway is REPLACED/),
    ]);
  });

  test('gets and loses its second instance', () => {
    expect(words(gateway({ active_active: true, ip_configuration: [{}, {}] }))).toEqual([
      'the VPN gateway gets a second active instance: this usually takes 30 to 60 minutes, in which the tunnels break for short times; each connection has a second tunnel then, which comes up when the gateway host has loaded its new files',
    ]);
    const active = { ...GATEWAY, active_active: true };
    expect(words(resource('azurerm_virtual_network_gateway', active, GATEWAY))).toEqual([
      expect.stringMatching(
        /^the VPN gateway loses its second active instance: .* the second tunnel of each connection goes/,
      ),
    ]);
  });

  test('says of BGP addresses whose connections they are', () => {
    const of = (...apipa: readonly string[]) => ({
      bgp_settings: [{ asn: 65515, peer_weight: 0, peering_addresses: [{ apipa_addresses: apipa }] }],
    });
    const said = (before: readonly string[], after: readonly string[]) =>
      words(
        resource(
          'azurerm_virtual_network_gateway',
          { ...GATEWAY, ...of(...before) },
          { ...GATEWAY, ...of(...after) },
        ),
      );
    const others =
      'BGP of the other connections may break for some minutes during the apply, and comes up again by itself';
    const [one, two, three] = ['169.254.21.2', '169.254.21.10', '169.254.21.18'];
    expect(said([one], [one, two])).toEqual([
      `the VPN gateway gets BGP addresses for a further tunnel or connection: ${others}`,
    ]);
    expect(said([one, two], [two])).toEqual([
      `the VPN gateway gives up BGP addresses of a tunnel or connection that goes: ${others}`,
    ]);
    const changed =
      'the BGP addresses of the VPN gateway change: BGP is down from the apply until the gateway host has loaded its new files';
    expect(said([one], [two, three])).toEqual([changed]);
    expect(said([one, two], [two, three])).toEqual([changed]);
    expect(said([one], [])).toEqual([changed]);
  });

  test('with another ASN loses BGP until the host has it', () => {
    expect(words(gateway({ bgp_settings: [{ ...GATEWAY.bgp_settings[0], asn: 65010 }] }))).toEqual([
      'the ASN of the VPN gateway changes, 65515 → 65010: BGP is down from the apply until the gateway host has loaded its new files',
    ]);
  });

  test('whose address would be replaced is told before Azure refuses it', () => {
    expect(
      words(resource('azurerm_public_ip', ADDRESS, { ...ADDRESS, zones: ['1'] }, ['zones']), gateway({})),
    ).toEqual([
      'the public address 20.1.2.3 of the VPN gateway is REPLACED (zones changes): Azure refuses to delete an address that a gateway has, and the apply stops there; write the zones that it was made with, or let the gateway be made anew',
    ]);
  });

  test('that is made or destroyed tells what comes and goes with it', () => {
    expect(words(resource('azurerm_virtual_network_gateway', null, GATEWAY))).toEqual([
      'the VPN gateway is made (VpnGw1AZ): this usually takes 30 to 60 minutes; the tunnels come up when the gateway host has loaded its new files',
    ]);
    expect(
      words(
        resource('azurerm_virtual_network_gateway', GATEWAY, null),
        resource('azurerm_public_ip', ADDRESS, null),
        resource('azurerm_virtual_network_gateway_connection', CONNECTION, null),
      ),
    ).toEqual([
      'the VPN gateway is DESTROYED: the site and the nodes no longer reach each other; its public addresses are lost: 20.1.2.3',
    ]);
  });
});

describe('a changed connection on Azure', () => {
  test.each([
    ['dpd_timeout_seconds', { dpd_timeout_seconds: 30 }, 'DPD time-out 45 → 30'],
    ['connection_mode', { connection_mode: 'ResponderOnly' }, 'connection mode Default → ResponderOnly'],
    ['connection_protocol', { connection_protocol: 'IKEv1' }, 'IKE version IKEv2 → IKEv1'],
  ])('is replaced by %s: an outage', (name, change, why) => {
    expect(words(connection(change, [name]))).toEqual([
      `connection dev-default is REPLACED (${why}): all its tunnels are down for some minutes during the apply; its key and the public addresses stay`,
    ]);
  });

  test.each<[string, Values, string]>([
    [
      'a key',
      { shared_key: '(sensitive)2' },
      'connection dev-default gets another pre-shared key: all its tunnels are down from their next log-in until the gateway host has the new key too',
    ],
    [
      'a policy',
      { ipsec_policy: [{ ...CONNECTION.ipsec_policy[0], ike_encryption: 'AES256', dh_group: 'DHGroup14' }] },
      'connection dev-default: IKE GCMAES256/SHA384/ECP384 → AES256/SHA384/DHGroup14; its tunnels restart, and are down until the gateway host has loaded its new files where both ends have nothing in common',
    ],
    [
      'selectors',
      { traffic_selector_policy: [{}] },
      'connection dev-default: the traffic selectors change; its tunnels are down from the apply until the gateway host has loaded its new files',
    ],
    [
      'a weight',
      { routing_weight: 20 },
      'connection dev-default: routing weight 10 → 20; it decides only between connections with the same routes',
    ],
  ])('takes %s in place', (_, change, sentence) => {
    expect(words(connection(change))).toEqual([sentence]);
  });

  test('to a site that moved waits for the site', () => {
    expect(words(site({ gateway_address: '198.51.100.20' }))).toEqual([
      'Azure expects the site at 198.51.100.20 instead of 198.51.100.10: the tunnels are down from the apply until the gateway host has loaded its new files, at that address',
    ]);
    expect(words(site({ bgp_settings: [{ ...SITE.bgp_settings[0], asn: 65001 }] }))).toEqual([
      'the ASN of the site 65000 → 65001: BGP is down from the apply until the gateway host has loaded its new files',
    ]);
    expect(words(site({ address_space: ['10.0.2.0/24', '10.0.3.0/24'] }))).toEqual([
      "Azure's routes to the site change: with 10.0.3.0/24",
    ]);
  });
});

describe('changed rules on Azure', () => {
  test('are told by what they allow', () => {
    expect(words(rule(null, RULE))).toEqual(['ingress newly allowed: tcp 22 from 10.0.2.0/24']);
    expect(words(rule(RULE, null))).toEqual([
      'ingress no longer allowed: tcp 22 from 10.0.2.0/24; Azure refuses it for new connections',
    ]);
    expect(words(rule(RULE, { ...RULE, source_address_prefix: '10.0.0.0/16' }))).toEqual([
      'ingress widened: tcp 22 from 10.0.2.0/24 → tcp 22 from 10.0.0.0/16',
    ]);
    expect(words(rule(RULE, { ...RULE, source_address_prefix: '10.0.2.0/28' }))).toEqual([
      'ingress narrowed: tcp 22 from 10.0.2.0/24 → tcp 22 from 10.0.2.0/28; Azure refuses it for new connections',
    ]);
  });

  test('that open something to everybody say that it is public', () => {
    expect(words(rule(null, { ...RULE, source_address_prefix: '*', destination_port_range: '443' }))).toEqual(
      ['ingress newly allowed: tcp 443 from 0.0.0.0/0 (public)'],
    );
  });

  test('that only get another priority change no traffic', () => {
    expect(words(rule(RULE, { ...RULE, priority: 210 }))).toEqual([
      '1 ingress rule gets another priority or description; no traffic is affected',
    ]);
  });

  test('without the denial at the end let the site in', () => {
    expect(words(rule(DENIAL, null))).toEqual([
      "the denial of all else is removed: Azure's default rules let in the site and all networks that are connected",
    ]);
  });

  test('are one phrase in the table of values', () => {
    expect(
      azureValueWords(
        rule(null, { ...RULE, destination_port_range: null, destination_port_ranges: ['22', '80-81'] }),
      )?.words,
    ).toEqual(['tcp 22 from 10.0.2.0/24, tcp 80-81 from 10.0.2.0/24']);
    expect(azureValueWords(rule(DENIAL, DENIAL))?.words).toEqual(['deny all else']);
    expect(azureValueWords(connection({ dpd_timeout_seconds: 30 }))).toBeUndefined();
  });
});

describe('a changed virtual network', () => {
  const NET = { id: '/n/1', name: 'dev-default', location: 'japaneast', address_space: ['172.21.0.0/16'] };
  const SUBNET = { id: '/s/1', name: 'dev-default', address_prefixes: ['172.21.1.0/24'] };

  test('that is destroyed says what is lost, and nothing else', () => {
    expect(
      words(
        resource('azurerm_virtual_network', NET, null),
        resource('azurerm_public_ip', ADDRESS, null),
        resource('azurerm_subnet', SUBNET, null),
      ),
    ).toEqual([
      'virtual network 172.21.0.0/16 is DESTROYED, with all that is in it: the site and its nodes no longer reach each other; its public addresses are lost: 20.1.2.3; delete all its nodes first, because Azure refuses to delete a network that is in use',
    ]);
  });

  test('moves a subnet in place, which Azure refuses while nodes are in it', () => {
    expect(
      words(resource('azurerm_subnet', SUBNET, { ...SUBNET, address_prefixes: ['172.21.2.0/24'] })),
    ).toEqual([
      'subnet 172.21.1.0/24 moves in place to 172.21.2.0/24: delete its nodes first, because Azure refuses it while network interfaces are in it; new nodes get addresses of the new range',
    ]);
  });

  test('without its NAT gateway has no Internet access', () => {
    const association = { subnet_id: '/s/1', nat_gateway_id: '/g/1' };
    const ofAddress = { nat_gateway_id: '/g/1', public_ip_address_id: '/a/1' };
    expect(
      words(
        resource('azurerm_subnet', SUBNET, SUBNET),
        resource('azurerm_nat_gateway', { id: '/g/1' }, null),
        resource('azurerm_public_ip', ADDRESS, null),
        resource('azurerm_nat_gateway_public_ip_association', ofAddress, null),
        resource('azurerm_subnet_nat_gateway_association', association, null),
      ),
    ).toEqual(['nodes in 172.21.1.0/24 lose Internet access, and their public address 20.1.2.3 is lost']);
  });

  test('whose subnet loses its filter says that everything reaches the nodes', () => {
    const association = { subnet_id: '/s/1', network_security_group_id: '/sg/1' };
    expect(
      words(
        resource('azurerm_subnet', SUBNET, SUBNET),
        resource('azurerm_subnet_network_security_group_association', association, null),
      ),
    ).toEqual([
      'subnet 172.21.1.0/24 loses its security group: everything reaches its nodes that a route brings there',
    ]);
  });

  test('tells the most hurtful first, and tags last', () => {
    const all = words(
      resource('azurerm_route_table', { tags: { a: '1' } }, { tags: { a: '2' } }),
      rule(null, RULE),
      connection({ dpd_timeout_seconds: 30 }, ['dpd_timeout_seconds']),
      gateway({ generation: 'Generation2' }, ['generation']),
    );
    expect(all.map((text) => text.split(/[:(]/)[0])).toEqual([
      'the VPN gateway is REPLACED ',
      'ingress newly allowed',
      'tags of 1 resource change; no traffic is affected',
    ]);
  });
});

test('a new network is told from the catalog', () => {
  expect(networkWords(azureNetwork())).toEqual([
    'virtual network 172.21.0.0/16 in japaneast, 1 subnet of nodes, NAT',
    'VPN gateway VpnGw1AZ, generation 1: making it usually takes 30 to 60 minutes; do not interrupt it',
    'VPN to 198.51.100.10: 1 tunnel, IKEv2 GCMAES256/ECP384, static routes to 10.0.2.0/24',
  ]);
  const { vpn: _, ...network } = azureNetwork({ egress: 'none' });
  expect(networkWords(network)).toEqual([
    'virtual network 172.21.0.0/16 in japaneast, 1 subnet of nodes, no Internet access',
    'no VPN',
  ]);
});

test('outputs alone change entries', () => {
  expect(textsOf(outputEffects({ names: ['catalog', 'site'], values: {} }))).toEqual([
    'the catalog entries change; no traffic is affected',
    'no resource changes, only outputs: site',
  ]);
});
