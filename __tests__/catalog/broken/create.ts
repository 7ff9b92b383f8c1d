import type { Broken } from './table';

export const CREATE: readonly Broken[] = [
  {
    name: 'an id beside create',
    changes: [['    create:\n', '    aws_vpc_subnet_id: subnet-0862300dba34162ed\n    create:\n']],
    problems: [
      '12:5-22 refused-key aws.default.aws_vpc_subnet_id: comes out of the build and must not be given beside create | remove it, or remove create to adopt what exists',
    ],
  },
  {
    name: 'an unknown key beside create',
    changes: [['    create:\n', '    aws_vpc_subnet: x\n    create:\n']],
    problems: ['12:5-19 unknown-key aws.default: unknown key "aws_vpc_subnet"'],
  },
  {
    name: 'an unknown key of create',
    changes: [['ingress: vc-node', 'ingres: vc-node']],
    problems: ['15:7-13 unknown-key aws.default.create: unknown key "ingres"; did you mean "ingress"?'],
  },
  {
    name: 'a vpc_cidr whose addresses are of the Internet',
    changes: [
      ['172.30.0.0/16', '172.32.0.0/16'],
      ['172.30.1.0/24', '172.32.1.0/24'],
      ['172.30.2.0/24', '172.32.2.0/24'],
      ['172.30.3.0/24', '172.32.3.0/24'],
    ],
    problems: [
      '13:17-30 note public-block aws.default.create.vpc_cidr: 172.32.0.0/16 is no private block (10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16): its nodes do not reach the hosts of the Internet that have these addresses; right only where the block is your own',
    ],
  },
  {
    name: 'a vpc_cidr of the shared address space',
    changes: [
      ['172.30.0.0/16', '100.64.0.0/16'],
      ['172.30.1.0/24', '100.64.1.0/24'],
      ['172.30.2.0/24', '100.64.2.0/24'],
      ['172.30.3.0/24', '100.64.3.0/24'],
    ],
    problems: [],
  },
  {
    name: 'an empty tag value, which AWS takes',
    changes: [['ingress: vc-node', "tags: { owner: '' }"]],
    problems: [],
  },
  {
    name: "a tag value of an asterisk, which is no letter of AWS's tags",
    changes: [['ingress: vc-node', "tags: { owner: '*' }"]],
    problems: [
      '15:22-25 bad-value aws.default.create.tags.owner: must be a tag value of up to 256 letters, digits, spaces and _ . : / = + - @, got "*"',
    ],
  },
  {
    name: 'a text of one asterisk or two, which may be meant',
    changes: [
      [
        'ingress: vc-node',
        "ingress: [{ protocol: tcp, ports: '22', from: site, description: '*' }, { protocol: tcp, ports: '23', from: site, description: '**' }]",
      ],
    ],
    problems: [],
  },
  {
    name: 'a subnet that has the name of what belongs to another one',
    changes: [['  second:', '  default-Table:']],
    problems: [
      '17:3-16 name-clash aws.default-Table: is the name of what belongs to the subnet default of the same network | choose a name that does not end in -Table',
    ],
  },
  {
    name: 'too many tags together',
    changes: [
      [
        'ingress: vc-node',
        `tags: { ${Array.from({ length: 24 }, (_, index) => `a${index}: x`).join(', ')} }`,
      ],
    ],
    added: `providers: { aws: { default_tags: { ${Array.from({ length: 23 }, (_, index) => `b${index}: x`).join(', ')} } } }\n`,
    problems: [
      '15:13-197 too-much aws.default.create.tags: must be at most 50 together with providers.aws.default_tags and our own (Name, environment, managed-by, kakehashi:entry), got 51',
    ],
  },
  {
    name: 'a missing vpc_cidr',
    changes: [['      vpc_cidr: 172.30.0.0/16\n', '']],
    problems: [
      '12:5-11 missing-key aws.default.create: key "vpc_cidr" is missing: block of the VPC, /16 to /28',
    ],
  },
  {
    name: 'a missing region',
    changes: [['    aws_region: ap-northeast-1\n', '']],
    problems: ['8:3-10 missing-key aws.default: key "aws_region" is missing: region'],
  },
  {
    name: 'a missing private_network_ipmask',
    changes: [['    private_network_ipmask: 172.30.2.0/24\n', '']],
    problems: [
      '8:3-10 missing-key aws.default: key "private_network_ipmask" is missing: block of the nodes\' subnet',
    ],
  },
  {
    name: 'a VPC that is too large',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr: 172.16.0.0/12']],
    problems: [
      '13:17-30 bad-size aws.default.create.vpc_cidr: must be from /16 to /28 for a VPC of AWS, got 172.16.0.0/12',
    ],
  },
  {
    name: 'a VPC of link-local addresses',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr: 169.254.0.0/16']],
    problems: [
      "11:29-42 subnet-outside aws.default.private_network_ipmask: must be inside aws/default's VPC 169.254.0.0/16, got 172.30.2.0/24",
      '13:17-31 bad-value aws.default.create.vpc_cidr: must not overlap 169.254.0.0/16, where AWS makes no VPC, got 169.254.0.0/16 | for instance 172.30.0.0/16',
      "14:22-35 subnet-outside aws.default.create.public_subnet: must be inside aws/default's VPC 169.254.0.0/16, got 172.30.1.0/24",
      "18:29-42 subnet-outside aws.second.private_network_ipmask: must be inside aws/default's VPC 169.254.0.0/16, got 172.30.3.0/24",
    ],
  },
  {
    name: 'a VPC over the site',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr: 10.0.0.0/16']],
    problems: [
      "11:29-42 subnet-outside aws.default.private_network_ipmask: must be inside aws/default's VPC 10.0.0.0/16, got 172.30.2.0/24",
      '13:17-28 overlap aws.default.create.vpc_cidr: 10.0.0.0/16 overlaps site.subnets (10.0.2.0/24) | choose a block that no other network of the catalog uses, for instance 172.30.0.0/16',
      "14:22-35 subnet-outside aws.default.create.public_subnet: must be inside aws/default's VPC 10.0.0.0/16, got 172.30.1.0/24",
      "18:29-42 subnet-outside aws.second.private_network_ipmask: must be inside aws/default's VPC 10.0.0.0/16, got 172.30.3.0/24",
    ],
  },
  {
    name: 'a subnet that is too small',
    changes: [['172.30.2.0/24', '172.30.2.0/29']],
    problems: [
      '11:29-42 bad-size aws.default.private_network_ipmask: must be from /16 to /28 for a subnet of AWS, got 172.30.2.0/29',
    ],
  },
  {
    name: 'a subnet outside its VPC',
    changes: [['172.30.2.0/24', '172.31.2.0/24']],
    problems: [
      "11:29-42 subnet-outside aws.default.private_network_ipmask: must be inside aws/default's VPC 172.30.0.0/16, got 172.31.2.0/24",
    ],
  },
  {
    name: 'a subnet over the public one',
    changes: [['172.30.2.0/24', '172.30.1.0/25']],
    problems: [
      '11:29-42 overlap aws.default.private_network_ipmask: 172.30.1.0/25 overlaps aws.default.create.public_subnet (172.30.1.0/24)',
    ],
  },
  {
    name: 'subnets that overlap',
    changes: [['172.30.3.0/24', '172.30.2.128/25']],
    problems: [
      '18:29-44 overlap aws.second.private_network_ipmask: 172.30.2.128/25 overlaps aws.default.private_network_ipmask (172.30.2.0/24)',
    ],
  },
  {
    name: 'no public subnet for NAT',
    changes: [['      public_subnet: 172.30.1.0/24\n', '']],
    problems: [
      '12:5-11 missing-key aws.default.create: key "public_subnet" is missing: egress: nat puts its NAT there | give it a block of the VPC, or use egress: none',
    ],
  },
  {
    name: 'a public subnet without Internet access',
    changes: [['ingress: vc-node', 'egress: none']],
    problems: [
      '14:7-20 public-subnet aws.default.create.public_subnet: a network with egress: none has no public subnet | remove it, or use egress: nat',
    ],
  },
  {
    name: 'an egress that is none of them',
    changes: [['ingress: vc-node', 'egress: nat-per-az']],
    problems: [
      '15:15-25 bad-value aws.default.create.egress: must be one of nat, nat-per-zone, none, got "nat-per-az"',
    ],
  },
  {
    name: 'a new zone without its NAT',
    changes: [
      ['  second:\n', '  second:\n    aws_availability_zone: ap-northeast-1c\n'],
      ['ingress: vc-node', 'egress: nat-per-zone'],
    ],
    problems: [
      '20:5-11 missing-key aws.second.create: key "public_subnet" is missing: with nat-per-zone one subnet in ap-northeast-1c brings the NAT of the zone',
    ],
  },
  {
    name: 'a zone left open beside named ones, with nat-per-zone',
    changes: [['ingress: vc-node', 'egress: nat-per-zone']],
    problems: [
      '17:3-9 missing-key aws.second: key "aws_availability_zone" is missing: nat-per-zone must know which zones are the same',
    ],
  },
  {
    name: 'a second NAT for a zone',
    changes: [
      ['  second:\n', '  second:\n    aws_availability_zone: ap-northeast-1c\n'],
      ['{ within: default }', '{ within: default, public_subnet: 172.30.4.0/24 }'],
      [
        '  adopted:\n',
        '  a:\n    aws_availability_zone: ap-northeast-1c\n    private_network_ipmask: 172.30.5.0/24\n    create: { within: default }\n  third:\n    aws_availability_zone: ap-northeast-1c\n    private_network_ipmask: 172.30.6.0/24\n    create: { within: default, public_subnet: 172.30.7.0/24 }\n  adopted:\n',
      ],
      ['ingress: vc-node', 'egress: nat-per-zone'],
    ],
    problems: [
      '28:32-45 public-subnet aws.third.create.public_subnet: must not be given: its zone has the NAT of second | remove it',
    ],
  },
  {
    name: 'a public subnet that no NAT needs',
    changes: [['{ within: default }', '{ within: default, public_subnet: 172.30.4.0/24 }']],
    problems: [
      '19:32-45 public-subnet aws.second.create.public_subnet: must not be given: with egress: nat there is no NAT of its own | remove it',
    ],
  },
  {
    name: 'within nothing',
    changes: [['within: default', 'within: defualt']],
    problems: [
      '19:23-30 bad-within aws.second.create.within: there is no entry aws.defualt; did you mean "default"? | entries with a VPC of their own: default',
    ],
  },
  {
    name: 'within an adopted entry',
    changes: [['within: default', 'within: adopted']],
    problems: [
      '19:23-30 bad-within aws.second.create.within: "adopted" has no create, and in an adopted VPC nothing is built | entries with a VPC of their own: default',
    ],
  },
  {
    name: 'within itself',
    changes: [['within: default', 'within: second']],
    problems: [
      '19:23-29 bad-within aws.second.create.within: an entry cannot be within itself | entries with a VPC of their own: default',
    ],
  },
  {
    name: 'within another one that is within',
    changes: [
      [
        '  adopted:',
        '  third:\n    private_network_ipmask: 172.30.4.0/24\n    create: { within: second }\n  adopted:',
      ],
    ],
    problems: [
      '22:23-29 bad-within aws.third.create.within: "second" is itself within another entry | entries with a VPC of their own: default',
    ],
  },
  {
    name: 'within, in another region',
    changes: [['  second:\n', '  second:\n    aws_region: us-west-2\n']],
    problems: [
      '18:17-26 region-differs aws.second.aws_region: must be ap-northeast-1, the region of default that it is within, got "us-west-2" | remove it, or give the entry a VPC of its own',
    ],
  },
  {
    name: 'a vpc_cidr of an entry within',
    changes: [['{ within: default }', '{ within: default, vpc_cidr: 172.31.0.0/16 }']],
    problems: ['19:32-40 unknown-key aws.second.create: unknown key "vpc_cidr"'],
  },
  {
    name: 'names that differ in case only',
    changes: [['  second:', '  Default:']],
    problems: [
      '17:3-10 name-clash aws.Default: the name differs from "default" in letter case or - and _ only | rename one; both become names of files and cloud objects',
    ],
  },
  {
    name: 'a spot copy that is there already',
    changes: [
      ['{ within: default }', '{ within: default, spot: true }'],
      [
        'sakura:',
        'aws_spot:\n  second:\n    aws_region: us-west-2\n    aws_vpc_subnet_id: subnet-0862300dba34162ed\n    aws_vpc_security_group_id: sg-0387934d3cd06946f\nsakura:',
      ],
    ],
    problems: [
      '19:32-36 spot-twice aws.second.create.spot: would publish aws_spot.second, which the catalog has already | remove one of them',
    ],
  },
  {
    name: 'a profile that is none',
    changes: [['ingress: vc-node', 'ingress: vcnode']],
    problems: [
      '15:16-22 bad-value aws.default.create.ingress: must be one of controller, vc-node, jupyter, htcondor, open-site, got "vcnode"; did you mean "vc-node"?',
    ],
  },
  {
    name: 'a rule without a source',
    changes: [['ingress: vc-node', 'ingress:\n        - { protocol: tcp, ports: 22 }']],
    problems: [
      '16:11-39 missing-key aws.default.create.ingress[0]: key "from" is missing: a rule needs protocol, from, and ports for tcp and udp',
    ],
  },
  {
    name: 'a rule without ports',
    changes: [['ingress: vc-node', 'ingress:\n        - { protocol: tcp, from: site }']],
    problems: [
      "16:11-40 missing-key aws.default.create.ingress[0]: key \"ports\" is missing: a port '22' or a range '8000-8010' | for every port write '0-65535'",
    ],
  },
  {
    name: 'a range the wrong way round',
    changes: [['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '8010-8000', from: site }"]],
    problems: [
      '16:35-46 bad-value aws.default.create.ingress[0].ports: must be a range from low to high, got "8010-8000"; did you mean "8000-8010"?',
    ],
  },
  {
    name: 'a port over 65535',
    changes: [['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '70000', from: site }"]],
    problems: [
      '16:35-42 bad-value aws.default.create.ingress[0].ports: must be ports from 0 to 65535, got "70000"',
    ],
  },
  {
    name: 'ports of icmp',
    changes: [['ingress: vc-node', 'ingress:\n        - { protocol: icmp, ports: 8, from: site }']],
    problems: [
      '16:29-34 bad-rule aws.default.create.ingress[0].ports: does not go with protocol: icmp | remove it',
    ],
  },
  {
    name: 'a public rule without a reason',
    changes: [
      ['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '443', from: [site, 0.0.0.0/0] }"],
    ],
    problems: [
      '16:55-64 public-ingress aws.default.create.ingress[0].from[1]: must be a restricted source, or carry the reason why everybody may come in, got "tcp-443 from 0.0.0.0/0" | name the networks that need it, or write allow_public: "reason"',
    ],
  },
  {
    name: 'a source with host bits',
    changes: [
      ['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '443', from: 192.0.2.1/24 }"],
    ],
    problems: [
      '16:48-60 bad-value aws.default.create.ingress[0].from: must be a network address (no host bits set), got "192.0.2.1/24"; did you mean "192.0.2.0/24"?',
    ],
  },
  {
    name: 'prefix lists, foreign groups, other protocols, several ports and names of messages',
    changes: [
      [
        'ingress: vc-node',
        `ingress:
        - { protocol: tcp, ports: [22, '8000-8010'], from: [pl-0123456789abcdef0, sg-0123456789abcdef0, 123456789012/sg-01234567] }
        - { protocol: esp, from: site }
        - { protocol: 47, from: site }
        - { protocol: '-1', from: self }
        - { protocol: '17', ports: 53, from: site }
        - { protocol: icmp, icmp_type: echo-request, from: site }`,
      ],
    ],
    problems: [],
  },
  {
    name: 'one port and one protocol twice, spelled in two ways',
    changes: [
      [
        'ingress: vc-node',
        `ingress:
        - { protocol: esp, from: site }
        - { protocol: 50, from: site }
        - { protocol: tcp, ports: [22, '22'], from: site }`,
      ],
    ],
    problems: [
      '17:33-37 duplicate-rule aws.default.create.ingress[1].from: allows protocol-50 from 10.0.2.0/24 a second time, first in ingress[0] | remove one',
      '18:53-57 duplicate-rule aws.default.create.ingress[2].from: allows tcp-22 from 10.0.2.0/24 a second time, first in ingress[2] | remove one',
    ],
  },
  {
    name: 'protocols, ports, messages and sources that are none',
    changes: [
      [
        'ingress: vc-node',
        `ingress:
        - { protocol: TCP, ports: 22, from: site }
        - { protocol: 256, from: site }
        - { protocol: esp, ports: 22, from: site }
        - { protocol: icmpv6, from: site }
        - { protocol: tcp, ports: '22,8000-8010', from: site }
        - { protocol: tcp, ports: all, from: site }
        - { protocol: tcp, ports: [22, http], from: site }
        - { protocol: icmp, icmp_type: echo-requst, from: site }
        - { protocol: tcp, ports: 22, from: 192.0.2.5 }
        - { protocol: tcp, ports: 23, from: ['2001:db8::/64', '::/0'] }
        - { protocol: tcp, ports: 24, from: sg-1 }`,
      ],
    ],
    problems: [
      '16:23-26 bad-value aws.default.create.ingress[0].protocol: must be tcp, udp, icmp, all, or another protocol by its name (esp, gre) or number from 0 to 255, got "TCP"; did you mean "tcp"?',
      '17:23-26 bad-value aws.default.create.ingress[1].protocol: must be a whole number from -1 to 255, got 256',
      '18:28-33 bad-rule aws.default.create.ingress[2].ports: does not go with protocol: esp | remove it',
      '19:23-29 bad-value aws.default.create.ingress[3].protocol: must be a protocol of IPv4, got "icmpv6" | networks are built without IPv6, so nothing of it would arrive',
      "20:35-49 bad-value aws.default.create.ingress[4].ports: must be a port or a range of ports like '22' or '8000-8010', or a list of them, got \"22,8000-8010\" | write a list: [22, '8000-8010']",
      "21:35-38 bad-value aws.default.create.ingress[5].ports: must be a port or a range of ports like '22' or '8000-8010', or a list of them, got \"all\" | for every port write '0-65535'",
      "22:40-44 bad-value aws.default.create.ingress[6].ports[1]: must be a port or a range of ports like '22' or '8000-8010', or a list of them, got \"http\"",
      '23:40-51 bad-value aws.default.create.ingress[7].icmp_type: must be an ICMP type from -1 to 255, or its name like echo-request, got "echo-requst"; did you mean "echo-request"?',
      '24:45-54 bad-value aws.default.create.ingress[8].from: must be a network in CIDR notation, got "192.0.2.5"; did you mean "192.0.2.5/32"?',
      '25:46-61 bad-value aws.default.create.ingress[9].from[0]: must be a source of IPv4, got "2001:db8::/64" | networks are built without IPv6, so nothing from there would arrive',
      '25:63-69 bad-value aws.default.create.ingress[9].from[1]: must be a source of IPv4, got "::/0" | networks are built without IPv6, so nothing from there would arrive',
      '26:45-49 bad-value aws.default.create.ingress[10].from: must be an id like sg-0123456789abcdef0, got "sg-1"',
    ],
  },
  {
    name: 'a source that is none',
    changes: [['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '443', from: everywhere }"]],
    problems: [
      '16:48-58 bad-value aws.default.create.ingress[0].from: must be site, self, an IPv4 CIDR, an entry like aws/default, a prefix list (pl-…) or a security group (sg-…), got "everywhere"',
    ],
  },
  {
    name: 'a source that is none among others',
    changes: [
      ['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '443', from: [everywhere, self] }"],
    ],
    problems: [
      '16:49-59 bad-value aws.default.create.ingress[0].from[0]: must be site, self, an IPv4 CIDR, an entry like aws/default, a prefix list (pl-…) or a security group (sg-…), got "everywhere"',
    ],
  },
  {
    name: 'an entry that is not there',
    changes: [['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '443', from: aws/defalt }"]],
    problems: [
      '16:48-58 unknown-entry aws.default.create.ingress[0].from: there is no entry "aws/defalt"; did you mean "aws/default"?',
    ],
  },
  {
    name: 'an entry whose network is unknown',
    changes: [['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '443', from: aws/adopted }"]],
    problems: [
      '16:48-59 unknown-entry aws.default.create.ingress[0].from: the network of aws/adopted is not known | give that entry its private_network_ipmask',
    ],
  },
  {
    name: 'a rule twice',
    changes: [
      ['ingress: vc-node', "ingress:\n        - { protocol: tcp, ports: '443', from: [site, 10.0.2.0/24] }"],
    ],
    problems: [
      '16:55-66 duplicate-rule aws.default.create.ingress[0].from[1]: allows tcp-443 from 10.0.2.0/24 a second time, first in ingress[0] | remove one',
    ],
  },
  {
    name: 'a profile with ports',
    changes: [['ingress: vc-node', "ingress:\n        - { profile: vc-node, ports: '443' }"]],
    problems: [
      '16:13-20 bad-rule aws.default.create.ingress[0].profile: a profile stands alone, without ports | write a rule of its own',
    ],
  },
  {
    name: 'a description that AWS refuses',
    changes: [
      [
        'ingress: vc-node',
        "ingress:\n        - { protocol: tcp, ports: '443', from: site, description: 'naïve' }",
      ],
    ],
    problems: [
      '16:67-74 bad-value aws.default.create.ingress[0].description: must be a description of at most 255 characters of a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ * and spaces, got "naïve"',
    ],
  },
  {
    name: 'a tag Name',
    changes: [['ingress: vc-node', 'tags: { Name: mine }']],
    problems: [
      '15:15-19 bad-name aws.default.create.tags: a key must be a tag key of up to 128 letters, digits, spaces and _ . : / = + - @ that is not Name and does not begin with aws: or kakehashi:, got "Name"',
    ],
  },
  {
    name: 'IPv6 for the VPC',
    changes: [['ingress: vc-node', 'ipv6: true']],
    problems: ['15:7-11 not-built aws.default.create.ipv6: IPv6 is not built yet'],
  },
  {
    name: 'endpoints for the first subnet of each zone',
    changes: [['ingress: vc-node', 'endpoints: [s3, ssm]']],
    problems: [],
  },
  {
    name: 'an endpoint twice, and one that is not known',
    changes: [['ingress: vc-node', 'endpoints: [s3, s3, dynamodb]']],
    problems: [
      '15:23-25 duplicate-value aws.default.create.endpoints[1]: "s3" stands twice in the list',
      '15:27-35 bad-value aws.default.create.endpoints[2]: must be one of s3, ssm, ecr, logs, autoscaling, secretsmanager, ec2, got "dynamodb"',
    ],
  },
  {
    name: 'endpoints in China',
    changes: [
      [
        'aws_region: ap-northeast-1\n    aws_availability_zone: ap-northeast-1a\n',
        'aws_region: cn-north-1\n',
      ],
      ['ingress: vc-node', 'endpoints: [s3]'],
    ],
    problems: [
      '14:7-16 not-built aws.default.create.endpoints: endpoints in regions of China, whose services have other names, are not built yet | remove endpoints, or use egress: nat',
    ],
  },
  {
    name: 'images of ECR without a way to their layers',
    changes: [
      ['      public_subnet: 172.30.1.0/24\n', ''],
      ['ingress: vc-node', 'egress: none\n      endpoints: [ecr]'],
    ],
    problems: [
      '15:19-22 missing-key aws.default.create.endpoints[0]: pulls no image without s3: the layers of images of ECR are in S3, and egress is none | add s3, which costs nothing',
    ],
  },
  {
    name: 'all endpoints in the smallest subnet',
    changes: [
      ['172.30.2.0/24', '172.30.2.0/28'],
      ['ingress: vc-node', 'endpoints: [ssm, ecr, logs, autoscaling, secretsmanager, ec2]'],
    ],
    problems: [
      "11:29-42 note few-addresses aws.default.private_network_ipmask: 172.30.2.0/28 has 2 of 16 addresses left for nodes: 5 are AWS's, 9 of interfaces of endpoints",
    ],
  },
  {
    name: 'endpoints that leave few addresses for nodes',
    changes: [
      ['172.30.2.0/24', '172.30.2.0/28'],
      ['ingress: vc-node', 'endpoints: [ssm, ecr, logs, autoscaling, secretsmanager]'],
    ],
    problems: [
      "11:29-42 note few-addresses aws.default.private_network_ipmask: 172.30.2.0/28 has 3 of 16 addresses left for nodes: 5 are AWS's, 8 of interfaces of endpoints",
    ],
  },
  {
    name: 'more name servers than DHCP has room for',
    changes: [['ingress: vc-node', 'dns: { servers: [10.0.2.1, 10.0.2.2, 10.0.2.3, 10.0.2.4, 10.0.2.5] }']],
    problems: ['15:23-73 bad-value aws.default.create.dns.servers: must be a list of at most 4, got 5'],
  },
  {
    name: 'a domain that is none',
    changes: [['ingress: vc-node', 'dns: { search: example_org. }']],
    problems: [
      '15:22-34 bad-value aws.default.create.dns.search: must be a domain name like example.org, got "example_org."',
    ],
  },
  {
    name: 'names of NTP servers beside DHCP',
    changes: [
      [
        'private_network_ipmask: 172.30.2.0/24',
        'private_network_ipmask: 172.30.2.0/24\n    ntp_servers: [ntp.nict.jp]',
      ],
      ['ingress: vc-node', 'dns: { search: example.org }'],
    ],
    problems: [
      '12:18-31 note unusual-value aws.default.ntp_servers: names of NTP servers go out in the entry; nodes learn only addresses of them by DHCP',
    ],
  },
];
