import { readFileSync } from 'node:fs';
import { Failure, UsageError } from '../../../base/errors';
import type { Git } from './git';

/** The revision with which the working tree is compared. */
export interface BaseRevision {
  /** The full id of its commit. */
  readonly commit: string;
  /** How it was found: `the merge base with origin/main`. */
  readonly words: string;
}

/** Where a CI system says what the base is. */
interface Hint {
  /** A commit itself. */
  readonly commit?: string;
  /** A branch, with which the merge base is the base. */
  readonly branch?: string;
  readonly from: string;
}

/** The names that the default branch usually has, the likeliest first. */
const DEFAULT_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/**
 * The base: the revision that is named, else what the CI system says, else the merge base with the default branch.
 *
 * @throws {@link UsageError} for a revision that is not there; {@link Failure} where no base can be found
 */
export async function baseRevision(
  git: Git,
  named: string | undefined,
  variables: NodeJS.ProcessEnv,
): Promise<BaseRevision> {
  if (named !== undefined) {
    const commit = await git.commit(named);
    if (commit !== undefined) return { commit, words: named };
    throw new UsageError({
      where: '--base',
      summary: `there is no commit ${JSON.stringify(named)} in this repository`,
      fixes: await deeper(git, 'name a commit, a tag or a branch that is there'),
    });
  }
  const hint = hintOf(variables);
  if (hint?.commit !== undefined) {
    const commit = await git.commit(hint.commit);
    if (commit !== undefined) return { commit, words: hint.from };
    throw new Failure({
      where: hint.from,
      summary: `names the commit ${hint.commit}, which is not in this repository`,
      fixes: await deeper(git, 'fetch it, or name another one with --base'),
    });
  }
  if (hint?.branch !== undefined) {
    for (const branch of [`origin/${hint.branch}`, hint.branch]) {
      if ((await git.commit(branch)) !== undefined) return mergeBase(git, branch);
    }
    throw new Failure({
      where: hint.from,
      summary: `names the branch ${hint.branch}, which is not in this repository`,
      fixes: await deeper(git, `git fetch origin ${hint.branch}, or name a commit with --base`),
    });
  }
  for (const branch of DEFAULT_BRANCHES) {
    if ((await git.commit(branch)) !== undefined) return mergeBase(git, branch);
  }
  throw new Failure({
    summary: `there is no default branch to compare with: looked for ${DEFAULT_BRANCHES.join(', ')}`,
    fixes: await deeper(git, 'name a commit with --base, for instance --base HEAD~1'),
  });
}

async function mergeBase(git: Git, branch: string): Promise<BaseRevision> {
  if ((await git.commit('HEAD')) === undefined)
    throw new Failure({
      summary: 'the repository has no commit yet',
      fixes: ['make one, and then a change'],
    });
  const { ok, stdout } = await git.ask(['merge-base', '--end-of-options', branch, 'HEAD']);
  const commit = stdout.split('\n')[0] ?? '';
  if (ok && commit !== '') return { commit, words: `the merge base with ${branch}` };
  throw new Failure({
    summary: `HEAD and ${branch} have no commit in common`,
    fixes: await deeper(git, 'name a commit with --base'),
  });
}

/** What to do where a commit is missing: mostly the clone is shallow. */
async function deeper(git: Git, otherwise: string): Promise<readonly string[]> {
  const { stdout } = await git.ask(['rev-parse', '--is-shallow-repository']);
  if (stdout.trim() !== 'true') return [otherwise];
  return [
    'the clone is shallow: fetch its history (git fetch --unshallow; fetch-depth: 0 of actions/checkout; GIT_DEPTH: 0 at GitLab)',
  ];
}

/** What the variables of GitHub's and GitLab's runners say. */
function hintOf(variables: NodeJS.ProcessEnv): Hint | undefined {
  const set = (name: string) => (variables[name] === '' ? undefined : variables[name]);
  const branch = set('GITHUB_BASE_REF');
  if (branch !== undefined) return { branch, from: 'GITHUB_BASE_REF' };
  const event = set('GITHUB_EVENT_NAME');
  if (event === 'merge_group' || event === 'push') return githubEvent(event, set('GITHUB_EVENT_PATH'));
  const diff = commitId(set('CI_MERGE_REQUEST_DIFF_BASE_SHA'));
  if (diff !== undefined) return { commit: diff, from: 'CI_MERGE_REQUEST_DIFF_BASE_SHA' };
  const target = set('CI_MERGE_REQUEST_TARGET_BRANCH_NAME');
  if (target !== undefined) return { branch: target, from: 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME' };
  const before = commitId(set('CI_COMMIT_BEFORE_SHA'));
  const isDefault =
    set('CI_COMMIT_BRANCH') !== undefined && set('CI_COMMIT_BRANCH') === set('CI_DEFAULT_BRANCH');
  return before !== undefined && isDefault ? { commit: before, from: 'CI_COMMIT_BEFORE_SHA' } : undefined;
}

/** The part of GitHub's event that tells the base. */
interface GithubEvent {
  readonly ref?: unknown;
  readonly before?: unknown;
  readonly merge_group?: { readonly base_sha?: unknown };
  readonly repository?: { readonly default_branch?: unknown };
}

/** A merge queue has no pull request, and after a push to the default branch HEAD is that branch: the event knows what was before. */
function githubEvent(name: 'merge_group' | 'push', file: string | undefined): Hint | undefined {
  const event = readEvent(file);
  if (name === 'merge_group') {
    const commit = commitId(event?.merge_group?.base_sha);
    return commit === undefined ? undefined : { commit, from: 'merge_group.base_sha of GITHUB_EVENT_PATH' };
  }
  const before = commitId(event?.before);
  const isDefault = event?.ref === `refs/heads/${String(event?.repository?.default_branch)}`;
  return before !== undefined && isDefault
    ? { commit: before, from: 'before of GITHUB_EVENT_PATH' }
    : undefined;
}

function readEvent(file: string | undefined): GithubEvent | undefined {
  if (file === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A full id; the zeros that stand for no commit are none. */
function commitId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(value) && !/^0+$/.test(value)
    ? value
    : undefined;
}
