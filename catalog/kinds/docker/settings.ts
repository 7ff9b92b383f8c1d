import { ValueError } from '../../../model/value-error';
import type { ProblemList } from '../../ground/problem-list';
import { defaultsOf, read } from '../../shape/read';
import { map, TEXT, withDefault } from '../../shape/shapes';
import { admits, isAtLeast } from '../../shape/version-constraint';
import type { Place } from '../../source/place';

const CONSTRAINT = '>= 3.6.2, < 5.0.0';

/** The oldest and the newest provider with which it was tried. */
const OLDEST = '3.6.2';
const NEWEST = '4.5.0';

/** `providers.docker`. */
export const DOCKER_PROVIDER = map(
  { version: withDefault(TEXT, CONSTRAINT, 'Terraform version constraint') },
  {
    host: { code: 'refused-key', message: "is each host's own", fix: 'write hosts in the node group' },
    ssh_opts: {
      code: 'refused-key',
      message: 'are written for each environment, with host keys that are always checked',
      fix: 'remove it; a jump host is jump of a host',
    },
    registry_auth: {
      code: 'secret',
      message: 'a credential never stands in a catalog',
      fix: 'remove it, and write registry: { user: vault://…, password: vault://… } in the node group',
    },
  },
);

/** How Docker hosts are worked on. */
export interface DockerSettings {
  /** Terraform version constraint. */
  readonly version: string;
}

/** What providers before 4.0 do, as one clause (kreuzwerker/docker 3.6.2, tried). */
export const DELETES_STOPPED =
  'a provider before 4.0 deletes a container that somebody stopped by hand from its host, as soon as a plan looks at it';

/** Reads `providers.docker`; the defaults where it is absent. */
export function readDockerSettings(docker: Place, problems: ProblemList): DockerSettings {
  const { draft } = read(docker.orEmpty, DOCKER_PROVIDER, problems);
  const { version } = draft ?? defaultsOf(DOCKER_PROVIDER);
  const where = docker.at('version');
  if (!docker.has('version')) return { version };
  const isRead = problems.parse(where, () => checkVersion(version)) === true;
  if (isRead && !admits(version, NEWEST) && !isAtLeast(version, '4.0.0'))
    problems.warning(
      'older-provider',
      where,
      `lets 3.x alone in: ${DELETES_STOPPED}`,
      `write '${CONSTRAINT}'`,
    );
  return { version };
}

/** @throws {@link ValueError} unless every version that the constraint allows can take what we synthesize */
function checkVersion(constraint: string): true {
  const advice = { fix: `write '${CONSTRAINT}'` };
  if (!isAtLeast(constraint, OLDEST))
    throw new ValueError(`a constraint whose lower bound is ${OLDEST} or newer`, constraint, advice);
  if (admits(constraint, '5.0.0') || isAtLeast(constraint, '5.0.0'))
    throw new ValueError('a constraint that lets no 5.x in, which was not tried', constraint, advice);
  return true;
}
