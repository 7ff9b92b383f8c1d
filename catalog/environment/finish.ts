import type { AwsNetwork, AwsSubnet, AwsVpn, Catalog, Vault } from '../ground/catalog';
import type { Resolved } from '../kinds/aws-network/resolve';
import type { EnvironmentDraft, NetworkDraft, SubnetDraft, VaultDraft, VpnDraft } from './drafts';

/** The catalog of a draft in which no error was found. */
export function finishCatalog(draft: EnvironmentDraft, resolved: ReadonlyMap<string, Resolved>): Catalog {
  const { environment, file, site, backend, aws, vault, adopted } = draft;
  return {
    environment,
    file,
    ...(site ? { site } : {}),
    backend,
    aws,
    ...(vault ? { vault: finishVault(vault) } : {}),
    networks: draft.networks.map((network) => finishNetwork(network, there(resolved.get(network.key)))),
    adopted,
  };
}

function finishVault({ section: _, ...vault }: VaultDraft): Vault {
  return { ...vault, address: there(vault.address), auth: there(vault.auth) };
}

function finishNetwork(network: NetworkDraft, resolved: Resolved): AwsNetwork {
  const { key, entry, publicSubnet, egress, create, vpn } = network;
  const [own, ...within] = network.subnets.map(finishSubnet);
  return {
    key,
    entry,
    region: there(network.region),
    vpcCidr: there(network.vpcCidr),
    ...(publicSubnet ? { publicSubnet } : {}),
    egress,
    ingress: resolved.ingress,
    flowLogs: create.flag('flow_logs') ?? false,
    tags: create.textMap('tags'),
    subnets: [there(own), ...within],
    ...(vpn ? { vpn: finishVpn(vpn, resolved) } : {}),
  };
}

function finishSubnet({ entry, cidr, zone, publicSubnet, spot, extra }: SubnetDraft): AwsSubnet {
  return {
    entry,
    cidr: there(cidr),
    ...(zone === undefined ? {} : { zone }),
    ...(publicSubnet ? { publicSubnet } : {}),
    spot,
    extra,
  };
}

function finishVpn({ position: _, ...vpn }: VpnDraft, { remoteNetworks }: Resolved): AwsVpn {
  return { ...vpn, remoteNetworks };
}

/** What the checks have seen to be there. */
function there<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('a catalog without errors lacks something: this is a bug of kakehashi');
  return value;
}
