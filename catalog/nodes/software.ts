import type { ContainerImage } from '../../model/nodes/container-image';
import type { SshPublicKey } from '../../model/nodes/ssh-public-key';
import type { SecretReference } from '../../model/vault/secret-reference';
import type { ProblemList } from '../ground/problem-list';
import type { DraftMap, InferMap } from '../shape/shape';
import type { Place } from '../source/place';
import { readVariables } from './environment-variables';
import type { CLOUD_GROUP_KEYS } from './keys';
import { readUserScript } from './user-script';

type Keys = typeof CLOUD_GROUP_KEYS;

/** What runs on the nodes of a group, as far as the catalog says it. */
export interface GroupSoftware {
  readonly sshKeys: readonly SshPublicKey[];
  /** The host's login user, and the port of its own sshd. */
  readonly hostUser: string;
  readonly sshPort: number;
  /** Port of Docker's API, on the private address alone. */
  readonly dockerPort: number;
  /** Where its certificates are kept, in PEM. @default - it speaks no TLS */
  readonly dockerTls?: DockerTls;
  /** Absent for `image: none`. */
  readonly container?: GroupContainer;
  readonly proxy?: GroupProxy;
  readonly bootSeconds: number;
  readonly idleLoad: number;
  readonly metadataHops: 1 | 2;
}

/** The certificates of Docker's API. */
export interface DockerTls {
  /** Of the clients' CA. */
  readonly ca: SecretReference;
  readonly certificate: SecretReference;
  readonly key: SecretReference;
}

export interface GroupProxy {
  readonly http?: string;
  readonly https?: string;
  readonly noProxy: readonly string[];
}

export interface GroupContainer {
  /** With its registry, where the catalog names one. */
  readonly image: string;
  /** Base containers need it. */
  readonly privileged: boolean;
  readonly volumes: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Variables whose values are kept in Vault. */
  readonly secretEnvironment: Readonly<Record<string, SecretReference>>;
  readonly options: InferMap<Keys>['dockerOpt'];
  /** Where the login for the registry is kept. Absent where none is needed. */
  readonly registry?: {
    readonly host: string;
    readonly user: SecretReference;
    readonly password: SecretReference;
  };
  /** The image as a file in a bucket, for nodes that reach no registry. */
  readonly bundle?: { readonly bucket: string; readonly key: string; readonly sha256: string };
  /** A script that root runs at each start of the container. */
  readonly userInit?: string;
}

/** The secrets that nodes fetch, by a key: where each is kept in Vault. */
export function secretsOf({
  container,
  dockerTls,
}: GroupSoftware): Readonly<Record<string, SecretReference>> {
  const { registry, secretEnvironment = {} } = container ?? {};
  return {
    ...(dockerTls === undefined
      ? {}
      : {
          'docker-ca': dockerTls.ca,
          'docker-certificate': dockerTls.certificate,
          'docker-key': dockerTls.key,
        }),
    ...(registry === undefined
      ? {}
      : { 'registry-user': registry.user, 'registry-password': registry.password }),
    ...secretEnvironment,
  };
}

/** Reads what runs on the nodes of a group. @returns undefined where a part of it can't be read */
export function readSoftware(
  place: Place,
  draft: DraftMap<Keys>,
  problems: ProblemList,
): GroupSoftware | undefined {
  const { sshPublicKeys, image, hostPorts, dockerTls, proxy } = draft;
  const tls = readTls(place, dockerTls, image !== 'none', problems);
  const dockerPort = hostPorts.docker ?? (dockerTls === false ? PLAIN_PORT : TLS_PORT);
  if (hostPorts.ssh === dockerPort || (image !== 'none' && [hostPorts.ssh, dockerPort].includes(22))) {
    const message = "must be two ports, and 22 is the base container's";
    problems.error(
      'bad-value',
      place.at('host_ports'),
      message,
      'write host_ports: { ssh: 20022, docker: 2375 }',
    );
  }
  const container =
    image === 'none' ? withoutContainer(place, problems) : readContainer(place, image, draft, problems);
  if (sshPublicKeys === undefined) return undefined;
  return {
    sshKeys: sshPublicKeys,
    hostUser: draft.userName,
    sshPort: hostPorts.ssh,
    dockerPort,
    ...(tls === undefined ? {} : { dockerTls: tls }),
    ...(container === undefined ? {} : { container }),
    ...(proxy === undefined ? {} : { proxy }),
    bootSeconds: draft.bootTimeout,
    idleLoad: draft.idleLoad,
    metadataHops: draft.metadataHops,
  };
}

/** Ports of Docker's API (Docker documentation, "Protect the Docker daemon socket"; IANA). */
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

function readTls(
  place: Place,
  tls: DraftMap<Keys>['dockerTls'],
  hasContainer: boolean,
  problems: ProblemList,
): DockerTls | undefined {
  if (tls === true) {
    const message = 'must say where the certificates are kept';
    const fix = 'write docker_tls: { ca: vault://…, certificate: vault://…, key: vault://… }';
    return problems.error('bad-value', place.at('docker_tls'), message, fix);
  }
  if (tls === false) return undefined;
  if (!hasContainer) {
    const message = 'is of the engine that runs the base container, and image is none';
    return problems.error('incompatible', place.keyAt('docker_tls'), message, 'remove it');
  }
  const { ca, certificate, key } = tls;
  return ca === undefined || certificate === undefined || key === undefined
    ? undefined
    : { ca, certificate, key };
}

/** What only the container has. */
function withoutContainer(place: Place, problems: ProblemList): undefined {
  for (const key of ['params', 'docker_opt', 'registry', 'user_init_command']) {
    if (!place.has(key)) continue;
    problems.error(
      'incompatible',
      place.keyAt(key),
      'is of the base container, and image is none',
      'remove it',
    );
  }
}

function readContainer(
  place: Place,
  image: ContainerImage,
  { registry, params, dockerOpt, userInitCommand }: DraftMap<Keys>,
  problems: ProblemList,
): GroupContainer {
  const variables = readVariables(place.below('params', 'e'), problems);
  const login = readLogin(place.below('registry'), registry, image, problems);
  const userInit =
    userInitCommand === undefined
      ? undefined
      : readUserScript(place.below('user_init_command'), userInitCommand, problems);
  const host = registry?.host;
  const usual = registry?.bundle === undefined ? image.inUsualRegistry : image;
  const named =
    host === undefined ? usual : problems.parse(place.at('registry', 'host'), () => image.inRegistry(host));
  return {
    image: String(named ?? image),
    privileged: /(^|\/)vcp\/base$/.test(image.repository),
    volumes: params.v,
    environment: Object.fromEntries(
      variables.flatMap(({ name, value }) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
    secretEnvironment: Object.fromEntries(
      variables.flatMap(({ name, value }) => (typeof value === 'string' ? [] : [[name, value]])),
    ),
    options: dockerOpt,
    ...(login === undefined ? {} : { registry: login }),
    ...(registry?.bundle === undefined ? {} : { bundle: bundleOf(registry.bundle) }),
    ...(userInit === undefined ? {} : { userInit }),
  };
}

/** The login at a registry: a user with a password, or none. */
function readLogin(
  place: Place,
  registry: DraftMap<Keys>['registry'],
  image: ContainerImage,
  problems: ProblemList,
): GroupContainer['registry'] {
  for (const key of ['host', 'user', 'password'].filter((name) => place.has('bundle') && place.has(name))) {
    const message = 'is of a registry, and bundle is a file';
    problems.error('incompatible', place.keyAt(key), message, 'remove one of the two');
  }
  const [given, missing] = place.has('user') ? ['user', 'password'] : ['password', 'user'];
  if (place.has(given) && !place.has(missing)) {
    const message = `key "${missing}" is missing: a login is both`;
    problems.error('missing-key', place.keyAt(given), message, `write ${missing}: vault://…`);
  }
  const { user, password, host = image.inUsualRegistry.host } = registry ?? {};
  if (user === undefined || password === undefined) return undefined;
  if (host !== undefined) return { host, user, password };
  const message = 'key "host" is missing: the registry at which user and password log in';
  return problems.error('missing-key', place.keyAt(), message, 'write host: harbor.example.org');
}

/** `s3://bucket/key#sha256:…`, in the form of which its format is sure. */
function bundleOf(text: string): NonNullable<GroupContainer['bundle']> {
  const [, bucket = '', key = '', sha256 = ''] =
    /^s3:\/\/([^/]+)\/(.*)#sha256:([0-9a-f]{64})$/.exec(text) ?? [];
  return { bucket, key, sha256 };
}
