import type { Backend, Call } from '../core/route';
import type { Token } from '../core/tokens';
import { type Answer, badRequest, oneError, VaultError } from '../request/exchange';

/** The capabilities of a token on paths. @param named how the request identifies the token */
function capabilities(call: Call, token: Token | undefined, named: 'token' | 'accessor'): Answer {
  const { fields, vault } = call;
  const paths = fields.has('paths') ? fields.list('paths') : fields.list('path');
  if (paths.length === 0) throw badRequest('paths must be supplied');
  if (paths.includes('')) throw new VaultError(400, oneError('missing path'));
  if (token === undefined) throw new VaultError(400, oneError(`invalid ${named}`));
  const answers = paths.map((path) => [path, vault.capabilitiesOf(token, path)] as const);
  const [first] = answers;
  return {
    data: {
      ...Object.fromEntries(answers),
      ...(answers.length === 1 && first !== undefined ? { capabilities: first[1] } : {}),
    },
  };
}

/** The routes that answer which capabilities a token has on paths. */
export const SYS_CAPABILITIES: Backend = [
  {
    path: /^capabilities$/,
    doubled: true,
    write: (call) => {
      const secret = call.fields.text('token');
      if (secret === '') throw new VaultError(500, oneError('no token found'));
      return capabilities(call, call.vault.tokens.find(secret), 'token');
    },
  },
  { path: /^capabilities-self$/, doubled: true, write: (call) => capabilities(call, call.caller, 'token') },
  {
    path: /^capabilities-accessor$/,
    doubled: true,
    write: (call) => {
      const accessor = call.fields.text('accessor');
      if (accessor === '') throw badRequest('missing accessor');
      return capabilities(call, call.vault.tokens.byAccessor(accessor), 'accessor');
    },
  },
];
