import { Interrupted } from '../../../base/interrupted';
import { PostFailure } from '../failure';
import {
  connectionFailure,
  isPassing,
  outOfPatience,
  redirected,
  tooLong,
  tooSlow,
} from './connection-failure';
import { waitOf } from './wait-of';

/** How long a run waits for a server. */
export interface Patience {
  /** The longest time for one request with its answer, in milliseconds. */
  readonly requestMs: number;
  /** The longest time for all requests of a run with the waits between them, in milliseconds. */
  readonly totalMs: number;
  /** The first wait after an error of the server, which doubles each time, in milliseconds. */
  readonly firstWaitMs: number;
}

export const PATIENCE: Patience = { requestMs: 30_000, totalMs: 300_000, firstWaitMs: 1000 };

export interface FetchAround {
  /** How messages name the server: `GitHub at https://api.github.com`. */
  readonly where: string;
  readonly patience: Patience;
  /** Aborts what is under way, which then throws {@link Interrupted}. */
  readonly stop: AbortSignal;
  /** Gets a remark before each long wait. */
  readonly note: (text: string) => void;
  /** What may help where nothing answers, beside the fixes of the failure itself. @default - nothing */
  readonly fixes?: readonly string[];
}

/** How often one request is sent. */
const ATTEMPTS = 5;
/** A request to which nothing answers is sent less often: the address may be wrong. */
const ATTEMPTS_WITHOUT_ANSWER = 3;
/** Longer waits are announced. */
const LONG_MS = 5000;
/** The largest answer that is read, in bytes: a page of a hundred comments of 65,536 characters each, in UTF-8. */
const LARGEST = 32 * 1024 * 1024;

/**
 * `fetch` with patience: it waits as a rate limit demands, and tries again after errors of the server and of the network, all
 * within one bound of time. A redirect is never followed, since it would carry the token away.
 *
 * A request that was sent twice may be done twice. So whatever adds something looks afterwards whether it is there twice.
 */
export function patientFetch(around: FetchAround): typeof fetch {
  const { patience } = around;
  const end = Date.now() + patience.totalMs;
  return async (input, init) => {
    let unanswered = 0;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await attemptOf(around, end, input, init);
      if ('answer' in outcome) {
        const { answer, text } = outcome;
        if (answer.status >= 300 && answer.status < 400 && answer.status !== 304)
          throw redirected(around.where, answer, addressOf(input));
        const wait = waitOf(answer, text, patience.firstWaitMs * 2 ** (attempt - 1));
        if (wait === undefined) return copyOf(answer, text);
        if (attempt >= ATTEMPTS || Date.now() + wait.ms > end)
          throw outOfPatience(around.where, answer.status, wait, patience.totalMs);
        if (wait.ms > LONG_MS)
          around.note(`${around.where}: ${wait.because}; waiting ${Math.ceil(wait.ms / 1000)} s`);
        await pause(wait.ms, around.stop);
      } else {
        const { error } = outcome;
        unanswered += 1;
        const wait = patience.firstWaitMs * 2 ** (attempt - 1);
        if (
          !isPassing(error) ||
          unanswered >= ATTEMPTS_WITHOUT_ANSWER ||
          attempt >= ATTEMPTS ||
          Date.now() + wait > end
        )
          throw connectionFailure(around.where, error, around.fixes);
        await pause(wait, around.stop);
      }
    }
  };
}

/** Waits, unless the run is stopped. @throws {@link Interrupted} */
export function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return reject(new Interrupted());
    const done = () => {
      stop.removeEventListener('abort', abort);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const abort = () => {
      clearTimeout(timer);
      reject(new Interrupted());
    };
    stop.addEventListener('abort', abort, { once: true });
  });
}

type Outcome = { readonly answer: Response; readonly text: string } | { readonly error: unknown };

async function attemptOf(
  { where, patience, stop, fixes }: FetchAround,
  end: number,
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
): Promise<Outcome> {
  if (stop.aborted) throw new Interrupted();
  const left = end - Date.now();
  if (left <= 0) throw tooLong(where, patience.totalMs);
  const slow = AbortSignal.timeout(Math.min(patience.requestMs, left));
  try {
    const answer = await fetch(input, { ...init, redirect: 'manual', signal: AbortSignal.any([stop, slow]) });
    return { answer, text: await textOf(answer, where) };
  } catch (error) {
    if (stop.aborted) throw new Interrupted();
    if (error instanceof PostFailure) throw error;
    if (slow.aborted && left < patience.requestMs) throw tooLong(where, patience.totalMs);
    return { error: slow.aborted ? tooSlow(where, patience.requestMs, fixes) : error };
  }
}

function addressOf(input: Parameters<typeof fetch>[0]): string {
  return input instanceof Request ? input.url : String(input);
}

async function textOf(answer: Response, where: string): Promise<string> {
  if (answer.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > LARGEST)
      throw new PostFailure('not-api', {
        where,
        summary: `its answer is larger than ${LARGEST / 1024 / 1024} MiB and was not read`,
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The answer once more, since its body was read. */
function copyOf(answer: Response, text: string): Response {
  const isEmpty = answer.status === 204 || answer.status === 205 || answer.status === 304;
  const headers = new Headers(answer.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(isEmpty ? null : text, { status: answer.status, headers });
}
