import type { Answer } from './answer';
import { vaultAt } from './connection-failure';
import { shortened, VaultError } from './vault-error';

/** What was asked for, as it stands in messages. */
export interface Asked {
  /** `vault://secret/aws/access_key`, `auth/token/create`. */
  readonly what: string;
  /** `reading it`, `listing it`. */
  readonly act: string;
}

/**
 * What a refusal means, in one line (facts.md §7).
 *
 * A 403 has two meanings. When the token itself is not accepted, the server says `permission denied` and no more (newer
 * Vaults add `invalid token`); when the token's policies refuse, it wraps the same words into `1 error occurred`. The
 * controller reports the first as `token lookup is failed`, the second as `vault read is failed` (domain.md §2A A9).
 */
export function refusal(address: URL, answer: Answer, asked: Asked): VaultError {
  const words = answer.errors.join('; ');
  const where = vaultAt(address);
  const { status } = answer;
  if (status === 503 && /sealed/i.test(words)) return sealed(address);
  if (status === 403) {
    return /^1 error occurred/.test(words) && !/invalid token/.test(words)
      ? denied(asked)
      : wrongToken(address);
  }
  if (status === 400 && /missing client token/i.test(words)) return wrongToken(address);
  if (status === 404 && /no handler for route|unsupported path/i.test(words)) {
    return new VaultError(
      'engine',
      `${asked.what}: no engine is mounted there; correct the first part of the reference, or mount it`,
    );
  }
  if (status === 429) {
    return new VaultError('refused', `${where}: too many requests at once (429); try again in a while`);
  }
  if (status >= 500 && words === '') {
    return new VaultError('unreachable', `${where}: it fails (${status}); look at its log`);
  }
  const said = words === '' ? '' : `: ${shortened(words)}`;
  return new VaultError('refused', `${asked.what}: ${asked.act} was refused (${status})${said}`);
}

function sealed(address: URL): VaultError {
  return new VaultError(
    'sealed',
    `${vaultAt(address)}: it is sealed and answers nothing; whoever holds its keys must unseal it (bao or vault operator unseal)`,
  );
}

export function uninitialized(address: URL): VaultError {
  return new VaultError(
    'uninitialized',
    `${vaultAt(address)}: it is not initialized; set it up first (bao or vault operator init)`,
  );
}

/** The server does not know the token. */
export function wrongToken(address: URL): VaultError {
  return new VaultError(
    'token',
    `${vaultAt(address)}: the token is wrong, revoked or expired ("token lookup is failed" on the controller); give a valid one: VAULT_TOKEN or ~/.vault-token`,
  );
}

function denied({ what, act }: Asked): VaultError {
  return new VaultError(
    'denied',
    `${what}: the token's policies refuse ${act}; check the reference, else use a token that may do it`,
  );
}
