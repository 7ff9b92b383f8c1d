import { vaultAt } from './connection-failure';
import type { RawAnswer } from './exchange';
import { shortened } from './shortened';
import { VaultError } from './vault-error';

/** A JSON object of a server, whose content is not known. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** What a request is made on. */
export interface VaultTarget {
  /** `LIST` also where the client asks with `?list=true`. */
  readonly method: string;
  /** The path in the server's API, as policies have it. */
  readonly path: string;
}

/** An answer of Vault: the parts of its envelope that the client uses. */
export interface Answer {
  readonly status: number;
  readonly data: JsonObject;
  /** The token that a log-in or `token/create` made. */
  readonly auth: JsonObject | undefined;
  readonly wrapInfo: JsonObject | undefined;
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** The request that it answers. */
  readonly request: VaultTarget;
  /** The whole body, since `sys/health` has no envelope. */
  readonly body: JsonObject;
}

/** @throws {@link VaultError} when the answer is not Vault's */
export function parseAnswer(address: URL, raw: RawAnswer, request: VaultTarget): Answer {
  const where = vaultAt(address);
  if (/^Client sent an HTTP request to an HTTPS server/.test(raw.text)) {
    const fixes = ['write https:// in the address'];
    throw new VaultError('tls', { where, summary: 'it speaks https, not http', fixes });
  }
  const body = raw.text.trim() === '' ? {} : objectOf(parsed(raw.text));
  if (body === undefined) {
    const type = raw.contentType.split(';')[0]?.trim() ?? '';
    const found = `status ${raw.status}, ${type === '' ? 'no JSON' : shortened(type, 60)}`;
    throw new VaultError('not-vault', {
      where,
      summary: `what answers there is not Vault (${found})`,
      fixes: ['check the address, and whether a proxy stands between'],
    });
  }
  return {
    status: raw.status,
    data: objectOf(body.data) ?? {},
    auth: objectOf(body.auth),
    wrapInfo: objectOf(body.wrap_info),
    warnings: texts(body.warnings),
    errors: texts(body.errors),
    request,
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
