import { counted } from '../../base/text/counted';
import type { SiteGateway } from '../../model/gateway/site-gateway';
import type { ProblemList } from '../ground/problem-list';
import type { Site } from '../ground/site';
import type { EnvironmentDraft } from './draft';
import type { EnvironmentFile } from './folder';
import { type Neighbour, sharesAddress } from './neighbours';

/**
 * Checks what another environment of the folder must agree on, and says that something is wrong with it.
 *
 * @param files those of this environment: what is wrong in a common base is reported already
 */
export function checkNeighbours(
  draft: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  files: readonly string[],
  problems: ProblemList,
): void {
  for (const { environment, file, errors, draft: other } of neighbours) {
    const own = errors.filter(({ where }) => !files.includes(where.position?.file ?? ''));
    const [first] = own;
    if (first) {
      const count = own.length === 1 ? 'an error' : counted(own.length, 'error');
      const message = `the environment ${environment} has ${count} of its own, so that what it shares with this one is not all checked`;
      const position = first.where.position ?? { file, line: 1, column: 1, endColumn: 1 };
      const where = { path: [], position, neighbour: environment };
      problems.warning('broken-neighbour', where, message, `kakehashi validate ${environment}`);
    }
    if (draft.site && other?.site && sharesAddress(draft, other)) {
      for (const { key, own, its } of differences(draft.site, other.site)) {
        const message = `must be the same in all environments of one gateway: ${own} here, ${its} in ${environment}`;
        const where = { ...draft.root.keyAt('site'), path: ['site', ...key.split('.')] };
        problems.error('site-differs', where, message, 'move site into a file that both extend');
      }
    }
  }
}

/** Two files with one name would share states, locks and outputs. */
export function checkSameNames(
  draft: EnvironmentDraft,
  environments: readonly EnvironmentFile[],
  problems: ProblemList,
): void {
  const files = environments
    .filter(({ environment }) => environment === draft.environment)
    .map(({ file }) => file);
  if (files.length < 2) return;
  const message = `two files are the environment "${draft.environment}": ${files.join(' and ')}`;
  problems.error('same-environment', { ...draft.root.at(), path: ['environment'] }, message, 'rename one');
}

function differences(site: Site, other: Site): readonly { key: string; own: string; its: string }[] {
  const facts = ({ controller, asn, mesh, gateways }: Site): readonly (readonly [string, string])[] => [
    ['controller', `${controller.address}/${controller.network.prefixLength}`],
    ['asn', String(asn)],
    ['mesh', String(mesh)],
    [
      'gateways',
      gateways
        .map(({ publicIp }) => publicIp)
        .sort()
        .join(', '),
    ],
    ...gateways.flatMap(gatewayFacts),
  ];
  const theirs = new Map(facts(other));
  return facts(site).flatMap(([key, own]) => {
    const its = theirs.get(key) ?? '';
    return own === its ? [] : [{ key, own, its }];
  });
}

function gatewayFacts(gateway: SiteGateway): readonly (readonly [string, string])[] {
  const at = gateway.name === undefined ? 'gateway' : `gateways.${gateway.name}`;
  return [
    [`${at}.address`, gateway.address],
    [`${at}.lan_interface`, gateway.lanInterface ?? 'auto'],
    ...(gateway.name === undefined ? [] : [[`${at}.metric`, String(gateway.metric)] as const]),
    [`${at}.daemon`, gateway.daemon],
    [`${at}.version`, String(gateway.version)],
    [`${at}.interface`, gateway.interface ?? "the daemon's own"],
    [`${at}.behind_nat`, String(gateway.behindNat)],
    [`${at}.link_mtu`, String(gateway.linkMtu)],
    [`${at}.key_reference`, gateway.keyReference ?? 'none'],
  ];
}
