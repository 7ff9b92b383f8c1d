import { isIPv4 } from 'node:net';
import type { SiteGateway } from '../../model/gateway/site-gateway';
import { driverOf } from '../kinds/registry';
import { type Finding, noted, passed } from '../report/finding';
import { type Check, type Examination, ofCatalog } from './check';

const TIMEOUT_MS = 10_000;

/**
 * Compares `site.public_ip` with the address that the outside sees, which only a service outside can tell. None is asked that
 * the user has not named.
 */
export const OUTSIDE_CHECK: Check = ofCatalog('site', async (examination, loaded) => {
  const { site } = loaded.catalog;
  if (site === undefined) return [noted('site.public_ip', 'not compared: the catalog has no site')];
  const service = examination.outsideAddress;
  if (service === undefined) {
    const known = loaded.stacks
      .map((stack) => driverOf(stack).outsideAddress)
      .find((one) => one !== undefined);
    const example = known === undefined ? 'URL' : known;
    return [
      noted(
        'site.public_ip',
        'not compared with the address that the outside sees',
        `name a service that answers with it: --outside-address ${example}`,
      ),
    ];
  }
  return [await compare(examination, site.gateways, service)];
});

async function compare(
  { stop }: Examination,
  gateways: readonly SiteGateway[],
  service: string,
): Promise<Finding> {
  const name = gateways.some((gateway) => gateway.name !== undefined) ? 'site.gateways' : 'site.public_ip';
  const known = gateways.map(({ publicIp }) => publicIp);
  const seen = await addressSeenBy(service, stop);
  if (typeof seen !== 'string') return noted(name, `not compared: ${service}: ${seen.because}`);
  if (known.includes(seen)) return passed(name, `${seen}, as ${service} sees this machine`);
  return noted(
    name,
    `${service} sees this machine at ${seen}, and the catalog says ${known.join(' and ')}`,
    `if this machine is behind the gateway, correct ${name === 'site.public_ip' ? name : 'its public_ip'}`,
  );
}

async function addressSeenBy(
  service: string,
  stop: AbortSignal,
): Promise<string | { readonly because: string }> {
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]);
    const answer = await fetch(service, { signal, headers: { accept: 'text/plain' } });
    const text = (await answer.text()).slice(0, 200).trim();
    if (answer.ok && isIPv4(text)) return text;
    return { because: answer.ok ? 'its answer is no IPv4 address' : `it answers with ${answer.status}` };
  } catch (error) {
    const { cause, name } = error as Error & { readonly cause?: { readonly code?: string } };
    return { because: `no answer (${cause?.code ?? name})` };
  }
}
