import { type Attributes, filled, text, texts } from '../provider/attributes';
import { AwsError } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { LookupError } from './lookup-error';
import { partitionOf } from './regions';
import type { Rules } from './rules';

const SHARE = 'aws_ram_resource_share';
const RESOURCE = 'aws_ram_resource_association';
const PRINCIPAL = 'aws_ram_principal_association';

function partsOf(cloud: Cloud, type: string, share: string): readonly CloudObject[] {
  return cloud.all(type).filter(({ attributes }) => text(attributes, 'resource_share_arn') === share);
}

/** The permissions of a share: those requested, or else AWS's own for the kind of resource that is in it. */
function permissionsOf(cloud: Cloud, { id, attributes }: CloudObject): readonly string[] {
  const given = texts(attributes, 'permission_arns');
  if (given.length > 0 || partsOf(cloud, RESOURCE, id).length === 0) return given;
  const { partition } = partitionOf(cloud.region);
  return [`arn:${partition}:ram::aws:permission/AWSRAMDefaultPermissionTransitGateway`];
}

/** A set of resources that other accounts can use. */
export const resourceShare: Rules = {
  noun: 'RAM Resource Share',
  service: 'RAM',
  actions: { create: 'CreateResourceShare', update: 'UpdateResourceShare', delete: 'DeleteResourceShare' },
  create(cloud, request) {
    const arn = cloud.newArn('ram', 'resource-share', request);
    return { id: arn, attributes: filled(request, { arn }) };
  },
  identity: ['name'],
  derive: (cloud, share) => ({ permission_arns: permissionsOf(cloud, share) }),
  /** Its associations go with it. */
  remove(cloud, { id }) {
    for (const type of [RESOURCE, PRINCIPAL]) {
      for (const part of partsOf(cloud, type, id)) cloud.remove(part.type, part.id);
    }
  },
};

/** A new association of a share. The provider looks before it makes one, and refuses a second one in its own words. */
function associated(cloud: Cloud, type: string, noun: string, request: Attributes, member: string): string {
  const share = text(request, 'resource_share_arn');
  const id = `${share},${text(request, member)}`;
  if (cloud.find(type, id) !== undefined) throw new LookupError(`${noun} (${id}) already exists`);
  // The text is inferred from AWS's about an organization that is not found.
  cloud.require([SHARE], share, 'UnknownResourceException', `ResourceShare ${share} could not be found.`);
  return id;
}

export const resourceAssociation: Rules = {
  noun: 'RAM Resource Association',
  service: 'RAM',
  actions: { create: 'AssociateResourceShare', delete: 'DisassociateResourceShare' },
  create(cloud, request) {
    const id = associated(cloud, RESOURCE, 'RAM Resource Association', request, 'resource_arn');
    const arn = text(request, 'resource_arn');
    const exists = cloud
      .all('aws_ec2_transit_gateway')
      .some(({ attributes }) => text(attributes, 'arn') === arn);
    // The code and text are inferred.
    if (!exists)
      throw new AwsError(
        'UnknownResourceException',
        `Resource ${arn} could not be found.`,
        'The sandbox shares transit gateways only.',
      );
    return { id, attributes: request };
  },
};

/**
 * An account, organization or unit to which a share is open. The sandbox knows of no organizations: it takes every account for one
 * of the own organization, to which a share without `allow_external_principals` is open too.
 */
export const principalAssociation: Rules = {
  noun: 'RAM Principal Association',
  service: 'RAM',
  actions: { create: 'AssociateResourceShare', delete: 'DisassociateResourceShare' },
  create(cloud, request) {
    const id = associated(cloud, PRINCIPAL, 'RAM Principal Association', request, 'principal');
    return { id, attributes: request };
  },
};
