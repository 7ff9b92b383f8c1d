import type { CidrProp } from '../cidr-prop';
import type { FlowLogSettings } from './flow-logs';
import type { Tags } from './tags';

export interface NetworkProps {
  /** Names every resource (tag `Name`), the flow log's group and its role: 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** The VPC's block, /16 to /28. A change replaces the VPC. */
  readonly cidr: CidrProp;
  /** Private subnets, by a key that never changes: it is part of their resource addresses. */
  readonly subnets: Readonly<Record<string, SubnetProps>>;
  /**
   * The Internet access of the private subnets: one NAT gateway, one per zone, or none.
   * The one of `nat` stands in the first public subnet.
   */
  readonly egress: 'nat' | 'nat-per-zone' | 'none';
  /** Whether and how accepted and refused traffic is logged in CloudWatch Logs. @default - no logs */
  readonly flowLogs?: FlowLogSettings;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/** A private subnet, and where it has one, the public subnet beside it. */
export interface SubnetProps {
  /** The subnet's block, /16 to /28, inside the VPC. A change replaces the subnet. */
  readonly cidr: CidrProp;
  /**
   * The availability zone. With `nat-per-zone`, two tokens are two zones unless they are the same text.
   *
   * @default - the region's first available zone at the time it is created
   */
  readonly zone?: string;
  /** A public subnet in the same zone, for a NAT gateway. @default - none */
  readonly publicCidr?: CidrProp;
  /** Tags of the private subnet; they win over the network's. @default - none */
  readonly tags?: Tags;
}
