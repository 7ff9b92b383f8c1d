import { listed } from '../core/entries';
import { type Backend, type Call, param } from '../core/route';
import { tidied } from '../core/tidy';
import { MAX_TTL_SECONDS, type Token } from '../core/tokens';
import { type Answer, badRequest, oneError, VaultError } from '../request/exchange';
import { TOKEN_CREATION } from './creation';
import { TOKEN_ROLES } from './role';
import { authView, tokenView } from './view';

/** The token that a request is about: in its body, or in its path, where old clients put it. */
function namedSecret(call: Call): string {
  const named = call.fields.text('token') || param(call, 'token');
  if (named === '') throw badRequest('missing token ID');
  return named;
}

function lookUp(call: Call, secret: string): Answer {
  const token = call.vault.tokens.find(secret);
  if (token === undefined) throw new VaultError(403, 'bad token');
  return { data: tokenView(call.vault.tokens, token, secret) };
}

/** The token of the accessor in a request. @throws {@link VaultError} 400 if there is none */
function byAccessor(call: Call): Token {
  const accessor = call.fields.text('accessor') || param(call, 'accessor');
  if (accessor === '') throw new VaultError(400, oneError('missing accessor'));
  const token = call.vault.tokens.byAccessor(accessor);
  if (token === undefined) throw new VaultError(400, oneError('invalid accessor'));
  return token;
}

function renew(call: Call, token: Token | undefined, secret: string): Answer {
  const { tokens } = call.vault;
  if (token === undefined) throw badRequest('token not found');
  if (!token.renewable || token.expires_at === 0) throw badRequest('lease is not renewable');
  const increment = call.fields.seconds('increment') || token.creation_ttl || MAX_TTL_SECONDS;
  return { auth: authView(tokens, tokens.renew(token, increment), secret) };
}

function lookUpSelf(call: Call): Answer {
  return lookUp(call, call.request.token);
}

function revoke(call: Call, accessor: string | undefined, orphans = false): undefined {
  if (accessor !== undefined) call.vault.tokens.revoke(accessor, { orphans });
  return undefined;
}

function lookUpNamed(call: Call): Answer {
  return lookUp(call, call.fields.text('token') || param(call, 'token') || call.request.token);
}

/** The routes below `auth/token/`. */
export const TOKENS: Backend = [
  ...TOKEN_CREATION,
  ...TOKEN_ROLES,
  { path: /^lookup-self$/, read: lookUpSelf, write: lookUpSelf },
  { path: /^lookup(\/(?<token>.+))?$/, read: lookUpNamed, write: lookUpNamed },
  {
    path: /^lookup-accessor(\/(?<accessor>.+))?$/,
    write: (call) => ({ data: tokenView(call.vault.tokens, byAccessor(call), '') }),
  },
  { path: /^revoke-self$/, write: (call) => revoke(call, call.caller?.accessor) },
  {
    path: /^revoke(\/(?<token>.+))?$/,
    write: (call) => revoke(call, call.vault.tokens.find(namedSecret(call))?.accessor),
  },
  {
    path: /^revoke-accessor(\/(?<accessor>.+))?$/,
    write: (call) => {
      const accessor = call.fields.text('accessor') || param(call, 'accessor');
      if (accessor === '' || call.vault.tokens.byAccessor(accessor) !== undefined)
        return revoke(call, byAccessor(call).accessor);
      return { warnings: ['No token found with this accessor'] };
    },
  },
  {
    path: /^revoke-orphan(\/(?<token>.+))?$/,
    sudo: true,
    write: (call) => {
      const token = call.vault.tokens.find(namedSecret(call));
      if (token === undefined) throw badRequest('token to revoke not found');
      return revoke(call, token.accessor, true);
    },
  },
  { path: /^renew-self$/, write: (call) => renew(call, call.caller, call.request.token) },
  {
    path: /^renew(\/(?<token>.+))?$/,
    write: (call) => renew(call, call.vault.tokens.find(namedSecret(call)), namedSecret(call)),
  },
  {
    path: /^renew-accessor(\/(?<accessor>.+))?$/,
    write: (call) => renew(call, byAccessor(call), ''),
  },
  { path: /^tidy$/, write: tidied },
  {
    path: /^accessors\/?$/,
    sudo: true,
    list: ({ vault }) =>
      listed(
        vault.tokens.all().map(({ accessor }) => accessor),
        '',
      ),
  },
];
