import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { askSsh } from '../../../../scripts/run/nodes/ssh-answer';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function portOf(greet: (socket: Socket) => void): Promise<number> {
  const server = createServer(greet);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const ask = (port: number, stop = new AbortController().signal) => askSsh('127.0.0.1', port, 0.2, stop);

test.each([
  ['an SSH server', 'ssh', (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ['one with a word before its version', 'ssh', (socket: Socket) => socket.end('hello\r\nSSH-2.0-x\r\n')],
  ['another server', 'closed', (socket: Socket) => socket.end('HTTP/1.1 400\r\n')],
  ['one that says nothing', 'closed', () => undefined],
] as const)('%s is %s', async (_, answer, greet) => {
  const sockets: Socket[] = [];
  const port = await portOf((socket) => {
    sockets.push(socket);
    greet(socket);
  });
  expect(await ask(port)).toBe(answer);
  for (const socket of sockets) socket.destroy();
});

test('a port at which nothing listens is closed: its host is up', async () => {
  const port = await portOf(() => undefined);
  await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
  expect(await ask(port)).toBe('closed');
});

test('what is stopped is not known', async () => {
  const stop = new AbortController();
  const port = await portOf((socket) => socket.unref());
  const answer = ask(port, stop.signal);
  stop.abort();
  expect(await answer).toBe('unreachable');
});
