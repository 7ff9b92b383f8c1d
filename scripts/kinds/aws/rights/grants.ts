import { compareTexts } from '../../../../base/text/compare-texts';
import { isJsonMap, type Json } from '../../../../catalog/ground/json';
import type { AskedRights, RightsNeed } from '../../rights';
import { arnOf, arnsOf, ENTRY_TAG, entryTag, partitionOfNeed, regionOf } from './arns';

/** What must equal one of the values. */
export type Condition = Readonly<Record<string, readonly string[]>>;

/** One action, on what, and where. */
export interface Grant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition: Condition;
  /** Absent where an ARN says it, or the service is global. */
  readonly region?: string;
}

/** Services whose requests go to one region, wherever they are sent from: a condition on the region would refuse them. */
const GLOBAL = new Set(['iam', 'route53', 's3']);

/** Actions that take no ARN of what is made, or none at all (service authorization reference). */
const WITHOUT_RESOURCE = new Set([
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeScalingActivities',
  'autoscaling:DescribeScheduledActions',
  'autoscaling:DescribeWarmPool',
  'logs:DescribeLogGroups',
]);

/** Actions that remove one object, which bears the tags of its stack. */
const REMOVES =
  /^ec2:(TerminateInstances|Delete(CustomerGateway|DhcpOptions|FlowLogs|InternetGateway|LaunchTemplate|NatGateway|PlacementGroup|RouteTable|SecurityGroup|Subnet|TransitGateway(RouteTable|VpcAttachment)?|Volume|Vpc|VpcEndpoints|VpnConnection|VpnGateway))$/;

/** Services whose own roles are made with the first object of a type. */
const SERVICE_LINKED: Readonly<Record<string, readonly string[]>> = {
  aws_autoscaling_group: ['autoscaling.amazonaws.com', 'spot.amazonaws.com'],
  aws_ec2_transit_gateway_vpc_attachment: ['transitgateway.amazonaws.com'],
  aws_instance: ['spot.amazonaws.com'],
};

/** Services to which a type hands a role; all others, EC2. */
const PASSED_TO: Readonly<Record<string, string>> = {
  aws_flow_log: 'vpc-flow-logs.amazonaws.com',
  aws_scheduler_schedule: 'scheduler.amazonaws.com',
};

export function grantsOf({ needs }: AskedRights): readonly Grant[] {
  // Plans look by their tags for what killed applies left; drift, for what nobody manages.
  const tags =
    needs[0] === undefined ? [] : [{ ...needs[0], type: '', values: {}, actions: ['tag:GetResources'] }];
  return [...needs, ...tags].flatMap((need) =>
    need.actions.flatMap((action) => grantOf(need, action, needs) ?? []),
  );
}

function grantOf(need: RightsNeed, action: string, needs: readonly RightsNeed[]): Grant | undefined {
  const [service = ''] = action.split(':');
  if (action === 'iam:PassRole') return passing(need, needs);
  if (action === 'iam:CreateServiceLinkedRole')
    return {
      action,
      resources: [`arn:${partitionOfNeed(need)}:iam::*:role/aws-service-role/*`],
      condition: { 'iam:AWSServiceName': SERVICE_LINKED[need.type] ?? [] },
    };
  if (service === 'iam') return { action, resources: identities(action, needs), condition: {} };
  const arns = WITHOUT_RESOURCE.has(action) ? undefined : arnsFor(need, action, needs);
  if (arns !== undefined) return { action, resources: arns, condition: {} };
  const entry = REMOVES.test(action) ? entryTag(need) : undefined;
  const region = GLOBAL.has(service) ? undefined : regionOf(need);
  return {
    action,
    resources: ['*'],
    condition: entry === undefined ? {} : { [`aws:ResourceTag/${ENTRY_TAG}`]: [entry] },
    ...(region === undefined ? {} : { region }),
  };
}

/** ARNs of the action's own service: those of a bucket, of what is in it, of a group's schedules. */
function arnsFor(
  need: RightsNeed,
  action: string,
  needs: readonly RightsNeed[],
): readonly string[] | undefined {
  const [service = ''] = action.split(':');
  const arns = arnsOf(need, needs);
  if (arns === undefined || !arns.every((arn) => arn.split(':')[2] === service)) return undefined;
  if (/^s3:\w*Object/.test(action) && !action.includes('Bucket')) return arns.map((arn) => `${arn}/*`);
  if (/^scheduler:\w+Schedule$/.test(action))
    return arns.map((arn) => `${arn.replace(':schedule-group/', ':schedule/')}/*`);
  return arns;
}

/** The roles or the instance profiles that the configuration makes, whatever resource needs them. */
function identities(action: string, needs: readonly RightsNeed[]): readonly string[] {
  const type = /InstanceProfile$/.test(action) ? 'aws_iam_instance_profile' : 'aws_iam_role';
  const made = needs.filter((need) => need.type === type);
  const arns = made.flatMap((need) => arnOf(need) ?? []);
  return arns.length === 0 || arns.length < made.length ? ['*'] : sorted(arns);
}

/** Handing a role to a service: one that is made and trusts it; any, where the configuration names a profile of somebody else's. */
function passing(need: RightsNeed, needs: readonly RightsNeed[]): Grant | undefined {
  const service = PASSED_TO[need.type] ?? 'ec2.amazonaws.com';
  const services = partitionOfNeed(need) === 'aws-cn' ? [service, `${service}.cn`] : [service];
  const grant = { action: 'iam:PassRole', condition: { 'iam:PassedToService': services } };
  if (need.type === 'aws_instance' || need.type === 'aws_launch_template') {
    const profile = profileOf(need.values.iam_instance_profile);
    if (profile === undefined) return undefined;
    if (!profile.includes('${')) return { ...grant, resources: ['*'] };
  }
  const roles = needs.filter(({ type }) => type === 'aws_iam_role');
  const trusting = roles.filter(({ values }) =>
    JSON.stringify(values.assume_role_policy ?? '').includes(service),
  );
  const arns = trusting.flatMap((role) => arnOf(role) ?? []);
  const isWhole = arns.length > 0 && arns.length === trusting.length;
  return { ...grant, resources: isWhole ? sorted(arns) : ['*'] };
}

function profileOf(value: Json | undefined): string | undefined {
  const [first] = [value].flat();
  const name = isJsonMap(first) ? (first.name ?? first.arn) : first;
  return typeof name === 'string' ? name : undefined;
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareTexts);
}
