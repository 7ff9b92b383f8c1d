import { secretsFolder } from '../../../model/docker/controller-files';
import type { ControllerFolders } from '../../../model/docker/controller-host';
import type { DockerHost } from '../../../model/docker/docker-host';
import type { ProblemList } from '../../ground/problem-list';
import type { ControllerDraft } from './draft';

/** The controller's folders: below one in the home of the login, or in the project's folder, unless the catalog says others. */
export function foldersOf(
  environment: string,
  host: DockerHost,
  given: ControllerDraft['keys']['volumes'] = {},
): ControllerFolders {
  const home = host.kind === 'socket' ? '' : `${homeOf(host.login.user)}/`;
  const parent = `${home}${environment}-controller`;
  const { data = `${parent}/volume`, config = `${parent}/config`, cert = `${parent}/cert` } = given;
  return { data, config, cert };
}

function homeOf(user: string): string {
  return user === 'root' ? '/root' : `/home/${user}`;
}

/** Checks that the folders are on the host, and that none is in another one. */
export function checkFolders({ place, keys, folders }: ControllerDraft, problems: ProblemList): void {
  if (folders === undefined) return;
  const volumes = place.below('volumes');
  if (keys.host?.kind === 'ssh')
    for (const [key, folder] of Object.entries(folders)) {
      if (folder.startsWith('/')) continue;
      const statement = {
        must: 'must be an absolute path: the host is another machine',
        got: `"./${folder}"`,
      };
      problems.error(
        'bad-value',
        volumes.at(key),
        statement,
        `write ${folders.data.startsWith('/') ? '' : '/srv/'}${folder}`,
      );
    }
  const all = Object.entries(folders);
  const inOther = (folder: string, others: typeof all) =>
    others.find(([, other]) => isWithin(folder, other) || isWithin(other, folder));
  const apart = 'must not be in one another: each has owners and modes of its own';
  const report = (key: string, what: string, [other, its]: readonly [string, string]): undefined => {
    const message = `${what} and ${other}, ${its}, ${apart}`;
    return problems.error('incompatible', volumes.at(key), message, 'choose another folder');
  };
  all.forEach(([key, folder], index) => {
    const other = inOther(folder, all.slice(0, index));
    if (other !== undefined) report(key, folder, other);
  });
  const secrets = secretsFolder(folders.cert);
  const other = inOther(secrets, all);
  // A folder that has cert in it was told.
  if (other !== undefined && inOther(folders.cert, [other]) === undefined)
    report('cert', `the folder of secrets beside cert, ${secrets},`, other);
}

function isWithin(folder: string, other: string): boolean {
  return `${folder}/`.startsWith(`${other}/`);
}
