import type { Answer, VaultTarget } from './answer';
import { vaultAt } from './connection-failure';
import { neededRule } from './needed-rule';
import { shortened } from './shortened';
import { VaultError } from './vault-error';

/** A request as messages name it. */
export interface Asked {
  /** What it is about: `vault://secret/aws/access_key`, `auth/token/create`. */
  readonly what: string;
  /** What was tried: `reading it`, `listing it`. */
  readonly act: string;
}

/**
 * The meaning of an answer that refuses a request (docs/reference/vault.md).
 *
 * A 403 has two meanings. When the token itself is not accepted, the server says `permission denied` and no more (newer
 * Vaults add `invalid token`); when the token's policies refuse, it wraps the same words into `1 error occurred`.
 */
export function refusal(
  address: URL,
  answer: Answer,
  asked: Asked,
  tokenSource = 'VAULT_TOKEN or ~/.vault-token',
): VaultError {
  const reason = answer.errors.join('; ');
  const where = vaultAt(address);
  const { status } = answer;
  if (status === 503 && /sealed/i.test(reason)) return sealed(address);
  if (status === 403) {
    return /^1 error occurred/.test(reason) && !/invalid token/.test(reason)
      ? denied(asked, answer.request)
      : wrongToken(address, tokenSource);
  }
  if (status === 400 && /missing client token/i.test(reason)) return wrongToken(address, tokenSource);
  if (status === 404 && isNoRoute(reason)) {
    return new VaultError('engine', {
      where: asked.what,
      summary: 'no engine is mounted there',
      fixes: ['correct the first part of the reference', 'mount it'],
    });
  }
  if (status === 429) {
    const summary = 'too many requests at once (429)';
    return new VaultError('refused', { where, summary, fixes: ['try again in a while'] });
  }
  if (status >= 500 && reason === '') {
    return new VaultError('unreachable', {
      where,
      summary: `it fails (${status})`,
      fixes: ['look at its log'],
    });
  }
  const given = reason === '' ? '' : `: ${shortened(reason)}`;
  return new VaultError('refused', {
    where: asked.what,
    summary: `${asked.act} was refused (${status})${given}`,
  });
}

/** Whether a 404 says that no engine is mounted at the path. */
export function isNoRoute(reason: string): boolean {
  return /no handler for route|unsupported path/i.test(reason);
}

function sealed(address: URL): VaultError {
  return new VaultError('sealed', {
    where: vaultAt(address),
    summary: 'it is sealed and serves nothing',
    fixes: ['whoever holds its keys must unseal it (bao or vault operator unseal)'],
  });
}

/** The server has no storage of its own yet. */
export function uninitialized(address: URL): VaultError {
  return new VaultError('uninitialized', {
    where: vaultAt(address),
    summary: 'it is not initialized',
    fixes: ['set it up first (bao or vault operator init)'],
  });
}

/** The server does not accept the token. */
function wrongToken(address: URL, tokenSource: string): VaultError {
  return new VaultError('token', {
    where: vaultAt(address),
    summary: 'the token is wrong, revoked or expired ("token lookup is failed" on the controller)',
    fixes: [`give a valid one: ${tokenSource}`],
  });
}

function denied({ what, act }: Asked, { method, path }: VaultTarget): VaultError {
  return new VaultError('denied', {
    where: what,
    summary: `the token's policies refuse ${act}`,
    fixes: [
      ...(what.startsWith('vault://') ? ['check the reference'] : []),
      'use a token that may do it',
      neededRule(method, path),
    ],
  });
}
