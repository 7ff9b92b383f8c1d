import { type GatewayHost, interfaceKindOf } from '../../model/gateway/host';
import type { Address } from '../../model/net/address';
import { frrFile } from '../daemons/frr/configuration';
import { libreswanFile } from '../daemons/libreswan/connections';
import { hasSeedForm, libreswanSeedFile } from '../daemons/libreswan/seed';
import { secretsFile } from '../daemons/secrets';
import { strongswanFile } from '../daemons/strongswan/connections';
import { type GatewayNetwork, gatewayNetworks } from '../host/gateway-tunnel';
import { checkHost } from '../host/host-check';
import type { HostFile, PlannedFile } from '../host/host-file';
import { interfaceScript } from '../host-programs/interface-script';
import { keyScript } from '../host-programs/key-script';
import { nftablesFile } from '../host-programs/nftables';
import { routeScript } from '../host-programs/route-script';
import { sysctlFile } from '../host-programs/sysctl';
import { FIREWALL_UNIT, INTERFACE_UNIT, ROUTE_UNIT } from '../host-programs/systemd-units';
import { installPage } from './install-page';
import { tunnelTable } from './tunnel-table';

/**
 * All files of one gateway host, sorted by path. Files of one connection have the environment's name in their path; in files
 * that connections share each connection has its own lines.
 *
 * The order of the connections does not change the result. Keys are in the secrets files only.
 *
 * @throws {@link GatewayError} naming everything that one of the ends can't do, or that clashes between connections
 */
export function renderGateway(host: GatewayHost): readonly HostFile[] {
  return filesOf(host);
}

/**
 * The same as a plan will leave them: what is not known before the apply is said so, and keys are hidden.
 *
 * @throws {@link GatewayError}
 */
export function renderPlannedGateway(host: GatewayHost<Address>): readonly PlannedFile[] {
  const pending = host.connections.some(({ description }) =>
    Object.values(description.tunnels).some(({ outside_address, bgp_peering }) =>
      [outside_address, bgp_peering?.cloud_address].some((address) => typeof address === 'object'),
    ),
  );
  return filesOf(host).map((file) => ({ ...file, pending }));
}

function filesOf(host: GatewayHost<Address>): readonly HostFile[] {
  checkHost(host);
  const { site } = host;
  const kind = interfaceKindOf(host);
  const networks = gatewayNetworks(host);
  const routed = networks.filter(({ mode }) => mode === 'route-based');
  const followed = routed.filter(({ routing }) => routing === 'static');
  const frr = frrFile(site, networks);
  const files = [
    ...networks.flatMap((network) => daemonFiles(host, network)),
    ...routed.map((network) => tunnelTable(site, kind, network)),
    ...(routed.length > 0 ? [interfaceScript(routed), INTERFACE_UNIT] : []),
    ...(followed.length > 0 ? [routeScript(followed), ROUTE_UNIT] : []),
    ...(frr ? [frr] : []),
    nftablesFile(site, networks),
    FIREWALL_UNIT,
    sysctlFile(kind, networks),
  ];
  if (files.some(({ path }) => path.endsWith('.template'))) files.push(keyScript(networks));
  files.push(installPage(site, networks, files));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function daemonFiles(host: GatewayHost<Address>, network: GatewayNetwork): HostFile[] {
  const { site } = host;
  if (site.gateway.daemon === 'strongswan') {
    return [strongswanFile(site, network), secretsFile(site, network, network.tunnels)];
  }
  if (hasSeedForm(site, network)) {
    return [libreswanSeedFile(site, network), secretsFile(site, network, network.tunnels.slice(0, 1))];
  }
  return [libreswanFile(site, interfaceKindOf(host), network), secretsFile(site, network, network.tunnels)];
}
