import { dockerHostUrl, parseDockerHost } from '../../../model/docker/docker-host';
import { parseSshLogin, SSH_LOGIN_PATTERN, type SshLogin } from '../../../model/docker/ssh-login';
import { ContainerImage } from '../../../model/nodes/container-image';
import { ValueError } from '../../../model/value-error';
import type { Format } from '../../shape/shape';
import { pattern } from '../../shape/shapes';

/** A jump host. */
export const JUMP: Format<SshLogin> = {
  expected: 'a login like admin@bastion.example.org:22',
  pattern: SSH_LOGIN_PATTERN,
  parse: (text) => parseSshLogin(text, 22),
  example: 'admin@bastion.example.org',
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

/** The host of a registry, with a port where it has one. */
export const REGISTRY_HOST = pattern(
  "a registry's host like harbor.example.org or registry.example.org:5000",
  '^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?(:[0-9]{1,5})?$',
  'harbor.vcloud.nii.ac.jp',
);
