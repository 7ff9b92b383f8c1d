/** A wait before the next attempt. */
export interface Wait {
  readonly ms: number;
  readonly because: string;
  /** Whether the server limits requests; else it is out of order. */
  readonly limit: boolean;
}

/** How long a limit lasts that doesn't say it, in milliseconds: GitHub asks for a minute at least. */
const UNSAID_MS = 60_000;

/**
 * How long to wait before the same request is sent again; undefined for an answer that is final.
 *
 * Both servers say 429 for too many requests. GitHub also says 403 for it: for its primary limit with `x-ratelimit-remaining: 0`
 * and the time of the reset, for its secondary limits with `retry-after` or only in the message. Other answers 403 are final.
 *
 * @param backOff - the wait after an error of the server, in milliseconds
 */
export function waitOf(answer: Response, text: string, backOff: number): Wait | undefined {
  const { status, headers } = answer;
  const said = retryAfter(headers);
  if (status === 429 || (status === 403 && isLimit(headers, text))) {
    const ms = said ?? untilReset(headers) ?? Math.max(UNSAID_MS, backOff);
    return { ms, because: 'its rate limit is reached', limit: true };
  }
  if (status >= 500 || status === 408)
    return { ms: Math.max(said ?? 0, backOff), because: `it answers ${status}`, limit: false };
  return undefined;
}

function isLimit(headers: Headers, text: string): boolean {
  return (
    headers.has('retry-after') ||
    headers.get('x-ratelimit-remaining') === '0' ||
    /secondary rate limit|abuse detection|api rate limit exceeded/i.test(text)
  );
}

/** A date as HTTP writes it; `Date.parse` alone takes nearly everything for one, as `-5` and `1.5`. */
const HTTP_DATE = /^[A-Za-z]{3,9},? [A-Za-z0-9 -]{5,12} \d{2}:\d{2}:\d{2} (?:GMT|\d{4})$/;

/** `Retry-After` as seconds or as a date. */
function retryAfter(headers: Headers): number | undefined {
  const text = (headers.get('retry-after') ?? '').trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(date - serverTime(headers), 0);
}

function untilReset(headers: Headers): number | undefined {
  const text = headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset');
  if (text === null || !/^\d{1,12}$/.test(text)) return undefined;
  // A second more, since the server's times are whole seconds.
  return Math.max(Number(text) * 1000 - serverTime(headers), 0) + 1000;
}

/** The server's own time, so that this machine's clock does not matter. */
function serverTime(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
