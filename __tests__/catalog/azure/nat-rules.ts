import { NOT_RECORDED, type WrongCatalog, withVpn } from './table';

const nat = (rules: string, more = ''): string => `{ sku: VpnGw2AZ, ${more}nat_rules: { ${rules} } }`;
const egress = (name: string, internal: string, external: string): string =>
  `${name}: { mode: EgressSnat, internal: ${internal}, external: ${external} }`;

/** Translation of addresses at the gateway. */
export const NAT_RULES: readonly WrongCatalog[] = [
  withVpn(
    'translation on VpnGw1AZ',
    'NatRulesNotSupportedForGatewaySku',
    `{ nat_rules: { ${egress('out', '172.21.1.0/24', '10.9.1.0/24')} } }`,
    '11:14 incompatible azure.default.create.vpn.nat_rules',
  ),
  withVpn(
    'prefixes of two lengths',
    'StaticNatRuleMappingsMustHaveEqualSize',
    nat(egress('out', '172.21.1.0/24', '10.9.1.0/25')),
    '11:102 bad-size azure.default.create.vpn.nat_rules.out.external',
  ),
  withVpn(
    'one outside of two rules',
    NOT_RECORDED,
    nat(`${egress('a', '172.21.1.0/24', '10.9.1.0/24')}, ${egress('b', '172.21.2.0/24', '10.9.1.0/24')}`),
    '11:173 overlap azure.default.create.vpn.nat_rules.b.external',
  ),
  withVpn(
    'outsides of which one holds the other',
    NOT_RECORDED,
    nat(`${egress('a', '172.21.1.0/24', '10.9.1.0/24')}, ${egress('b', '172.21.2.0/25', '10.9.1.128/25')}`),
    '11:173 overlap azure.default.create.vpn.nat_rules.b.external',
  ),
  withVpn(
    'insides that overlap',
    NOT_RECORDED,
    nat(`${egress('a', '172.21.1.0/24', '10.9.1.0/24')}, ${egress('b', '172.21.1.128/25', '10.9.2.0/25')}`),
    '11:148 overlap azure.default.create.vpn.nat_rules.b.internal',
  ),
  withVpn(
    'translation with traffic selectors',
    NOT_RECORDED,
    nat(egress('out', '172.21.1.0/24', '10.9.1.0/24'), 'mode: policy-based, '),
    '11:49 incompatible azure.default.create.vpn.nat_rules',
  ),
  withVpn(
    'translation with BGP between APIPA addresses',
    NOT_RECORDED,
    nat(egress('out', '172.21.1.0/24', '10.9.1.0/24'), 'routing: bgp, '),
    '11:43 incompatible azure.default.create.vpn.nat_rules',
  ),
  withVpn(
    'one outside of both ends',
    NOT_RECORDED,
    nat(
      `${egress('a', '172.21.1.0/24', '10.9.1.0/24')}, b: { mode: IngressSnat, internal: 10.0.2.0/24, external: 10.9.1.0/24 }`,
    ),
    '11:172 overlap azure.default.create.vpn.nat_rules.b.external',
  ),
  withVpn(
    'a direction that is none',
    NOT_RECORDED,
    nat('out: { mode: Snat, internal: 172.21.1.0/24, external: 10.9.1.0/24 }'),
    '11:55 bad-value azure.default.create.vpn.nat_rules.out.mode',
  ),
  withVpn(
    'a dynamic rule',
    NOT_RECORDED,
    nat('out: { mode: EgressSnat, internal: 172.21.1.0/24, external: 10.9.1.0/24, type: Dynamic }'),
    '11:121 bad-value azure.default.create.vpn.nat_rules.out.type',
  ),
  withVpn(
    'a rule without its outside',
    NOT_RECORDED,
    nat('out: { mode: EgressSnat, internal: 172.21.1.0/24 }'),
    '11:42 missing-key azure.default.create.vpn.nat_rules.out',
  ),
  withVpn(
    'a name with a blank',
    NOT_RECORDED,
    nat(egress("'a b'", '172.21.1.0/24', '10.9.1.0/24')),
    '11:42 bad-name azure.default.create.vpn.nat_rules',
  ),
  withVpn(
    'an inside with host bits',
    NOT_RECORDED,
    nat(egress('out', '172.21.1.1/24', '10.9.1.0/24')),
    '11:77 bad-value azure.default.create.vpn.nat_rules.out.internal',
  ),
  withVpn(
    'an outside that the site has',
    NOT_RECORDED,
    nat(egress('out', '172.21.1.0/24', '10.0.2.0/24')),
    '11:102 overlap azure.default.create.vpn.nat_rules.out.external',
  ),
];
