import { addressAt, type GatewayHost, type GatewaySite } from '../../model/gateway/host';
import type { Address } from '../../model/net/address';
import { hasSeedForm, seedConnectionName } from '../daemons/libreswan/seed';
import { secretsFolder } from '../daemons/secrets';
import { type GatewayNetwork, gatewayNetworks } from '../host/gateway-tunnel';

/** A file of the host that changes. */
export interface ChangedFile {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'mode';
}

/** The two states of a host between which its files change; absent where no tunnel ends there. */
export interface HostStates {
  readonly before?: GatewayHost<Address>;
  readonly after?: GatewayHost<Address>;
}

/**
 * What root must do on a host after its files have changed, in this order. Only what the changed files need: an unchanged
 * daemon goes on, and of its connections those that did not change stay up.
 *
 * @param folder - the folder with the new files, as it is shown
 */
export function hostSteps(
  { before, after }: HostStates,
  changes: readonly ChangedFile[],
  folder: string,
): readonly string[] {
  if (changes.every(({ path }) => path === 'INSTALL.md')) return [];
  if (after === undefined) return before === undefined ? [] : stopped(before.site, changes);
  if (before === undefined) return [`copy ${folder}/ to the host, and do what its INSTALL.md says`];
  const { site } = after;
  const isNewDaemon = before.site.gateway.daemon !== site.gateway.daemon;
  const isNewVersion = before.site.gateway.version !== site.gateway.version;
  const touches = (pattern: RegExp): boolean => changes.some(({ path }) => pattern.test(path));
  const removed = changes.filter(({ kind }) => kind === 'removed').map(({ path }) => path);
  return [
    ...moved(before, after),
    ...(isNewDaemon ? stoppedDaemon(before.site) : unload(before, after)),
    ...(isNewDaemon || isNewVersion || (hasFrr(after) && !hasFrr(before))
      ? [`${packagesOf(after)}   # ${site.gateway.daemon} ${site.gateway.version}`]
      : []),
    ...stoppedUnits(before, after, removed),
    ...(removed.length > 0 ? [`rm -f ${removed.map((path) => `/${path}`).join(' ')}`] : []),
    `copy ${folder}/ to the host, and there: ${copyCommand(changes)}`,
    ...(touches(/\.template$|kakehashi-keys$/) ? [`kakehashi-keys /${secretsFolder(site)}`] : []),
    ...(touches(/^etc\/systemd\//) ? ['systemctl daemon-reload'] : []),
    ...(touches(/^etc\/sysctl\.d\//) ? ['sysctl -q -e -p /etc/sysctl.d/90-kakehashi.conf'] : []),
    ...unit('kakehashi-firewall', 'reload-or-restart', touches(/\.nft$|kakehashi-firewall\.service$/)),
    ...unit('kakehashi-tunnels', 'reload-or-restart', touches(/\.tunnels$|kakehashi-tunnels(\.service)?$/)),
    ...load(after, changes, isNewDaemon || isNewVersion),
    ...(touches(/frr\.conf$/) && hasFrr(after)
      ? ['chown frr:frr /etc/frr/frr.conf && systemctl enable frr && systemctl restart frr']
      : []),
    ...unit(
      'kakehashi-routes',
      'restart',
      hasStatic(after) && touches(/\.tunnels$|kakehashi-routes(\.service)?$/),
    ),
  ];
}

/** What runs from a file that goes is stopped before. */
function stoppedUnits(
  before: GatewayHost<Address>,
  after: GatewayHost<Address>,
  removed: readonly string[],
): readonly string[] {
  const units = unitsIn(removed);
  const all = hasFrr(before) && !hasFrr(after) ? [...units, 'frr'] : units;
  return all.length > 0 ? [`systemctl disable --now ${all.join(' ')}`] : [];
}

/** `kakehashi-routes` of its `.service` file. */
function unitsIn(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => /(kakehashi-[a-z]+)\.service$/.exec(path)?.[1] ?? []);
}

/** Nothing ends there any more: its programs stop before their files go. */
function stopped(site: GatewaySite, changes: readonly ChangedFile[]): readonly string[] {
  const units = unitsIn(changes.map(({ path }) => path));
  const own = changes.map(({ path }) => path).filter((path) => path !== 'INSTALL.md');
  return [
    ...stoppedDaemon(site),
    ...(units.length > 0 ? [`systemctl disable --now ${units.join(' ')}`] : []),
    `remove the ${own.length} files of the folder from the host, the pre-shared keys in ${keyPlaces(site)} among them`,
  ];
}

function stoppedDaemon({ gateway }: GatewaySite): readonly string[] {
  return [`systemctl disable --now ${gateway.daemon === 'libreswan' ? 'ipsec' : 'strongswan'}`];
}

function keyPlaces(site: GatewaySite): string {
  return `/${secretsFolder(site)}/kakehashi-*`;
}

function moved(before: GatewayHost<Address>, { site }: GatewayHost<Address>): readonly string[] {
  const from = addressAt(before.site);
  if (from === addressAt(site)) return [];
  const [stop = ''] = stoppedDaemon(before.site);
  return [`if ${addressAt(site)} is another machine than ${from}: first on ${from}: ${stop}`];
}

/** Connections that are no longer there are taken down while the daemon still knows them. */
function unload(before: GatewayHost<Address>, after: GatewayHost<Address>): readonly string[] {
  const names = new Set(namesOf(after));
  const gone = namesOf(before).filter((name) => !names.has(name));
  return gone.map((name) =>
    before.site.gateway.daemon === 'libreswan'
      ? `ipsec auto --delete ${name}`
      : `swanctl --terminate --ike ${name}`,
  );
}

function load(
  host: GatewayHost<Address>,
  changes: readonly ChangedFile[],
  restarts: boolean,
): readonly string[] {
  const { site } = host;
  const isLibreswan = site.gateway.daemon === 'libreswan';
  if (restarts) {
    return isLibreswan
      ? [
          '[ -e /var/lib/ipsec/nss/cert9.db ] || ipsec initnss',
          'systemctl enable ipsec && systemctl restart ipsec',
        ]
      : ['systemctl enable strongswan && systemctl restart strongswan', 'swanctl --load-all'];
  }
  const written = changes.filter(({ kind }) => kind !== 'removed').map(({ path }) => path);
  const touched = gatewayNetworks(host).filter(({ name }) =>
    written.some((path) =>
      ['.conf', '.secrets', '-secrets.conf', '.secrets.template', '-secrets.conf.template'].some((ending) =>
        path.endsWith(`/kakehashi-${name}${ending}`),
      ),
    ),
  );
  const secrets = written.some((path) => /(\.secrets|-secrets\.conf|\.template)$/.test(path));
  const isRemoved = changes.some(
    ({ kind, path }) => kind === 'removed' && /^etc\/(ipsec\.d|swanctl)\//.test(path),
  );
  if (touched.length === 0 && !isRemoved) return [];
  const names = touched.flatMap((network) => activeNames(site, network));
  if (isLibreswan) {
    return [
      ...(secrets || isRemoved ? ['ipsec rereadsecrets'] : []),
      ...names.map((name) => `ipsec auto --replace ${name} && ipsec auto --up ${name}`),
    ];
  }
  return [
    'swanctl --load-all --clear',
    ...names.map((name) => `swanctl --terminate --ike ${name}; swanctl --initiate --child ${name}`),
  ];
}

function namesOf(host: GatewayHost<Address>): readonly string[] {
  return gatewayNetworks(host).flatMap((network) => allNames(host.site, network));
}

function allNames(site: GatewaySite, network: GatewayNetwork): readonly string[] {
  if (!hasSeedForm(site, network)) return network.tunnels.map(({ name }) => name);
  return network.tunnels.slice(0, 1).map(seedConnectionName);
}

/** A standby is not loaded until somebody changes over to it. */
function activeNames(site: GatewaySite, network: GatewayNetwork): readonly string[] {
  return network.mode === 'policy-based' ? allNames(site, network).slice(0, 1) : allNames(site, network);
}

function unit(name: string, again: 'reload-or-restart' | 'restart', isTouched: boolean): readonly string[] {
  return isTouched ? [`systemctl enable ${name} && systemctl ${again} ${name}`] : [];
}

/** Keeps the files' modes, so that a key is never in a file that others can read. */
function copyCommand(changes: readonly ChangedFile[]): string {
  const programs = changes.some(({ path, kind }) => kind !== 'removed' && path.startsWith('usr/'));
  return `tar -c etc ${programs ? 'usr ' : ''}| tar -x -C / -p --no-same-owner --no-overwrite-dir --keep-directory-symlink`;
}

function packagesOf(host: GatewayHost<Address>): string {
  const daemon =
    host.site.gateway.daemon === 'libreswan' ? ['libreswan'] : ['charon-systemd', 'strongswan-swanctl'];
  return `apt-get install -y ${[...daemon, 'nftables', ...(hasFrr(host) ? ['frr'] : [])].join(' ')}`;
}

function hasFrr({ connections }: GatewayHost<Address>): boolean {
  return connections.some(({ description }) => description.routing === 'bgp');
}

function hasStatic({ connections }: GatewayHost<Address>): boolean {
  return connections.some(
    ({ description }) => description.routing === 'static' && description.mode === 'route-based',
  );
}
