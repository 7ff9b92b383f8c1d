import type { Broken } from './table';

export const VALUES: readonly Broken[] = [
  {
    name: 'cci_version as a number',
    changes: [["'1.0'", '1.0']],
    problems: [
      "1:14-17 wrong-type cci_version: must be the text '1.0', got the number 1.0 | quote it: cci_version: '1.0'",
    ],
  },
  {
    name: 'another cci_version',
    changes: [["'1.0'", "'2.0'"]],
    problems: ['1:14-19 bad-value cci_version: must be \'1.0\', got "2.0"'],
  },
  {
    name: 'no cci_version',
    changes: [["cci_version: '1.0'\n", '']],
    problems: [
      '1:1-6 missing-key : key "cci_version" is missing: the version of the format | write cci_version: \'1.0\'',
    ],
  },
  {
    name: 'an address that is none',
    changes: [['198.51.100.10', '203.0.113.999']],
    problems: ['4:14-27 bad-value site.public_ip: must be an IPv4 address, got "203.0.113.999"'],
  },
  {
    name: 'an address with a leading zero',
    changes: [['198.51.100.10', '198.51.100.010']],
    problems: ['4:14-28 bad-value site.public_ip: must be an IPv4 address, got "198.51.100.010"'],
  },
  {
    name: 'a private address for the gateway',
    changes: [['198.51.100.10', '192.168.1.1']],
    problems: [
      '4:14-25 bad-value site.public_ip: must be a public address, got "192.168.1.1" (of 192.168.0.0/16) | give the address that the Internet sees; with behind_nat: true the gateway may have a private one',
    ],
  },
  {
    name: 'an IPv6 address',
    changes: [['198.51.100.10', '"2001:db8::1"']],
    problems: [
      '4:14-27 bad-value site.public_ip: must be an IPv4 address, got "2001:db8::1" | IPv6 is not built yet',
    ],
  },
  {
    name: 'a number for an address',
    changes: [['198.51.100.10', '198.51']],
    problems: [
      "4:14-20 wrong-type site.public_ip: must be an IPv4 address, as a text, got the number 198.51 | quote it: '198.51'",
    ],
  },
  {
    name: 'host bits in a CIDR',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr: 172.30.0.1/16']],
    problems: [
      '13:17-30 bad-value aws.default.create.vpc_cidr: must be a network address (no host bits set), got "172.30.0.1/16"; did you mean "172.30.0.0/16"?',
    ],
  },
  {
    name: 'a prefix length over 32',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr: 172.30.0.0/33']],
    problems: [
      '13:17-30 bad-value aws.default.create.vpc_cidr: must be a prefix length from 0 to 32 after the slash, got "172.30.0.0/33"',
    ],
  },
  {
    name: 'a CIDR without its prefix length',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr: 172.30.0.0']],
    problems: [
      '13:17-27 bad-value aws.default.create.vpc_cidr: must be an IPv4 CIDR like 172.30.0.0/16, got "172.30.0.0"; did you mean "172.30.0.0/32"?',
    ],
  },
  {
    name: 'an IPv6 CIDR',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr: "fd00::/16"']],
    problems: [
      '13:17-28 bad-value aws.default.create.vpc_cidr: must be an IPv4 CIDR like 172.30.0.0/16, got "fd00::/16" | IPv6 is not built yet',
    ],
  },
  {
    name: 'a list for a CIDR',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr: [172.30.0.0/16]']],
    problems: [
      '13:17-32 wrong-type aws.default.create.vpc_cidr: must be an IPv4 CIDR like 172.30.0.0/16, got a list',
    ],
  },
  {
    name: 'nothing for a CIDR',
    changes: [['vpc_cidr: 172.30.0.0/16', 'vpc_cidr:']],
    problems: [
      '13:16-16 wrong-type aws.default.create.vpc_cidr: must be an IPv4 CIDR like 172.30.0.0/16, got nothing',
    ],
  },
  {
    name: 'an unknown key of site',
    changes: [['public_ip:', 'public-ip:']],
    problems: ['4:3-12 unknown-key site: unknown key "public-ip"; did you mean "public_ip"?'],
  },
  {
    name: 'an unknown key that is near none',
    changes: [['  asn: 65000', '  colour: blue']],
    problems: ['6:3-9 unknown-key site: unknown key "colour"'],
  },
  {
    name: 'a missing key of site',
    changes: [['  public_ip: 198.51.100.10\n', '']],
    problems: ['2:1-5 missing-key site: key "public_ip" is missing: the gateway\'s outbound public address'],
  },
  {
    name: 'no site',
    changes: [
      [
        'site:\n  controller: 10.0.2.15/24\n  public_ip: 198.51.100.10\n  subnets: [10.0.2.0/24]\n  asn: 65000\n',
        '',
      ],
    ],
    problems: [
      '1:1-19 missing-key : key "site" is missing: the other end of the tunnels of aws/default | write site: { controller: 10.0.2.15/24, public_ip: … }, or vpn: none in create',
    ],
  },
  {
    name: 'a site that is a text',
    changes: [
      [
        'site:\n  controller: 10.0.2.15/24\n  public_ip: 198.51.100.10\n  subnets: [10.0.2.0/24]\n  asn: 65000\n',
        'site: tokyo\n',
      ],
    ],
    problems: ['2:7-12 wrong-type site: must be a map of keys, got "tokyo"'],
  },
  {
    name: 'an ASN that is reserved',
    changes: [['asn: 65000', 'asn: 23456']],
    problems: [
      '6:8-13 bad-value site.asn: must be an autonomous system number from 1 to 4294967294 that is not reserved, got "23456"',
    ],
  },
  {
    name: 'an ASN as a text',
    changes: [['asn: 65000', "asn: '65000'"]],
    problems: [
      '6:8-15 wrong-type site.asn: must be a whole number from 1 to 4294967294, got "65000" | write it without quotes',
    ],
  },
  {
    name: 'an ASN that is too large',
    changes: [['asn: 65000', 'asn: 4294967295']],
    problems: ['6:8-18 bad-value site.asn: must be a whole number from 1 to 4294967294, got 4294967295'],
  },
  {
    name: 'a hexadecimal ASN',
    changes: [['asn: 65000', 'asn: 0xFDE8']],
    problems: [
      '6:8-14 bad-value site.asn: must be a whole number from 1 to 4294967294 in decimal, got 0xFDE8 | write 65000',
    ],
  },
  {
    name: 'a yes that is no boolean',
    changes: [['asn: 65000', 'mesh: yes']],
    problems: [
      '6:9-12 wrong-type site.mesh: must be true or false, got "yes" | write true or false, without quotes',
    ],
  },
  {
    name: 'an interface that the daemon lacks',
    changes: [['asn: 65000', 'gateway: { daemon: strongswan, interface: vti }']],
    problems: [
      '6:45-48 bad-value site.gateway.interface: must be xfrm for strongswan 5, got "vti" | remove it: the default fits the daemon; vti is for libreswan 4 alone',
    ],
  },
  {
    name: 'an interface of an older version',
    changes: [['asn: 65000', 'gateway: { version: 5, interface: vti }']],
    problems: [
      '6:37-40 bad-value site.gateway.interface: must be xfrm for libreswan 5, got "vti" | remove it: the default fits the daemon; vti is for libreswan 4 alone',
    ],
  },
  {
    name: 'an interface that is none',
    changes: [['asn: 65000', 'gateway: { interface: tun }']],
    problems: ['6:25-28 bad-value site.gateway.interface: must be one of vti, xfrm, got "tun"'],
  },
  {
    name: 'keys in a cubbyhole, which goes with its token',
    changes: [['asn: 65000', 'gateway: { key_reference: vault://cubbyhole/vpn }']],
    problems: [
      '6:29-50 bad-value site.gateway.key_reference: must be a folder like vault://secret/vpn or file:///etc/kakehashi/keys, got "vault://cubbyhole/vpn"',
    ],
  },
  {
    name: 'a version of another daemon',
    changes: [['asn: 65000', 'gateway: { daemon: libreswan, version: 6 }']],
    problems: ['6:42-43 bad-value site.gateway.version: must be 4 or 5 for libreswan, got 6'],
  },
  {
    name: 'an MTU that is too small',
    changes: [['asn: 65000', 'gateway: { link_mtu: 500 }']],
    problems: ['6:24-27 bad-value site.gateway.link_mtu: must be a whole number from 1280 to 9216, got 500'],
  },
  {
    name: 'a controller outside its subnets',
    changes: [['[10.0.2.0/24]', '[10.0.9.0/24]']],
    problems: [
      '5:12-25 controller-outside site.subnets: must contain the controller (10.0.2.15), got 10.0.9.0/24',
    ],
  },
  {
    name: 'site subnets that overlap',
    changes: [['[10.0.2.0/24]', '[10.0.2.0/24, 10.0.0.0/16]']],
    problems: [
      '5:26-37 overlap site.subnets[1]: 10.0.0.0/16 overlaps 10.0.2.0/24 of the same list | keep the wider one',
    ],
  },
  {
    name: 'a region that is none',
    changes: [['aws_region: ap-northeast-1', 'aws_region: tokyo']],
    problems: [
      '9:17-22 bad-value aws.default.aws_region: must be an AWS region like ap-northeast-1, got "tokyo"',
    ],
  },
  {
    name: 'a zone of another region',
    changes: [['ap-northeast-1a', 'ap-northeast-3a']],
    problems: [
      '10:28-43 zone-of-another-region aws.default.aws_availability_zone: must be a zone of ap-northeast-1, got "ap-northeast-3a" | for instance ap-northeast-1a',
    ],
  },
  {
    name: 'a zone without its letter',
    changes: [['zone: ap-northeast-1a', 'zone: ap-northeast-1']],
    problems: [
      '10:28-42 bad-value aws.default.aws_availability_zone: must be an AWS availability zone like ap-northeast-1a, got "ap-northeast-1"',
    ],
  },
  {
    name: 'a subnet id that is none',
    changes: [['subnet-0862300dba34162ed', 'subnet-xyz']],
    problems: [
      '22:24-34 bad-value aws.adopted.aws_vpc_subnet_id: must be a subnet id like subnet-0862300dba34162ed, got "subnet-xyz"',
    ],
  },
  {
    name: 'a security group id for a subnet',
    changes: [['aws_vpc_subnet_id: subnet-0862300dba34162ed', 'aws_vpc_subnet_id: sg-0387934d3cd06946f']],
    problems: [
      '22:24-44 bad-value aws.adopted.aws_vpc_subnet_id: must be a subnet id like subnet-0862300dba34162ed, got "sg-0387934d3cd06946f"',
    ],
  },
  {
    name: 'a missing id',
    changes: [['    aws_vpc_subnet_id: subnet-0862300dba34162ed\n', '']],
    problems: ['20:3-10 missing-key aws.adopted: key "aws_vpc_subnet_id" is missing: id of the subnet'],
  },
  {
    name: 'an unquoted Sakura id',
    changes: [["'112900000000'", '112900000000']],
    problems: [
      "26:29-41 wrong-type sakura.default.sakura_local_switch_id: must be an id of 12 digits, as a text, got the number 112900000000 | quote it: '112900000000'",
    ],
  },
  {
    name: 'a Sakura id of 11 digits',
    changes: [["'112900000000'", "'11290000000'"]],
    problems: [
      '26:29-42 warning unusual-value sakura.default.sakura_local_switch_id: is usually an id of 12 digits, got "11290000000" | compare it with what the cloud shows',
    ],
  },
  {
    name: 'spellings that differ',
    changes: [
      [
        '    aws_vpc_subnet_id: subnet-0862300dba34162ed',
        '    aws_vcp_subnet_id: subnet-11111111\n    aws_vpc_subnet_id: subnet-0862300dba34162ed',
      ],
    ],
    problems: [
      '22:5-22 spellings-differ aws.adopted: "aws_vcp_subnet_id" and "aws_vpc_subnet_id" differ, and both mean the same | keep "aws_vpc_subnet_id"',
    ],
  },
  {
    name: 'a name that begins with a digit',
    changes: [['  second:', '  2nd:']],
    problems: [
      '17:3-6 bad-name aws: a created entry must be a name of a letter and up to 31 letters, digits, _ and -, got "2nd"',
    ],
  },
  {
    name: 'a name that is too long',
    changes: [['  second:', '  sssssssssssssssssssssssssssssssss:']],
    problems: [
      '17:3-36 bad-name aws: a created entry must be a name of a letter and up to 31 letters, digits, _ and -, got "sssssssssssssssssssssssssssssssss"',
    ],
  },
  {
    name: 'an environment name that is none',
    changes: [["cci_version: '1.0'", "cci_version: '1.0'\nenvironment: Dev-1"]],
    problems: [
      '2:14-19 bad-name environment: must be a name of a small letter and up to 15 small letters and digits, got "Dev-1"',
    ],
  },
  {
    name: 'a name of an adopted entry that no controller takes',
    changes: [['  adopted:', '  a b:']],
    problems: [
      '20:3-6 bad-name aws: an entry must be a name of letters, digits, _ . and -, up to 64, got "a b"',
    ],
  },
  {
    name: 'a zone of another region in an adopted entry',
    changes: [
      ['    aws_region: us-west-2', '    aws_region: us-west-2\n    aws_availability_zone: us-west-1a'],
    ],
    problems: [
      '22:28-38 zone-of-another-region aws.adopted.aws_availability_zone: must be a zone of us-west-2, got "us-west-1a" | for instance us-west-2a',
    ],
  },
  {
    name: 'a provider that may be misspelt, and builds nothing',
    added: 'azur:\n  default: {}\n',
    problems: [
      '29:1-5 warning unknown-provider azur: unknown provider "azur" (passed through); did you mean "azure"?',
    ],
  },
  {
    name: 'a list of providers',
    added: 'providers: [aws]\n',
    problems: ['29:12-17 wrong-type providers: must be a map of providers, got a list'],
  },
  {
    name: 'a provider that is misspelt',
    added: 'azur:\n  default: { create: {} }\n',
    problems: ['29:1-5 unknown-provider azur: unknown provider "azur"; did you mean "azure"?'],
  },
  {
    name: 'create for another provider',
    added: 'gcp:\n  default: { create: { vnet_cidr: 10.1.0.0/16 } }\n',
    problems: [
      '30:14-20 not-built gcp.default.create: creating networks of gcp is not built yet; only aws and azure are | remove create and give the ids of what exists',
    ],
  },
  {
    name: 'a provider that is a list',
    added: 'gcp: [default]\n',
    problems: ['29:6-15 wrong-type gcp: must be a map of entries, got a list'],
  },
  {
    name: 'an entry that is a text',
    added: 'gcp:\n  default: yes\n',
    problems: ['30:12-15 wrong-type gcp.default: must be a map of keys, got "yes"'],
  },
  {
    name: 'an unknown backend',
    added: 'backend: { type: s4 }\n',
    problems: [
      '29:18-20 bad-value backend.type: must be one of local, s3, azurerm, gcs, http, pg, cloud, got "s4"; did you mean "s3"?',
    ],
  },
  {
    name: 'a backend without its type',
    added: 'backend: { bucket: states }\n',
    problems: [
      '29:1-8 missing-key backend: key "type" is missing: one of local, s3, azurerm, gcs, http, pg, cloud',
    ],
  },
  {
    name: 'a backend without its bucket',
    added: 'backend: { type: s3, region: us-east-1 }\n',
    problems: ['29:1-8 missing-key backend: key "bucket" is missing: the bucket of the states'],
  },
  {
    name: 'a credential in a backend',
    added: 'backend: { type: s3, bucket: b, region: us-east-1, secret_key: hunter2 }\n',
    problems: [
      '29:52-62 secret backend.secret_key: a credential never stands in a catalog; it comes from the environment: AWS_SECRET_ACCESS_KEY | remove it and set AWS_SECRET_ACCESS_KEY',
    ],
  },
  {
    name: "a backend's key that is ours",
    added: 'backend: { type: gcs, bucket: b, prefix: p, credentials: x }\n',
    problems: [
      '29:45-56 secret backend.credentials: a credential never stands in a catalog; it comes from the environment: GOOGLE_BACKEND_CREDENTIALS | remove it and set GOOGLE_BACKEND_CREDENTIALS',
    ],
  },
  {
    name: 'a connection string',
    added: 'backend: { type: pg, conn_str: "postgres://u:p@h/db" }\n',
    problems: [
      '29:22-30 secret backend.conn_str: a credential never stands in a catalog; it comes from the environment: PG_CONN_STR | remove it and set PG_CONN_STR',
    ],
  },
  {
    name: 'a path of the local backend',
    added: 'backend: { type: local, path: x }\n',
    problems: [
      "29:25-29 refused-key backend.path: is made from the environment's and the stack's name | remove it; states lie in state/<environment>/",
    ],
  },
  {
    name: 'a URL with a password',
    added: 'backend: { type: http, address: "https://u:p@example.org" }\n',
    problems: [
      '29:33-58 bad-value backend.address: must be a URL of http or https without user and password, got "https://******@example.org"',
    ],
  },
  {
    name: 'a constraint that is none',
    added: 'providers: { aws: { version: latest } }\n',
    problems: [
      '29:30-36 bad-value providers.aws.version: must be a version constraint like \'>= 5.100.0, < 7.0.0\', got "latest"',
    ],
  },
  {
    name: 'a constraint that allows too old ones',
    added: "providers: { aws: { version: '>= 4.0' } }\n",
    problems: [
      '29:30-38 bad-value providers.aws.version: must be a constraint whose lower bound is 5.100.0 or newer, got ">= 4.0" | write \'>= 5.100.0, < 7.0.0\'',
    ],
  },
  {
    name: 'a constraint that allows nothing',
    added: "providers: { aws: { version: '>= 6.0, < 5.0' } }\n",
    problems: [
      '29:30-45 bad-value providers.aws.version: must be a version constraint that some version fulfils, got ">= 6.0, < 5.0"',
    ],
  },
  {
    name: 'a credential of a provider',
    added: 'providers: { aws: { access_key: AKIA } }\n',
    problems: [
      '29:21-31 secret providers.aws.access_key: a credential never stands in a catalog; it comes from the environment: AWS_ACCESS_KEY_ID | write a reference like vault://secret/aws/access_key, or remove it and set AWS_ACCESS_KEY_ID, or use profile or assume_role',
    ],
  },
  {
    name: 'an account id as a number',
    added: 'providers: { aws: { allowed_account_ids: [123456789012] } }\n',
    problems: [
      "29:43-55 wrong-type providers.aws.allowed_account_ids[0]: must be an AWS account id of 12 digits, as a text, got the number 123456789012 | quote it: '123456789012'",
    ],
  },
  {
    name: 'a provider that is not built',
    added: 'providers: { azure: {} }\n',
    problems: [
      '29:14-19 not-built providers: provider "azure" is not built yet; only aws and azure are; did you mean "azurerm"?',
    ],
  },
  {
    name: 'a role that is none',
    added: 'providers: { aws: { assume_role: { role_arn: admin } } }\n',
    problems: [
      '29:46-51 bad-value providers.aws.assume_role.role_arn: must be the ARN of an IAM role, got "admin"',
    ],
  },
  {
    name: 'a tag that AWS keeps',
    added: "providers: { aws: { default_tags: { 'aws:x': y } } }\n",
    problems: [
      '29:37-44 bad-name providers.aws.default_tags: a key must be a tag key of up to 128 letters, digits, spaces and _ . : / = + - @ that is not Name and does not begin with aws: or kakehashi:, got "aws:x"',
    ],
  },
  {
    name: 'a tag that is a number',
    added: 'providers: { aws: { default_tags: { cost: 12 } } }\n',
    problems: [
      "29:43-45 wrong-type providers.aws.default_tags.cost: must be a tag value of up to 256 letters, digits, spaces and _ . : / = + - @, as a text, got the number 12 | quote it: '12'",
    ],
  },
];
