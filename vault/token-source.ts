import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Failure, UsageError } from '../base/errors';
import { readIfThere } from '../base/files';
import { askHidden, canAsk } from '../base/hidden-prompt';

/** Where Vault's own command keeps a token after a log-in. */
const TOKEN_FILE = '.vault-token';

/** Longest token that is taken, in characters: a batch token has some hundreds. */
const LONGEST = 4096;

export interface TokenSourceOptions {
  readonly variables: NodeJS.ProcessEnv;
  /** Whether a person may be asked. */
  readonly prompting: boolean;
  readonly note: (text: string) => void;
  /** @default - the user's own */
  readonly home?: string;
  /** Ends the asking. */
  readonly stop?: AbortSignal;
}

/**
 * The user's token: from `VAULT_TOKEN`, else from `~/.vault-token`, else asked for on the terminal without showing it.
 *
 * @throws {@link Failure} where none is found; {@link UsageError} for one that can't be a token, without showing it
 */
export async function findToken(options: TokenSourceOptions): Promise<string> {
  const { variables, prompting, note, home = homedir(), stop } = options;
  const given = variables.VAULT_TOKEN ?? '';
  if (given !== '') return checkedToken(given, 'VAULT_TOKEN');
  const file = path.join(home, TOKEN_FILE);
  const kept = readIfThere(file)?.trim() ?? '';
  if (kept !== '') {
    if ((statSync(file).mode & 0o077) !== 0)
      note(`~/${TOKEN_FILE}: others on this machine may read it; chmod 600 ~/${TOKEN_FILE}`);
    return checkedToken(kept, `~/${TOKEN_FILE}`);
  }
  if (!prompting || !canAsk()) {
    throw new Failure(
      `no Vault token: VAULT_TOKEN is not set, there is no ~/${TOKEN_FILE}, and nobody can be asked here (no terminal)`,
    );
  }
  const typed = await askHidden({
    text: 'Vault token',
    severalLines: 'a token is one line',
    ...(stop === undefined ? {} : { stop }),
  });
  return checkedToken(typed.trim(), 'the token that was typed');
}

/** What an AppRole logs in with, beside its role id: never in a file, and never stored. */
export type SecretIdSource =
  | { readonly kind: 'plain'; readonly secretId: string }
  | { readonly kind: 'wrapped'; readonly wrappingToken: string };

/**
 * The secret id of an AppRole: `VAULT_SECRET_ID`, or in a single-use wrapping token `VAULT_WRAPPED_SECRET_ID`, as
 * `kakehashi token secret-id` prints it.
 *
 * @throws {@link UsageError} for both at once; {@link Failure} for none
 */
export function findSecretId(variables: NodeJS.ProcessEnv): SecretIdSource {
  const secretId = variables.VAULT_SECRET_ID ?? '';
  const wrappingToken = variables.VAULT_WRAPPED_SECRET_ID ?? '';
  if (secretId !== '' && wrappingToken !== '')
    throw new UsageError('two secret ids: VAULT_SECRET_ID and VAULT_WRAPPED_SECRET_ID; unset one');
  if (secretId !== '') return { kind: 'plain', secretId: checkedToken(secretId, 'VAULT_SECRET_ID') };
  if (wrappingToken !== '') {
    return { kind: 'wrapped', wrappingToken: checkedToken(wrappingToken, 'VAULT_WRAPPED_SECRET_ID') };
  }
  throw new Failure(
    'no secret id for the AppRole: set VAULT_SECRET_ID, or VAULT_WRAPPED_SECRET_ID to what kakehashi token secret-id printed',
  );
}

function checkedToken(text: string, where: string): string {
  if (/^[\x21-\x7e]+$/.test(text) && text.length <= LONGEST) return text;
  throw new UsageError(
    `${where}: must be a token, one word of printable characters, got something else, not shown`,
  );
}
