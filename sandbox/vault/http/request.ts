import type { IncomingMessage } from 'node:http';
import { readServerDuration } from '../../../model/vault/server-duration';
import {
  badRequest,
  type Json,
  type Operation,
  VaultError,
  type VaultReply,
  type VaultRequest,
} from '../request/exchange';
import { METHOD_HEADER } from './request-framing';

/** Vault's default limit, 32 MiB. */
const LARGEST_BODY = 32 * 1024 * 1024;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  GET: 'read',
  HEAD: 'head',
  LIST: 'list',
  SCAN: 'scan',
  POST: 'write',
  PUT: 'write',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** A request's body; undefined if it is too large. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size <= LARGEST_BODY ? Buffer.concat(chunks) : undefined;
}

/** The JSON object of a body; an empty object for an empty body. Errors do not quote the body. */
function parsed(body: Buffer): Json {
  const text = body.toString('utf8').trim();
  if (text === '' || text === 'null') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new VaultError(400, 'failed to decode JSON input: invalid JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new VaultError(400, 'failed to decode JSON input: must be an object');
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function tokenOf(request: IncomingMessage): string {
  const bearer = /^Bearer (.+)$/.exec(header(request, 'authorization'))?.[1];
  return header(request, 'x-vault-token') || (bearer ?? '');
}

/** The decoded path below `/v1/`; undefined for any other path. */
function pathOf(url: URL): string | undefined {
  if (!url.pathname.startsWith('/v1/')) return undefined;
  try {
    return decodeURIComponent(url.pathname.slice('/v1/'.length));
  } catch {
    return undefined;
  }
}

function operationOf(method: string, url: URL): Operation | undefined {
  const operation = Object.hasOwn(OPERATIONS, method) ? OPERATIONS[method] : undefined;
  if (operation === undefined) return undefined;
  if (['read', 'head'].includes(operation) && url.searchParams.has('help')) return 'help';
  const listing = (['list', 'scan'] as const).find((each) => url.searchParams.get(each) === 'true');
  return operation === 'read' && listing !== undefined ? listing : operation;
}

function refused(status: number, ...errors: readonly string[]): VaultReply {
  return { status, body: { errors } };
}

/**
 * The request to Vault in an HTTP request, or the reply to an invalid one.
 *
 * `X-Vault-Namespace` is accepted and has no effect, as with Vault's community edition: there is one namespace.
 */
export function readRequest(request: IncomingMessage, body: Buffer | undefined): VaultRequest | VaultReply {
  if (!URL.canParse(request.url ?? '', 'http://vault')) return refused(400);
  const url = new URL(request.url ?? '', 'http://vault');
  const path = pathOf(url);
  if (path === undefined || path === '') return refused(404);
  const operation = operationOf(header(request, METHOD_HEADER) || (request.method ?? ''), url);
  if (operation === undefined) return refused(405);
  if (body === undefined) return refused(413, 'request body too large');
  try {
    // The path of a LIST or a SCAN is a folder, with or without its slash.
    const asFolder = (operation === 'list' || operation === 'scan') && !path.endsWith('/');
    return {
      operation,
      path: asFolder ? `${path}/` : path,
      token: tokenOf(request),
      body: operation === 'write' || operation === 'patch' ? parsed(body) : {},
      query: Object.fromEntries(url.searchParams),
      ...wrapOf(header(request, 'x-vault-wrap-ttl')),
      remote: request.socket.remoteAddress ?? '127.0.0.1',
    };
  } catch (failure) {
    if (failure instanceof VaultError) return refused(failure.status, ...failure.errors);
    throw failure;
  }
}

/** How long the answer's wrap is to live, where the request says it. */
function wrapOf(text: string | undefined): Pick<VaultRequest, 'wrapSeconds'> {
  if (text === undefined || text === '') return {};
  const read = readServerDuration(text);
  const problem =
    'problem' in read ? read.problem : read.seconds < 0 ? 'requested wrap ttl cannot be negative' : undefined;
  if (problem !== undefined) throw badRequest(`error parsing X-Vault-Wrap-TTL header: ${problem}`);
  return 'seconds' in read ? { wrapSeconds: Math.floor(read.seconds) } : {};
}
