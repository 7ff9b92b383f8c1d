import { NOT_RECORDED, numbered, type WrongCatalog, withCreate } from './table';

const ingress = (rule: string): string => `ingress: [{ ${rule} }]`;

/** The rules of the security group. */
export const INGRESS: readonly WrongCatalog[] = [
  withCreate(
    'a profile that is none',
    NOT_RECORDED,
    'ingress: vc-nodes',
    '11:16 bad-value azure.default.create.ingress',
  ),
  withCreate(
    '901 rules',
    NOT_RECORDED,
    `ingress: [{ protocol: tcp, ports: [${numbered(30, String)}], from: [${numbered(30, (one) => `10.9.${one}.0/24`)}] }, { protocol: tcp, ports: 99, from: 10.9.99.0/24 }]`,
    '11:7 many-rules azure.default.create.ingress',
  ),
  withCreate(
    'a rule from an unknown entry',
    NOT_RECORDED,
    ingress('protocol: tcp, ports: 22, from: azure/east3'),
    '11:51 unknown-entry azure.default.create.ingress[0].from',
  ),
  withCreate(
    'a rule from an entry of a cloud that has none',
    NOT_RECORDED,
    ingress('protocol: tcp, ports: 22, from: aws/default'),
    '11:51 unknown-entry azure.default.create.ingress[0].from',
  ),
  withCreate(
    'a rule from a prefix list of AWS',
    'SecurityRuleInvalidAddressPrefix',
    ingress('protocol: tcp, ports: 22, from: pl-0123456789abcdef0'),
    '11:51 bad-rule azure.default.create.ingress[0].from',
  ),
  withCreate(
    'a rule from a security group of AWS',
    'SecurityRuleInvalidAddressPrefix',
    ingress('protocol: tcp, ports: 22, from: sg-0123456789abcdef0'),
    '11:51 bad-rule azure.default.create.ingress[0].from',
  ),
  withCreate(
    "a rule from Azure's service tag",
    NOT_RECORDED,
    ingress('protocol: tcp, ports: 22, from: VirtualNetwork'),
    '11:51 bad-value azure.default.create.ingress[0].from',
  ),
  withCreate(
    'a rule from everywhere',
    NOT_RECORDED,
    ingress('protocol: tcp, ports: 22, from: 0.0.0.0/0'),
    '11:51 public-ingress azure.default.create.ingress[0].from',
  ),
  withCreate(
    'a rule without a source',
    'SecurityRuleInvalidAddressPrefix',
    ingress('protocol: tcp, ports: 22'),
    '11:17 missing-key azure.default.create.ingress[0]',
  ),
  withCreate(
    'port 65536',
    'SecurityRuleInvalidPortRange',
    ingress('protocol: tcp, ports: 65536, from: site'),
    '11:41 bad-value azure.default.create.ingress[0].ports',
  ),
  withCreate(
    'ports the wrong way round',
    'SecurityRuleInvalidPortRange',
    ingress("protocol: tcp, ports: '90-80', from: site"),
    '11:41 bad-value azure.default.create.ingress[0].ports',
  ),
  withCreate(
    'GRE',
    NOT_RECORDED,
    ingress('protocol: gre, from: site'),
    '11:29 bad-value azure.default.create.ingress[0].protocol',
  ),
  withCreate(
    'a protocol by a number that Azure has no rules for',
    NOT_RECORDED,
    ingress('protocol: 47, from: site'),
    '11:29 bad-value azure.default.create.ingress[0].protocol',
  ),
  withCreate(
    'one type of ICMP',
    NOT_RECORDED,
    ingress('protocol: icmp, icmp_type: 8, from: site'),
    '11:29 bad-value azure.default.create.ingress[0].protocol',
  ),
  withCreate(
    'ports of ICMP',
    NOT_RECORDED,
    ingress('protocol: icmp, ports: 8, from: site'),
    '11:35 bad-rule azure.default.create.ingress[0].ports',
  ),
  withCreate(
    'a rule twice',
    'SecurityRuleConflict',
    `ingress: [${numbered(2, () => '{ protocol: tcp, ports: 22, from: site }')}]`,
    '11:93 duplicate-rule azure.default.create.ingress[1].from',
  ),
  withCreate(
    'a description of 141 characters',
    NOT_RECORDED,
    ingress(`protocol: tcp, ports: 22, from: site, description: ${'d'.repeat(141)}`),
    '11:70 bad-value azure.default.create.ingress[0].description',
  ),
  withCreate(
    'a reason that makes the description too long',
    NOT_RECORDED,
    ingress(`protocol: tcp, ports: 22, from: 0.0.0.0/0, allow_public: ${'r'.repeat(140)}`),
    '11:17 bad-value azure.default.create.ingress[0].description',
  ),
];
