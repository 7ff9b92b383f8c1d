import type { Site } from '../../../catalog/ground/site';
import { engineName } from '../../../catalog/kinds/docker/place';
import type { ScenePart } from '../../../draw/scene';
import { type DockerHost, dockerHostUrl } from '../../../model/docker/docker-host';
import { sshLoginText } from '../../../model/docker/ssh-login';
import { siteId } from '../scene';

/** An existing Docker host, which no stack makes. Several groups and environments may use it. */
export function hostPart(environment: string, host: DockerHost, site: Site | undefined): ScenePart {
  const isHere = host.kind === 'socket';
  return {
    id: `host/${engineName(dockerHostUrl(host))}`,
    kind: 'host',
    environments: [environment],
    title: isHere ? 'Docker engine of this machine' : `Docker host ${host.login.address}`,
    lines: isHere || host.jump === undefined ? [] : [`over ${sshLoginText(host.jump)}`],
    ...(site === undefined ? {} : { within: siteId(site) }),
  };
}
