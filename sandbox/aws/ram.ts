import { type Attributes, filled, text, texts } from '../provider/attributes';
import { AwsError } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { LookupError } from './lookup-error';
import { namedCreation } from './named-creation';
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

/** The rules of an association of a share. The provider looks before it makes one, and refuses a second one in its own words. */
function association(
  type: string,
  noun: string,
  member: string,
  check: (cloud: Cloud, value: string) => void = () => undefined,
): Rules {
  const idOf = (request: Attributes) => `${text(request, 'resource_share_arn')},${text(request, member)}`;
  const rules: Rules = {
    noun,
    service: 'RAM',
    actions: { create: 'AssociateResourceShare', delete: 'DisassociateResourceShare' },
    create(cloud, request) {
      const id = idOf(request);
      if (cloud.find(type, id) !== undefined) throw new LookupError(`${noun} (${id}) already exists`);
      const share = text(request, 'resource_share_arn');
      // The text is inferred from AWS's about an organization that is not found.
      const message = `ResourceShare ${share} could not be found.`;
      cloud.require([SHARE], share, 'UnknownResourceException', message);
      check(cloud, text(request, member));
      return { id, attributes: request };
    },
  };
  return namedCreation(rules, idOf);
}

/** The code and text are inferred. */
function requireResource(cloud: Cloud, arn: string): void {
  const gateways = cloud.all('aws_ec2_transit_gateway');
  if (gateways.some(({ attributes }) => text(attributes, 'arn') === arn)) return;
  throw new AwsError(
    'UnknownResourceException',
    `Resource ${arn} could not be found.`,
    'The sandbox shares transit gateways only.',
  );
}

export const resourceAssociation = association(
  RESOURCE,
  'RAM Resource Association',
  'resource_arn',
  requireResource,
);

/**
 * An account, organization or unit to which a share is open. The sandbox knows of no organizations: it takes every account for one
 * of the own organization, to which a share without `allow_external_principals` is open too.
 */
export const principalAssociation = association(PRINCIPAL, 'RAM Principal Association', 'principal');
