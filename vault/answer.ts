import { vaultAt } from './connection-failure';
import type { RawAnswer } from './exchange';
import { shortened, VaultError } from './vault-error';

/** A JSON object, as it comes from a server: nothing is known about it. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** An answer of Vault, read: the parts of its envelope that we use. */
export interface Answer {
  readonly status: number;
  readonly data: JsonObject;
  /** The token that a log-in or `token/create` made. */
  readonly auth: JsonObject | undefined;
  readonly wrapInfo: JsonObject | undefined;
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** The whole body: `sys/health` has no envelope. */
  readonly body: JsonObject;
}

/** @throws {@link VaultError} when it is not Vault that answers */
export function parseAnswer(address: URL, raw: RawAnswer): Answer {
  const body = raw.text.trim() === '' ? {} : objectOf(parsed(raw.text));
  const clear = /^Client sent an HTTP request to an HTTPS server/.test(raw.text);
  if (clear)
    throw new VaultError('tls', `${vaultAt(address)}: it speaks https; write https:// in the address`);
  if (body === undefined) {
    const what = raw.contentType.split(';')[0]?.trim() ?? '';
    throw new VaultError(
      'not-vault',
      `${vaultAt(address)}: what answers is not Vault (status ${raw.status}, ${what === '' ? 'no JSON' : shortened(what, 60)}); check the address, and whether a proxy stands between`,
    );
  }
  return {
    status: raw.status,
    data: objectOf(body.data) ?? {},
    auth: objectOf(body.auth),
    wrapInfo: objectOf(body.wrap_info),
    warnings: texts(body.warnings),
    errors: texts(body.errors),
    body,
  };
}

export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
