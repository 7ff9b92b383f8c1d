import type { Broken } from './table';

const HEAD = "cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }\n";
const IDS =
  'aws_vpc_subnet_id: subnet-0862300dba34162ed\n    aws_vpc_security_group_id: sg-0387934d3cd06946f\n';

/** Lines that stand too far to the left: one problem a block, and nothing else of what is right in it. */
export const INDENTATION: readonly Broken[] = [
  {
    name: 'entries beside their provider, as a page prints them whose indentation is lost',
    text: `${HEAD}aws:\ndefault:\n    aws_region: us-west-2\n    ${IDS}second:\n    aws_region: us-west-2\n    ${IDS}`,
    problems: [
      '3:1-4 note empty-provider aws: has no entries',
      '4:1-8 misplaced default: looks like an entry of aws (aws_region, …) | indent it below aws:',
      '8:1-7 misplaced second: looks like an entry of aws (aws_region, …) | indent it below aws:',
    ],
  },
  {
    name: 'what is wrong within such an entry beside',
    text: `${HEAD}aws:\ndefault:\n    aws_region: nowhere\n    ${IDS}`,
    problems: [
      '3:1-4 note empty-provider aws: has no entries',
      '4:1-8 misplaced default: looks like an entry of aws (aws_region, …) | indent it below aws:',
      '5:17-24 bad-value aws.default.aws_region: must be an AWS region like ap-northeast-1, got "nowhere"',
    ],
  },
  {
    name: 'an entry beside a custom provider',
    text: `${HEAD}own-openstack:\ndefault:\n  region: RegionOne\n  private_network_ipmask: 10.0.1.0/24\n`,
    problems: [
      '3:1-14 note empty-provider own-openstack: has no entries',
      '3:1-14 note custom-provider own-openstack: a custom provider: its entries are passed through',
      '4:1-8 misplaced default: looks like an entry of own-openstack (private_network_ipmask) | indent it below own-openstack:',
    ],
  },
  {
    name: 'keys of an entry beside its provider',
    text: `${HEAD}gcp:\ngcp_project: project-1\ngcp_subnetwork: s\ngcp_region: asia-northeast1\ngcp_zone: asia-northeast1-a\n`,
    problems: [
      '4:1-12 misplaced : gcp_project, gcp_subnetwork, gcp_region and gcp_zone are keys of an entry of gcp | name the entry: write default: and indent them below it',
    ],
  },
  {
    name: 'keys of an entry beside the entry',
    text: `${HEAD}aws:\n  default:\n  aws_region: us-west-2\n  ${IDS.replaceAll('    ', '  ')}`,
    problems: [
      '5:3-13 misplaced aws: aws_region, aws_vpc_subnet_id and aws_vpc_security_group_id are keys of an entry | indent them below default:',
    ],
  },
  {
    name: 'keys of an entry without the entry',
    text: `${HEAD}mdx2:\n  tenant_name: t\n  network_name: n\n  security_group: default\n`,
    problems: [
      '4:3-14 misplaced mdx2: tenant_name, network_name and security_group are keys of an entry | name the entry: write default: and indent them below it',
    ],
  },
  {
    name: 'create beside the entry',
    changes: [['    create: { within: default }', '  create: { within: default }']],
    problems: ['19:3-9 misplaced aws: create is a key of an entry | indent it below second:'],
  },
  {
    name: 'create at the root',
    text: `${HEAD}aws:\n  default:\n    aws_region: us-west-2\n    private_network_ipmask: 172.30.2.0/24\ncreate:\n  vpc_cidr: 172.30.0.0/16\n  public_subnet: 172.30.1.0/24\n`,
    problems: ['7:1-7 misplaced : create is a key of an entry of aws | indent it below default:'],
  },
  {
    name: 'the keys of create beside it',
    changes: [
      ['    create:\n      vpc_cidr', '    create:\n    vpc_cidr'],
      ['      public_subnet', '    public_subnet'],
      ['      ingress', '    ingress'],
      ['      vpn', '    vpn'],
    ],
    problems: [
      '13:5-13 misplaced aws.default: vpc_cidr, public_subnet, ingress and vpn are keys of create | indent them below create:',
    ],
  },
  {
    name: 'one key of create beside it',
    changes: [
      ['      public_subnet', '    public_subnet'],
      ['      ingress: vc-node\n', ''],
      ['      vpn: {}\n', ''],
    ],
    problems: ['14:5-18 misplaced aws.default: public_subnet is a key of create | indent it below create:'],
  },
  {
    name: 'the keys of vpn beside it',
    changes: [['      vpn: {}', '      vpn:\n      routing: bgp']],
    problems: ['17:7-14 misplaced aws.default.create: routing is a key of vpn | indent it below vpn:'],
  },
  {
    name: 'the keys of site at the root',
    changes: [
      ['  controller', 'controller'],
      ['  public_ip', 'public_ip'],
      ['  subnets', 'subnets'],
      ['  asn', 'asn'],
    ],
    problems: [
      '3:1-11 misplaced : controller, public_ip, subnets and asn are keys of site | indent them below site:',
    ],
  },
];
