import { type Claims, NO_CLAIMS, type NodeGroupClaim } from '../../ground/claims';
import { secretClaims } from '../../nodes/secret-claims';
import type { GroupDraft } from './read';

/** What a group claims for itself. */
export function claimsOf(group: GroupDraft): Claims {
  const claim = groupClaim(group);
  return {
    ...NO_CLAIMS,
    groups: claim === undefined ? [] : [claim],
    references: secretClaims(group.group.place, group.software),
  };
}

/** The addresses that a group takes. */
export function groupClaim({ group, members, terms }: GroupDraft): NodeGroupClaim | undefined {
  if (members === undefined) return undefined;
  const { addresses, most, where } = members;
  return {
    name: group.name,
    entry: group.entry,
    addresses,
    most,
    where,
    ...(terms.leaseSeconds === undefined ? {} : { leaseSeconds: terms.leaseSeconds }),
    leaseWhere: group.place.at('lease'),
  };
}
