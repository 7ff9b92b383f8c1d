import { isIP } from 'node:net';
import type { ValueRules } from '../../provider/value-rules';
import { userDataDigest } from '../compute/user-data';
import { AWS_FILES } from '../files';
import { isSamePolicy, normalizedPolicy } from '../iam-policy-text';
import { protocolName } from '../protocol-name';
import { recomputed, replacing } from './recomputed';

/** The sections of an ARN after `arn:`; undefined if there are not enough. An empty text counts as an ARN that is not set. */
function sections(value: string): readonly string[] | undefined {
  const parts = value.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return undefined;
  return [...parts.slice(1, 5), parts.slice(5).join(':')];
}

/** A demand on one section of an ARN, which a text without sections does not break: another message is about that. */
function onSection(index: number, holds: (section: string) => boolean): (value: string) => boolean {
  return (value) => {
    const section = sections(value)?.[index];
    return section === undefined || holds(section);
  };
}

const PARTITION = /^aws(-[a-z]+)*$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;
const ACCOUNT = /^(aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10})$/;

const ARN_DEMANDS: readonly (readonly [message: RegExp, holds: (value: string) => boolean])[] = [
  [/invalid ARN: arn: invalid prefix/, (value) => value === '' || value.startsWith('arn:')],
  [
    /invalid ARN: .*not enough sections/,
    (value) => !value.startsWith('arn:') || sections(value) !== undefined,
  ],
  [/invalid ARN: missing partition value/, onSection(0, (section) => section !== '')],
  [
    /invalid ARN: invalid partition value/,
    onSection(0, (section) => section === '' || PARTITION.test(section)),
  ],
  [/invalid ARN: invalid region value/, onSection(2, (section) => section === '' || REGION.test(section))],
  [
    /invalid ARN: invalid account ID value/,
    onSection(3, (section) => section === '' || ACCOUNT.test(section)),
  ],
  [/invalid ARN: missing resource value/, onSection(4, (section) => section !== '')],
];

function isArn(value: string): boolean {
  return value === '' || (sections(value) !== undefined && ARN_DEMANDS.every(([, holds]) => holds(value)));
}

/** Whether a text is a whole number in one of the ranges, or no number, which another message is about. */
function isAsn(value: string): boolean {
  const asn = Number(value);
  return (
    !/^-?\d{1,18}$/.test(value) ||
    [7224, 9059, 10124, 17493].includes(asn) ||
    (asn >= 64512 && asn <= 65534) ||
    (asn >= 4200000000 && asn <= 4294967294)
  );
}

/** Whether a change of an argument of an Auto Scaling group can start a refresh of its instances. */
function isGroupArgument(name: string): boolean {
  const { attributes = {}, block_types = {} } =
    AWS_FILES.schema.resource_schemas.aws_autoscaling_group?.block ?? {};
  return name in attributes || name in block_types;
}

/** How hashicorp/aws treats ARNs, IAM policies, the options of VPN tunnels, and the protocols of rules. */
export const AWS_VALUES: ValueRules = {
  alternatives: {
    aws_autoscaling_group: {
      'instance_maintenance_policy.max_healthy_percentage': [/\(-1 - -1\)/, /\(100 - 200\)/],
    },
    aws_ec2_transit_gateway: {
      transit_gateway_cidr_blocks: [
        /IPv4 CIDR block|between 0 and 24 |must not be from range|valid network Value, expected/,
        /IPv6 CIDR block|between 0 and 64 |valid network Value, expected/,
      ],
    },
    aws_secretsmanager_secret: {
      recovery_window_in_days: [/in the range/, /to be one of \[0\]/],
    },
    aws_ram_principal_association: { principal: [/look like AWS Account ID/, /is an invalid ARN/] },
  },
  demands: [
    ...ARN_DEMANDS,
    [/must be within 169\.254\.0\.0\/16/, (value) => value.startsWith('169.254.')],
    [/must not be from range 169\.254\.0\.0\/16/, (value) => !value.startsWith('169.254.')],
    [/look like AWS Account ID/, (value) => /^\d{12}$/.test(value)],
    [/must be within fd00::\/8/, (value) => value.startsWith('fd')],
    [/alphanumeric, period and underscore/, (value) => /^[A-Za-z0-9._]+$/.test(value)],
    [/cannot start with zero/, (value) => !value.startsWith('0')],
    [/cannot begin with sg-/, (value) => !value.startsWith('sg-')],
    [/valid log group \S+ \(/, (value) => /^[.\-_/#A-Za-z0-9]+$/.test(value)],
    [/\(must match \[\\w\+=,\.@-\]\)/, (value) => /^[\w+=,.@-]*$/.test(value)],
    [/must be the \S+ name not its ARN/, (value) => !isArn(value)],
    [
      /only alphanumeric characters, '-', '_' and ' ' are allowed/,
      (value) => /^[A-Za-z0-9\-_' ]+$/.test(value),
    ],
    [
      /can only alphanumeric characters and \(\)\.\/_- symbols/,
      (value) => value.length < 3 || /^[0-9a-zA-Z()./\-_]+$/.test(value),
    ],
    [
      /must begin with 'lt-' and be comprised/,
      (value) => value === '' || value.length > 255 || /^lt-[0-9a-z]+$/.test(value),
    ],
    [/only alphanumeric characters and \/_\+=\.@- special/, (value) => /^[0-9A-Za-z/_+=.@-]+$/.test(value)],
    [/no spaces or special characters except "-", "_", and "\/"/, (value) => /[A-Za-z0-9\-_/]/.test(value)],
    [/must consist of alphanumerics, hyphens, and underscores/, (value) => /^[0-9A-Za-z_.-]+$/.test(value)],
    [/see \S+API_LaunchTemplateOverrides/, (value) => /^[1-9]\d{0,2}$/.test(value)],
    [/is not a recognized parameter name for aws_autoscaling_group/, isGroupArgument],
    [/cannot be a single digit/, (value) => !/^\d$/.test(value)],
    // The provider's check of an IPv6 address takes one of IPv4, too.
    [/contain a valid IPv6 address/, (value) => isIP(value) !== 0],
    [/must be 7224, 9059, 10124 or 17493/, isAsn],
  ],
  plannedText({ name, behaviour }, path, configured, before) {
    if (path === 'protocol') return protocolName(configured);
    if (name === 'aws_instance' && path === 'user_data') return userDataDigest(configured);
    if (name === 'aws_key_pair' && path === 'public_key') return configured.trim();
    if (!/JSON policy/.test(behaviour.values[path]?.says ?? '')) return undefined;
    if (typeof before === 'string' && isSamePolicy(before, configured)) return before;
    return normalizedPolicy(configured, path === 'assume_role_policy');
  },
  recomputed,
  replacing,
  memberText: (name, text) => (name === 'protocol' ? protocolName(text) : text),
};
