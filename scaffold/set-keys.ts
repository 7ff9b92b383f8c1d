import { AWS_REGION, ROLE_ARN } from '../catalog/adopted/aws';
import { AZURE_LOCATION } from '../catalog/adopted/azure';
import { fixText, statementText } from '../catalog/ground/problem-text';
import { CIDR, ENVIRONMENT_NAME, INTERFACE_ADDRESS, IPV4 } from '../catalog/shape/formats';
import { refusal } from '../catalog/shape/read';
import type { Format } from '../catalog/shape/shape';
import { pattern } from '../catalog/shape/shapes';
import { Cidr, parseInterfaceAddress } from '../model/net/cidr';
import { freeBlock } from './catalog/blocks';

/** The keys of `--set`, in the order of questions: a default follows from answers before it. */
export const SET_KEY_NAMES = [
  'environment',
  'provider',
  'region',
  'controller',
  'public_ip',
  'subnets',
  'network',
  'asn',
  'routing',
  'daemon',
  'state_bucket',
  'state_region',
  'state_account',
  'state_container',
  'name',
  'package',
  'terraform',
  'branch',
  'aws_role',
  'aws_apply_role',
  'azure_client_id',
  'azure_apply_client_id',
  'azure_tenant_id',
  'azure_subscription_id',
] as const;
export type SetKeyName = (typeof SET_KEY_NAMES)[number];

/** The answers to `init`'s questions, by key. */
export type Answers = Readonly<Partial<Record<SetKeyName, string>>>;

/** A key of `--set`. */
export interface SetKey {
  readonly description: string;
  /** What is asked on a terminal. @default - it is not asked */
  readonly question?: string;
  /** What the value must be. */
  readonly format: (answers: Answers) => Format<unknown>;
  /** Whether the value is a list with commas between. @default false */
  readonly several?: boolean;
  /** The value where none is given. @default - the key may be absent */
  readonly value?: (answers: Answers) => string;
  /** Where nobody can be asked it must be given: its default only suits a first try. @default false */
  readonly needed?: boolean;
  /** Paths of the catalog that are made of it, by which a problem is traced back to it. */
  readonly paths?: readonly RegExp[];
}

const PROVIDER = pattern('aws or azure', '^(aws|azure)$', 'aws');
const UUID = pattern(
  'an id like 12345678-1234-9876-4563-123456789012',
  '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  '12345678-1234-9876-4563-123456789012',
);
const ASN = pattern('an ASN from 1 to 4294967294', '^[1-9][0-9]{0,9}$', '65000');
const BUCKET = pattern(
  'the name of a bucket of 3 to 63 small letters, digits, . and -',
  '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
  'kakehashi-states',
);
const ACCOUNT = pattern(
  'the name of a storage account of 3 to 24 small letters and digits',
  '^[a-z0-9]{3,24}$',
  'kakehashistates',
);
const CONTAINER = pattern(
  'the name of a container of 3 to 63 small letters, digits and -',
  '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$',
  'states',
);
const PACKAGE_NAME = pattern(
  'a name of small letters, digits, . _ and -, up to 64',
  '^[a-z0-9][a-z0-9._-]{0,63}$',
  'vpn-catalog',
);
/** A version, a tarball of the project, or a URL: whatever npm takes, but for what a JSON text or a shell would change. */
const PACKAGE_SOURCE = pattern(
  'a version, or where npm finds the package, like file:kakehashi-0.1.0.tgz',
  '^[A-Za-z0-9~^][A-Za-z0-9@:/._+~^-]{0,255}$',
  'file:kakehashi-0.1.0.tgz',
);
const VERSION = pattern('a version like 1.11.4', '^[0-9]+\\.[0-9]+\\.[0-9]+$', '1.11.4');
const BRANCH = pattern(
  'the name of a branch of letters, digits, . _ / and -',
  '^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$',
  'main',
);

const always = (format: Format<unknown>) => () => format;
const isAzure = ({ provider }: Answers): boolean => provider === 'azure';

/** The keys of `--set`. */
export const SET_KEYS: Readonly<Record<SetKeyName, SetKey>> = {
  environment: {
    description: "The environment's name, which is that of its file",
    question: 'Name of the environment',
    format: always(ENVIRONMENT_NAME),
    value: () => 'dev',
    paths: [/^environment$/],
  },
  provider: {
    description: 'The cloud of its first network: aws or azure',
    question: 'Cloud of its first network (aws or azure)',
    format: always(PROVIDER),
    value: () => 'aws',
  },
  region: {
    description: 'The region of AWS, or the location of Azure',
    question: 'Region of AWS, or location of Azure',
    format: (answers) => (isAzure(answers) ? AZURE_LOCATION : AWS_REGION),
    value: (answers) => (isAzure(answers) ? 'japaneast' : 'ap-northeast-1'),
    needed: true,
    paths: [/^(aws|azure)\.default\.(aws_region|azure_location)$/],
  },
  controller: {
    description: "The controller's address with its prefix length, VCP_VCC_PRIVATE_IPMASK",
    question: "The controller's address with its prefix length",
    format: always(INTERFACE_ADDRESS),
    value: () => '10.0.2.15/24',
    needed: true,
    paths: [/^site\.controller$/],
  },
  public_ip: {
    description: "The gateway's outbound public address",
    question: "The gateway's public address (Enter: an example, for a first try)",
    format: always(IPV4),
    value: () => EXAMPLE_ADDRESS,
    needed: true,
    paths: [/^site\.public_ip$/],
  },
  subnets: {
    description: "Networks of the site behind the gateway, with commas; default: the controller's network",
    question: 'Networks of the site behind the gateway, with commas',
    format: always(CIDR),
    several: true,
    value: ({ controller = '' }) => parseInterfaceAddress(controller).network.toString(),
    paths: [/^site\.subnets/],
  },
  network: {
    description: 'Block of the first network; default: one that the site does not use',
    format: always(CIDR),
    value: ({ provider, subnets = '' }) => freeBlock(provider, subnets.split(',').map(Cidr.parse)),
    paths: [
      /^(aws|azure)\.default\.(private_network_ipmask|create\.(vpc_cidr|vnet_cidr|public_subnet|gateway_subnet))/,
    ],
  },
  asn: {
    description: "The site's autonomous system number; default: 65000",
    format: always(ASN),
    paths: [/^site\.asn$/],
  },
  routing: {
    description: 'How routes are learned: static or bgp',
    format: always(pattern('static or bgp', '^(static|bgp)$', 'static')),
    paths: [/^(aws|azure)\.default\.create\.vpn\.routing$/],
  },
  daemon: {
    description: 'The IPsec daemon of the gateway: libreswan or strongswan',
    format: always(pattern('libreswan or strongswan', '^(libreswan|strongswan)$', 'libreswan')),
    paths: [/^site\.gateway\.daemon$/],
  },
  state_bucket: {
    description: 'The S3 bucket of the states; without a remote backend a state is on one machine',
    format: always(BUCKET),
    paths: [/^backend\.bucket$/],
  },
  state_region: {
    description: "The bucket's region; default: that of the network on AWS",
    format: always(AWS_REGION),
    paths: [/^backend\.region$/],
  },
  state_account: {
    description: "Azure's storage account of the states, with state_container",
    format: always(ACCOUNT),
    paths: [/^backend\.storage_account_name$/],
  },
  state_container: {
    description: 'The container of the states in state_account; default: states',
    format: always(CONTAINER),
    paths: [/^backend\.container_name$/],
  },
  name: {
    description: "The project's name in package.json; default: the folder's",
    format: always(PACKAGE_NAME),
  },
  package: {
    description:
      'Where npm finds kakehashi: a version, or file:kakehashi-0.1.0.tgz; default: as it is installed',
    format: always(PACKAGE_SOURCE),
  },
  terraform: {
    description: 'The version of Terraform in workflows and devcontainer; default: 1.11.4',
    format: always(VERSION),
    value: () => '1.11.4',
  },
  branch: {
    description: 'The branch whose pushes are applied; default: main',
    format: always(BRANCH),
    value: () => 'main',
  },
  aws_role: {
    description: 'ARN of the role that plans, reviews and looks for drift: it reads (doctor --for plan)',
    format: always(ROLE_ARN),
  },
  aws_apply_role: {
    description: 'ARN of the role that applies (doctor --for apply)',
    format: always(ROLE_ARN),
  },
  azure_client_id: {
    description: 'Azure: the application that plans and looks for drift',
    format: always(UUID),
  },
  azure_apply_client_id: { description: 'Azure: the application that applies', format: always(UUID) },
  azure_tenant_id: { description: 'Azure: the tenant of both applications', format: always(UUID) },
  azure_subscription_id: { description: 'Azure: the subscription', format: always(UUID) },
};

/** An address of documentation (RFC 5737): nobody's. */
export const EXAMPLE_ADDRESS = '198.51.100.10';

export function isSetKey(name: string): name is SetKeyName {
  return Object.hasOwn(SET_KEYS, name);
}

/** Why a value is refused: `must be an IPv4 address, got "203.0.113.999"`; undefined where it is good. */
export function refusedValue(name: SetKeyName, value: string, answers: Answers): string | undefined {
  const { format, several = false } = SET_KEYS[name];
  const parts = several ? value.split(',') : [value];
  for (const part of parts) {
    const refused = refusal(part, format(answers));
    if (refused === undefined) continue;
    const fix = fixText(refused);
    return `${statementText(refused)}${fix === '' ? '' : `; ${fix}`}`;
  }
  return undefined;
}

/** The key of which the catalog's value at this path was made. */
export function keyOfPath(path: string): SetKeyName | undefined {
  return SET_KEY_NAMES.find((name) => SET_KEYS[name].paths?.some((of) => of.test(path)));
}
