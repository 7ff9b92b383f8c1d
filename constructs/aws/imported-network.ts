import { Construct, type IConstruct } from 'constructs';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { checkCore } from '../core';
import { checkId, checkKeys } from './names';

/** A VPC with private subnets, made by this app or by something else. */
export interface INetwork extends IConstruct {
  readonly vpcId: string;
  /** The VPC's block. Undefined where it was not given for a network that something else made. */
  readonly vpcCidr?: CidrProp;
  /** Ids of the private subnets, by their key. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Ids of the route tables of the private subnets, by a key that never changes. */
  readonly privateRouteTableIds: Readonly<Record<string, string>>;
}

/** What is known of a network that something else made. */
export interface NetworkAttributes {
  readonly vpcId: string;
  /** The VPC's block: with it, overlaps are found before anything is planned. @default - not known */
  readonly vpcCidr?: CidrProp;
  /** Ids of private subnets, by a key that never changes. @default - none */
  readonly subnetIds?: Readonly<Record<string, string>>;
  /** Ids of the route tables that get the routes of a VPN, by a key that never changes. @default - none */
  readonly privateRouteTableIds?: Readonly<Record<string, string>>;
}

/** A network that something else made. */
export class ImportedNetwork extends Construct implements INetwork {
  readonly vpcId: string;
  readonly vpcCidr?: CidrProp;
  readonly subnetIds: Readonly<Record<string, string>>;
  readonly privateRouteTableIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    checkCore(this);
    const { vpcId, vpcCidr, subnetIds = {}, privateRouteTableIds = {} } = attributes;
    checkId(this, 'vpcId', 'vpc', vpcId);
    checkIds(this, 'subnetIds', 'subnet', subnetIds);
    checkIds(this, 'privateRouteTableIds', 'rtb', privateRouteTableIds);
    this.vpcId = vpcId;
    this.vpcCidr = vpcCidr === undefined ? undefined : (knownCidr(this, 'vpcCidr', vpcCidr) ?? vpcCidr);
    this.subnetIds = subnetIds;
    this.privateRouteTableIds = privateRouteTableIds;
  }
}

function checkIds(
  construct: IConstruct,
  prop: string,
  prefix: string,
  ids: Readonly<Record<string, string>>,
): void {
  checkKeys(construct, prop, ids);
  for (const [key, id] of Object.entries(ids)) checkId(construct, `${prop}.${key}`, prefix, id);
}
