import type { CodeHost } from './code-host';
import type { CodeHostName } from './code-host-name';
import { openGitHub } from './github/client';
import { github } from './github/github';
import { githubAround } from './github/github-around';
import { openGitLab } from './gitlab/client';
import { gitlab } from './gitlab/gitlab';
import { gitlabAround } from './gitlab/gitlab-around';
import type { Target } from './target';
import { PATIENCE, type Patience, patientFetch } from './web/patient-fetch';
import { proxyFixes } from './web/proxy-fixes';

/** A server that is ready to be asked, and what a run posts to. */
export interface OpenCodeHost {
  readonly host: CodeHost;
  readonly target: Target;
}

export interface OpenOptions {
  readonly variables: NodeJS.ProcessEnv;
  /** The number of the pull request. @default - the one that the job runs for */
  readonly request?: number;
  readonly stop: AbortSignal;
  /** Gets a remark before each long wait. */
  readonly note: (text: string) => void;
  /** @default - minutes */
  readonly patience?: Patience;
}

/**
 * Opens the server of a job, from the job's own variables. Nothing is asked yet.
 *
 * @throws {@link UsageError} where a variable lacks or is wrong
 */
export async function openCodeHost(name: CodeHostName, options: OpenOptions): Promise<OpenCodeHost> {
  const { variables, request, stop, note, patience = PATIENCE } = options;
  const around = { patience, stop, note, fixes: proxyFixes(variables) };
  if (name === 'github') {
    const { owner, repository, api, token, target } = githubAround(variables, request);
    const where = `GitHub at ${api.origin}`;
    const client = await openGitHub(api, token, where, patientFetch({ where, ...around }));
    return { host: github(client, { owner, repo: repository }), target };
  }
  const { api, token, project, pipeline, target } = gitlabAround(variables, request);
  const where = `GitLab at ${api.origin}`;
  const client = openGitLab(api, token, where, patientFetch({ where, ...around }));
  return { host: gitlab(client, project, pipeline), target };
}
