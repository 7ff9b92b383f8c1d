import type { SecretReference } from '../../../model/vault/secret-reference';
import { type Claims, NO_CLAIMS, type NodeGroupClaim, type ReferenceClaim } from '../../ground/claims';
import type { Place } from '../../source/place';
import type { GroupDraft } from './read';

/** What a group claims for itself. */
export function claimsOf(group: GroupDraft): Claims {
  const claim = groupClaim(group);
  return {
    ...NO_CLAIMS,
    groups: claim === undefined ? [] : [claim],
    references: referencesOf(group),
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

/** What nodes need that is kept in Vault. */
function referencesOf({ group, software }: GroupDraft): readonly ReferenceClaim[] {
  const { container } = software ?? {};
  if (container === undefined) return [];
  const { place } = group;
  const claim = (at: Place, reference: SecretReference): ReferenceClaim => ({
    reference,
    kind: 'credential',
    where: at.at(),
    keyWhere: at.keyAt(),
  });
  const login = container.registry;
  const variables = place.below('params', 'e');
  return [
    ...(login === undefined
      ? []
      : [
          claim(place.below('registry', 'user'), login.user),
          claim(place.below('registry', 'password'), login.password),
        ]),
    ...Object.entries(container.secretEnvironment).map(([name, reference]) => {
      const item = variables.items.find(({ text }) => text?.startsWith(`${name}=`));
      return claim(item ?? variables, reference);
    }),
  ];
}
