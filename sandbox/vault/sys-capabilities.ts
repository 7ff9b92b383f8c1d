import type { Backend, Call } from './backend';
import { type Answer, badRequest, VaultError } from './exchange';
import type { Token } from './tokens';

function capabilities(call: Call, token: Token | undefined): Answer {
  const { fields, vault } = call;
  const paths = fields.has('paths') ? fields.list('paths') : fields.list('path');
  if (paths.length === 0 || paths.includes('')) throw badRequest('paths must be supplied');
  if (token === undefined) throw new VaultError(403, 'invalid token');
  const answers = paths.map((path) => [path, vault.capabilitiesOf(token, path)] as const);
  const [first] = answers;
  return {
    data: {
      ...Object.fromEntries(answers),
      ...(answers.length === 1 && first !== undefined ? { capabilities: first[1] } : {}),
    },
  };
}

/** What a token may do with paths, asked beforehand. */
export const SYS_CAPABILITIES: Backend = [
  {
    path: /^capabilities$/,
    doubled: true,
    write: (call) => {
      const secret = call.fields.text('token');
      if (secret === '') throw badRequest('token must be supplied');
      return capabilities(call, call.vault.tokens.find(secret));
    },
  },
  { path: /^capabilities-self$/, doubled: true, write: (call) => capabilities(call, call.caller) },
  {
    path: /^capabilities-accessor$/,
    doubled: true,
    write: (call) => {
      const accessor = call.fields.text('accessor');
      if (accessor === '') throw badRequest('accessor must be supplied');
      return capabilities(call, call.vault.tokens.byAccessor(accessor));
    },
  },
];
