import type { Construct } from 'constructs';
import type { Allocation } from '../../catalog/ground/allocation';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import { ROUTE_TABLE_TAG, SITE_TABLE } from '../../catalog/kinds/aws/hub-names';
import type { AwsSettings } from '../../catalog/kinds/aws/settings';
import type { AwsHub } from '../../catalog/kinds/aws-hub/hub';
import { type ITransitGateway, TransitGateway } from '../../constructs/aws/transit-gateway';
import { TransitVpn } from '../../constructs/aws/transit-vpn';
import type { CatalogStackProps } from '../catalog-stack';
import { literal } from '../literal';
import { AwsProviderStack } from './aws';
import { AwsConnectionStack, builtConnection, connectionsOf } from './aws-connection';
import type { StackBuilder } from './kind';

export interface AwsHubStackProps extends CatalogStackProps {
  readonly aws: AwsSettings;
  readonly hub: AwsHub;
  /** Needed where the hub has a VPN. */
  readonly site?: Site;
  /** By connection, `hub/main` or `hub/main@east`. */
  readonly allocations: ReadonlyMap<string, Allocation>;
}

/** The gateway's tables as its VPN needs them. */
interface HubTables {
  /** That which packets from the site look up. */
  readonly site: string;
  /** All that know the way to the site. */
  readonly all: Readonly<Record<string, string>>;
}

/** One transit gateway of the catalog, its route tables, and its VPN. */
export class AwsHubStack extends AwsConnectionStack {
  constructor(scope: Construct, id: string, props: AwsHubStackProps) {
    const { hub, environment } = props;
    super(scope, id, {
      ...props,
      region: hub.region,
      tags: { ...hub.tags, 'kakehashi:entry': `${environment}/${hub.key}` },
    });
    const { existing } = hub;
    if (existing !== undefined) {
      const gateway = TransitGateway.fromTransitGatewayId(this, 'Hub', existing.gateway);
      this.vpn(id, props, gateway, { site: existing.routeTable, all: { own: existing.routeTable } });
      return;
    }
    const names = [...hub.routeTables, SITE_TABLE];
    const gateway = new TransitGateway(this, 'Hub', {
      name: id,
      description: literal(`Hub ${hub.name} of ${environment}`),
      amazonSideAsn: hub.amazonSideAsn,
      ecmp: hub.ecmp,
      autoAccept: hub.autoAccept,
      routeTables: names,
      // By this tag networks find the table.
      routeTableTags: Object.fromEntries(names.map((name) => [name, { [ROUTE_TABLE_TAG]: name }])),
      share: hub.share,
    });
    const ids = Object.fromEntries(names.map((name) => [name, complete(gateway.routeTables[name]).id]));
    // From one VPN to another nothing is forwarded: the site's own table has no way to the site.
    const { [SITE_TABLE]: site = '', ...all } = ids;
    this.vpn(id, props, gateway, { site, all });
  }

  private vpn(id: string, props: AwsHubStackProps, transitGateway: ITransitGateway, tables: HubTables): void {
    const { environment, hub, site, allocations } = props;
    const { vpn } = hub;
    const connections = connectionsOf(hub.key, site, allocations);
    if (vpn === undefined || site === undefined || connections.length === 0) {
      this.connectionOutputs(environment, undefined, []);
      return;
    }
    this.presharedKeysVariable();
    const built = connections.map((connection) => {
      const { gateway, allocation } = connection;
      const tunnels = this.tunnelsOf(vpn, allocation);
      const suffix = gateway.name === undefined ? '' : `-${gateway.name}`;
      const transitVpn = new TransitVpn(this, `Vpn${suffix}`, {
        name: `${id}${suffix}`,
        transitGateway,
        routeTableId: tables.site,
        routeTableIds: tables.all,
        customerGateway: { ipAddress: gateway.publicIp, asn: site.asn },
        routing: vpn.routing,
        remoteNetworks: vpn.remoteNetworks,
        acceleration: vpn.acceleration,
        bandwidth: vpn.bandwidth,
        tunnels,
        presharedKeyStorage: vpn.presharedKeyStorage,
        logs: vpn.logs,
      });
      return builtConnection(connection, vpn, transitVpn, tunnels, hub.cidrs);
    });
    this.connectionOutputs(environment, site, built);
  }
}

/** Builds a transit gateway of the catalog. */
export const buildAwsHub: StackBuilder<'aws-hub'> = (app, stack, { catalog, allocations }, props) => {
  const { settings: aws, hubs } = complete(catalog.kinds['aws-hub']);
  const hub = hubs.find(({ key }) => key === stack.network);
  if (hub === undefined) {
    new AwsProviderStack(app, stack.id, { ...props, aws, region: stack.place.region, tags: {} });
    return;
  }
  new AwsHubStack(app, stack.id, { ...props, aws, hub, site: catalog.site, allocations });
};
