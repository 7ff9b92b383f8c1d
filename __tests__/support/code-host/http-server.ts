import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** The token that it came with, without the scheme. */
  readonly token: string;
}

export interface Reply {
  readonly status: number;
  readonly value?: unknown;
  /** Instead of a value as JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What goes wrong with the next requests that fit. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  /** How many of them. @default 1 */
  readonly times?: number;
  /** Whether the request is done all the same, and only its answer is lost. */
  readonly done?: boolean;
  readonly reply: Reply | 'hang up' | 'no answer';
}

export interface Listening {
  readonly url: string;
  /** What was asked, in order, with the status that was answered. */
  readonly requests: readonly (Asked & { readonly status: number })[];
  fail(fault: Fault): void;
  close(): Promise<void>;
}

/** Serves an API on a port of the loopback, records what is asked, and does what faults say. */
export async function listen(
  answer: (asked: Asked, url: string) => Reply,
  port = 0,
  extra: Readonly<Record<string, string>> = {},
): Promise<Listening> {
  const requests: (Asked & { readonly status: number })[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  const server = createServer((request, response) => {
    void read(request).then((asked) => {
      if (asked.path === '/_requests') return send(response, { status: 200, value: requests.map(plain) });
      const found = faults.find(({ fault, left }) => left > 0 && fits(fault, asked));
      if (found === undefined) {
        const reply = answered(answer, asked, url);
        requests.push({ ...asked, status: reply.status });
        return send(response, { ...reply, headers: { ...extra, ...reply.headers } });
      }
      found.left -= 1;
      const { reply, done } = found.fault;
      if (done === true) answered(answer, asked, url);
      requests.push({ ...asked, status: typeof reply === 'string' ? 0 : reply.status });
      if (reply === 'hang up') request.socket.destroy();
      else if (reply !== 'no answer') send(response, reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    fail: (fault) => faults.push({ fault, left: fault.times ?? 1 }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A page of a list, with the links to the others as both servers write them. */
export function paged(all: readonly unknown[], { query, path }: Asked, url: string): Reply {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Number(query.get('page') ?? 1);
  const last = Math.max(Math.ceil(all.length / size), 1);
  const link = (to: number, rel: string) => {
    const target = new URL(path, url);
    for (const [name, value] of query) target.searchParams.set(name, value);
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')];
  return {
    status: 200,
    value: all.slice((page - 1) * size, page * size),
    headers: { link: links.join(', '), 'x-next-page': page < last ? String(page + 1) : '' },
  };
}

function plain({ query, ...asked }: Asked): unknown {
  return { ...asked, token: '***', query: Object.fromEntries(query) };
}

function answered(answer: (asked: Asked, url: string) => Reply, asked: Asked, url: string): Reply {
  try {
    return answer(asked, url);
  } catch (error) {
    return { status: 500, value: { message: String(error) } };
  }
}

function fits({ method, path }: Fault, asked: Asked): boolean {
  return (method === undefined || method === asked.method) && (path === undefined || path.test(asked.path));
}

function send(response: ServerResponse, { status, value, text, headers = {} }: Reply): void {
  const body = text ?? (value === undefined ? '' : JSON.stringify(value));
  response.writeHead(status, {
    'content-type': text === undefined ? 'application/json; charset=utf-8' : 'text/html',
    ...headers,
  });
  response.end(status === 204 ? undefined : body);
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const text = Buffer.concat(chunks).toString('utf8');
  const authorization = request.headers.authorization ?? '';
  return {
    method: request.method ?? 'GET',
    path: decodeURI(url.pathname),
    query: url.searchParams,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    token: String(request.headers['private-token'] ?? authorization.replace(/^(token|bearer) /i, '')),
  };
}
