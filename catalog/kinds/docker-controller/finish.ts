import { OFFICIAL_REGISTRY } from '../../../model/nodes/container-image';
import { USUAL_DAYS } from '../../../model/tls/validity';
import { complete } from '../../ground/complete';
import type { EnvironmentVariable } from '../../nodes/environment-variables';
import { pulledImage } from '../docker/registry';
import type { Around } from '../kind';
import type { Controller, ControllerCertificate, ControllerContainer } from './controller';
import type { ControllerDraft } from './draft';
import { CONTROLLER_KEY, containerNames } from './names';

/** Where VCP's processes find their Consul (github.com/nii-gakunin-cloud/ocs-vcp-portable, `.env`). */
const CONSUL = 'http://127.0.0.1:8500/v1/';

/** What the notebook is told (the same, `vcp-jupyter.sh`): where it finds the authority of the controller, and its own port. */
const NOTEBOOK = {
  REQUESTS_CA_BUNDLE: '/etc/ssl/certs/ca-certificates.crt',
  JUPYTERHUB_SERVICE_PREFIX: '/jupyter/',
  SUBDIR: 'jupyter',
  JUPYTER_PORT: '8888',
};

/** The controller of a catalog in which nothing is wrong. */
export function finishController(draft: ControllerDraft, around: Around<unknown>): Controller {
  const { keys, folders, jupyter } = draft;
  const { jump, registry, images } = keys;
  const host = complete(keys.host);
  const { address, network } = complete(keys.privateIpmask ?? around.site?.controller);
  const names = containerNames(around.environment);
  const image = (given: typeof images.occtr) => pulledImage(complete(given), registry);
  return {
    stack: around.identities.idOf(CONTROLLER_KEY),
    host: host.kind === 'ssh' && jump !== undefined ? { ...host, jump } : host,
    privateIpmask: { address, prefix: network.prefixLength },
    bind: keys.bind ?? address,
    ports: keys.ports,
    folders: complete(folders),
    certificate: finishCertificate(keys.certificate),
    timeZone: keys.timeZone,
    stopGraceSeconds: keys.stopGrace,
    occtr: {
      name: names.occtr,
      image: image(images.occtr),
      start: keys.start ?? [],
      ...finishEnvironment(draft.environment, {
        VCP_VCC_PRIVATE_IPMASK: `${address}/${network.prefixLength}`,
        VCP_OFFICIAL_REGISTRY_ADDRESS: registry?.host ?? OFFICIAL_REGISTRY,
        CONSUL_BASE_URL: CONSUL,
      }),
    },
    ...(jupyter === undefined
      ? {}
      : {
          jupyter: {
            name: names.jupyter,
            image: image(images.jupyter),
            start: jupyter.start ?? [],
            ...finishEnvironment(jupyter.environment, NOTEBOOK),
          },
        }),
  };
}

function finishCertificate(keys: ControllerDraft['keys']['certificate']): ControllerCertificate {
  const { ca } = keys;
  if (keys.mode === 'private-ca')
    return { mode: 'private-ca', days: keys.days ?? USUAL_DAYS, names: keys.san ?? [] };
  return {
    mode: 'files',
    certificate: complete(keys.certificate),
    key: complete(keys.key),
    ...(ca === undefined ? {} : { ca }),
  };
}

/** @param given - what the container has anyway; the catalog may say it otherwise */
function finishEnvironment(
  variables: readonly EnvironmentVariable[],
  given: Readonly<Record<string, string>>,
): Pick<ControllerContainer, 'environment' | 'secrets'> {
  const plain = variables.flatMap(({ name, value }) => (typeof value === 'string' ? [[name, value]] : []));
  const kept = variables.flatMap(({ name, value }) => (typeof value === 'string' ? [] : [[name, value]]));
  const own = Object.entries(given).filter(([name]) => kept.every(([other]) => other !== name));
  return { environment: Object.fromEntries([...own, ...plain]), secrets: Object.fromEntries(kept) };
}
