import { type DockerHost, socketPath } from '../../../model/docker/docker-host';
import { parseSshLogin } from '../../../model/docker/ssh-login';
import { parseIpv4 } from '../../../model/net/ipv4';
import { ContainerImage } from '../../../model/nodes/container-image';
import { ValueError } from '../../../model/value-error';
import { DOMAIN_NAME, IPV4 } from '../../shape/formats';
import type { Format } from '../../shape/shape';
import { pattern } from '../../shape/shapes';

/** How the controller's host is reached. Its own sshd is at port 22: no base container has that port there. */
export const CONTROLLER_HOST: Format<DockerHost> = {
  expected:
    'ssh://user@host, ssh://user@host:port, or unix:///var/run/docker.sock for the engine of this machine',
  pattern:
    '^(ssh://[a-z_][a-z0-9_-]{0,31}@[A-Za-z0-9.-]{1,253}(:[1-9][0-9]{0,4})?|unix:///[A-Za-z0-9_.@/+-]+)$',
  parse: (text) => {
    const path = socketPath(text);
    if (path !== undefined) return { kind: 'socket', path };
    const login = /^ssh:\/\/(.*)$/.exec(text)?.[1];
    if (login === undefined) throw new ValueError(CONTROLLER_HOST.expected, text);
    return { kind: 'ssh', login: parseSshLogin(login, 22) };
  },
  example: 'ssh://ubuntu@10.0.2.15',
};

/** A version of the portable VC controller: the tag of its image. */
export const CONTROLLER_VERSION = pattern(
  'a version of the portable VC controller like 25.04.0',
  '^[0-9]{2}\\.[0-9]{2}(\\.[0-9]{1,3})?(-[a-z0-9]{1,16})?$',
  '25.04.0',
);

/**
 * One of VCP's images by its digest, alone or after the name of the image.
 *
 * @param repository - that of a digest alone: `vcp/occtr`
 */
export function imageByDigest(repository: string): Format<ContainerImage> {
  const expected = `a digest like sha256:… of ${repository}, or an image with its digest`;
  return {
    expected,
    pattern: '^([A-Za-z0-9][A-Za-z0-9_.:/-]{0,400}@)?sha256:[0-9a-f]{64}$',
    parse: (text) => {
      const image = ContainerImage.parse(text.startsWith('sha256:') ? `${repository}@${text}` : text);
      if (image.digest !== undefined) return image;
      throw new ValueError(expected, text, {
        fix: `a tag can be moved to another image unseen; docker buildx imagetools inspect ${text} prints the digest`,
      });
    },
  };
}

/** A folder of the host. Its text has no `/` at the end; one that is relative has no `./` before it. */
export const HOST_FOLDER: Format<string> = {
  expected: 'an absolute path, or one that begins with ./, without .. and blanks',
  pattern: '^(?!.*(?:^|/)\\.\\.(?:/|$))(\\./|/)[A-Za-z0-9_.@+-][A-Za-z0-9_./@+-]{0,200}$',
  parse: (text) => {
    const isForm = new RegExp(HOST_FOLDER.pattern).test(text);
    const parts = text.split('/').filter((part) => part !== '' && part !== '.');
    if (!isForm || parts.length === 0) throw new ValueError(HOST_FOLDER.expected, text);
    return `${text.startsWith('/') ? '/' : ''}${parts.join('/')}`;
  },
  example: '/srv/vcp/volume',
};

/** A name or an address at which clients reach the controller. */
export const CERTIFICATE_NAME: Format<string> = {
  expected: 'a domain name or an IPv4 address',
  pattern: `${IPV4.pattern}|${DOMAIN_NAME.pattern}`,
  parse: (text) => (/^[0-9.]+$/.test(text) ? parseIpv4(text) : DOMAIN_NAME.parse(text)),
  example: 'vcc.example.org',
};

/** A file of the folder of catalogs in PEM. */
export const PEM_FILE = pattern(
  'a .pem, .crt or .cer file of the folder of catalogs like certs/vcc.pem',
  '^(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}\\.(pem|crt|cer)$',
  'certs/vcc.pem',
);

/** The name of a variable of a container's environment. */
export const VARIABLE_NAME = pattern(
  'a name of a letter or _ and up to 127 letters, digits and _',
  '^[A-Za-z_][A-Za-z0-9_]{0,127}$',
  'LANG',
);

/** A variable's value; numbers may stand without quotes. */
export const VARIABLE_VALUE: Format<string> = {
  expected: 'a text of one line, or vault://…',
  pattern: '^[^\\r\\n\\u0000]*$',
  parse: (text) => {
    if (/^[^\r\n\0]*$/.test(text)) return text;
    throw new ValueError(VARIABLE_VALUE.expected, 'several lines');
  },
};

/** A zone of the tz database, or a zone with its distance from UTC as POSIX writes it. */
export const TIME_ZONE: Format<string> = {
  expected: 'a time zone like Asia/Tokyo, or JST-9 for an image without the tz database',
  pattern: '^[A-Za-z][A-Za-z0-9_+/-]{0,63}$',
  parse: (text) => {
    if (/^[A-Z]{3,5}[+-]?[0-9]{1,2}$/.test(text) || isZone(text)) return text;
    throw new ValueError(TIME_ZONE.expected, text);
  },
  example: 'Asia/Tokyo',
};

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== undefined && /^[A-Z]/.test(text);
  } catch {
    return false;
  }
}
