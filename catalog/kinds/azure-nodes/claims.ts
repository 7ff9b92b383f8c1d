import { type Claims, NO_CLAIMS } from '../../ground/claims';
import { secretClaims } from '../../nodes/secret-claims';
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
    references: secretClaims(place, group.software),
  };
}
