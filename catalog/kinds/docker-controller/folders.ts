import type { DockerHost } from '../../../model/docker/docker-host';
import type { ControllerFolders } from './controller';

/** Where the controller's folders are unless the catalog says it: in the home of the login, or in the project's folder. */
export function usualFolders(environment: string, host: DockerHost): ControllerFolders {
  const home = host.kind === 'socket' ? '' : `${homeOf(host.login.user)}/`;
  const parent = `${home}${environment}-controller`;
  return { data: `${parent}/volume`, config: `${parent}/config`, cert: `${parent}/cert` };
}

function homeOf(user: string): string {
  return user === 'root' ? '/root' : `/home/${user}`;
}
