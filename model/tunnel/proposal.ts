import { hasOwnIntegrity } from './algorithms';

/** One proposal for IKE (phase 1) or ESP (phase 2). The keys are those of the `tunnels` output. */
export interface Proposal {
  readonly encryption: string;
  /** Absent in ESP for a cipher that has its own integrity. In IKE it names the pseudo-random function. */
  readonly integrity?: string;
  readonly dh_group: number;
}

/** What one phase may negotiate: every combination of the three lists is a proposal. */
export interface ProposalChoices {
  readonly encryption: readonly string[];
  readonly integrity: readonly string[];
  readonly dhGroups: readonly number[];
}

/** Every combination of the choices, each once, in the order of the lists. */
export function proposalsOf(
  part: 'ike' | 'esp',
  { encryption, integrity, dhGroups }: ProposalChoices,
): readonly Proposal[] {
  const all = encryption.flatMap((cipher) =>
    integrity.flatMap((hash) =>
      dhGroups.map((dhGroup) => ({
        encryption: cipher,
        integrity: part === 'esp' && hasOwnIntegrity(cipher) ? undefined : hash,
        dh_group: dhGroup,
      })),
    ),
  );
  return [...new Map(all.map((proposal) => [JSON.stringify(proposal), proposal])).values()];
}
