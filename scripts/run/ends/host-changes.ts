import { existsSync } from 'node:fs';
import { shownPath } from '../../../base/files';
import { listed } from '../../../base/text/listed';
import { addressAt, type GatewayHost } from '../../../model/gateway/host';
import { type SiteEnd, siteFacts } from '../../../model/gateway/site-output';
import type { Address } from '../../../model/net/address';
import type { BothEnds, HostChange } from '../../../review/both-ends';
import { gatewayFolder } from '../../session/folders';
import type { Session } from '../../session/session';
import { publicIpsOf } from '../gateway/neighbours';
import { type NotedHosts, notedHosts } from './noted-hosts';
import { type NotedEnvironment, tunnelCidrs } from './noted-outputs';

type AtGateway = Pick<BothEnds, 'hosts' | 'neighbours' | 'unknown' | 'folders'>;

/**
 * What an apply of one environment changes in the files of its gateway hosts.
 *
 * @param before - this environment and the others at its hosts, as their states are
 * @param after - this environment as its plans leave it
 * @throws Failure where the files of a host can't be rendered
 */
export function hostChanges(
  session: Session,
  before: readonly NotedEnvironment[],
  after: NotedEnvironment,
): AtGateway {
  const own = session.environment;
  const others = before.filter(({ environment }) => environment.session.environment !== own);
  const now = notedHosts(leaderOf(own, before, after), before);
  const then = notedHosts(own, [after, ...others]);
  const addresses = [...new Set([...now.hosts.keys(), ...then.hosts.keys()])].sort();
  const newKeys = newKeysOf(own, after);
  const hosts = addresses.flatMap((publicIp): HostChange[] => {
    const states = { before: now.hosts.get(publicIp), after: then.hosts.get(publicIp) };
    const found = hostChange(session, publicIp, states, newKeys);
    // The folder of the catalog's own address is written by the apply, whoever is left there.
    if (publicIpsOf(after.environment.loaded).includes(publicIp)) return found;
    return found.map((change) => ({ ...change, steps: leaving(own, change, states, then) ?? change.steps }));
  });
  return {
    hosts,
    neighbours: neighbourWords(own, then),
    unknown: [...new Set([...now.unknown, ...then.unknown])],
    folders: addresses.flatMap((publicIp) => folderOnDisk(session, publicIp, now.hosts.get(publicIp))),
  };
}

/**
 * What to do about a host that this environment leaves, where its folder is not written by this apply; undefined for the
 * others. The machine may be the same, under another public address.
 */
function leaving(
  own: string,
  { folder, steps }: HostChange,
  { before, after }: States,
  then: NotedHosts,
): readonly string[] | undefined {
  const isOwn = ({ environment }: { readonly environment: string }) => environment === own;
  if (before === undefined || !before.connections.some(isOwn) || after?.connections.some(isOwn))
    return undefined;
  const address = addressAt(before.site);
  const target = [...then.hosts.values()].find(
    ({ site, connections }) => addressAt(site) === address && connections.some(isOwn),
  );
  const rest = [...new Set((after?.connections ?? []).map(({ environment }) => environment))];
  const remove = `remove ${folder}/ here, which holds pre-shared keys${rest.length === 0 ? '' : `, after ${listed(rest)} has left it too`}`;
  if (target !== undefined)
    return [`copy nothing of ${folder}/: the same machine gets the files of ${target.site.publicIp}`, remove];
  if (rest.length === 0) return [...steps, remove];
  return [`write ${folder}/ anew before: kakehashi gateway ${rest.join(' ')}`, ...steps];
}

interface States {
  readonly before: GatewayHost<Address> | undefined;
  readonly after: GatewayHost<Address> | undefined;
}

function hostChange(
  session: Session,
  publicIp: string,
  { before, after }: States,
  newKeys: ReadonlyMap<string, string>,
): HostChange[] {
  const { plannedChanges } =
    require('../../../gateway/folder/planned-changes') as typeof import('../../../gateway/folder/planned-changes');
  const { hostSteps } =
    require('../../../gateway/render/host-steps') as typeof import('../../../gateway/render/host-steps');
  const site = (after ?? before)?.site;
  if (site === undefined) return [];
  const changes = plannedChanges(filesOf(session, before), filesOf(session, after));
  if (changes.length === 0) return [];
  const folder = shownPath(gatewayFolder(publicIp, session.simulated, session.folders.root));
  const states = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  return [
    {
      publicIp,
      host: addressAt(site),
      folder,
      changes,
      newKeys: after === undefined ? [] : keysAt(after, newKeys),
      steps: hostSteps(states, changes, folder),
      ends: after === undefined,
    },
  ];
}

function filesOf({ simulated }: Session, host: GatewayHost<Address> | undefined) {
  const { plannedFiles } =
    require('../../../gateway/folder/rendered-files') as typeof import('../../../gateway/folder/rendered-files');
  return host === undefined ? [] : plannedFiles(host, simulated);
}

/** New keys by `dev/aws/default 169.254.100.0/30`; those of a connection that is new are no news. */
function newKeysOf(own: string, { stacks }: NotedEnvironment): ReadonlyMap<string, string> {
  const found = stacks.flatMap(({ stack, newKeys, tunnels }) =>
    tunnelCidrs(tunnels).flatMap((cidr) =>
      newKeys.has(cidr) ? [[cidr, `${own}/${stack.network ?? stack.id} ${cidr}`] as const] : [],
    ),
  );
  return new Map(found);
}

function keysAt({ connections }: GatewayHost<Address>, newKeys: ReadonlyMap<string, string>): string[] {
  return connections
    .flatMap(({ description }) => Object.keys(description.tunnels))
    .flatMap((cidr) => newKeys.get(cidr) ?? []);
}

/**
 * The environment whose site the files on the host have now. It is this one's, unless another was applied since with what
 * this one is about to say: then that apply has written them already.
 */
function leaderOf(own: string, before: readonly NotedEnvironment[], after: NotedEnvironment): string {
  const wanted = notedHosts(own, [after]).ends[0];
  const ends = notedHosts(own, before).ends;
  const mine = ends.find(({ environment }) => environment === own);
  if (wanted === undefined || mine === undefined || differences(mine, wanted).length === 0) return own;
  const done = ends.find((end) => end.environment !== own && differences(end, wanted).length === 0);
  return done?.environment ?? own;
}

/** What two environments of one host say differently; each may know other networks of the site. */
function differences(one: SiteEnd, other: SiteEnd): readonly (readonly [key: string, its: string])[] {
  const theirs = siteFacts(other);
  return [...siteFacts(one)].filter(([key, value]) => key !== 'subnets' && theirs.get(key) !== value);
}

/** Environments that say something else of the same host. */
function neighbourWords(own: string, { ends }: NotedHosts): readonly string[] {
  const mine = ends.find(({ environment }) => environment === own);
  if (mine === undefined) return [];
  const words = ends.flatMap((end) => {
    if (end.environment === own) return [];
    const sameHost =
      end.site.publicIp === mine.site.publicIp ||
      end.site.controller.address === mine.site.controller.address;
    const differing = differences(end, mine);
    if (!sameHost || differing.length === 0) return [];
    const said = listed(
      differing.map(([key, value]) =>
        key === 'gateway' ? value : `${key.replace('gateway.', '')} ${value}`,
      ),
    );
    return [
      `${end.environment} ends at this host and still says ${said}: apply it too (kakehashi apply ${end.environment})`,
    ];
  });
  return [...new Set(words)];
}

function folderOnDisk(
  session: Session,
  publicIp: string,
  host: GatewayHost<Address> | undefined,
): BothEnds['folders'] {
  const folder = gatewayFolder(publicIp, session.simulated, session.folders.root);
  if (host === undefined || !existsSync(folder)) return [];
  const { unlikeFolder } =
    require('../../../gateway/folder/planned-changes') as typeof import('../../../gateway/folder/planned-changes');
  const unlike = unlikeFolder(folder, filesOf(session, host)).map(({ path }) => path);
  return [{ folder: shownPath(folder), unlike }];
}
