import { ref, TerraformVariable, Token } from 'cdktf';
import type { Allocation } from '../../catalog/ground/allocation';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import type { AwsVpn } from '../../catalog/kinds/aws/vpn';
import type { IpsecConnection } from '../../constructs/aws/ipsec-connection';
import type { TunnelProps } from '../../constructs/aws/site-to-site-vpn-props';
import { describeTunnel } from '../../model/clouds/aws/tunnel-description';
import { connectionKey, type SiteGateway } from '../../model/gateway/site-gateway';
import type { Cidr } from '../../model/net/cidr';
import type { NetworkTunnels } from '../../model/tunnel/description';
import { AwsProviderStack } from './aws';

/** A connection to one gateway of the site, with what it was given there. */
export interface PlannedConnection {
  /** `aws/default`, or `aws/default@east`. */
  readonly key: string;
  readonly gateway: SiteGateway;
  readonly allocation: Allocation;
}

export type Tunnel = TunnelProps & { readonly insideCidr: Cidr };

/** A connection in the outputs of its stack. */
export interface BuiltConnection {
  readonly key: string;
  readonly description: NetworkTunnels;
  readonly presharedKeys: readonly (readonly [insideCidr: string, key: string])[];
  readonly siteConnection: {
    readonly crypto: AwsVpn['crypto'];
    readonly siteNetworks: AwsVpn['remoteNetworks'];
    readonly interfaces: Readonly<Record<string, number>>;
  };
}

/** The connections of a network, or of a hub, to the gateways of the site. */
export function connectionsOf(
  key: string,
  site: Site | undefined,
  allocations: ReadonlyMap<string, Allocation>,
): readonly PlannedConnection[] {
  return (site?.gateways ?? []).flatMap((gateway) => {
    const connection = connectionKey(key, gateway);
    const allocation = allocations.get(connection);
    return allocation === undefined ? [] : [{ key: connection, gateway, allocation }];
  });
}

/** What the outputs say of a connection. @param networks - of AWS behind it */
export function builtConnection(
  { key, allocation }: PlannedConnection,
  vpn: AwsVpn & { readonly multipath?: boolean },
  built: IpsecConnection,
  tunnels: readonly [Tunnel, Tunnel],
  networks: readonly Cidr[],
): BuiltConnection {
  const keptByAws = vpn.presharedKeyStorage === 'SecretsManager';
  return {
    key,
    description: {
      mode: vpn.mode,
      routing: vpn.routing,
      ...(vpn.multipath === true ? { multipath: true } : {}),
      networks: networks.map(String),
      cloud_asn: vpn.cloudAsn,
      ...(keptByAws ? { preshared_key_arn: built.connection.presharedKeyArn } : {}),
      tunnels: Object.fromEntries(
        tunnels.map(({ presharedKey: _, ...options }) => [
          String(options.insideCidr),
          describeTunnel(options, built.tunnelAddress(options.insideCidr)),
        ]),
      ),
    },
    // What AWS keeps in Secrets Manager the driver reads from there: it is in no output.
    presharedKeys: (keptByAws ? [] : tunnels).map(
      ({ insideCidr }) => [String(insideCidr), built.tunnelPresharedKey(insideCidr)] as const,
    ),
    siteConnection: {
      crypto: vpn.crypto,
      siteNetworks: vpn.remoteNetworks,
      interfaces: interfacesByCidr(allocation),
    },
  };
}

function interfacesByCidr({ insideCidrs, interfaces }: Allocation): Readonly<Record<string, number>> {
  return Object.fromEntries(insideCidrs.map((cidr, index) => [cidr.toString(), complete(interfaces[index])]));
}

/** A stack on AWS with connections to the site. */
export class AwsConnectionStack extends AwsProviderStack {
  /** The variable from which {@link tunnelsOf} takes the keys. */
  protected presharedKeysVariable(): void {
    const variable = new TerraformVariable(this, 'preshared_keys', {
      type: 'map(string)',
      sensitive: true,
      description: 'Pre-shared keys by the inside CIDR of their tunnel; null lets AWS choose',
    });
    variable.overrideLogicalId('preshared_keys');
    // The typed property can't be null in cdktf 0.21.
    variable.addOverride('default', null);
  }

  /** Both tunnels of a connection. */
  protected tunnelsOf({ tunnels }: AwsVpn, { insideCidrs }: Allocation): readonly [Tunnel, Tunnel] {
    const tunnel = (index: 0 | 1): Tunnel => {
      const insideCidr = complete(insideCidrs[index]);
      const presharedKey = Token.asString(ref(`try(var.preshared_keys["${insideCidr}"], null)`, this));
      return { ...tunnels[index], insideCidr, presharedKey };
    };
    return [tunnel(0), tunnel(1)];
  }

  /** The outputs of connections, empty ones where there are none. */
  protected connectionOutputs(
    environment: string,
    site: Site | undefined,
    built: readonly BuiltConnection[],
  ): void {
    this.output('tunnels', Object.fromEntries(built.map(({ key, description }) => [key, description])));
    this.output('tunnel_keys', Object.fromEntries(built.flatMap((one) => one.presharedKeys)), true);
    this.siteOutput(
      environment,
      built.length === 0 ? undefined : site,
      Object.fromEntries(built.map(({ key, siteConnection }) => [key, siteConnection])),
    );
  }
}
