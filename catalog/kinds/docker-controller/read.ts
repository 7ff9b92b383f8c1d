import { parseInterfaceAddress } from '../../../model/net/cidr';
import { ValueError } from '../../../model/value-error';
import type { ProblemList } from '../../ground/problem-list';
import { readNamedVariables } from '../../nodes/environment-variables';
import { read } from '../../shape/read';
import type { Place } from '../../source/place';
import { checkCertificate } from './certificate';
import type { ContainerDraft, ControllerDraft } from './draft';
import { checkFolders, foldersOf } from './folders';
import { CONTROLLER } from './keys';
import { checkPorts } from './ports';
import { checkSecrets } from './secrets';

/** Variables of the containers that other keys say. */
const SAID_BY: Readonly<Record<string, string>> = {
  VCP_VCC_PRIVATE_IPMASK: 'private_ipmask',
  VCP_OFFICIAL_REGISTRY_ADDRESS: 'registry.host',
  TZ: 'time_zone',
};

/** Reads the section `controller`, and reports what is wrong within it; undefined where the catalog has none. */
export function readController(
  root: Place,
  environment: string,
  problems: ProblemList,
): ControllerDraft | undefined {
  const place = root.below('controller');
  if (place.node === undefined) return undefined;
  const { draft: keys } = read(place, CONTROLLER, problems);
  if (keys === undefined) return undefined;
  const { host, start } = keys;
  const privateAddress = keys.privateIpmask?.address ?? siteAddress(root);
  const bind = keys.bind ?? privateAddress;
  const jupyter = readJupyter(place, keys.jupyter, problems);
  const folders = host && foldersOf(environment, host, keys.volumes);
  const draft: ControllerDraft = {
    place,
    keys,
    isBuilt: keys.create,
    environment: readNamedVariables(place.below('environment'), SAID_BY, problems),
    ...(start === undefined ? {} : { start }),
    ...(privateAddress === undefined ? {} : { privateAddress }),
    ...(bind === undefined ? {} : { bind }),
    ...(folders === undefined ? {} : { folders }),
    ...(jupyter === undefined ? {} : { jupyter }),
  };
  if (!draft.isBuilt) return draft;
  checkFolders(draft, problems);
  checkPorts(draft, problems);
  checkCertificate(draft, problems);
  for (const container of [draft, ...(jupyter === undefined ? [] : [jupyter])])
    checkSecrets(container, problems);
  return draft;
}

/** That of the site, of which others report what is wrong with it. */
function siteAddress(root: Place): string | undefined {
  try {
    return parseInterfaceAddress(root.below('site', 'controller').text ?? '').address;
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

function readJupyter(
  controller: Place,
  jupyter: ControllerDraft['keys']['jupyter'],
  problems: ProblemList,
): ContainerDraft | undefined {
  if (jupyter === false) return undefined;
  const place = controller.below('jupyter');
  const start = jupyter === true ? undefined : jupyter.start;
  return {
    place,
    environment: readNamedVariables(place.below('environment'), SAID_BY, problems),
    ...(start === undefined ? {} : { start }),
  };
}
