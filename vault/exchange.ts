import type { IncomingMessage } from 'node:http';
import type { RequestOptions as HttpsOptions } from 'node:https';
import { Interrupted } from '../base/interrupted';
import { isLoopback } from './address';
import { connectionFailure, cutOff, redirected, tooLarge, tooSlow } from './connection-failure';

/** One request to a Vault server. */
export interface VaultRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/v1/`, each segment encoded; may have a query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer that is not parsed yet. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** A server and how it is reached. */
export interface Endpoint {
  readonly address: URL;
  /**
   * PEM of the authorities that may have signed its certificate. Whoever names one trusts only that, and not the system's.
   * There is no way to switch the verification off.
   */
  readonly authorities?: string;
  /** The longest time for one request with its answer. */
  readonly timeoutMs: number;
  /** Gets a remark when a standby node redirects to the active one. */
  readonly note: (text: string) => void;
  /** Aborts the request, which then throws {@link Interrupted}. */
  readonly stop?: AbortSignal;
}

/** The largest answer that is read, in bytes. Vault refuses secrets of 1 MiB and more with its own storage (raft). */
const LARGEST = 2 * 1024 * 1024;

/**
 * Sends one request and reads its answer.
 *
 * A standby node answers 307 with the active node's address. That is followed once, with the token, within the same
 * scheme and to the same path, and a note says so; any other redirect is refused, since it would carry the token away.
 *
 * @throws {@link VaultError} when there is no answer to read
 */
export async function exchange(endpoint: Endpoint, request: VaultRequest): Promise<RawAnswer> {
  const { address } = endpoint;
  const target = new URL(`/v1/${request.path}`, address);
  const first = await send(endpoint, target, request);
  if (!isRedirect(first.status)) return first;
  const next = activeNode(target, first.location);
  if (next === undefined) throw redirected(address, first.status);
  endpoint.note(`vault at ${address.origin}: a standby node; the active one is ${next.origin}`);
  const second = await send({ ...endpoint, address: new URL(next.origin) }, next, request);
  if (isRedirect(second.status)) throw redirected(address, second.status);
  return second;
}

interface LocatedAnswer extends RawAnswer {
  readonly location: string | undefined;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

function activeNode(target: URL, location: string | undefined): URL | undefined {
  if (location === undefined || !URL.canParse(location, target.href)) return undefined;
  const next = new URL(location, target);
  const same = next.protocol === target.protocol && next.pathname === target.pathname;
  const safe = next.protocol === 'https:' || isLoopback(next.hostname);
  return same && safe && next.search === target.search && next.username + next.password === ''
    ? next
    : undefined;
}

function send(endpoint: Endpoint, target: URL, request: VaultRequest): Promise<LocatedAnswer> {
  const { address, authorities, timeoutMs, stop } = endpoint;
  const secure = target.protocol === 'https:';
  const open: typeof import('node:https').request = secure
    ? (require('node:https') as typeof import('node:https')).request
    : (require('node:http') as typeof import('node:http')).request;
  const options: HttpsOptions = {
    method: request.method,
    headers: {
      ...request.headers,
      ...(request.body === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(request.body) }),
    },
    agent: false,
    ...(stop === undefined ? {} : { signal: stop }),
    // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED does not decide it.
    rejectUnauthorized: true,
    ...(authorities === undefined ? {} : { ca: authorities }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = open(target, options, (answer) => read(answer, address).then(settle, fail));
    const timer = setTimeout(() => outgoing.destroy(tooSlow(address, timeoutMs)), timeoutMs);
    const settle = (answer: LocatedAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    const fail = (error: Error): void => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(stop?.aborted === true ? new Interrupted() : connectionFailure(address, error));
    };
    outgoing.on('error', fail);
    outgoing.end(request.body);
  });
}

function read(answer: IncomingMessage, address: URL): Promise<LocatedAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST) reject(tooLarge(address, LARGEST));
      else chunks.push(chunk);
    });
    answer.on('error', reject);
    answer.on('close', () => {
      if (!answer.complete) reject(cutOff(address));
    });
    answer.on('end', () => {
      resolve({
        status: answer.statusCode ?? 0,
        contentType: answer.headers['content-type'] ?? '',
        location: answer.headers.location,
        text: Buffer.concat(chunks).toString('utf8'),
      });
    });
  });
}
