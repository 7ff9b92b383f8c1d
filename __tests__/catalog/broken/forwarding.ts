import type { Broken } from './table';

/** The keys of `dns` in place of a line of the good catalog, whose network has a subnet in zone a and another one. */
const dns = (keys: string): readonly [string, string] => ['ingress: vc-node', `dns: { ${keys} }`];
const WITHOUT_SECOND = [
  '  second:\n    private_network_ipmask: 172.30.3.0/24\n    create: { within: default }\n',
  '',
] as const;
const WITHOUT_VPN = ['vpn: {}', 'vpn: none'] as const;

/** One more network of a region, with domains that are forwarded. */
const NETWORK = (index: number) => `  more${index}:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.2${index}.2.0/24
    create: { vpc_cidr: 172.2${index}.0.0/16, egress: none, dns: { forward: { a.org: [10.0.2.53] } } }
  with${index}:
    private_network_ipmask: 172.2${index}.3.0/24
    create: { within: more${index} }
`;
const networks = (count: number) =>
  `${Array.from({ length: count }, (_, index) => NETWORK(index + 1)).join('')}  adopted:\n`;

/** Domains that ask other resolvers each: as many as there are. */
const domains = (count: number) =>
  Array.from({ length: count }, (_, index) => `d${index}.org: [10.0.2.${index + 1}]`).join(', ');

const ONE_SUBNET =
  'note one-subnet aws.default.create.dns.forward: resolvers are asked from 172.30.2.253 and 172.30.2.254, which no node may have: AWS needs two addresses, and the network has one subnet; with a second one, in another zone, AWS chooses them, and names of the site are resolved when a zone fails';

/** Domains that are forwarded, `create.dns.forward`. */
export const FORWARDING: readonly Broken[] = [
  {
    name: 'domains for resolvers of the site',
    changes: [
      dns(
        'search: example.org, forward: { corp.example.org: [10.0.2.53, 10.0.2.54], 2.0.10.in-addr.arpa: [10.0.2.53] }',
      ),
    ],
    problems: [],
  },
  { name: 'all names', changes: [dns("forward: { '.': [10.0.2.53] }")], problems: [] },
  { name: 'no domain', changes: [dns('forward: {}')], problems: [] },
  {
    name: 'six resolvers',
    changes: [dns('forward: { a.org: [10.0.2.1, 10.0.2.2, 10.0.2.3, 10.0.2.4, 10.0.2.5, 10.0.2.6] }')],
    problems: [],
  },
  {
    name: 'seven resolvers, none, and one twice',
    changes: [
      dns(
        'forward: { a.org: [10.0.2.1, 10.0.2.2, 10.0.2.3, 10.0.2.4, 10.0.2.5, 10.0.2.6, 10.0.2.7], b.org: [], c.org: [10.0.2.1, 10.0.2.1] }',
      ),
    ],
    problems: [
      '15:32-102 bad-value aws.default.create.dns.forward.a.org: must be a list of at most 6, got 7',
      '15:111-113 bad-value aws.default.create.dns.forward.b.org: must be a list of at least 1, got 0',
      '15:133-141 duplicate-value aws.default.create.dns.forward.c.org[1]: "10.0.2.1" stands twice in the list',
    ],
  },
  {
    name: 'domains in capitals, with a dot at the end, and with what no name has',
    changes: [dns('forward: { Corp.Example.org.: [10.0.2.53], corp_a.org: [10.0.2.53], a..b: [10.0.2.53] }')],
    problems: [
      '15:25-42 bad-name aws.default.create.dns.forward: a key must be a domain name in small letters like corp.example.org, or . for all names, got "Corp.Example.org."; did you mean "corp.example.org"?',
      '15:57-67 bad-name aws.default.create.dns.forward: a key must be a domain name in small letters like corp.example.org, or . for all names, got "corp_a.org"',
      '15:82-86 bad-name aws.default.create.dns.forward: a key must be a domain name in small letters like corp.example.org, or . for all names, got "a..b"',
    ],
  },
  {
    name: 'a resolver with a port, and one of IPv6',
    changes: [dns("forward: { a.org: ['10.0.2.53:5353', 'fd00::53'] }")],
    problems: [
      '15:33-49 bad-value aws.default.create.dns.forward.a.org[0]: must be an IPv4 address, got "10.0.2.53:5353" | IPv6 is not built yet',
      '15:51-61 bad-value aws.default.create.dns.forward.a.org[1]: must be an IPv4 address, got "fd00::53" | IPv6 is not built yet',
    ],
  },
  {
    name: 'resolvers on both sides of the end of the site',
    changes: [dns('forward: { a.org: [10.0.2.255, 10.0.3.0, 8.8.8.8] }')],
    problems: [
      '15:45-53 resolver-outside aws.default.create.dns.forward.a.org[1]: must be in a network that aws/default reaches through the gateway (10.0.2.0/24), got 10.0.3.0 | add its network to site.subnets',
      '15:55-62 resolver-outside aws.default.create.dns.forward.a.org[2]: must be in a network that aws/default reaches through the gateway (10.0.2.0/24), got 8.8.8.8 | add its network to site.subnets',
    ],
  },
  {
    name: 'a resolver in the VPC itself',
    changes: [dns('forward: { a.org: [172.30.2.10] }')],
    problems: [
      '15:33-44 resolver-outside aws.default.create.dns.forward.a.org[0]: must be in a network that aws/default reaches through the gateway (10.0.2.0/24), got 172.30.2.10 | add its network to site.subnets',
    ],
  },
  {
    name: 'a network without VPN',
    changes: [dns('forward: { a.org: [10.0.2.53] }'), WITHOUT_VPN],
    problems: [
      "15:14-21 refused-key aws.default.create.dns.forward: needs a VPN or a hub: with vpn: none nothing reaches the site's resolvers | remove it, or vpn: none",
    ],
  },
  {
    name: 'other name servers beside it',
    changes: [dns('servers: [10.0.2.53, 10.0.2.54], forward: { a.org: [10.0.2.53] }')],
    problems: [
      "15:47-54 refused-key aws.default.create.dns.forward: forwards nothing beside servers outside of the VPC (10.0.2.53, 10.0.2.54): AWS's own resolver forwards, and nodes do not ask it | remove servers, or forward",
    ],
  },
  {
    name: "a name server of the VPC beside it, which may ask AWS's",
    changes: [dns('servers: [172.30.2.10, 10.0.2.53], forward: { a.org: [10.0.2.53] }')],
    problems: [],
  },
  {
    name: "AWS's resolver by its address",
    changes: [dns('servers: [169.254.169.253], forward: { a.org: [10.0.2.53] }')],
    problems: [],
  },
  {
    name: 'one subnet, of which it has the last addresses',
    changes: [dns('forward: { a.org: [10.0.2.53] }'), WITHOUT_SECOND],
    problems: [`15:14-21 ${ONE_SUBNET}`],
  },
  {
    name: 'two interfaces in the smallest subnet beside endpoints',
    changes: [
      [
        'ingress: vc-node',
        'endpoints: [ssm, ecr, logs, autoscaling, secretsmanager, ec2]\n      dns: { forward: { a.org: [10.0.2.53] } }',
      ],
      WITHOUT_SECOND,
      ['172.30.2.0/24', '172.30.2.0/28'],
    ],
    problems: [
      "11:29-42 note few-addresses aws.default.private_network_ipmask: 172.30.2.0/28 has 0 of 16 addresses left for nodes: 5 are AWS's, 11 of interfaces of endpoints and the resolver",
      `16:14-21 ${ONE_SUBNET.replaceAll('172.30.2.25', '172.30.2.1')}`,
    ],
  },
  {
    name: 'an interface in each of two small subnets',
    changes: [
      dns('forward: { a.org: [10.0.2.53] }'),
      ['172.30.2.0/24', '172.30.2.0/28'],
      ['172.30.3.0/24', '172.30.3.0/28'],
    ],
    problems: [],
  },
  {
    name: 'a subnet that is too small for all that AWS puts in it',
    changes: [
      [
        'ingress: vc-node',
        'endpoints: [ssm, ecr, logs, autoscaling, secretsmanager, ec2]\n      dns: { forward: { a.org: [10.0.2.53] } }',
      ],
      WITHOUT_SECOND,
      ['vpn: {}', 'vpn: { gateway: transit, hub: main }'],
      ['172.30.2.0/24', '172.30.2.0/28'],
    ],
    added: 'hubs: { main: { aws_region: ap-northeast-1, create: {} } }\n',
    problems: [
      "11:29-42 bad-size aws.default.private_network_ipmask: 172.30.2.0/28 has 16 addresses, too few: 5 are AWS's, 12 of interfaces of endpoints, the transit gateway and the resolver",
      `16:14-21 ${ONE_SUBNET.replaceAll('172.30.2.25', '172.30.2.1')}`,
    ],
  },
  {
    name: 'thirty resolvers',
    changes: [dns(`forward: { ${domains(30)} }`)],
    problems: [],
  },
  {
    name: 'more resolvers than a security group has rules for',
    changes: [dns(`forward: { ${domains(31)} }`)],
    problems: [
      '15:14-21 warning many-rules aws.default.create.dns.forward: makes 62 rules; AWS takes 60 in a security group unless the quota is raised | name fewer resolvers',
    ],
  },
  {
    name: 'four networks of a region',
    changes: [['  adopted:\n', networks(4)]],
    problems: [],
  },
  {
    name: 'more networks of a region than AWS has endpoints for',
    changes: [['  adopted:\n', networks(5)]],
    problems: [
      '51:61-68 warning too-much aws.more5.create.dns.forward: is in more than 4 networks of ap-northeast-1: AWS takes 4 endpoints of its resolver in a region unless the quota is raised | let AWS raise the quota',
    ],
  },
];
