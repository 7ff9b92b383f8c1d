import { readFileSync } from 'node:fs';
import { errorCode } from '../../../base/error-code';
import { Failure, UsageError } from '../../../base/errors';
import type { SourceBranch, Target } from '../target';
import { serverAddress } from '../web/server-address';
import { type Token, tokenOf } from '../web/token';

/** What a job of GitHub Actions knows of itself, from its variables and its event. */
export interface GitHubAround {
  readonly api: URL;
  readonly token: Token;
  readonly owner: string;
  readonly repository: string;
  readonly target: Target;
}

/** The largest event that is read, in bytes. GitHub's own are smaller than 25 MB. */
const LARGEST_EVENT = 32 * 1024 * 1024;

/** @param request - the number of the pull request. @default - the event's */
export function githubAround(variables: NodeJS.ProcessEnv, request: number | undefined): GitHubAround {
  const token = tokenOf(variables, ['GH_TOKEN', 'GITHUB_TOKEN'], 'pull-requests: write');
  const api = serverAddress('GITHUB_API_URL', said(variables.GITHUB_API_URL) ?? 'https://api.github.com');
  const [owner, repository] = repositoryOf(said(variables.GITHUB_REPOSITORY));
  return { api, token, owner, repository, target: targetOf(variables, request) };
}

function repositoryOf(text: string | undefined): readonly [owner: string, name: string] {
  const [, owner, name] = /^([A-Za-z0-9_.-]{1,100})\/([A-Za-z0-9_.-]{1,100})$/.exec(text ?? '') ?? [];
  if (owner === undefined || name === undefined)
    throw new UsageError(
      `GITHUB_REPOSITORY: must be owner/name, got ${text === undefined ? 'nothing; a job of GitHub Actions has it, elsewhere set it' : `"${text}"`}`,
    );
  return [owner, name];
}

function targetOf(variables: NodeJS.ProcessEnv, request: number | undefined): Target {
  const event = eventOf(variables);
  const link = runLink(variables);
  const common = link === undefined ? {} : { link };
  const name = variables.GITHUB_EVENT_NAME;
  const queued = commitIn(event, ['merge_group', 'head_sha']);
  if (name === 'merge_group' && request === undefined && queued !== undefined)
    return { ...common, statusOnly: true, commit: queued };
  const number = request ?? requestOf(event, variables.GITHUB_REF);
  // The commit of a pull_request event is a merge that GitHub makes for the job; a status belongs to the branch's own.
  const from = sourceOf(event);
  const commit =
    commitIn(event, ['pull_request', 'head', 'sha']) ??
    from?.commit ??
    (number === undefined ? commitOf(variables.GITHUB_SHA) : undefined);
  return {
    ...common,
    statusOnly: false,
    ...(number === undefined ? {} : { request: number }),
    ...(from === undefined ? {} : { from }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** The branch of the run before this one. Its pull request is not in the event where it comes from a fork. */
function sourceOf(event: unknown): SourceBranch | undefined {
  const owner = at(event, ['workflow_run', 'head_repository', 'owner', 'login']);
  const branch = at(event, ['workflow_run', 'head_branch']);
  const commit = commitIn(event, ['workflow_run', 'head_sha']);
  if (typeof owner !== 'string' || typeof branch !== 'string' || commit === undefined) return undefined;
  return { owner, branch, commit };
}

/** The event of this job; empty outside of GitHub Actions. */
function eventOf(variables: NodeJS.ProcessEnv): unknown {
  const file = said(variables.GITHUB_EVENT_PATH);
  if (file === undefined) return {};
  try {
    const bytes = readFileSync(file);
    if (bytes.length > LARGEST_EVENT)
      throw new Failure(`GITHUB_EVENT_PATH: ${file} is no event: it is too large`);
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const why = error instanceof SyntaxError ? 'it is no JSON' : (errorCode(error) ?? 'unknown reason');
    throw new Failure(
      `GITHUB_EVENT_PATH: ${file} can't be read (${why}); name the pull request: --pr <number>`,
    );
  }
}

/** The number of the pull request: of its own event, of a comment on it, of the run before, or of the ref. */
function requestOf(event: unknown, ref: string | undefined): number | undefined {
  const found =
    at(event, ['pull_request', 'number']) ??
    (at(event, ['issue', 'pull_request']) === undefined ? undefined : at(event, ['issue', 'number'])) ??
    at(event, ['workflow_run', 'pull_requests', '0', 'number']) ??
    Number(/^refs\/pull\/(\d{1,10})\//.exec(ref ?? '')?.[1]);
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : undefined;
}

function runLink(variables: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = variables;
  if (said(server) === undefined || said(repository) === undefined || !/^\d+$/.test(run ?? ''))
    return undefined;
  return `${server?.replace(/\/+$/, '')}/${repository}/actions/runs/${run}`;
}

function commitIn(event: unknown, path: readonly string[]): string | undefined {
  return commitOf(at(event, path));
}

function commitOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(value) ? value : undefined;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
