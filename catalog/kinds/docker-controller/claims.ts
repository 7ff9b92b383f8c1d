import { dockerHostUrl } from '../../../model/docker/docker-host';
import type { SecretReference } from '../../../model/vault/secret-reference';
import {
  type Claims,
  type ContainerClaim,
  type HostPort,
  NO_CLAIMS,
  type ReferenceClaim,
} from '../../ground/claims';
import type { Place } from '../../source/place';
import { engineName } from '../docker/place';
import type { ControllerDraft } from './draft';
import { CONTROLLER_KEY, containerNames } from './names';
import { publishedPorts } from './ports';

/** What the controller claims: what it takes on its host, and the secrets that are read for it. */
export function claimsOf(draft: ControllerDraft, environment: string): Claims {
  return {
    ...NO_CLAIMS,
    references: referencesOf(draft),
    containers: containersOf(draft, environment),
  };
}

function referencesOf({ place, keys, environment, jupyter }: ControllerDraft): readonly ReferenceClaim[] {
  const { user, password } = keys.registry ?? {};
  const { key } = keys.certificate;
  return [
    ...referenceAt(place.below('registry'), 'user', user),
    ...referenceAt(place.below('registry'), 'password', password),
    ...referenceAt(place.below('certificate'), 'key', key),
    ...[{ place, environment }, ...(jupyter === undefined ? [] : [jupyter])].flatMap((container) =>
      container.environment.flatMap(({ name, value }) =>
        typeof value === 'string' ? [] : referenceAt(container.place.below('environment'), name, value),
      ),
    ),
  ];
}

function referenceAt(
  place: Place,
  key: string,
  reference: SecretReference | undefined,
): readonly ReferenceClaim[] {
  return reference === undefined
    ? []
    : [{ reference, kind: 'credential', where: place.at(key), keyWhere: place.keyAt(key) }];
}

function containersOf(draft: ControllerDraft, environment: string): readonly ContainerClaim[] {
  const { keys, privateAddress, bind } = draft;
  const { host, jump } = keys;
  if (host === undefined) return [];
  const names = containerNames(environment);
  const ports = publishedPorts(keys.ports, draft.jupyter !== undefined);
  const common = {
    of: CONTROLLER_KEY,
    hosts: [engineName(dockerHostUrl(host)), ...(privateAddress === undefined ? [] : [privateAddress])],
    ...(jump === undefined ? {} : { jump }),
    hasHostNetwork: false,
  };
  const at = (isNotebook: boolean): readonly HostPort[] =>
    ports.flatMap(({ key, port, protocol }) =>
      bind !== undefined && (key === 'jupyter') === isNotebook ? [{ address: bind, port, protocol }] : [],
    );
  return [
    { ...common, name: names.occtr, ports: at(false) },
    ...(draft.jupyter === undefined ? [] : [{ ...common, name: names.jupyter, ports: at(true) }]),
  ];
}
