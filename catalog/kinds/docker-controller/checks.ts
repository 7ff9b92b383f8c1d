import type { ProblemList } from '../../ground/problem-list';
import type { DockerPlace } from '../docker/place';
import type { Around } from '../kind';
import type { ControllerDraft } from './draft';

/** Reports what is missing for a controller that is made here. */
export function checkController(
  { place, keys, jupyter }: ControllerDraft,
  { site }: Around<DockerPlace>,
  problems: ProblemList,
): void {
  const repositories = jupyter === undefined ? ['occtr'] : ['occtr', 'jupyter'];
  for (const name of repositories) {
    if (place.has('images', name)) continue;
    const message = `key "${name}" is missing: the digest of the image`;
    problems.error('missing-key', place.keyAt('images'), message, `write images: { ${name}: sha256:… }`);
  }
  if (site === undefined && !place.has('private_ipmask')) {
    const message = 'key "private_ipmask" is missing: the address of the controller in the site';
    problems.error('missing-key', place.keyAt(), message, 'write private_ipmask: 10.0.2.15/24, or site');
  }
  void keys;
}
