import { existsSync } from 'node:fs';
import { Failure } from '../../../base/errors';
import { readIfThere } from '../../../base/files';
import { type DockerHost, dockerHostUrl } from '../../../model/docker/docker-host';
import { type Finding, failedBy, noted, passed } from '../../report/finding';
import type { KindExamination } from '../kind';
import { Engine } from './engine';
import { knownName, readHostKeys } from './known-hosts';
import { type SshFiles, sshFiles } from './ssh-files';

/** Engines from this major version on refuse clients that are older than API 1.44 (moby's release notes). */
const REFUSING = 29;

/**
 * Checks that a host is reached and its engine answers.
 *
 * @param further - what else is asked of an engine that answers
 */
export async function checkHost(
  { processes, folders }: Pick<KindExamination, 'processes' | 'folders'>,
  host: DockerHost,
  further: (engine: Engine) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const url = dockerHostUrl(host);
  const files = sshFiles(folders);
  const unasked = whyNotAsked(host, files);
  if (unasked !== undefined) return [noted(url, unasked, { text: 'ask it', command: 'plan' })];
  try {
    const engine = new Engine(processes, host, files);
    return [await checkEngine(engine, url), ...(await further(engine))];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [failedBy(error, url)];
  }
}

/** A check trusts nobody: what was never confirmed is not asked. */
function whyNotAsked(host: DockerHost, { config, knownHosts }: SshFiles): string | undefined {
  if (host.kind === 'socket') return undefined;
  const known = new Set(readHostKeys(readIfThere(knownHosts) ?? '').map(({ name }) => name));
  const way = [host.login, ...(host.jump === undefined ? [] : [host.jump])];
  const unknown = way.map(knownName).find((name) => !known.has(name));
  if (unknown !== undefined) return `not asked: nobody has confirmed the key of ${unknown} yet`;
  return existsSync(config) ? undefined : 'not asked: no plan was made on this machine yet';
}

async function checkEngine(engine: Engine, url: string): Promise<Finding> {
  const format = '{{.Server.Version}} {{.Server.APIVersion}}';
  const [version = '', api = ''] = (await engine.asked(['version', '--format', format])).trim().split(' ');
  const found = `Docker ${version}, API ${api}`;
  const isNew = Number(version.split('.')[0]) >= REFUSING;
  return isNew
    ? passed(
        url,
        found,
        "a provider before 4.0 may be too old for it: write providers.docker.version: '>= 4.5.0, < 5.0.0'",
      )
    : passed(url, found);
}
