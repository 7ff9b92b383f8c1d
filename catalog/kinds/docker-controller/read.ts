import type { DockerHost } from '../../../model/docker/docker-host';
import type { ProblemList } from '../../ground/problem-list';
import { type EnvironmentVariable, readNamedVariables } from '../../nodes/environment-variables';
import { read } from '../../shape/read';
import type { Place } from '../../source/place';
import type { ControllerFolders } from './controller';
import type { ControllerDraft, JupyterDraft } from './draft';
import { usualFolders } from './folders';
import { CONTROLLER } from './keys';

/** Variables of the containers that other keys say. */
const SAID_BY: Readonly<Record<string, string>> = {
  VCP_VCC_PRIVATE_IPMASK: 'private_ipmask',
  VCP_OFFICIAL_REGISTRY_ADDRESS: 'registry.host',
  TZ: 'time_zone',
};

/** Reads the section `controller`; undefined where the catalog has none. */
export function readController(
  place: Place,
  environment: string,
  problems: ProblemList,
): ControllerDraft | undefined {
  if (place.node === undefined) return undefined;
  const { draft: keys } = read(place, CONTROLLER, problems);
  if (keys === undefined) return undefined;
  const isBuilt = keys.create;
  const { host } = keys;
  const folders = host === undefined ? undefined : foldersOf(environment, host, keys.volumes);
  const jupyter = readJupyter(place, keys.jupyter, problems);
  return {
    place,
    keys,
    isBuilt,
    environment: readEnvironment(place, problems),
    ...(folders === undefined ? {} : { folders }),
    ...(jupyter === undefined ? {} : { jupyter }),
  };
}

function readJupyter(
  controller: Place,
  jupyter: ControllerDraft['keys']['jupyter'],
  problems: ProblemList,
): JupyterDraft | undefined {
  if (jupyter === false) return undefined;
  const place = controller.below('jupyter');
  const start = jupyter === true ? undefined : jupyter.start;
  return {
    place,
    environment: readEnvironment(place, problems),
    ...(start === undefined ? {} : { start }),
  };
}

function readEnvironment(place: Place, problems: ProblemList): readonly EnvironmentVariable[] {
  return readNamedVariables(place.below('environment'), SAID_BY, problems);
}

function foldersOf(
  environment: string,
  host: DockerHost,
  given: ControllerDraft['keys']['volumes'],
): ControllerFolders {
  const usual = usualFolders(environment, host);
  return {
    data: given?.data ?? usual.data,
    config: given?.config ?? usual.config,
    cert: given?.cert ?? usual.cert,
  };
}
