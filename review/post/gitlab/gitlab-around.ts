import { UsageError } from '../../../base/errors';
import type { Target } from '../target';
import { serverAddress } from '../web/server-address';
import { type Token, tokenOf } from '../web/token';

/** What a job of GitLab's CI knows of itself, from its variables. */
export interface GitLabAround {
  readonly api: URL;
  readonly token: Token;
  /** The id or the path of the project that has the merge request. */
  readonly project: string;
  /** The pipeline that a status belongs to. @default - a status makes a pipeline of its own */
  readonly pipeline?: string;
  readonly target: Target;
}

/** @param request - the number of the merge request in its project. @default - the pipeline's */
export function gitlabAround(variables: NodeJS.ProcessEnv, request: number | undefined): GitLabAround {
  const token = tokenOf(variables, ['KAKEHASHI_GITLAB_TOKEN', 'GITLAB_TOKEN'], 'the scope api');
  const api = serverAddress('CI_API_V4_URL', said(variables.CI_API_V4_URL) ?? 'https://gitlab.com/api/v4');
  const project = said(variables.CI_MERGE_REQUEST_PROJECT_ID) ?? said(variables.CI_PROJECT_ID);
  if (project === undefined)
    throw new UsageError(
      'CI_PROJECT_ID: must be the id or the path of the project, got nothing; a job of GitLab CI has it, elsewhere set it',
    );
  const pipeline = said(variables.CI_PIPELINE_ID);
  return {
    api,
    token,
    project,
    ...(pipeline === undefined || !/^\d+$/.test(pipeline) ? {} : { pipeline }),
    target: targetOf(variables, request),
  };
}

function targetOf(variables: NodeJS.ProcessEnv, request: number | undefined): Target {
  const link = said(variables.CI_JOB_URL);
  const number = request ?? requestOf(variables.CI_MERGE_REQUEST_IID);
  // A pipeline of merged results, or of a merge train, runs on a commit that GitLab makes for it.
  const commit = said(variables.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA) ?? said(variables.CI_COMMIT_SHA);
  const statusOnly = variables.CI_MERGE_REQUEST_EVENT_TYPE === 'merge_train' && request === undefined;
  return {
    statusOnly,
    ...(number === undefined || statusOnly ? {} : { request: number }),
    ...(commit === undefined || request !== undefined || !/^[0-9a-f]{40,64}$/.test(commit) ? {} : { commit }),
    ...(link === undefined ? {} : { link }),
  };
}

function requestOf(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : undefined;
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
