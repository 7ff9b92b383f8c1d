import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GrpcClient } from '../../../terraform/plugin/client';
import { readHandshake, startProvider } from '../../../terraform/plugin/provider-process';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-provider-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function executable(script: string): string {
  const file = join(folder, 'terraform-provider-test');
  writeFileSync(file, `#!${process.execPath}\n${script}\n`);
  chmodSync(file, 0o700);
  return file;
}

/** A provider that answers each call with the path of the call, after it has checked who started it. */
function provider(onShutdown: string): string {
  return executable(`
    const { createServer } = require('node:http2');
    if (!process.env.TF_PLUGIN_MAGIC_COOKIE.startsWith('d602bf8f')) process.exit(3);
    const server = createServer();
    server.on('stream', (stream, headers) => {
      if (headers[':path'] === '/plugin.GRPCController/Shutdown') return (${onShutdown})(stream);
      const text = Buffer.from(headers[':path']);
      const prefix = Buffer.from([0, 0, 0, 0, text.length]);
      stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.concat([prefix, text]));
    });
    server.listen(${JSON.stringify(join(folder, 'socket'))}, () =>
      process.stdout.write('1|5|unix|${join(folder, 'socket')}|grpc|\\n' + process.env.PLUGIN_PROTOCOL_VERSIONS + '\\n'));`);
}

it('starts an executable, finds where it serves, and shuts it down', async () => {
  const running = await startProvider(provider('() => process.exit(0)'));
  expect(running.provider).toEqual({
    protocolVersion: 5,
    listen: { network: 'unix', address: join(folder, 'socket') },
  });
  const client = new GrpcClient(running.provider.listen);
  expect(String(await client.unary('/tfplugin5.Provider/GetSchema', Buffer.alloc(0)))).toBe(
    '/tfplugin5.Provider/GetSchema',
  );
  client.close();
  const start = Date.now();
  await running.stop();
  expect(Date.now() - start).toBeLessThan(1500);
});

it('kills one that does not shut down', async () => {
  const running = await startProvider(provider('() => {}'));
  await running.stop();
  const client = new GrpcClient(running.provider.listen);
  await expect(client.unary('/tfplugin5.Provider/GetSchema', Buffer.alloc(0))).rejects.toThrow('UNAVAILABLE');
}, 15_000);

it.each([
  [
    'that cannot be started',
    () => join(folder, 'none'),
    'could not be started (ENOENT) before its handshake',
  ],
  ['that exits', () => executable('process.exit(4)'), 'exited with code 4 before its handshake'],
  [
    'that is killed',
    () => executable("process.kill(process.pid, 'SIGKILL')"),
    'was killed by SIGKILL before its handshake',
  ],
  [
    'that is no provider',
    () => executable("console.log('usage: …'); setInterval(() => {}, 1000)"),
    'must print the handshake of a gRPC provider, got "usage: …"',
  ],
])('refuses an executable %s', async (_which, make, message) => {
  const file = make();
  await expect(startProvider(file)).rejects.toThrow(`${file}: ${message}`);
});

it.each([
  [
    '1|6|tcp|127.0.0.1:4023|grpc|',
    { protocolVersion: 6, listen: { network: 'tcp', address: '127.0.0.1:4023' } },
  ],
  ['1|5|unix|/tmp/plugin|grpc', { protocolVersion: 5, listen: { network: 'unix', address: '/tmp/plugin' } }],
  ['2|5|unix|/tmp/plugin|grpc|', undefined],
  ['1|4|unix|/tmp/plugin|grpc|', undefined],
  ['1|5|pipe|/tmp/plugin|grpc|', undefined],
  ['1|5|unix||grpc|', undefined],
  ['1|5|unix|/tmp/plugin|netrpc|', undefined],
  ['', undefined],
])('reads the handshake %p', (line, provider) => {
  expect(readHandshake(line)).toEqual(provider);
});
