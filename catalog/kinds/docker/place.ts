import { type DockerHost, dockerHostUrl } from '../../../model/docker/docker-host';
import { SSH_LOGIN_PATTERN, sshLoginText } from '../../../model/docker/ssh-login';
import type { Infer } from '../../shape/shape';
import { map, optional, pattern, required, text } from '../../shape/shapes';
import { HOST_URL } from './formats';

/** The host of a stack, as the lock file remembers it: what is no longer in the catalog is destroyed there. */
export const PLACE = map({
  host: required(text(HOST_URL), 'the host'),
  jump: optional(
    text(pattern('a login like admin@bastion.example.org:22', SSH_LOGIN_PATTERN)),
    'its jump host',
  ),
});
export type DockerPlace = Infer<typeof PLACE>;

/** The same of a host of the catalog. */
export function lockedPlace(host: DockerHost): DockerPlace {
  const jump = host.kind === 'ssh' ? host.jump : undefined;
  return { host: dockerHostUrl(host), ...(jump === undefined ? {} : { jump: sshLoginText(jump) }) };
}
