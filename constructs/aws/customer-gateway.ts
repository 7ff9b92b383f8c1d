import { CustomerGateway as AwsCustomerGateway } from '@cdktf/provider-aws/lib/customer-gateway';
import { Construct, type IConstruct } from 'constructs';
import { parseIpv4 } from '../../model/net/ipv4';
import { checkCore } from '../core';
import { checked, refuse } from '../props-error';
import { isKnown } from '../tokens';
import { asnText, checkAsn } from './asn-prop';
import { checkId, checkName, claimName } from './names';
import { checkTags, type Tags, tagsOf } from './tags';

/** The on-premises gateway as AWS knows it, made by this app or by something else. */
export interface ICustomerGateway extends IConstruct {
  readonly customerGatewayId: string;
  /** Undefined where something else made it. */
  readonly asn?: number;
}

/** What AWS is told about the on-premises gateway. A change of any of it replaces the customer gateway. */
export interface CustomerGatewaySettings {
  /** Public IPv4 address. */
  readonly ipAddress: string;
  /** A token must be at most 2147483647: AWS takes larger numbers in another argument. */
  readonly asn: number;
  /**
   * Tells this gateway from others of the same address and ASN: AWS hands back an existing one that is
   * identical, and then two states would own it. 1 to 255 characters, or null for one that exists and has none.
   *
   * @default - the name
   */
  readonly deviceName?: string | null;
}

export interface CustomerGatewayProps extends CustomerGatewaySettings {
  /** The tag `Name`; 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/**
 * The on-premises gateway: its address and ASN. One serves any number of VPN connections.
 *
 * @throws {@link PropsError}
 */
export class CustomerGateway extends Construct implements ICustomerGateway {
  /** A customer gateway that something else made. */
  static fromCustomerGatewayId(scope: Construct, id: string, customerGatewayId: string): ICustomerGateway {
    return new ImportedCustomerGateway(scope, id, customerGatewayId);
  }

  readonly customerGateway: AwsCustomerGateway;
  readonly customerGatewayId: string;
  readonly customerGatewayArn: string;
  readonly asn: number;

  constructor(scope: Construct, id: string, props: CustomerGatewayProps) {
    super(scope, id);
    checkCore(this);
    const { ipAddress, asn, deviceName = props.name } = props;
    checkName(this, 'name', props.name);
    checkCustomerGateway(this, '', props);
    checkTags(this, 'tags', props.tags);
    claimName(this, {
      prop: 'deviceName',
      things: 'customer gateways of one address and ASN',
      name: deviceName ?? '',
      within: `${ipAddress} ${asn}`,
      fix: 'one customer gateway serves several connections; give it to them as customerGateway',
    });
    this.customerGateway = new AwsCustomerGateway(this, 'Resource', {
      ...asnArgument(asn),
      ipAddress,
      type: 'ipsec.1',
      deviceName: deviceName ?? undefined,
      tags: tagsOf(props.name, props.tags),
      lifecycle: { createBeforeDestroy: true },
    });
    this.customerGatewayId = this.customerGateway.id;
    this.customerGatewayArn = this.customerGateway.arn;
    this.asn = asn;
  }
}

/** @param prefix what comes before the names of the props, for instance `customerGateway.` @throws {@link PropsError} */
export function checkCustomerGateway(
  construct: IConstruct,
  prefix: string,
  { ipAddress, asn, deviceName }: CustomerGatewaySettings,
): void {
  if (isKnown(ipAddress)) checked(construct, `${prefix}ipAddress`, () => parseIpv4(ipAddress));
  checkAsn(construct, `${prefix}asn`, asn);
  if (deviceName != null && isKnown(deviceName) && (deviceName.length < 1 || deviceName.length > 255))
    refuse(construct, `${prefix}deviceName: must have 1 to 255 characters, got ${deviceName.length}`);
}

/** AWS takes numbers beyond 31 bits only in the other argument (EC2 API reference, CreateCustomerGateway). */
function asnArgument(asn: number): { readonly bgpAsn: string } | { readonly bgpAsnExtended: string } {
  return isKnown(asn) && asn > 2147483647 ? { bgpAsnExtended: asnText(asn) } : { bgpAsn: asnText(asn) };
}

class ImportedCustomerGateway extends Construct implements ICustomerGateway {
  constructor(
    scope: Construct,
    id: string,
    readonly customerGatewayId: string,
  ) {
    super(scope, id);
    checkCore(this);
    checkId(this, 'customerGatewayId', 'cgw', customerGatewayId);
  }
}
