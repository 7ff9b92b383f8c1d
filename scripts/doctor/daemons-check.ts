import { networkInterfaces } from 'node:os';
import { installedDaemon } from '../../gateway/check/installed-daemon';
import type { SiteGateway } from '../../model/gateway/site-gateway';
import { type Finding, failed, noted, passed } from '../report/finding';
import { type Check, type Examination, ofCatalog } from './check';

/** Checks that the gateway's daemon on this machine is the one that the catalog says. Elsewhere than on the gateway host it need not be. */
export const DAEMONS_CHECK: Check = ofCatalog('gateway', async (examination, loaded) => {
  const { site, networks } = loaded.catalog;
  if (site === undefined || networks.every(({ vpn }) => vpn === undefined))
    return [noted('daemon', 'not looked for: nothing of this environment ends at a gateway')];
  if (examination.settings.sandbox) return [noted('daemon', 'not looked for: the tunnels are simulated')];
  const found = await Promise.all(site.gateways.map((gateway) => lookFor(examination, gateway)));
  return found.flat();
});

async function lookFor(
  { processes, environment }: Examination,
  gateway: SiteGateway,
): Promise<readonly Finding[]> {
  const { daemon, version, address: own } = gateway;
  const isHost = Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === own),
  );
  const found = await installedDaemon(processes, daemon);
  const there = `on the gateway host ${own}`;
  if (found === undefined) {
    return isHost
      ? [
          failed(
            daemon,
            `not installed on this machine, which is the gateway host ${own}`,
            `install ${daemon} ${version}`,
          ),
        ]
      : [
          noted(
            daemon,
            `not on this machine, and not looked for ${there}`,
            `there: kakehashi gateway ${environment} --check`,
          ),
        ];
  }
  const fits = found.split('.')[0] === String(version);
  if (fits) return [passed(daemon, `${found} on this machine, and the catalog says ${version}`)];
  const other = `${found} on this machine, and the catalog says ${version}`;
  const fix = `correct ${gateway.name === undefined ? 'site.gateway' : `site.gateways.${gateway.name}`}.version`;
  return isHost ? [failed(daemon, other, fix)] : [noted(daemon, `${other}, which counts ${there}`, fix)];
}
