import { dockerHostUrl } from '../../../model/docker/docker-host';
import type { ProblemList } from '../../ground/problem-list';
import { type DockerPlace, engineName } from '../docker/place';
import type { Around } from '../kind';
import { checkAddresses } from './addresses';
import type { ControllerDraft } from './draft';
import { checkNeighboursOnHost } from './host-checks';
import { CONTROLLER_KEY } from './names';

/** From this version on the controller is several containers (its docker-compose.yml). */
const SEVERAL_CONTAINERS = 26;

/** Reports what does not hold between a controller that is made here and the rest. */
export function checkController(
  draft: ControllerDraft,
  around: Around<DockerPlace>,
  problems: ProblemList,
): void {
  checkVersion(draft, problems);
  checkImages(draft, problems);
  checkAddresses(draft, around.site, problems);
  checkJump(draft, around, problems);
  checkMoved(draft, around, problems);
  checkNeighboursOnHost(draft, around, problems);
  checkOwnVault(draft, around, problems);
}

function checkVersion({ place, keys: { version } }: ControllerDraft, problems: ProblemList): void {
  if (version === undefined || Number.parseInt(version, 10) < SEVERAL_CONTAINERS) return;
  const message = `from version ${SEVERAL_CONTAINERS} on the controller is several containers, which is not built yet`;
  const fix = 'write a version before that, or create: false for a controller that is run in another way';
  problems.error('not-built', place.at('version'), message, fix);
}

function checkImages({ place, keys, jupyter }: ControllerDraft, problems: ProblemList): void {
  const wanted = [
    { name: 'occtr', repository: 'vcp/occtr', isWanted: true },
    { name: 'jupyter', repository: 'vcpjupyter/cloudop-notebook', isWanted: jupyter !== undefined },
  ];
  for (const { name, repository } of wanted.filter(({ isWanted }) => isWanted)) {
    if (place.has('images', name)) continue;
    const tag = name === 'occtr' && keys.version !== undefined ? keys.version : 'TAG';
    const host = keys.registry?.host ?? 'harbor.vcloud.nii.ac.jp';
    problems.error(
      'missing-key',
      place.keyAt('images'),
      `key "${name}" is missing: the image by its digest, because a tag can be moved to another image`,
      `docker buildx imagetools inspect ${host}/${repository}:${tag} prints it: write images: { ${name}: 'sha256:…' }`,
    );
  }
}

/** The way to the host must end, and be one: OpenSSH's configuration of an environment has one for each address. */
function checkJump(
  { place, keys: { host, jump } }: ControllerDraft,
  { claims }: Around<unknown>,
  problems: ProblemList,
): void {
  if (host === undefined) return;
  if (host.kind === 'socket') {
    if (jump === undefined) return;
    const message = 'is for a host that is reached over SSH; this one is the engine of this machine';
    problems.error('incompatible', place.keyAt('jump'), message, 'remove it');
    return;
  }
  const { address } = host.login;
  const jumps = new Map(
    claims.containers.flatMap((container) =>
      container.jump === undefined ? [] : [[container.hosts[0] ?? '', container.jump.address] as const],
    ),
  );
  const way = new Set([address]);
  let next = jump?.address;
  for (; next !== undefined && !way.has(next); next = jumps.get(next)) way.add(next);
  if (next !== undefined) {
    const message = `the way through jump hosts comes back to ${next}`;
    problems.error('incompatible', place.at('jump'), message, 'name a host that is reached without this one');
  }
}

/** A controller does not move to another host by itself: its data would stay behind. */
function checkMoved(
  { place, keys: { host }, folders }: ControllerDraft,
  { environment, identities, locked }: Around<DockerPlace>,
  problems: ProblemList,
): void {
  const id = identities.idOf(CONTROLLER_KEY);
  const built = locked.get(id)?.place.host;
  if (built === undefined || host === undefined) return;
  const [before, now] = [engineName(built), engineName(dockerHostUrl(host))];
  if (before === now) return;
  problems.disputed(
    'host-moved',
    place.at('host'),
    { must: `must stay ${before}, where the lock file has ${id}`, got: `"${now}"` },
    [{ environment, stack: id }],
    `a controller does not move by itself, because its data stay behind: write create: false and apply, which removes the containers and keeps the data; copy ${folders?.data ?? 'the folder data'} to the new host; then write the new host with create: true`,
  );
}

/** Secrets that are in the controller's own Vault are not there before it. */
function checkOwnVault(
  { place, keys, privateAddress, environment, jupyter }: ControllerDraft,
  { root }: Around<unknown>,
  problems: ProblemList,
): void {
  const address = root.below('vault', 'address').text ?? '';
  if (address.replace(/\/+$/, '') !== `https://${privateAddress}:${keys.ports.vault}`) return;
  const secrets = [...environment, ...(jupyter?.environment ?? [])].some(
    ({ value }) => typeof value !== 'string',
  );
  const needs = [
    ...(secrets ? ['variables of its environment'] : []),
    ...(keys.registry === undefined ? [] : ['the login to the registry']),
    ...(keys.certificate.key === undefined ? [] : ['the key of its certificate']),
  ];
  if (needs.length === 0) return;
  problems.warning(
    'claim-fails',
    place.keyAt(),
    `its own Vault has ${needs.join(', ')}: nobody reads them there before the controller runs, and after it was lost`,
    'keep them in another Vault',
  );
}
