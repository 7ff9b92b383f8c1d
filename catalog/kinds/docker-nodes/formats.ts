import { socketPath } from '../../../model/docker/docker-host';
import { parseIpv4 } from '../../../model/net/ipv4';
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
