import { Cidr, type InterfaceAddress, parseInterfaceAddress } from '../../model/net/cidr';
import { parseIpv4 } from '../../model/net/ipv4';
import {
  ICMP_TYPE_NAMES,
  PROTOCOL_NAMES,
  type Protocol,
  parseIcmpType,
  parseProtocol,
} from '../../model/net/protocol';
import { ValueError } from '../../model/value-error';
import type { Format } from './shape';
import { pattern } from './shapes';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ADDRESS = `${OCTET}(\\.${OCTET}){3}`;
const PREFIX = '(3[0-2]|[12]?[0-9])';

export const CIDR: Format<Cidr> = {
  expected: 'an IPv4 CIDR like 172.30.0.0/16',
  pattern: `^${ADDRESS}/${PREFIX}$`,
  parse: Cidr.parse,
  example: '172.30.0.0/16',
};

/** An address with its prefix length; also a network whose host bits are set. */
export const INTERFACE_ADDRESS: Format<InterfaceAddress> = {
  expected: 'an IPv4 address with a prefix length like 10.0.2.15/24',
  pattern: `^${ADDRESS}/${PREFIX}$`,
  parse: parseInterfaceAddress,
  example: '10.0.2.15/24',
};

export const IPV4: Format<string> = {
  expected: 'an IPv4 address',
  pattern: `^${ADDRESS}$`,
  parse: parseIpv4,
  example: '198.51.100.10',
};

const LINK_LOCAL = Cidr.parse('169.254.0.0/16');

/** A block inside tunnels, of whatever length its cloud takes. */
export const INSIDE_BLOCK: Format<Cidr> = {
  expected: 'a block of 169.254.0.0/16',
  pattern: '^169\\.254\\.[0-9]{1,3}\\.[0-9]{1,3}/(2[4-9]|30)$',
  parse: (given) => {
    const cidr = Cidr.parse(given);
    if (cidr.prefixLength >= 24 && cidr.prefixLength <= 30 && LINK_LOCAL.contains(cidr)) return cidr;
    throw new ValueError(INSIDE_BLOCK.expected, given, { fix: 'for instance 169.254.100.0/30' });
  },
  example: '169.254.100.0/30',
};

/** A domain's name (RFC 1123), without a dot at its end. */
export const DOMAIN_NAME = pattern(
  'a domain name like example.org',
  '^(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$',
  'example.org',
);

/** Names that we make cloud names and state keys of: bounded so that `<env>-aws-<entry>` and a suffix fit in 64. */
export const ENTRY_NAME = pattern(
  'a name of a letter and up to 31 letters, digits, _ and -',
  '^[a-zA-Z][a-zA-Z0-9_-]{0,31}$',
  'default',
);

/** Names of entries that exist already: whatever the controller takes. */
export const ADOPTED_NAME = pattern(
  'a name of letters, digits, _ . and -, up to 64',
  '^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,63}$',
);

/** Names of the gateways of a site: connections, lock lines and paths of keys bear them. */
export const GATEWAY_NAME = pattern(
  'a name of a small letter and up to 26 small letters, digits and -',
  '^[a-z][a-z0-9-]{0,26}$',
  'east',
);

/** A network interface as Linux names it, or `auto`. */
export const CARD = pattern(
  "auto, or a network card's name of up to 15 letters, digits, _ . and -",
  '^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,14}$',
  'eth1',
);

export const ENVIRONMENT_NAME = pattern(
  'a name of a small letter and up to 15 small letters and digits',
  '^[a-z][a-z0-9]{0,15}$',
  'dev',
);

/** Without user and password: a URL with them would be a secret. */
export const URL_TEXT = pattern(
  'a URL of http or https without user and password',
  '^https?://[^\\s/?#@]+([/?#][^\\s]*)?$',
  'https://localhost:4566',
);

/** The Terraform provider of the Sakura cloud takes any number; the cloud's own ids have 12 digits. */
export const SAKURA_ID: Format<string> = {
  ...pattern('an id of 12 digits', '^[0-9]{1,18}$', '112900000000'),
  usual: { expected: 'an id of 12 digits', pattern: /^[0-9]{12}$/ },
};

export const ocid = (type: string): Format<string> =>
  pattern(`an OCID that begins with ocid1.${type}.`, `^ocid1\\.${type}\\.[^\\s]+$`);

/** `22` or `8000-8010`; the numbers are checked where the rule is made. */
export const PORTS: Format<string> = {
  expected: "a port or a range of ports like '22' or '8000-8010', or a list of them",
  pattern: '^[0-9]{1,5}(-[0-9]{1,5})?$',
  parse: (given) => {
    if (/^[0-9]{1,5}(-[0-9]{1,5})?$/.test(given)) return given;
    const several = /^[0-9]{1,5}(-[0-9]{1,5})?( *[, ] *[0-9]{1,5}(-[0-9]{1,5})?)+$/.test(given);
    const items = given.split(/[ ,]+/).map((item) => (item.includes('-') ? `'${item}'` : item));
    const fix = several
      ? `write a list: [${items.join(', ')}]`
      : /^(all|any|\*|-1)$/.test(given)
        ? "for every port write '0-65535'"
        : undefined;
    throw new ValueError(PORTS.expected, given, { fix });
  },
  example: '8000-8010',
};

/** A protocol of a rule; a number may stand as one. */
export const PROTOCOL: Format<Protocol> = {
  expected: 'tcp, udp, icmp, all, or another protocol by its name (esp, gre) or number from 0 to 255',
  pattern: `^(${PROTOCOL_NAMES.join('|')}|-1|[0-9]{1,3})$`,
  parse: parseProtocol,
  example: 'tcp',
};

/** The name of an ICMP type. */
export const ICMP_TYPE: Format<number> = {
  expected: 'an ICMP type from -1 to 255, or its name like echo-request',
  pattern: `^(${ICMP_TYPE_NAMES.join('|')})$`,
  parse: parseIcmpType,
  example: 'echo-request',
};

const SOURCES =
  'site, self, an IPv4 CIDR, an entry like aws/default, a prefix list (pl-…) or a security group (sg-…)';
const ID = '[0-9a-f]{8}([0-9a-f]{9})?';
const SOURCE_PATTERN = `^(site|self|${ADDRESS}/${PREFIX}|[a-zA-Z][a-zA-Z0-9_-]*/[a-zA-Z0-9_][a-zA-Z0-9_.-]*|pl-${ID}|([0-9]{12}/)?sg-${ID})$`;
const SOURCE_FORM = new RegExp(SOURCE_PATTERN);

/** Where the traffic of a rule comes from. What a source stands for is looked up where the rule is made. */
export const SOURCE: Format<string> = {
  expected: SOURCES,
  pattern: SOURCE_PATTERN,
  parse: (given) => {
    if (SOURCE_FORM.test(given)) return given;
    if (new RegExp(`^${ADDRESS}$`).test(given))
      throw new ValueError('a network in CIDR notation', given, { suggestion: `${given}/32` });
    if (/^[0-9a-fA-F:]*:[0-9a-fA-F:.]*(\/[0-9]+)?$/.test(given))
      throw new ValueError('a source of IPv4', given, {
        fix: 'networks are built without IPv6, so nothing from there would arrive',
      });
    if (/^(pl|sg)-/.test(given))
      throw new ValueError(`an id like ${given.slice(0, 3)}0123456789abcdef0`, given);
    throw new ValueError(SOURCES, given);
  },
};

export const NAME = pattern('a name', '^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$');

export const CATALOG_FILE = pattern('a .yml file of the same folder', '^[^/\\\\].*$', 'base.yml');
