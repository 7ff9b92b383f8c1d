import { posix } from 'node:path';
import { PRIVATE_BLOCKS } from '../../model/net/special-purpose';
import type { Resource } from '../resource';
import { beside, type Found, type Rule, type RuleContext, unseen, violated } from '../rule';
import { blocksAt, flagAt, listAt, referencesIn, textAt, UNKNOWN, type Values } from '../values';
import { cidrOf } from '../vpn/networks';

const CONTAINER = 'docker_container';
const DIGEST = /@sha256:[0-9a-f]{64}$|^sha256:[0-9a-f]{64}$/;

export const BY_DIGEST: Rule = {
  id: 'KKH-DKR-01',
  severity: 'medium',
  title: 'An image is named by its digest',
  reason: 'A tag is whatever its registry says today. A digest is what was looked at.',
  fix: 'Write repository@sha256:… (docker buildx imagetools inspect shows it).',
  references: ['CIS Docker Benchmark 4.2 (content trust)'],
  types: ['docker_image', CONTAINER],
  judge: ({ type, values, written }) => {
    const attribute = type === CONTAINER ? 'image' : 'name';
    // The image that another resource pulls is judged there.
    if (type === CONTAINER && referencesIn(written.image).length > 0) return [];
    const name = textAt(values, attribute);
    if (name === UNKNOWN || name === undefined) return [unseen('its image is not known', attribute)];
    // One that is built or loaded here is named as its maker wants it.
    if (
      type !== CONTAINER &&
      blocksAt(values, 'build') !== UNKNOWN &&
      (blocksAt(values, 'build') as readonly unknown[]).length > 0
    )
      return [];
    return DIGEST.test(name) ? [] : [violated(`${name} is no digest`, attribute)];
  },
};

export const PRIVATE_PORTS: Rule = {
  id: 'KKH-DKR-02',
  severity: 'high',
  title: 'Ports of containers are published at a private address',
  reason:
    'Docker publishes at all addresses by default, and its rules come before those of ufw: a port that the firewall closes is open.',
  fix: 'Leave bind away, so that the private address is taken; in another app set ip of ports.',
  references: ['moby/moby#22054', 'OWASP Docker security cheat sheet'],
  types: [CONTAINER],
  judge: ({ values }) => {
    const ports = blocksAt(values, 'ports');
    if (ports === UNKNOWN) return [unseen('its ports are not known', 'ports')];
    const all = flagAt(values, 'publish_all_ports');
    const found: Found[] = [];
    if (all === UNKNOWN)
      found.push(unseen('whether all its ports are published is not known', 'publish_all_ports'));
    else if (all === true)
      found.push(violated('all its ports are published at all addresses', 'publish_all_ports'));
    return found.concat(
      ports.flatMap(({ values: one, at }) => {
        const address = textAt(one, 'ip');
        const port = String(one.external ?? one.internal);
        if (address === UNKNOWN) return [unseen(`where port ${port} is published is not known`, `${at}.ip`)];
        if (address !== undefined && isPrivate(address)) return [];
        return [violated(`port ${port} is published at ${address || 'all addresses'}`, `${at}.ip`)];
      }),
    );
  },
};

function isPrivate(address: string): boolean {
  const cidr = cidrOf(address);
  if (cidr === undefined) return address === '::1' || /^f[cd]/i.test(address);
  return [...PRIVATE_BLOCKS, cidrOf('127.0.0.0/8')].some((block) => block?.contains(cidr) === true);
}

/** Options of OpenSSH with which a host may have any key. */
const UNCHECKED =
  /StrictHostKeyChecking[\s=]+["']?(no|off|accept-new)|UserKnownHostsFile[\s=]+["']?(\/dev\/null|none)/i;

export const GUARDED_API: Rule = {
  id: 'KKH-DKR-03',
  severity: 'critical',
  title: 'A Docker host is reached by SSH with known host keys, by TLS, or on the same machine',
  reason: 'Whoever speaks to the API, or stands in between, is root on the host.',
  fix: 'Write host: ssh://user@host; kakehashi keeps the host keys. Never switch StrictHostKeyChecking off.',
  references: ['Docker: protect the Docker daemon socket'],
  types: ['provider.docker'],
  judge: ({ values }) => {
    const host = textAt(values, 'host');
    if (host === UNKNOWN) return [unseen('how the host is reached is not known', 'host')];
    const found: Found[] = [];
    const hasTls = ['cert_path', 'ca_material'].some((name) => textAt(values, name) !== undefined);
    if (host !== undefined && /^(tcp|http):/i.test(host) && !hasTls)
      found.push(violated('the Docker API is reached without TLS', 'host'));
    const options = listAt(values, 'ssh_opts');
    const known = options === UNKNOWN ? [] : (options ?? []);
    if (known.some((one) => one !== UNKNOWN && UNCHECKED.test(one)))
      found.push(violated('the key of the host is not checked', 'ssh_opts'));
    else if (options === UNKNOWN || known.includes(UNKNOWN))
      found.push(unseen('the options of SSH are not known', 'ssh_opts'));
    return found;
  },
};

/** VCP's base container, which the controller wants to be privileged. */
const BASE_IMAGE = /(^|\/)vcp\/base(?:[:@]|$)/;
const SOCKET = /(^|\/)(docker|containerd|podman)\.sock$/;
/** Folders of a host in which, or below which, the socket of its engine is. */
const FOLDERS_OF_SOCKET: readonly string[] = ['/', '/run', '/var', '/var/run'];

export const DECLARED_PRIVILEGE: Rule = {
  id: 'KKH-DKR-04',
  severity: 'high',
  title: 'Only VCP’s base container is privileged, and none has the socket of the engine',
  reason:
    'Both are root on the host. The base container needs it, because it runs Docker itself; any other container needs a reason.',
  fix: 'Remove privileged, or accept the finding with the reason.',
  references: ['CIS Docker Benchmark 5.5, 5.32'],
  types: [CONTAINER],
  judge: (resource, context) => [...privilege(resource, context), ...socket(resource)],
};

function privilege(resource: Resource, context: RuleContext): readonly Found[] {
  const privileged = flagAt(resource.values, 'privileged');
  if (privileged === UNKNOWN) return [unseen('whether it is privileged is not known', 'privileged')];
  if (privileged !== true) return [];
  const pulled = beside(resource, context, 'docker_image').find(({ address }) =>
    referencesIn(resource.written.image).includes(address),
  );
  const image = pulled === undefined ? textAt(resource.values, 'image') : textAt(pulled.values, 'name');
  if (image === UNKNOWN) return [unseen('whether it is a base container is not known', 'privileged')];
  return image !== undefined && BASE_IMAGE.test(image)
    ? []
    : [violated('the container is privileged', 'privileged')];
}

function socket({ values }: Resource): readonly Found[] {
  return [...mounted(values, 'volumes', 'host_path'), ...mounted(values, 'mounts', 'source')];
}

function mounted(values: Values, name: string, argument: string): readonly Found[] {
  const blocks = blocksAt(values, name);
  if (blocks === UNKNOWN) return [unseen('what is mounted is not known', name)];
  return blocks.flatMap(({ values: one, at }) => {
    const path = textAt(one, argument);
    if (path === UNKNOWN) return [unseen('what is mounted is not known', `${at}.${argument}`)];
    const isSocket = path?.startsWith('/') === true && hasSocket(path);
    return isSocket ? [violated('the container has the socket of the engine', `${at}.${argument}`)] : [];
  });
}

function hasSocket(path: string): boolean {
  const normal = posix.normalize(`${path}/`).replace(/(?<=.)\/$/, '');
  return SOCKET.test(normal) || FOLDERS_OF_SOCKET.includes(normal);
}
