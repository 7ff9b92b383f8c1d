import { PostFailure } from '../failure';
import { asking, type GitHubClient, notGitHub } from './client';

/** Who writes with the token that GitHub gives to each job. */
const ACTIONS = 'github-actions[bot]';

/**
 * The login that writes in a token's name. The token of an app, which that of a job is too, may not ask `GET /user`; GraphQL
 * tells it. Where neither does, it is taken for that of a job.
 */
export async function selfOf(client: GitHubClient): Promise<string> {
  try {
    return await asking(
      client,
      'ask who the token is',
      'access to this server',
      async ({ octokit, where }) => {
        const { data } = await octokit.request('GET /user');
        return loginOf(data, where);
      },
    );
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
  try {
    return await asking(
      client,
      'ask who the token is',
      'access to this server',
      async ({ octokit, where }) => {
        const { viewer } = await octokit.graphql<{ readonly viewer: unknown }>('query { viewer { login } }');
        const login = loginOf(viewer, where);
        return login.endsWith('[bot]') ? login : `${login}[bot]`;
      },
    );
  } catch (error) {
    if (!isRefused(error)) throw error;
    return ACTIONS;
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof PostFailure && ['forbidden', 'missing', 'refused', 'not-api'].includes(error.code);
}

function loginOf(value: unknown, where: string): string {
  const isLogin = typeof value === 'object' && value !== null && 'login' in value;
  if (!isLogin || typeof value.login !== 'string' || value.login === '') throw notGitHub(where);
  return value.login;
}
