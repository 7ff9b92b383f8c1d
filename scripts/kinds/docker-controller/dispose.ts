import { existsSync } from 'node:fs';
import { shownPath } from '../../../base/files';
import { dockerHostUrl } from '../../../model/docker/docker-host';
import type { Session } from '../../session/session';
import { type HostWrite, writeHostFiles } from '../docker/host-files';
import { engineOf, hostOf } from '../docker/stacks';
import type { Destroyed } from '../kind';
import { unstage } from './certificate/staged';
import { controllerOf } from './controller-of';
import { authorityFile } from './folder';
import { type HostPaths, hostPaths } from './host-paths';
import { forgetPlanned } from './planned-files';
import { containersOf } from './secrets';

/**
 * Removes certificate, key and secrets from the host of a controller that is destroyed. Data and configuration stay: what is in its Vault
 * is lost with them.
 *
 * @returns what stays, with the command that deletes it
 * @throws Failure
 */
export async function disposeOfFiles(destroyed: Destroyed<'docker-controller'>): Promise<readonly string[]> {
  const { session, stack } = destroyed;
  const known = placesOf(destroyed);
  if (known === undefined || session.simulated) return [];
  const { paths, containers } = known;
  await writeHostFiles(engineOf(session, stack), removals(paths, containers));
  unstage(session.folders);
  forgetPlanned(session.folders, stack.id);
  const url = dockerHostUrl(hostOf(stack));
  return [
    `${stack.id}: certificate and secrets are removed from ${url}; its data stay in ${paths.data}, its files in ${paths.config}`,
    `  to delete what its Vault, its users and its nodes' keys are in, for good, there as root: rm -r -- ${paths.data}`,
    ...authorityLine(session),
  ];
}

function authorityLine({ folders }: Pick<Session, 'folders'>): readonly string[] {
  const file = authorityFile(folders);
  return existsSync(file)
    ? [
        `  the key of its authority stays in ${shownPath(file)}: another controller of this environment uses it`,
      ]
    : [];
}

function removals(paths: HostPaths, containers: readonly string[]): readonly HostWrite[] {
  return [
    paths.key,
    paths.certificate,
    paths.authority,
    paths.sums,
    `${paths.cert}/.gitignore`,
    paths.cert,
    ...containers.map((name) => paths.secretsOf(name)),
    paths.secretsVersion,
    `${paths.secrets}/.gitignore`,
    paths.secrets,
  ].map((path) => ({ what: 'remove', path }));
}

interface Known {
  readonly paths: HostPaths;
  readonly containers: readonly string[];
}

/** Where its files are: from the catalog, or for one that left it from the outputs of its stack. */
function placesOf({ session, loaded, stack, outputs }: Destroyed<'docker-controller'>): Known | undefined {
  const { root } = session.folders;
  const controller = controllerOf(loaded, stack);
  if (controller !== undefined)
    return {
      paths: hostPaths(controller.folders, root),
      containers: containersOf(controller).map(({ name }) => name),
    };
  const { folders, containers } = Object(outputs.controller?.before ?? {});
  const { data, config, cert } = Object(folders);
  if (typeof data !== 'string' || typeof config !== 'string' || typeof cert !== 'string') return undefined;
  return {
    paths: hostPaths({ data, config, cert }, root),
    containers: Object.values(Object(containers)).filter((name) => typeof name === 'string'),
  };
}
