import { MainRouteTableAssociation } from '@cdktf/provider-aws/lib/main-route-table-association';
import type { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import type { Construct } from 'constructs';
import { servingKey } from './nat-placement';
import type { NetworkProps } from './network-props';
import { tagsOf } from './tags';

/** The route tables of a network's private subnets. */
export interface PrivateTables {
  readonly main: RouteTable;
  /** The main one is `Private`, that of a further zone `Private-<key of the subnet beside its NAT gateway>`. */
  readonly byKey: Readonly<Record<string, RouteTable>>;
  /** By zone; undefined is the zone that is left open. */
  readonly ofZone: ReadonlyMap<string | undefined, RouteTable>;
}

/** Defines the main table, and with `nat-per-zone` one for each further zone, each with its route to the Internet. */
export function privateTables(
  network: Construct,
  vpcId: string,
  { name, tags, egress, subnets }: NetworkProps,
  natGateways: Readonly<Record<string, NatGateway>>,
): PrivateTables {
  const table = (id: string, suffix: string): RouteTable =>
    new RouteTable(network, id, { vpcId, tags: tagsOf(`${name}${suffix}`, tags) });
  const routeOut = (id: string, routeTable: RouteTable, natGateway: NatGateway | undefined): void => {
    if (natGateway === undefined) return;
    new Route(network, `${id}-Out`, {
      routeTableId: routeTable.id,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: natGateway.id,
    });
  };
  const natOf = (zone: string | undefined): NatGateway | undefined =>
    natGateways[servingKey(subnets, zone) ?? ''];

  const main = table('Private', '-private');
  new MainRouteTableAssociation(network, 'Main', { vpcId, routeTableId: main.id });
  const isPerZone = egress === 'nat-per-zone';
  const mainZone = Object.values(subnets)[0]?.zone;
  routeOut('Private', main, isPerZone ? natOf(mainZone) : Object.values(natGateways)[0]);

  const byKey: Record<string, RouteTable> = { Private: main };
  const ofZone = new Map<string | undefined, RouteTable>([[mainZone, main]]);
  for (const [key, { zone }] of Object.entries(subnets)) {
    if (!isPerZone || ofZone.has(zone) || servingKey(subnets, zone) !== key) continue;
    const id = `Private-${key}`;
    const own = table(id, `-private-${key}`);
    routeOut(id, own, natGateways[key]);
    byKey[id] = own;
    ofZone.set(zone, own);
  }
  return { main, byKey, ofZone };
}
