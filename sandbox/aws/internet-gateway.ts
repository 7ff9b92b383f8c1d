import { filled, text } from '../provider/attributes';
import { dependencyViolation, inStep, invalidParameter } from './aws-error';
import type { Cloud } from './cloud';
import { inVpc, requireVpc } from './network';
import type { Rules } from './rules';

export const internetGateway: Rules = {
  noun: 'EC2 Internet Gateway',
  service: 'EC2',
  create(cloud, request) {
    const id = cloud.newId('igw', request);
    const arn = cloud.arn('ec2', `internet-gateway/${id}`);
    return { id, attributes: { ...filled(request, { arn, owner_id: cloud.account }), vpc_id: '' } };
  },
  finish(cloud, { id, attributes }, request) {
    const vpc = text(request, 'vpc_id');
    const subject = `creating EC2 Internet Gateway: attaching EC2 Internet Gateway (${id}) to VPC (${vpc})`;
    inStep({ subject, action: 'AttachInternetGateway' }, () => checkAttachable(cloud, vpc));
    return { ...attributes, vpc_id: vpc };
  },
  update(cloud, before, request) {
    const [from, to] = [text(before.attributes, 'vpc_id'), text(request, 'vpc_id')];
    if (from === to) return request;
    checkDetachable(cloud, from);
    checkAttachable(cloud, to);
    return request;
  },
  remove(cloud, object) {
    checkDetachable(cloud, text(object.attributes, 'vpc_id'));
  },
};

function checkAttachable(cloud: Cloud, id: string): void {
  if (id === '') return;
  requireVpc(cloud, id);
  if (inVpc(cloud, id, 'aws_internet_gateway').length > 0) {
    throw invalidParameter(`Network ${id} already has an internet gateway attached`);
  }
}

function checkDetachable(cloud: Cloud, id: string): void {
  const subnets = new Set(inVpc(cloud, id, 'aws_subnet').map((object) => object.id));
  const mapped = cloud
    .all('aws_nat_gateway')
    .filter(({ attributes }) => text(attributes, 'connectivity_type') !== 'private')
    .some(({ attributes }) => subnets.has(text(attributes, 'subnet_id')));
  if (mapped) {
    throw dependencyViolation(
      `Network ${id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    );
  }
}
