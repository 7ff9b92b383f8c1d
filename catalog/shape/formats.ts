import { parseInsideCidr } from '../../model/clouds/aws/inside-cidr';
import { Cidr, parseInterfaceAddress } from '../../model/net/cidr';
import { parseIpv4 } from '../../model/net/ipv4';
import type { Format } from './shape';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ADDRESS = `${OCTET}(\\.${OCTET}){3}`;
const PREFIX = '(3[0-2]|[12]?[0-9])';

export const CIDR: Format = {
  expected: 'an IPv4 CIDR like 172.30.0.0/16',
  pattern: `^${ADDRESS}/${PREFIX}$`,
  parse: Cidr.parse,
  example: '172.30.0.0/16',
};

/** An address with its prefix length; also a network whose host bits are set. */
export const INTERFACE_ADDRESS: Format = {
  expected: 'an IPv4 address with a prefix length like 10.0.2.15/24',
  pattern: `^${ADDRESS}/${PREFIX}$`,
  parse: parseInterfaceAddress,
  example: '10.0.2.15/24',
};

export const IPV4: Format = {
  expected: 'an IPv4 address',
  pattern: `^${ADDRESS}$`,
  parse: parseIpv4,
  example: '198.51.100.10',
};

export const INSIDE_CIDR: Format = {
  expected: 'a /30 of 169.254.0.0/16',
  pattern: '^169\\.254\\.[0-9]{1,3}\\.[0-9]{1,3}/30$',
  parse: parseInsideCidr,
  example: '169.254.100.0/30',
};

/** Names that we make cloud names and state keys of: bounded so that `<env>-aws-<entry>` and a suffix fit in 64. */
export const ENTRY_NAME: Format = {
  expected: 'a name of a letter and up to 31 letters, digits, _ and -',
  pattern: '^[a-zA-Z][a-zA-Z0-9_-]{0,31}$',
  example: 'default',
};

/** Names of entries that exist already: whatever the controller takes. */
export const ADOPTED_NAME: Format = {
  expected: 'a name of letters, digits, _ . and -, up to 64',
  pattern: '^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,63}$',
};

export const ENVIRONMENT_NAME: Format = {
  expected: 'a name of a small letter and up to 15 small letters and digits',
  pattern: '^[a-z][a-z0-9]{0,15}$',
  example: 'dev',
};

export const AWS_REGION: Format = {
  expected: 'an AWS region like ap-northeast-1',
  pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$',
  example: 'ap-northeast-1',
};

/** A zone of a region, or a local zone (`ap-northeast-1-tpe-1a`). */
export const AWS_ZONE: Format = {
  expected: 'an AWS availability zone like ap-northeast-1a',
  pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}(-[a-z]{3}-[0-9]{1,2})?[a-z]$',
  example: 'ap-northeast-1a',
};

export const SUBNET_ID: Format = {
  expected: 'a subnet id like subnet-0862300dba34162ed',
  pattern: '^subnet-([0-9a-f]{8}|[0-9a-f]{17})$',
};

export const SECURITY_GROUP_ID: Format = {
  expected: 'a security group id like sg-0387934d3cd06946f',
  pattern: '^sg-([0-9a-f]{8}|[0-9a-f]{17})$',
};

export const ACCOUNT_ID: Format = {
  expected: 'an AWS account id of 12 digits',
  pattern: '^[0-9]{12}$',
  example: '123456789012',
};

export const ROLE_ARN: Format = {
  expected: 'the ARN of an IAM role',
  pattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}$',
  example: 'arn:aws:iam::123456789012:role/kakehashi',
};

/** Without user and password: a URL with them would be a secret. */
export const URL_TEXT: Format = {
  expected: 'a URL of http or https without user and password',
  pattern: '^https?://[^\\s/?#@]+([/?#][^\\s]*)?$',
  example: 'https://localhost:4566',
};

export const SAKURA_ID: Format = {
  expected: 'an id of 12 digits',
  pattern: '^[0-9]{12}$',
  example: '112900000000',
};

export const SAKURA_ZONE: Format = {
  expected: 'a zone of the Sakura cloud like tk1a',
  pattern: '^[a-z]{2}[0-9][a-z]$',
  example: 'is1a',
};

export const ocid = (type: string): Format => ({
  expected: `an OCID that begins with ocid1.${type}.`,
  pattern: `^ocid1\\.${type}\\.[^\\s]+$`,
});

/** `22` or `8000-8010`; the numbers are checked where the rule is made. */
export const PORTS: Format = {
  expected: "a port or a range of ports like '22' or '8000-8010'",
  pattern: '^[0-9]{1,5}(-[0-9]{1,5})?$',
  example: '8000-8010',
};

export const SOURCE: Format = {
  expected: 'site, self, an IPv4 CIDR, or an entry like aws/default',
  pattern: `^(site|self|${ADDRESS}/${PREFIX}|[a-zA-Z][a-zA-Z0-9_-]*/[a-zA-Z0-9_][a-zA-Z0-9_.-]*)$`,
};

export const NAME: Format = { expected: 'a name', pattern: '^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$' };

export const CATALOG_FILE: Format = {
  expected: 'a .yml file of the same folder',
  pattern: '^[^/\\\\].*$',
  example: 'base.yml',
};
