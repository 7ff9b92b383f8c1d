import { ipv4Text } from '../../../model/net/ipv4';
import { PRIVATE_BLOCKS } from '../../../model/net/special-purpose';
import type { ProblemList } from '../../ground/problem-list';
import type { Site } from '../../ground/site';
import type { ControllerDraft } from './draft';

/** Checks the controller's address in the site, and the one at which its ports are published. */
export function checkAddresses(draft: ControllerDraft, site: Site | undefined, problems: ProblemList): void {
  checkPrivate(draft, site, problems);
  checkBind(draft, problems);
}

function checkPrivate({ place, keys }: ControllerDraft, site: Site | undefined, problems: ProblemList): void {
  const given = keys.privateIpmask;
  const where = place.at('private_ipmask');
  if (given === undefined) {
    if (site !== undefined || place.has('private_ipmask')) return;
    const message = 'key "private_ipmask" is missing: the address at which nodes reach the controller';
    const fix = 'write private_ipmask: 10.0.2.15/24, or site: { controller: 10.0.2.15/24, … }';
    problems.error('missing-key', place.keyAt(), message, fix);
    return;
  }
  const { address, network } = given;
  const got = `"${address}/${network.prefixLength}"`;
  const ends = network.prefixLength > 30 ? [] : [network.first, network.first + network.size - 1];
  if (ends.map(ipv4Text).includes(address)) {
    problems.error('reserved-address', where, { must: `must be an address of a host of ${network}`, got });
    return;
  }
  if (site === undefined) return;
  const { controller } = site;
  const wanted = `${controller.address}/${controller.network.prefixLength}`;
  if (got === `"${wanted}"`) return;
  const must = `must be ${wanted}, the controller of site, whom networks and tunnels let in`;
  problems.error('site-differs', where, { must, got }, 'remove it, or correct site.controller');
}

function checkBind({ place, bind }: ControllerDraft, problems: ProblemList): void {
  if (bind === undefined) return;
  const where = place.at('bind');
  const reason = place.below('allow_public');
  const isPrivate = PRIVATE_BLOCKS.some((block) => block.containsAddress(bind));
  if (bind.startsWith('127.')) {
    const must = 'must be an address that nodes reach, which they do not on loopback';
    problems.error('bad-value', where, { must, got: `"${bind}"` }, 'remove it: the private address is taken');
  } else if (isPrivate && reason.node !== undefined) {
    const message = `is the reason for an address that the Internet may reach, and ${bind} is none`;
    problems.error('incompatible', place.keyAt('allow_public'), message, 'remove it');
  } else if (!isPrivate && reason.node === undefined) {
    const what = bind === '0.0.0.0' ? 'every address of the host' : bind;
    const message = `publishes the API, Vault and Serf at ${what}, past the host's own input rules`;
    problems.error(
      'public-ingress',
      where,
      message,
      'remove it, or write allow_public: and why that is right',
    );
  }
}
