import type { SecretReference } from '../../model/vault/secret-reference';
import type { ReferenceClaim } from '../ground/claims';
import type { Place } from '../source/place';
import type { GroupSoftware } from './software';

/** What the nodes of a group need that is kept in Vault, each where the catalog names it. @param place - of the group */
export function secretClaims(place: Place, software: GroupSoftware | undefined): readonly ReferenceClaim[] {
  const { container, dockerTls } = software ?? {};
  const { registry, secretEnvironment = {} } = container ?? {};
  const variables = place.below('params', 'e');
  return [
    ...(registry === undefined
      ? []
      : [
          claim(place.below('registry', 'user'), registry.user),
          claim(place.below('registry', 'password'), registry.password),
        ]),
    ...Object.entries(dockerTls ?? {}).map(([key, reference]) =>
      claim(place.below('docker_tls', key), reference),
    ),
    ...Object.entries(secretEnvironment).map(([name, reference]) =>
      claim(variables.items.find(({ text }) => text?.startsWith(`${name}=`)) ?? variables, reference),
    ),
  ];
}

function claim(at: Place, reference: SecretReference): ReferenceClaim {
  return { reference, kind: 'credential', where: at.at(), keyWhere: at.keyAt() };
}
