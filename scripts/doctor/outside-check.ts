import { isIPv4 } from 'node:net';
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
  return [await compare(examination, String(site.gateways[0].publicIp), service)];
});

async function compare({ stop }: Examination, publicIp: string, service: string): Promise<Finding> {
  const seen = await addressSeenBy(service, stop);
  if (typeof seen !== 'string') return noted('site.public_ip', `not compared: ${service}: ${seen.because}`);
  if (seen === publicIp) return passed('site.public_ip', `${publicIp}, as ${service} sees this machine`);
  return noted(
    'site.public_ip',
    `${service} sees this machine at ${seen}, and the catalog says ${publicIp}`,
    'if this machine is behind the gateway, correct site.public_ip',
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
