import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Failure, UsageError } from '../base/errors';
import { readIfThere } from '../base/files';
import { askHidden, canAsk } from '../base/hidden-prompt';

/** The file in the home folder where Vault's own command keeps a token after a log-in. */
const TOKEN_FILE = '.vault-token';

/** The longest token that is accepted, in characters. A batch token has some hundreds. */
const LONGEST = 4096;

export interface TokenSourceOptions {
  readonly variables: NodeJS.ProcessEnv;
  /** Whether the user may be asked. */
  readonly prompting: boolean;
  readonly note: (text: string) => void;
  /** The home folder. @default - the user's own */
  readonly home?: string;
  /** Ends the prompt. */
  readonly stop?: AbortSignal;
}

/**
 * Finds the user's token: in `VAULT_TOKEN`, else in `~/.vault-token`, else by a hidden prompt on the terminal.
 *
 * @throws {@link Failure} when none is found; {@link UsageError} for a text that can't be a token, without showing it
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
    throw new Failure({
      summary: `no Vault token: VAULT_TOKEN is not set, there is no ~/${TOKEN_FILE}, and there is no terminal to ask on`,
      fixes: ['set VAULT_TOKEN', 'log in with vault login'],
    });
  }
  const typed = await askHidden({
    text: 'Vault token',
    severalLines: 'a token is one line',
    ...(stop === undefined ? {} : { stop }),
  });
  return checkedToken(typed.trim(), 'the token that was typed');
}

/** The secret id that an AppRole logs in with, beside its role id. It is never in a file, and never stored. */
export type SecretIdSource =
  | { readonly kind: 'plain'; readonly secretId: string }
  | { readonly kind: 'wrapped'; readonly wrappingToken: string };

/**
 * Finds the secret id of an AppRole in `VAULT_SECRET_ID`, or in `VAULT_WRAPPED_SECRET_ID`, a single-use wrapping token as
 * `kakehashi token secret-id` prints it.
 *
 * @throws {@link UsageError} for both at once; {@link Failure} for none
 */
export function findSecretId(variables: NodeJS.ProcessEnv): SecretIdSource {
  const secretId = variables.VAULT_SECRET_ID ?? '';
  const wrappingToken = variables.VAULT_WRAPPED_SECRET_ID ?? '';
  if (secretId !== '' && wrappingToken !== '')
    throw new UsageError({
      summary: 'two secret ids: VAULT_SECRET_ID and VAULT_WRAPPED_SECRET_ID',
      fixes: ['unset one'],
    });
  if (secretId !== '') return { kind: 'plain', secretId: checkedToken(secretId, 'VAULT_SECRET_ID') };
  if (wrappingToken !== '') {
    return { kind: 'wrapped', wrappingToken: checkedToken(wrappingToken, 'VAULT_WRAPPED_SECRET_ID') };
  }
  throw new Failure({
    summary: 'no secret id for the AppRole',
    fixes: ['set VAULT_SECRET_ID', 'set VAULT_WRAPPED_SECRET_ID to what kakehashi token secret-id printed'],
  });
}

function checkedToken(text: string, where: string): string {
  if (/^[\x21-\x7e]+$/.test(text) && text.length <= LONGEST) return text;
  throw new UsageError({
    where,
    summary: 'must be a token, one word of printable characters, got something else, not shown',
  });
}
