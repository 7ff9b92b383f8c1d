import { VpnGateway as AwsVpnGateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import { Construct, type IConstruct } from 'constructs';
import { DEFAULT_AMAZON_SIDE_ASN } from '../../model/clouds/aws/asn';
import { checkCore } from '../core';
import { asnText, checkAmazonSideAsn } from './asn-prop';
import type { INetwork } from './imported-network';
import { checkId, checkName, claimName } from './names';
import { checkTags, type Tags, tagsOf } from './tags';

/** A virtual private gateway, made by this app or by something else. */
export interface IVpnGateway extends IConstruct {
  readonly vpnGatewayId: string;
  /** Undefined where something else made the gateway. */
  readonly amazonSideAsn?: number;
}

export interface VpnGatewayProps {
  readonly network: INetwork;
  /** The tag `Name`. */
  readonly name: string;
  /** 64512–65534 or 4200000000–4294967294. A change replaces the gateway. @default 64512 */
  readonly amazonSideAsn?: number;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/**
 * The virtual private gateway of a VPC. A VPC has one; all its VPN connections share it.
 *
 * @throws {@link PropsError} for an ASN that AWS would refuse, and for a second gateway of a network
 */
export class VpnGateway extends Construct implements IVpnGateway {
  /** A gateway that something else made and attached to the VPC. */
  static fromVpnGatewayId(scope: Construct, id: string, vpnGatewayId: string): IVpnGateway {
    return new ImportedVpnGateway(scope, id, vpnGatewayId);
  }

  readonly vpnGateway: AwsVpnGateway;
  readonly vpnGatewayId: string;
  readonly vpnGatewayArn: string;
  readonly amazonSideAsn: number;

  constructor(scope: Construct, id: string, props: VpnGatewayProps) {
    super(scope, id);
    checkCore(this);
    this.amazonSideAsn = props.amazonSideAsn ?? DEFAULT_AMAZON_SIDE_ASN;
    checkName(this, 'name', props.name);
    checkAmazonSideAsn(this, 'amazonSideAsn', this.amazonSideAsn);
    checkTags(this, 'tags', props.tags);
    claimName(this, {
      prop: 'network',
      things: 'networks with a VPN gateway',
      name: props.network.node.path,
      fix: 'a VPC has one gateway; give it to the other VPN as vpnGateway',
    });
    this.vpnGateway = new AwsVpnGateway(this, 'Resource', {
      vpcId: props.network.vpcId,
      amazonSideAsn: asnText(this.amazonSideAsn),
      tags: tagsOf(props.name, props.tags),
    });
    this.vpnGatewayId = this.vpnGateway.id;
    this.vpnGatewayArn = this.vpnGateway.arn;
  }
}

class ImportedVpnGateway extends Construct implements IVpnGateway {
  constructor(
    scope: Construct,
    id: string,
    readonly vpnGatewayId: string,
  ) {
    super(scope, id);
    checkCore(this);
    checkId(this, 'vpnGatewayId', 'vgw', vpnGatewayId);
  }
}
