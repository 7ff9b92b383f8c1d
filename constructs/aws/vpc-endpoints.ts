import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Construct } from 'constructs';
import { ENDPOINT_SERVICES, type Endpoint, GATEWAY_ENDPOINT } from '../../model/clouds/aws/endpoints';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import type { CidrProp } from '../cidr-prop';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import type { INetwork } from './imported-network';
import { checkName } from './names';
import { SecurityGroup } from './security-group';
import { checkTags, type Tags, tagsOf } from './tags';

export interface VpcEndpointsProps {
  /** The network whose nodes use them. `s3` needs its route tables. */
  readonly network: INetwork;
  /** Names every resource (tag `Name`) and the security group: 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** The region's name, which is a part of the services' names. */
  readonly region: string;
  /** What is reached. */
  readonly endpoints: readonly Endpoint[];
  /**
   * Keys of the private subnets in which the network interfaces are: at most one of each zone, because AWS refuses a second
   * (`DuplicateSubnetsInSameZone`).
   */
  readonly subnets: readonly string[];
  /** Networks that may reach them. @default - the VPC's block */
  readonly clients?: readonly CidrProp[];
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/**
 * Services of AWS inside a VPC, for nodes without a way to the Internet: S3 by routes, the others by network interfaces with names
 * of their own (private DNS), which only the clients reach, by HTTPS.
 *
 * @throws {@link PropsError}
 */
export class VpcEndpoints extends Construct {
  /** By the end of the service's name: `s3`, `ecr.api`. */
  readonly endpoints: Readonly<Record<string, VpcEndpoint>>;
  /** Undefined without interfaces. */
  readonly securityGroup?: SecurityGroup;

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    const { endpoints } = props;
    const hasInterfaces = endpoints.some((endpoint) => endpoint !== GATEWAY_ENDPOINT);
    this.securityGroup = hasInterfaces ? this.group(props) : undefined;
    const made = endpoints.flatMap((endpoint) =>
      ENDPOINT_SERVICES[endpoint].map(
        (service) => [service, this.endpoint(props, endpoint, service)] as const,
      ),
    );
    this.endpoints = Object.fromEntries(made);
  }

  private check({ network, name, endpoints, subnets, tags, clients }: VpcEndpointsProps): void {
    checkName(this, 'name', name);
    checkTags(this, 'tags', tags);
    const again = endpoints.find((endpoint, index) => endpoints.indexOf(endpoint) !== index);
    if (again !== undefined) refuse(this, `endpoints: must name each once, got "${again}" twice`);
    if (endpoints.includes(GATEWAY_ENDPOINT) && Object.keys(network.privateRouteTableIds).length === 0)
      refuse(this, 'endpoints: "s3" needs a network whose route tables are known, got one without any');
    if (endpoints.every((endpoint) => endpoint === GATEWAY_ENDPOINT)) return;
    if (subnets.length === 0)
      refuse(this, 'subnets: must name at least one for network interfaces, got none');
    const unknown = subnets.find((key) => network.subnetIds[key] === undefined);
    if (unknown !== undefined)
      refuse(
        this,
        `subnets: must be keys of subnets of ${network.node.path}, got ${JSON.stringify(unknown)}`,
      );
    if (network.vpcCidr === undefined && clients === undefined)
      refuse(this, 'clients: must be given for a network whose block is not known, got none');
  }

  private group({ network, name, clients, tags }: VpcEndpointsProps): SecurityGroup {
    const networks = clients ?? (network.vpcCidr === undefined ? [] : [network.vpcCidr]);
    return new SecurityGroup(this, 'Clients', {
      network,
      name: `${name}-endpoints`,
      description: `Endpoints of ${name}`,
      ingress: networks.map((cidr, index) => ({
        port: Port.tcp(443),
        peer: typeof cidr === 'string' ? Peer.ipv4(cidr, `client-${index}`) : Peer.ipv4(cidr),
        description: 'HTTPS to endpoints',
      })),
      // They answer, and begin nothing.
      egress: [],
      tags,
    });
  }

  private endpoint(
    { network, name, region, subnets, tags }: VpcEndpointsProps,
    endpoint: Endpoint,
    service: string,
  ): VpcEndpoint {
    const id = service.replaceAll('.', '-');
    const common = {
      vpcId: network.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      tags: tagsOf(`${name}-${id}`, tags),
    };
    if (endpoint === GATEWAY_ENDPOINT) {
      const routeTableIds = Object.values(network.privateRouteTableIds);
      return new VpcEndpoint(this, id, { ...common, vpcEndpointType: 'Gateway', routeTableIds });
    }
    return new VpcEndpoint(this, id, {
      ...common,
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: subnets.flatMap((key) => network.subnetIds[key] ?? []),
      securityGroupIds: this.securityGroup ? [this.securityGroup.securityGroupId] : [],
    });
  }
}
