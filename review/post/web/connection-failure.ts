import { errorCode } from '../../../base/error-code';
import { visibleText } from '../../../base/visible-text';
import { PostFailure } from '../failure';
import type { Wait } from './wait-of';

/** Codes of network errors that pass. */
const PASSING = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

const CAUSES: Readonly<Record<string, readonly [summary: string, fix: string]>> = {
  ECONNREFUSED: ['nothing listens there (ECONNREFUSED)', 'check the address and its port'],
  ENOTFOUND: ['its name is unknown (ENOTFOUND)', 'check the address, or the resolver of this machine'],
  EAI_AGAIN: ['its name could not be resolved (EAI_AGAIN)', 'check the resolver of this machine'],
  ECONNRESET: [
    'the connection ended within the answer (ECONNRESET)',
    'check proxies and firewalls on the way',
  ],
  UND_ERR_SOCKET: ['the connection ended within the answer', 'check proxies and firewalls on the way'],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'it does not speak TLS there (ERR_SSL_WRONG_VERSION_NUMBER)',
    'check the address and its port',
  ],
  EPROTO: ['it does not agree on TLS (EPROTO)', 'check the address and its port, and proxies on the way'],
};

/** Whether the same request may be answered a moment later. */
export function isPassing(error: unknown): boolean {
  return error instanceof PostFailure ? error.code === 'unreachable' : PASSING.has(codeOf(error));
}

/**
 * The failure of a request that failed in the network or in TLS. Its text is of codes alone, since an error may quote headers.
 *
 * @param further - what may help beside the fix of the failure's own code
 */
export function connectionFailure(
  where: string,
  error: unknown,
  further: readonly string[] = [],
): PostFailure {
  if (error instanceof PostFailure) return error;
  const code = codeOf(error);
  if (CAUSES[code] === undefined && isTls(code))
    return new PostFailure('tls', {
      where,
      summary: `its certificate is not accepted (${code})`,
      fixes: [
        'name the file of its authority in NODE_EXTRA_CA_CERTS',
        'correct the certificate on the server',
      ],
    });
  if (/^(HPE_|Z_|ERR__ERROR|UND_ERR_HEADERS_OVERFLOW)/.test(code))
    return new PostFailure('not-api', {
      where,
      summary: `its answer can't be read (${code})`,
      fixes: ['check the address and its port', 'check proxies on the way'],
    });
  const [summary, fix] = CAUSES[code] ?? [
    code === '' ? 'there is no answer' : `there is no answer (${code})`,
    'check the network between this machine and the server',
  ];
  return new PostFailure('unreachable', { where, summary, fixes: [fix, ...further] });
}

export function tooSlow(where: string, ms: number, further: readonly string[] = []): PostFailure {
  return new PostFailure('unreachable', {
    where,
    summary: `no answer within ${ms / 1000} s`,
    fixes: ['check the network between this machine and the server', ...further],
  });
}

/** All requests together took longer than a run may. */
export function tooLong(where: string, totalMs: number): PostFailure {
  return new PostFailure('unreachable', {
    where,
    summary: `its answers take longer than ${totalMs / 1000} s together, and what is not posted by now was given up`,
    fixes: ['run the job again later', 'check the network between this machine and the server'],
  });
}

/** @param asked - the address that was asked, from which a relative one counts */
export function redirected(where: string, answer: Response, asked: string): PostFailure {
  const { status, headers } = answer;
  const to = headers.get('location') ?? '';
  const target = URL.canParse(to, asked) ? new URL(to, asked) : undefined;
  if (target !== undefined && target.origin === new URL(asked).origin)
    return new PostFailure('redirect', {
      where,
      summary: `it redirects to another path of its own (${status})`,
      fixes: [
        'if the repository has another name or owner now, run the job there',
        'correct the address of its API',
      ],
    });
  const origin = target === undefined || target.origin === 'null' ? '' : ` to ${visibleText(target.origin)}`;
  return new PostFailure('redirect', {
    where,
    summary: `it redirects${origin} (${status}), and a token is not sent on`,
    fixes: ['correct the address of its API', 'if the repository has another name now, use that'],
  });
}

/** The server did not do it within the time that this run has. */
export function outOfPatience(where: string, status: number, wait: Wait, totalMs: number): PostFailure {
  const seconds = Math.ceil(wait.ms / 1000);
  if (!wait.limit)
    return new PostFailure('server', {
      where,
      summary:
        wait.ms > totalMs
          ? `it answers ${status} and wants to be left alone for ${seconds} s`
          : `it answers ${status}, also when asked again`,
      fixes: ["look at the server's status page, and run the job again later"],
    });
  return new PostFailure('limited', {
    where,
    summary: `its rate limit is reached for another ${seconds} s, and this run waits ${totalMs / 1000} s at most`,
    fixes: ['run the job again later', 'use a token of its own for it'],
  });
}

function isTls(code: string): boolean {
  return /CERT|SIGNATURE|ISSUER|INVALID_CA|INVALID_PURPOSE|ALTNAME|ERR_SSL|ERR_TLS|^EPROTO$/.test(code);
}

/** The code of an error of `fetch`, which is that of its cause; of several tried addresses, the first one's. */
function codeOf(error: unknown): string {
  const own = errorCode(error);
  if (own !== undefined) return own;
  if (typeof error !== 'object' || error === null) return '';
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0)
    return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : '';
}
