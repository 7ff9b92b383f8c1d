import type { EnvironmentDraft } from '../../environment/drafts';
import type { Neighbour } from '../../environment/neighbours';
import type { ProblemList } from '../../ground/problem-list';
import { checkVaultAccess } from './access';
import { checkVaultMounts } from './mounts';
import { checkVaultNeighbours } from './neighbours';
import { checkVaultPolicies } from './policies';
import { checkReferences } from './references';

/** What must hold within the section `vault`, between it and the rest of its catalog, and between catalogs. */
export function checkVault(
  draft: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  problems: ProblemList,
): void {
  checkReferences(draft, problems);
  if (!draft.vault) return;
  checkVaultMounts(draft.vault, problems);
  checkVaultPolicies(draft.vault, problems);
  checkVaultAccess(draft.environment, draft.vault, problems);
  checkVaultNeighbours(draft.environment, draft.vault, neighbours, problems);
}
