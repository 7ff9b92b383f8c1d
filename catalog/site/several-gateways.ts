import { connectionParts } from '../../model/gateway/site-gateway';
import type { Allocation } from '../ground/allocation';
import type { Claims } from '../ground/claims';
import type { ProblemList } from '../ground/problem-list';
import type { Site } from '../ground/site';
import type { Place } from '../source/place';

/** Reports what a VPN asks for that two gateways can't have: static routes, and a block that the catalog fixes. */
export function checkSeveralGateways(site: Site | undefined, claims: Claims, problems: ProblemList): void {
  if (site === undefined || site.gateways.length < 2) return;
  for (const claim of claims.gateways) {
    const asn = claims.asns.find(({ key }) => key === claim.key);
    if (asn?.routing === 'static') {
      const statement = { must: 'must be bgp where the site has two gateways', got: '"static"' };
      const fix = 'a static route knows no second way; write routing: bgp, or keep one gateway';
      problems.error('gateways-need-bgp', claim.routingWhere?.() ?? claim.where(), statement, fix);
    }
    claim.insideCidrs.forEach((fixed, index) => {
      if (fixed === undefined) return;
      const message = `${fixed} can't be fixed: each of the two gateways has tunnels of its own`;
      problems.error('inside-cidr-taken', claim.where(index), message, 'leave it to kakehashi');
    });
  }
}

/** Notes the connections of the lock file to gateways that the site has no more: an apply takes them away. */
export function noteGoneConnections(
  site: Site | undefined,
  claims: Claims,
  locked: { readonly [key: string]: Allocation },
  root: Place,
  problems: ProblemList,
): void {
  if (site === undefined) return;
  const names = new Set(site.gateways.map(({ name }) => name));
  const where = root.keyAt('site', root.has('site', 'gateways') ? 'gateways' : 'public_ip');
  for (const { key } of claims.gateways) {
    const gone = Object.keys(locked).filter((line) => {
      const { network, gateway } = connectionParts(line);
      return network === key && !names.has(gateway);
    });
    for (const line of gone) {
      const { gateway } = connectionParts(line);
      const message = `the lock file has the connection ${line}, whose gateway (${gateway ?? 'site.gateway'}) the site no longer has: where it was applied, the next apply destroys it and its tunnels`;
      problems.warning('gateway-gone', where, message, changeOver(gateway, site));
    }
  }
}

/** How to get from a gateway to others. One without a name stands alone, so that its tunnels go before those of another one come. */
function changeOver(former: string | undefined, site: Site): string {
  if (former !== undefined && site.gateways[0].name !== undefined)
    return 'to change over without an interruption, apply once with the former gateway and a further one, then remove the former. After that apply, remove the line from the lock file';
  return "site.gateway can't stand beside gateways with names, so that its tunnels and theirs are never up together: choose a time at which nobody needs them. After that apply, remove the line from the lock file";
}
