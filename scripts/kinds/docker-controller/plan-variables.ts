import { digestOf } from '../../../base/files';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import { stackFolder } from '../../session/folders';
import type { Session } from '../../session/session';
import { warnOfOldProvider } from '../docker/old-provider';
import { registryVariables, unusedLogin } from '../docker/registry-login';
import { engineOf } from '../docker/stacks';
import type { Planning } from '../kind';
import { chooseCertificate } from './choose-certificate';
import { controllerOf } from './controller-of';
import { lookAtHost } from './host-look';
import { hasRelativeFolder, hostPaths } from './host-paths';
import { notePlanned, type PlannedFiles, wantedDigest } from './planned-files';
import { secretContainers, secretsVersion, secretTexts } from './secrets';

type Counted = Pick<PlannedFiles, 'fingerprint' | 'end' | 'secretsVersion'>;

/**
 * The variables of a plan of the controller's stack. The host is asked, and nothing is written to it: a certificate that is to be made
 * waits in the environment's own folder.
 *
 * @throws Failure, VaultError
 */
export async function controllerVariables(
  planning: Planning<'docker-controller'>,
): Promise<NodeJS.ProcessEnv> {
  const { session, stack, loaded, destroy } = planning;
  const controller = controllerOf(loaded, stack);
  if (controller === undefined) return asked(planning, {});
  const { occtr, jupyter } = controller;
  const login = occtr.image.registry ?? jupyter?.image.registry;
  if (destroy) return asked(planning, { ...unusedLogin(login), ...variablesOf(session, controller, GONE) });
  const registry = await registryVariables(session, loaded, login);
  const wanted = wantedDigest(controller);
  if (session.simulated) {
    const planned = simulated(controller);
    notePlanned(session.folders, stack.id, { ...planned, wanted });
    return { ...registry, ...variablesOf(session, controller, planned) };
  }
  await asked(planning, {});
  const look = await lookAtHost(
    engineOf(session, stack),
    hostPaths(controller.folders, session.folders.root),
    controller,
  );
  const certificate = await chooseCertificate(session, loaded, controller, look);
  const texts = await secretTexts(session, loaded, controller);
  const planned: PlannedFiles = {
    ...certificate,
    wanted,
    ...(Object.keys(texts).length === 0 ? {} : { secretsVersion: secretsVersion(texts, look.secrets) }),
  };
  notePlanned(session.folders, stack.id, planned);
  return { ...registry, ...variablesOf(session, controller, planned) };
}

const GONE: Counted = { fingerprint: '', end: '', secretsVersion: '' };

/** The host is asked first: what the provider says of one that is not reached helps nobody. @throws Failure */
async function asked(
  { session, stack }: Planning<'docker-controller'>,
  variables: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  if (session.simulated) return variables;
  warnOfOldProvider(session, stackFolder(session.folders, stack.id));
  await engineOf(session, stack).asked(['version', '--format', '{{.Server.Version}}']);
  return variables;
}

function variablesOf(
  { folders }: Pick<Session, 'folders'>,
  controller: Controller,
  { fingerprint, end, secretsVersion: version }: Counted,
): NodeJS.ProcessEnv {
  return {
    TF_VAR_certificate: JSON.stringify({ fingerprint, end }),
    ...(secretContainers(controller).length === 0 ? {} : { TF_VAR_secrets_version: version ?? '' }),
    ...(hasRelativeFolder(controller) ? { TF_VAR_project_folder: folders.root } : {}),
  };
}

/** In the sandbox nothing is made: the same catalog gives the same values. */
function simulated(controller: Controller): Counted {
  const part = (value: unknown) => digestOf(JSON.stringify(value)).slice(0, 12);
  const { certificate, privateIpmask } = controller;
  const secrets = secretContainers(controller).map((container) => [container.name, container.secrets]);
  return {
    fingerprint: `simulated-${part([certificate, privateIpmask.address])}`,
    end: 'simulated',
    secretsVersion: `simulated-${part(secrets)}`,
  };
}
