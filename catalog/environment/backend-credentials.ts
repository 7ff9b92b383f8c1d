import type { ProblemList } from '../ground/problem-list';
import { nodeAt } from '../source/node';
import type { EnvironmentDraft } from './drafts';

/**
 * Notes where a state's backend would be reached with the cloud's credentials: those that come from Vault are in Terraform's
 * environment, where the S3 backend looks for its own unless a profile is named.
 */
export function checkBackendCredentials(draft: EnvironmentDraft, problems: ProblemList): void {
  const { backend, aws } = draft;
  if (backend.type !== 's3' || aws.credentials === undefined || backend.settings.profile !== undefined)
    return;
  problems.note(
    'shared-credentials',
    ['backend'],
    'Terraform reaches its states with the credentials of providers.aws: those from Vault are in its environment; name a profile of the backend to keep them apart',
    nodeAt(draft.root, ['backend'])?.position ?? draft.root.position,
  );
}
