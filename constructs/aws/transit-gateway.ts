import { Ec2TransitGateway } from '@cdktf/provider-aws/lib/ec2-transit-gateway';
import { Ec2TransitGatewayRouteTable } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table';
import { RamPrincipalAssociation } from '@cdktf/provider-aws/lib/ram-principal-association';
import { RamResourceAssociation } from '@cdktf/provider-aws/lib/ram-resource-association';
import { RamResourceShare } from '@cdktf/provider-aws/lib/ram-resource-share';
import { Construct, type IConstruct } from 'constructs';
import { DEFAULT_AMAZON_SIDE_ASN } from '../../model/clouds/aws/asn';
import { MOST_ROUTE_TABLES, SHARE_PRINCIPAL } from '../../model/clouds/aws/transit-gateway';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { checkKnown, isKnown } from '../tokens';
import { checkAmazonSideAsn } from './asn-prop';
import { checkId, checkKeys, checkName } from './names';
import { checkTags, type Tags, tagsOf } from './tags';

/** A transit gateway, made by this app or by something else. */
export interface ITransitGateway extends IConstruct {
  readonly transitGatewayId: string;
  /** Undefined where something else made the gateway. */
  readonly amazonSideAsn?: number;
  /** Whether it sends over all tunnels of a connection. Undefined where something else made it. */
  readonly ecmp?: boolean;
}

export interface TransitGatewayProps {
  /** The tag `Name`, and the name of the share: 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** What console and API show of it. @default - the name */
  readonly description?: string;
  /** 64512–65534 or 4200000000–4294967294; a change is made in place while no VPN with BGP is attached. @default 64512 */
  readonly amazonSideAsn?: number;
  /** Whether tunnels whose BGP routes are equal carry flows at once. @default true */
  readonly ecmp?: boolean;
  /** Whether attachments of other accounts are accepted by themselves. @default false */
  readonly autoAccept?: boolean;
  /** Keys of the route tables that are made, 1 to 20; a key is part of the table's address. */
  readonly routeTables: readonly string[];
  /** Tags of one route table beside those of all, by its key. @default - none */
  readonly routeTableTags?: Readonly<Record<string, Tags>>;
  /**
   * Accounts, organisations and organisational units that may attach networks: a list of known ones, or a record where some are
   * tokens. A principal's text, or its key, is part of the address of its association. @default - none
   */
  readonly share?: readonly string[] | Readonly<Record<string, string>>;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/**
 * A hub for VPCs and VPN connections of one region, with route tables that keep them apart.
 *
 * Nothing is associated and nothing propagates by itself: each attachment says which table it looks up, and which ones learn its
 * routes.
 *
 * @throws {@link PropsError} for what AWS would refuse
 */
export class TransitGateway extends Construct implements ITransitGateway {
  /** A transit gateway that something else made. */
  static fromTransitGatewayId(scope: Construct, id: string, transitGatewayId: string): ITransitGateway {
    return new ImportedTransitGateway(scope, id, transitGatewayId);
  }

  readonly transitGateway: Ec2TransitGateway;
  readonly transitGatewayId: string;
  readonly transitGatewayArn: string;
  readonly amazonSideAsn: number;
  readonly ecmp: boolean;
  /** By the keys that the prop gives. */
  readonly routeTables: Readonly<Record<string, Ec2TransitGatewayRouteTable>>;

  constructor(scope: Construct, id: string, props: TransitGatewayProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    const { name, tags, routeTableTags = {}, ecmp = true, autoAccept = false } = props;
    this.amazonSideAsn = props.amazonSideAsn ?? DEFAULT_AMAZON_SIDE_ASN;
    this.ecmp = ecmp;
    this.transitGateway = new Ec2TransitGateway(this, 'Resource', {
      description: props.description ?? name,
      amazonSideAsn: this.amazonSideAsn,
      vpnEcmpSupport: switched(ecmp),
      autoAcceptSharedAttachments: switched(autoAccept),
      defaultRouteTableAssociation: 'disable',
      defaultRouteTablePropagation: 'disable',
      tags: tagsOf(name, tags),
    });
    this.transitGatewayId = this.transitGateway.id;
    this.transitGatewayArn = this.transitGateway.arn;
    this.routeTables = Object.fromEntries(
      props.routeTables.map((key) => [
        key,
        new Ec2TransitGatewayRouteTable(this, `Table-${key}`, {
          transitGatewayId: this.transitGatewayId,
          tags: tagsOf(`${name}-${key}`, tags, routeTableTags[key]),
        }),
      ]),
    );
    const principals = this.principalsOf(props.share ?? []);
    if (principals.length > 0) this.share(props, principals);
  }

  private check({ name, tags, amazonSideAsn, routeTables, routeTableTags = {} }: TransitGatewayProps): void {
    checkName(this, 'name', name);
    checkTags(this, 'tags', tags);
    if (amazonSideAsn !== undefined) checkAmazonSideAsn(this, 'amazonSideAsn', amazonSideAsn);
    checkKeys(this, 'routeTables', Object.fromEntries(routeTables.map((key) => [key, true])));
    if (new Set(routeTables).size < routeTables.length)
      refuse(this, `routeTables: must name each once, got ${routeTables.join(', ')}`);
    if (routeTables.length < 1 || routeTables.length > MOST_ROUTE_TABLES)
      refuse(this, `routeTables: must be 1 to ${MOST_ROUTE_TABLES}, got ${routeTables.length}`);
    for (const [key, written] of Object.entries(routeTableTags)) {
      if (!routeTables.includes(key))
        refuse(this, `routeTableTags: must have keys of routeTables, got ${JSON.stringify(key)}`);
      checkTags(this, `routeTableTags.${key}`, { ...tags, ...written });
    }
  }

  /** Who may attach networks, by the key that is part of an address. */
  private principalsOf(
    share: NonNullable<TransitGatewayProps['share']>,
  ): readonly (readonly [string, string])[] {
    checkKnown(this, 'share', share, 'give a record of tokens, a key for each principal');
    const keyed = isList(share)
      ? share.map((principal) => [keyOf(principal), principal] as const)
      : Object.entries(share);
    const all = keyed.map(([, principal]) => principal);
    if (isList(share) && !all.every(isKnown))
      refuse(
        this,
        'share: must be known in a list, got a token; give a record, whose keys name the principals',
      );
    if (!isList(share)) checkKeys(this, 'share', share);
    const wrong = all.find((principal) => isKnown(principal) && !SHARE_PRINCIPAL.test(principal));
    if (wrong !== undefined) {
      refuse(
        this,
        `share: must be ids of accounts, or ARNs of organisations or their units, got ${JSON.stringify(wrong)}`,
      );
    }
    if (new Set(all).size < all.length) refuse(this, `share: must name each once, got ${all.join(', ')}`);
    return keyed;
  }

  /** Lets others attach their networks (Resource Access Manager). */
  private share(
    { name, tags }: TransitGatewayProps,
    principals: readonly (readonly [string, string])[],
  ): void {
    const share = new RamResourceShare(this, 'Share', {
      name,
      allowExternalPrincipals: false,
      tags: tagsOf(name, tags),
    });
    new RamResourceAssociation(this, 'Shared', {
      resourceArn: this.transitGatewayArn,
      resourceShareArn: share.arn,
    });
    for (const [key, principal] of principals)
      new RamPrincipalAssociation(this, `With-${key}`, { principal, resourceShareArn: share.arn });
  }
}

function keyOf(principal: string): string {
  return principal.replace(/^arn:[^:]*:organizations::/, '').replace(/[^A-Za-z0-9-]/g, '-');
}

function isList(share: NonNullable<TransitGatewayProps['share']>): share is readonly string[] {
  return Array.isArray(share);
}

function switched(isOn: boolean): 'enable' | 'disable' {
  return isOn ? 'enable' : 'disable';
}

class ImportedTransitGateway extends Construct implements ITransitGateway {
  constructor(
    scope: Construct,
    id: string,
    readonly transitGatewayId: string,
  ) {
    super(scope, id);
    checkCore(this);
    checkId(this, 'transitGatewayId', 'tgw', transitGatewayId);
  }
}
