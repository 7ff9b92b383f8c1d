import { hasLostProvider, isAlreadyThere } from '../../terraform/already-there';

describe('isAlreadyThere', () => {
  test.each([
    'api error RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.',
    'api error Resource.AlreadyAssociated: resource already associated',
    'api error ResourceExistsException: The operation failed because the secret x already exists.',
    'api error EntityAlreadyExists: Role with name x already exists.',
    'api error InvalidSubnet.Conflict: The CIDR conflicts with another subnet',
    'api error ConflictException: Schedule n1 already exists.',
    'api error InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/8, TCP" already exists',
    'api error InvalidGroup.Duplicate: x',
    'api error InvalidPlacementGroup.Duplicate: x',
    'api error InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.',
    'api error FlowLogAlreadyExists: x',
    'api error DuplicateTransitGatewayAttachment: x',
    'api error TransitGatewayRouteTablePropagation.Duplicate: x',
    'api error BucketAlreadyOwnedByYou: x',
    'api error ResourceAlreadyExistsException: The specified log group already exists',
    'api error AlreadyExists: AutoScalingGroup by this name already exists',
    'api error InvalidParameterValue: vpc-1 already has an attached VPN gateway',
    'api error InvalidParameterValue: Network vpc-1 already has an internet gateway attached',
    'api error VolumeInUse: vol-1 is already attached to an instance',
    'RoleAssignmentExists: The role assignment already exists.',
    'RoleDefinitionWithSameNameExists: A custom role with the same name already exists in this directory.',
    'A resource with the ID "/subscriptions/x" already exists - to be managed via Terraform this resource needs to be imported into the State.',
    'VirtualNetworkAlreadyHasVirtualNetworkGatewayOfType: x',
    'Conflict. The container name "/n1" is already in use by container "0a"',
    'network with name vc already exists',
    'path is already in use at secret/',
  ])('%s', (error) => {
    expect(isAlreadyThere(error)).toBe(true);
  });

  test.each([
    'api error VpnConnectionLimitExceeded: The maximum number of VPN connections has been reached',
    'api error DependencyViolation: vpc-1 has dependencies',
    'api error DeleteConflict: Cannot delete entity, must delete policies first.',
    'InUseSubnetCannotBeDeleted: Subnet is in use by a resource that already exists',
    'deleting Subnet: it already has an attached interface',
    'api error UnauthorizedOperation: You are not authorized',
    'ProvisioningDisabled: the region takes no more',
  ])('not: %s', (error) => {
    expect(isAlreadyThere(error)).toBe(false);
  });
});

test('a provider that died is told by what Terraform says', () => {
  expect(hasLostProvider('Plugin did not respond\nThe plugin encountered an error')).toBe(true);
  expect(hasLostProvider('api error X: the plugin of the server did respond')).toBe(false);
});
