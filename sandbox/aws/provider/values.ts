import type { ValueRules } from '../../provider/value-rules';
import { isCidr, isIpv4Network, isJsonObject } from '../../provider/wording';
import { isSamePolicy, normalizedPolicy } from '../iam-policy-text';
import { protocolName } from '../protocol-name';

/** How hashicorp/aws treats ARNs, IAM policies, the options of VPN tunnels, and the protocols of rules. */
export const AWS_VALUES: ValueRules = {
  demands: [
    [/invalid ARN/, (value) => value === '' || /^arn:[a-z-]+:[^:]*:[^:]*:[^:]*:.+$/.test(value)],
    [/must be within 169\.254\.0\.0\/16/, (value) => isIpv4Network(value) && value.startsWith('169.254.')],
    [/must be within fd00::\/8/, (value) => isCidr(value) && /^fd/i.test(value)],
    [/alphanumeric, period and underscore/, (value) => /^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$/.test(value)],
    [/valid log group name/, (value) => /^[.\-_/#A-Za-z0-9]{1,512}$/.test(value)],
    [/invalid JSON policy/, isJsonObject],
  ],
  plannedText({ behaviour }, path, configured, before) {
    if (path === 'protocol') return protocolName(configured);
    if (!/JSON policy/.test(behaviour.values[path]?.says ?? '')) return undefined;
    if (typeof before === 'string' && isSamePolicy(before, configured)) return before;
    return normalizedPolicy(configured, path === 'assume_role_policy');
  },
  recomputed: ({ name }, prior, planned) =>
    name === 'aws_vpc' &&
    planned.assign_generated_ipv6_cidr_block !== (prior.assign_generated_ipv6_cidr_block ?? false)
      ? ['ipv6_association_id', 'ipv6_cidr_block']
      : [],
  memberText: (name, text) => (name === 'protocol' ? protocolName(text) : text),
};
