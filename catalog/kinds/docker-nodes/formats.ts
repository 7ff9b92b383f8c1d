import { dockerHostUrl, parseDockerHost, socketPath } from '../../../model/docker/docker-host';
import { parseSshLogin, SSH_LOGIN_PATTERN, type SshLogin } from '../../../model/docker/ssh-login';
import { parseIpv4 } from '../../../model/net/ipv4';
import { ContainerImage } from '../../../model/nodes/container-image';
import { ValueError } from '../../../model/value-error';
import { IPV4 } from '../../shape/formats';
import type { Format } from '../../shape/shape';
import { pattern } from '../../shape/shapes';

/** Names of hosts: stacks, containers and resources bear them. An address with dashes is one. */
export const HOST_NAME = pattern(
  'a name of a small letter or digit and up to 26 small letters, digits and -',
  '^[a-z0-9][a-z0-9-]{0,26}$',
  'web1',
);

/** A jump host. */
export const JUMP: Format<SshLogin> = {
  expected: 'a login like admin@bastion.example.org:22',
  pattern: SSH_LOGIN_PATTERN,
  parse: (text) => parseSshLogin(text, 22),
  example: 'admin@bastion.example.org',
};

/** Where a host is: its private address, or the socket of the engine of this machine. */
export const HOST_ADDRESS: Format<string> = {
  expected: 'an IPv4 address, or unix:///var/run/docker.sock for the engine of this machine',
  pattern: `${IPV4.pattern}|^unix:///[A-Za-z0-9_.@/+-]+$`,
  parse: (text) => {
    if (socketPath(text) !== undefined) return text;
    if (text.includes('/')) throw new ValueError(HOST_ADDRESS.expected, text);
    return parseIpv4(text);
  },
  example: '10.0.2.31',
};

/** What the lock file has of a host: `ssh://root@10.0.2.31:20022`. */
export const HOST_URL: Format<string> = {
  expected: 'ssh://user@host:port or unix:///path',
  pattern: '^(ssh://[^/]+|unix:///.+)$',
  parse: (text) => dockerHostUrl(parseDockerHost(text)),
};

/** An image of a registry, by its digest. */
export const IMAGE_BY_DIGEST: Format<ContainerImage> = {
  expected: 'a container image with its digest like vcp/base@sha256:…',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,400}@sha256:[0-9a-f]{64}$',
  parse: (text) => {
    const image = ContainerImage.parse(text);
    if (image.digest !== undefined) return image;
    throw new ValueError(IMAGE_BY_DIGEST.expected, text, {
      fix: `a tag can be moved to another image unseen; docker buildx imagetools inspect ${text} prints the digest`,
    });
  },
};

/** The id of an image, as `docker image inspect` prints it. */
export const IMAGE_ID = pattern(
  'the id of the image like sha256: and 64 hexadecimal digits, as docker image inspect --format {{.Id}} prints it',
  '^sha256:[0-9a-f]{64}$',
);

/** A file of the catalog's folder. */
export const TAR_FILE = pattern(
  'a tar file of the folder of catalogs like images/base.tar',
  '^(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}\\.tar$',
  'images/base.tar',
);

/** `docker run -p` without an address, which is the host's own. */
export const PUBLISHED = pattern(
  'a port of the host and one of the container like 8080:80 or 53:53/udp',
  '^[1-9][0-9]{0,4}:[1-9][0-9]{0,4}(/(tcp|udp))?$',
  '8080:80',
);

/** Of `docker run -u`. */
export const CONTAINER_USER = pattern(
  'a user of the image, or a number, with a group after a colon where one is meant: 1000:1000',
  '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,31})?$',
  '1000:1000',
);

/** The host of a registry, with a port where it has one. */
export const REGISTRY_HOST = pattern(
  "a registry's host like harbor.example.org or registry.example.org:5000",
  '^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?(:[0-9]{1,5})?$',
  'harbor.vcloud.nii.ac.jp',
);
