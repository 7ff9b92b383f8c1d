import { mkdtempSync, rmSync } from 'node:fs';
import { connect, constants, type OutgoingHttpHeaders, type ServerHttp2Session } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressText, type PluginAddress, socketOptions } from '../../../terraform/plugin/address';
import { GrpcClient } from '../../../terraform/plugin/client';
import { frame } from '../../../terraform/plugin/frames';
import { GrpcServer, type GrpcServerOptions } from '../../../terraform/plugin/server';
import { type Call, type Handler, StreamReset, unary } from '../../../terraform/plugin/server-call';
import { GrpcError, Status } from '../../../terraform/plugin/status';

const LOOPBACK: PluginAddress = { network: 'tcp', address: '127.0.0.1:0' };

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function serve(
  handlers: Readonly<Record<string, Handler>>,
  options: Partial<GrpcServerOptions> = {},
): Promise<GrpcServer> {
  const server = await GrpcServer.listen({
    listen: LOOPBACK,
    handlerFor: (path) => handlers[path],
    ...options,
  });
  open.push(server);
  return server;
}

function connected(server: GrpcServer, maxMessageBytes?: number): GrpcClient {
  const client = new GrpcClient(server.address, maxMessageBytes === undefined ? {} : { maxMessageBytes });
  open.push(client);
  return client;
}

const EMPTY = Buffer.alloc(0);
const echo = unary((request) => request);

/** Answers when the test says so. */
function held(): { readonly handler: Handler; readonly started: Promise<Call>; release(): void } {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let start: (call: Call) => void = () => {};
  const started = new Promise<Call>((resolve) => {
    start = resolve;
  });
  const handler = unary(async (request, call) => {
    start(call);
    await released;
    return request;
  });
  return { handler, started, release };
}

async function texts(messages: AsyncIterable<Buffer>): Promise<string[]> {
  const all: string[] = [];
  for await (const message of messages) all.push(String(message));
  return all;
}

describe('a unary call', () => {
  it.each(['tcp', 'unix'] as const)('gets the answer over %s', async (network) => {
    const folder = mkdtempSync(join(tmpdir(), 'kakehashi-plugin-'));
    const listen = network === 'tcp' ? LOOPBACK : { network, address: join(folder, 'plugin.sock') };
    const server = await serve({ '/a/Echo': echo }, { listen });
    expect(server.address.network).toBe(network);
    expect(String(await connected(server).unary('/a/Echo', Buffer.from('hello')))).toBe('hello');
    rmSync(folder, { recursive: true });
  });

  it('carries an empty message, and one that is far larger than the flow-control windows', async () => {
    const client = connected(await serve({ '/a/Echo': echo }));
    expect(await client.unary('/a/Echo', EMPTY)).toHaveLength(0);
    const large = Buffer.alloc(40 * 1024 * 1024, 'schema ');
    expect((await client.unary('/a/Echo', large)).equals(large)).toBe(true);
  });

  it('shares its connection with hundreds of others', async () => {
    const client = connected(await serve({ '/a/Echo': echo }));
    const requests = Array.from({ length: 500 }, (_, index) => `request ${index} ${'x'.repeat(index * 100)}`);
    const answers = await Promise.all(requests.map((text) => client.unary('/a/Echo', Buffer.from(text))));
    expect(answers.map(String)).toEqual(requests);
  });

  it('may be followed by thousands of others on its connection', async () => {
    const client = connected(await serve({ '/a/Echo': echo }));
    // HTTP/2 servers count streams that are reset, and after about a thousand they close the connection.
    for (let index = 0; index < 1500; index++) await client.unary('/a/Echo', EMPTY);
    expect(await client.unary('/a/Echo', Buffer.from('x'))).toHaveLength(1);
  });

  it('ends with the status that the handler throws, in any characters', async () => {
    const client = connected(
      await serve({
        '/a/Fail': unary(() => {
          throw new GrpcError(Status.UNAVAILABLE, '架け橋 100 %\n');
        }),
      }),
    );
    await expect(client.unary('/a/Fail', EMPTY)).rejects.toMatchObject({
      code: Status.UNAVAILABLE,
      details: '架け橋 100 %\n',
    });
  });

  it('ends with INTERNAL and the message of any other error', async () => {
    const client = connected(
      await serve({
        '/a/Fail': unary(() => {
          throw new TypeError('no such table');
        }),
      }),
    );
    await expect(client.unary('/a/Fail', EMPTY)).rejects.toMatchObject({
      code: Status.INTERNAL,
      details: 'no such table',
    });
  });

  it('ends with UNIMPLEMENTED where nothing serves its path, and the connection lives on', async () => {
    const client = connected(await serve({ '/a/Echo': echo }));
    await expect(client.unary('/a/Other', Buffer.alloc(1000))).rejects.toMatchObject({
      code: Status.UNIMPLEMENTED,
      details: 'no method /a/Other is served here',
    });
    expect(String(await client.unary('/a/Echo', Buffer.from('still here')))).toBe('still here');
  });

  it('gets no status when the handler resets its stream, and the connection lives on', async () => {
    const client = connected(
      await serve({
        '/a/Echo': echo,
        '/a/Drop': unary(() => {
          throw new StreamReset();
        }),
      }),
    );
    await expect(client.unary('/a/Drop', EMPTY)).rejects.toMatchObject({
      code: Status.INTERNAL,
      details: `the stream ended without a status (RST_STREAM code ${constants.NGHTTP2_INTERNAL_ERROR})`,
    });
    expect(String(await client.unary('/a/Echo', Buffer.from('still here')))).toBe('still here');
  });

  it('refuses a request above the limit while it still arrives', async () => {
    const server = await serve({ '/a/Echo': echo }, { maxMessageBytes: 1000 });
    const client = connected(server);
    expect(await client.unary('/a/Echo', Buffer.alloc(1000))).toHaveLength(1000);
    await expect(client.unary('/a/Echo', Buffer.alloc(30 * 1024 * 1024))).rejects.toMatchObject({
      code: Status.RESOURCE_EXHAUSTED,
    });
    expect(await client.unary('/a/Echo', EMPTY)).toHaveLength(0);
  });

  it('refuses a response above the limit of the client', async () => {
    const client = connected(await serve({ '/a/Echo': echo }), 1000);
    await expect(client.unary('/a/Echo', Buffer.alloc(1001))).rejects.toMatchObject({
      code: Status.RESOURCE_EXHAUSTED,
      details: 'a message must have at most 1000 bytes, got 1001',
    });
  });

  it('ends at its deadline, on both sides', async () => {
    const { handler, started, release } = held();
    const client = connected(await serve({ '/a/Held': handler }));
    const answer = client.unary('/a/Held', EMPTY, { timeoutMs: 100 });
    const { signal, headers } = await started;
    expect(headers['grpc-timeout']).toBe('100m');
    await expect(answer).rejects.toMatchObject({ code: Status.DEADLINE_EXCEEDED });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(signal.aborted).toBe(true);
    release();
  });

  it('is cancelled by its signal, also before it begins', async () => {
    const { handler, started, release } = held();
    const client = connected(await serve({ '/a/Held': handler }));
    const controller = new AbortController();
    const answer = client.unary('/a/Held', EMPTY, { signal: controller.signal });
    const { signal } = await started;
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: Status.CANCELLED });
    await aborted;
    release();
    await expect(client.unary('/a/Held', EMPTY, { signal: controller.signal })).rejects.toMatchObject({
      code: Status.CANCELLED,
    });
  });
});

describe('a stream of messages', () => {
  const count: Handler = async function* () {
    for (let index = 0; index < 5; index++) yield Buffer.from(String(index));
  };

  it('goes from the server to the client', async () => {
    const client = connected(await serve({ '/a/Count': count }));
    expect(await texts(client.stream('/a/Count', [EMPTY]))).toEqual(['0', '1', '2', '3', '4']);
  });

  it('goes both ways at once', async () => {
    const upper: Handler = async function* (requests) {
      for await (const request of requests) yield Buffer.from(String(request).toUpperCase());
    };
    const client = connected(await serve({ '/a/Upper': upper }));
    let answered: () => void = () => {};
    async function* requests() {
      yield Buffer.from('a');
      await new Promise<void>((resolve) => {
        answered = resolve;
      });
      yield Buffer.from('b');
    }
    const answers: string[] = [];
    for await (const answer of client.stream('/a/Upper', requests())) {
      answers.push(String(answer));
      answered();
    }
    expect(answers).toEqual(['A', 'B']);
  });

  it('gives the messages before a failure, then its status in the trailers', async () => {
    const fails: Handler = async function* () {
      yield Buffer.from('one');
      throw new GrpcError(Status.RESOURCE_EXHAUSTED, 'no more');
    };
    const client = connected(await serve({ '/a/Fails': fails }));
    const messages = client.stream('/a/Fails', [EMPTY]);
    expect(String((await messages.next()).value)).toBe('one');
    await expect(messages.next()).rejects.toMatchObject({
      code: Status.RESOURCE_EXHAUSTED,
      details: 'no more',
    });
  });

  it('is produced no faster than it is read', async () => {
    let produced = 0;
    const endless: Handler = async function* () {
      for (; ; produced++) yield Buffer.alloc(1024 * 1024);
    };
    const client = connected(await serve({ '/a/Endless': endless }));
    const messages = client.stream('/a/Endless', [EMPTY]);
    await messages.next();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(produced).toBeLessThan(20);
    await messages.return();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const atTheEnd = produced;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(produced).toBe(atTheEnd);
  });

  it('fails with what its requests fail with', async () => {
    const client = connected(await serve({ '/a/Echo': echo }));
    async function* requests(): AsyncGenerator<Buffer> {
      yield EMPTY;
      throw new Error('the source is broken');
    }
    await expect(texts(client.stream('/a/Echo', requests()))).rejects.toMatchObject({
      code: Status.CANCELLED,
      details: 'the source is broken',
    });
  });
});

describe('a session', () => {
  it('is the same for all calls of a connection, and another one for the next, over a unix socket too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakehashi-plugin-'));
    const sessions: ServerHttp2Session[] = [];
    const handler = unary((request, { session }) => {
      sessions.push(session);
      return request;
    });
    const server = await serve(
      { '/a/Note': handler },
      { listen: { network: 'unix', address: join(folder, 's') } },
    );
    const [one, other] = [connected(server), connected(server)];
    await one.unary('/a/Note', EMPTY);
    await other.unary('/a/Note', EMPTY);
    await one.unary('/a/Note', EMPTY);
    expect(sessions[2]).toBe(sessions[0]);
    expect(sessions[1]).not.toBe(sessions[0]);
    const closed = new Promise<void>((resolve) => sessions[0]?.once('close', resolve));
    one.close();
    await closed;
    rmSync(folder, { recursive: true });
  });
});

describe('a server that closes', () => {
  it('answers the calls that are under way, and refuses later ones', async () => {
    const { handler, started, release } = held();
    const server = await serve({ '/a/Held': handler });
    const client = connected(server);
    const answer = client.unary('/a/Held', Buffer.from('kept'));
    await started;
    const closed = server.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(client.unary('/a/Held', EMPTY)).rejects.toMatchObject({ code: Status.UNAVAILABLE });
    release();
    expect(String(await answer)).toBe('kept');
    await closed;
    open.splice(0);
  });

  it('closes connections that stay open', async () => {
    const server = await serve({ '/a/Echo': echo });
    const client = connected(server);
    await client.unary('/a/Echo', EMPTY);
    const { address } = server;
    await server.close();
    await expect(client.unary('/a/Echo', EMPTY)).rejects.toThrow(
      `UNAVAILABLE: the connection to ${addressText(address)} has been closed`,
    );
    open.splice(0);
  });

  it('does not wait for ever for a caller that keeps a stream open', async () => {
    const waits: Handler = async function* (requests) {
      for await (const _ of requests) yield EMPTY;
    };
    const quits = unary(() => EMPTY);
    const server = await serve({ '/a/Waits': waits, '/a/Quits': quits });
    const session = connect(`http://${server.address.address}`);
    session.on('error', () => {});
    const stream = session.request({
      ':method': 'POST',
      ':path': '/a/Other',
      'content-type': 'application/grpc',
    });
    stream.on('error', () => {});
    await new Promise((resolve) => stream.once('response', resolve));
    await server.close();
    session.destroy();
    open.splice(0);
  });
});

describe('a client', () => {
  it('names the address where nobody listens', async () => {
    const server = await serve({});
    const { address } = server;
    await server.close();
    open.splice(0);
    const client = new GrpcClient(address);
    await expect(client.unary('/a/Echo', EMPTY)).rejects.toThrow(
      `UNAVAILABLE: the connection to ${address.address} failed (ECONNREFUSED)`,
    );
  });

  it('names the socket that is not there', async () => {
    const client = new GrpcClient({ network: 'unix', address: '/nowhere/plugin.sock' });
    await expect(client.unary('/a/Echo', EMPTY)).rejects.toThrow(
      'UNAVAILABLE: the connection to unix:/nowhere/plugin.sock failed (ENOENT)',
    );
  });

  it('loses a call with its connection', async () => {
    const { handler, started, release } = held();
    const client = connected(await serve({ '/a/Held': handler }));
    const answer = client.unary('/a/Held', EMPTY);
    const { session } = await started;
    const lost = expect(answer).rejects.toMatchObject({ code: Status.UNAVAILABLE });
    session.destroy();
    await lost;
    release();
  });

  it('refuses an address without a port', () => {
    expect(() => socketOptions({ network: 'tcp', address: 'localhost' })).toThrow(
      'plugin address: must be host:port, got "localhost"',
    );
    expect(socketOptions({ network: 'tcp', address: '[::1]:80' })).toEqual({ host: '::1', port: 80 });
  });
});

describe('a request that is not quite gRPC', () => {
  /** What the server answers to some headers and bytes: the headers, with those of the trailers. */
  async function raw(
    server: GrpcServer,
    headers: OutgoingHttpHeaders,
    body = frame(EMPTY),
  ): Promise<Record<string, unknown>> {
    const session = connect(`http://${server.address.address}`);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/a/Echo',
      'content-type': 'application/grpc',
      ...headers,
    });
    const seen: Record<string, unknown> = {};
    stream.on('response', (given) => Object.assign(seen, given));
    stream.on('trailers', (given) => Object.assign(seen, given));
    stream.resume();
    if (headers[':method'] === 'GET') stream.end();
    else stream.end(body);
    await new Promise((resolve) => stream.once('close', resolve));
    session.close();
    return seen;
  }

  it.each<[string, OutgoingHttpHeaders, Record<string, unknown>]>([
    ['an ordinary one', {}, { ':status': 200, 'grpc-status': '0', 'content-type': 'application/grpc+proto' }],
    ['GET', { ':method': 'GET' }, { ':status': 405 }],
    ['another content type', { 'content-type': 'application/json' }, { ':status': 415 }],
    ['a content type that only begins alike', { 'content-type': 'application/grpcweb' }, { ':status': 415 }],
    [
      'compression',
      { 'grpc-encoding': 'gzip' },
      {
        'grpc-status': String(Status.UNIMPLEMENTED),
        'grpc-message': 'messages must not be compressed, got grpc-encoding gzip',
        'grpc-accept-encoding': 'identity',
      },
    ],
    ['no compression, said aloud', { 'grpc-encoding': 'identity' }, { 'grpc-status': '0' }],
  ])('%s', async (_what, headers, answer) => {
    expect(await raw(await serve({ '/a/Echo': echo }), headers)).toMatchObject(answer);
  });

  it.each([
    ['the compression flag', Buffer.from([1, 0, 0, 0, 0])],
    ['half a message', Buffer.from([0, 0, 0, 0, 9, 1])],
    ['no message', EMPTY],
    ['two messages', Buffer.concat([frame(EMPTY), frame(EMPTY)])],
  ])('%s', async (_what, body) => {
    expect(await raw(await serve({ '/a/Echo': echo }), {}, body)).toMatchObject({
      'grpc-status': String(Status.INTERNAL),
    });
  });

  it('an answer that is not gRPC is a status of its own', async () => {
    const { createServer } = await import('node:http2');
    const server = createServer((_request, response) => {
      response.statusCode = 503;
      response.end('busy');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    const client = new GrpcClient({ network: 'tcp', address: `127.0.0.1:${port}` });
    await expect(client.unary('/a/Echo', EMPTY)).rejects.toMatchObject({ code: Status.UNAVAILABLE });
    client.close();
    server.close();
  });
});
