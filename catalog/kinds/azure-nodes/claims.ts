import type { SecretReference } from '../../../model/vault/secret-reference';
import { type Claims, NO_CLAIMS, type ReferenceClaim } from '../../ground/claims';
import type { Place } from '../../source/place';
import type { GroupDraft } from './draft';

/** What a node group claims for itself: addresses in the subnet of its entry, and secrets of Vault. */
export function claimsOf(group: GroupDraft): Claims {
  const { name, entry, place, members, terms, draft } = group;
  const { leaseSeconds } = terms;
  return {
    ...NO_CLAIMS,
    groups: [
      {
        name,
        entry,
        addresses: members?.addresses ?? [],
        most: members?.most ?? 0,
        where: members?.where ?? place.keyAt(),
        ...(leaseSeconds === undefined || draft.lease === 'none' ? {} : { leaseSeconds }),
        leaseWhere: place.has('lease') ? place.at('lease') : place.keyAt(),
      },
    ],
    references: referencesOf(group),
  };
}

function referencesOf({ place, software }: GroupDraft): readonly ReferenceClaim[] {
  const { registry, secretEnvironment = {} } = software?.container ?? {};
  const claim = (at: Place, reference: SecretReference): ReferenceClaim => ({
    reference,
    kind: 'credential',
    where: at.at(),
    keyWhere: at.keyAt(),
  });
  const variables = place.below('params', 'e');
  return [
    ...(registry === undefined
      ? []
      : [
          claim(place.below('registry', 'user'), registry.user),
          claim(place.below('registry', 'password'), registry.password),
        ]),
    ...Object.entries(secretEnvironment).map(([name, reference]) =>
      claim(variables.items.find(({ text }) => text?.startsWith(`${name}=`)) ?? variables, reference),
    ),
  ];
}
