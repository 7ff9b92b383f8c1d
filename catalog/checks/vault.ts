import type { ProblemList } from '../problem-list';
import type { EnvironmentDraft } from '../read/drafts';
import type { Neighbour } from '../read/neighbours';
import { checkVaultAccess } from './vault-access';
import { checkVaultMounts } from './vault-mounts';
import { checkVaultNeighbours } from './vault-neighbours';
import { checkVaultPolicies } from './vault-policies';
import { checkReferences } from './vault-references';

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
