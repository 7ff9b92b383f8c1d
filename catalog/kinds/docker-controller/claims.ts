import { type Claims, NO_CLAIMS, type ReferenceClaim } from '../../ground/claims';
import type { Place } from '../../source/place';
import type { ControllerDraft } from './draft';

/** What the controller claims: the secrets that are read for it. */
export function claimsOf({ place, keys }: ControllerDraft, _environment: string, _root: Place): Claims {
  const { user, password } = keys.registry ?? {};
  const registry = place.below('registry');
  return {
    ...NO_CLAIMS,
    references: Object.entries({ user, password }).flatMap(([key, reference]): readonly ReferenceClaim[] =>
      reference === undefined
        ? []
        : [{ reference, kind: 'credential', where: registry.at(key), keyWhere: registry.keyAt(key) }],
    ),
  };
}
