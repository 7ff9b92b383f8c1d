import { Failure } from '../../../base/errors';
import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import { environmentOfKind } from '../../../model/vault/roles';
import type { TokenFacts } from '../../../vault/tokens';

/** Tokens that a command chooses by their user. */
export interface TokenSelection {
  readonly tokens: readonly TokenFacts[];
  /** Tokens of a user of the same name that are not chosen, in words; absent where there are none. */
  readonly left?: string;
}

const SEE = { text: 'see', command: 'token list' } as const;

/**
 * The environment whose user has a token; undefined where nothing tells it.
 *
 * The token role counts first, because the server itself notes it. The metadata is what the maker of the token said.
 */
export function environmentOfToken({ role, environment, policies }: TokenFacts): string | undefined {
  const ofRole = role === undefined ? undefined : environmentOfKind(role);
  if (ofRole !== undefined || environment !== undefined) return ofRole ?? environment;
  const ofPolicies = new Set(policies.map(environmentOfKind));
  return ofPolicies.size === 1 ? [...ofPolicies][0] : undefined;
}

/**
 * The tokens of one environment's user. Two environments of a server may have a user of the same name.
 *
 * @param environment - absent where only variables name the server: then all tokens of the user must be of one environment
 * @throws {@link Failure} where no token is chosen, and where several environments have such a user
 */
export function selectTokens(
  all: readonly TokenFacts[],
  user: string,
  environment: string | undefined,
): TokenSelection {
  const named = all.filter((token) => (token.user ?? token.displayName.replace(/^token-/, '')) === user);
  if (named.length === 0) throw new Failure({ summary: `no token was created for ${user}`, fixes: [SEE] });
  if (environment === undefined) {
    const environments = new Set(named.map(environmentOfToken));
    if (environments.size === 1) return { tokens: named };
    throw new Failure({
      summary: `tokens of a user ${user} belong to several environments: ${byEnvironment(named)}`,
      fixes: ['name one of them with --env', 'revoke each token by its accessor'],
    });
  }
  const tokens = named.filter((token) => environmentOfToken(token) === environment);
  const others = named.filter((token) => !tokens.includes(token));
  if (tokens.length === 0)
    throw new Failure({
      summary: `no token was created for ${user} of ${environment}, only others: ${byEnvironment(others)}`,
      fixes: ['name the environment with --env', 'revoke one by its accessor', SEE],
    });
  if (others.length === 0) return { tokens };
  return { tokens, left: `left alone, as they are not of ${environment}: ${byEnvironment(others)}` };
}

/** `2 tokens of lab, and 1 token that does not say its environment (accessor …)`. */
function byEnvironment(tokens: readonly TokenFacts[]): string {
  const names = [...new Set(tokens.map(environmentOfToken))];
  const known = names.filter((name) => name !== undefined).sort();
  const unknown = tokens.filter((token) => environmentOfToken(token) === undefined);
  return listed([
    ...known.map((name) => {
      const count = tokens.filter((token) => environmentOfToken(token) === name).length;
      return `${counted(count, 'token')} of ${name}`;
    }),
    ...(unknown.length === 0
      ? []
      : [
          `${counted(unknown.length, 'token')} without an environment (accessor ${listed(unknown.map(({ accessor }) => accessor))})`,
        ]),
  ]);
}
