import { filled, text } from '../provider/attributes';
import { AwsError } from './aws-error';
import { generatedName, prefixOf } from './generated-name';
import { requireSubnet, requireVpc } from './network';
import type { Rules } from './rules';

/** AWS's default format of flow logs, in which each field is written as `${field}`. */
const LOG_FORMAT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
    .split(' ')
    .map((field) => `\${${field}}`)
    .join(' ');

export const logGroup: Rules = {
  noun: 'CloudWatch Logs Log Group',
  service: 'CloudWatch Logs',
  actions: { create: 'CreateLogGroup', update: 'PutRetentionPolicy', delete: 'DeleteLogGroup' },
  create(cloud, request) {
    const name = generatedName(cloud, request, cloud.newId('log-group', request));
    if (cloud.find('aws_cloudwatch_log_group', name) !== undefined) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    const arn = cloud.arn('logs', `log-group:${name}`);
    return {
      id: name,
      attributes: filled(request, { arn, name, name_prefix: prefixOf(name), log_group_class: 'STANDARD' }),
    };
  },
  kept: ({ attributes }) => attributes.skip_destroy === true,
};

export const flowLog: Rules = {
  noun: 'Flow Log',
  service: 'EC2',
  actions: { create: 'CreateFlowLogs', delete: 'DeleteFlowLogs' },
  create(cloud, request) {
    const [vpc, subnet] = [text(request, 'vpc_id'), text(request, 'subnet_id')];
    if (vpc !== '') requireVpc(cloud, vpc);
    if (subnet !== '') requireSubnet(cloud, subnet);
    const destination = text(request, 'log_destination');
    const identity = ['vpc_id', 'subnet_id', 'eni_id', 'log_destination', 'traffic_type'];
    const same = cloud
      .all('aws_flow_log')
      .some(({ attributes }) => identity.every((name) => text(attributes, name) === text(request, name)));
    if (same) {
      throw new AwsError(
        'FlowLogAlreadyExists',
        'Error. There is an existing Flow Log with the same configuration and log destination.',
      );
    }
    const id = cloud.newId('fl', request);
    const group = destination.match(/:log-group:([^:]+)/)?.[1] ?? '';
    const arn = cloud.arn('ec2', `vpc-flow-log/${id}`);
    return {
      id,
      attributes: filled(request, {
        arn,
        log_destination: '',
        log_format: LOG_FORMAT,
        log_group_name: group,
      }),
    };
  },
};
