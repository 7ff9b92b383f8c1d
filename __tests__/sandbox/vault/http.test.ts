import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVault } from '../../../sandbox/vault/start-vault';
import { memoryStore } from '../../../sandbox/vault/store/vault-store';
import { describeWith } from '../../support/programs';
import { call, ROOT, VaultUnderTest } from './vault-caller';

let vault: VaultUnderTest;
beforeEach(async () => {
  vault = await VaultUnderTest.start();
  await vault.call('POST', 'sys/mounts/kv', { type: 'kv' });
});
afterEach(() => vault.close());

it('sends the headers that Vault sends', async () => {
  const { headers } = await vault.call('GET', 'sys/mounts');
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  });
});

it('answers the liveness question of the hands-on: HEAD with help, without a body', async () => {
  const answer = await vault.call('HEAD', 'cubbyhole?help=1');
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect((await vault.call('GET', 'cubbyhole?help=1')).body.help).toContain('cubbyhole');
  expect((await vault.call('HEAD', 'cubbyhole?help=1', undefined, { token: '' })).status).toBe(403);
});

it.each([
  ['GET', '/', 404],
  ['GET', '/v1/', 404],
  ['GET', '/v2/kv/a', 404],
  ['GET', '/v1/kv/%zz', 404],
  ['TRACE', '/v1/kv/a', 405],
  ['OPTIONS', '/v1/kv/a', 405],
])('answers %s %s with %i', async (method, path, status) => {
  const answer = await vault.call(method, path);
  expect([answer.status, answer.body]).toEqual([status, { errors: [] }]);
});

it.each([
  ['PATCH', 'kv/a', {}],
  ['DELETE', 'auth/token/lookup-self', undefined],
  ['DELETE', 'sys/mounts', undefined],
  ['GET', 'auth/token/create', undefined],
])('refuses %s %s as an operation that is not supported', async (method, path, body) => {
  const answer = await vault.call(method, path, body);
  expect([answer.status, answer.body]).toEqual([
    405,
    { errors: ['1 error occurred:\n\t* unsupported operation\n\n'] },
  ]);
});

it.each([
  ['GET', 'sys/namespaces'],
  ['POST', 'identity/entity'],
  ['POST', 'sys/policies/password/a'],
])('refuses %s %s, which a real server has, in the name of the sandbox', async (method, path) => {
  const answer = await vault.call(method, path, {});
  expect([answer.status, answer.body.errors]).toEqual([
    501,
    [`the sandbox does not simulate the path ${path}`],
  ]);
});

it.each<[string, object, string]>([
  ['auth/token/create', { type: 'batch' }, 'the sandbox does not simulate batch tokens'],
  [
    'sys/auth/people',
    { type: 'userpass' },
    'the sandbox does not simulate auth methods of the type userpass; it simulates approle',
  ],
])('refuses what it does not simulate at %s in its own name', async (path, body, error) => {
  const answer = await vault.call('POST', path, body);
  expect([answer.status, answer.body.errors]).toEqual([400, [error]]);
});

it('tells a path that no mount serves from one that its mount does not know', async () => {
  expect((await vault.call('GET', 'none/x')).body.errors).toEqual([
    'no handler for route "none/x". route entry not found.',
  ]);
  const answer = await vault.call('GET', 'sys/nothing');
  expect([answer.status, answer.body.errors]).toEqual([404, ['1 error occurred:\n\t* unsupported path\n\n']]);
});

it('shows nothing of a body that it refuses', async () => {
  const canary = 'CANARY-4711';
  for (const body of [`{"value": "${canary}"`, `["${canary}"]`, `"${canary}"`, `{"type": ["${canary}"]}`]) {
    const { text } = await vault.call('POST', 'sys/mounts/other', body);
    expect(text).not.toContain(canary);
  }
  for (const body of [
    { policies: { a: canary } },
    { ttl: canary },
    { meta: canary },
    { policies: ['default'], renewable: canary },
  ]) {
    const answer = await vault.call('POST', 'auth/token/create', body);
    expect([answer.status, answer.text.includes(canary)]).toEqual([400, false]);
  }
});

it('refuses a body that is too large, and goes on', async () => {
  const large = JSON.stringify({ value: 'x'.repeat(33 * 1024 * 1024) });
  expect((await vault.call('PUT', 'kv/a', large)).status).toBe(413);
  expect((await vault.call('PUT', 'kv/a', { value: 'x'.repeat(1024 * 1024) })).status).toBe(204);
});

it('answers many at once, and each write is whole', async () => {
  const writes = Array.from({ length: 200 }, (_, index) =>
    vault.call('PUT', `kv/n${index}`, { value: `${index}` }),
  );
  expect((await Promise.all(writes)).every(({ status }) => status === 204)).toBe(true);
  expect((await vault.call('LIST', 'kv')).body.data.keys).toHaveLength(200);
  await vault.call('POST', 'sys/mounts/v2', { type: 'kv-v2' });
  const versions = await Promise.all(
    Array.from({ length: 20 }, () =>
      vault.call('PUT', 'v2/data/a', { data: { value: 'x' }, options: { cas: 0 } }),
    ),
  );
  expect(versions.filter(({ status }) => status === 200)).toHaveLength(1);
});

it('serves one namespace, whatever the header names', async () => {
  await vault.call('PUT', 'kv/a', { value: 'x' }, { headers: { 'X-Vault-Namespace': 'one/' } });
  const headers = { 'X-Vault-Namespace': 'two/', 'X-Vault-Request': 'true' };
  expect((await vault.call('GET', 'kv/a', undefined, { headers })).body.data).toEqual({ value: 'x' });
});

/** Sends bytes as they are; what came back, up to when nothing comes any more. */
function raw(address: string, ...parts: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
    const send = async () => {
      for (const part of parts) {
        socket.write(part);
        await new Promise((done) => setTimeout(done, 10));
      }
      socket.end();
    };
    void send();
  });
}

describe('LIST on a connection that stays', () => {
  const head = (method: string, path: string, more = '') =>
    `${method} /v1/${path} HTTP/1.1\r\nHost: x\r\nX-Vault-Token: ${ROOT}\r\n${more}\r\n`;

  it('works between other requests, in whatever pieces they come', async () => {
    const body = '{"value":"LIST /v1/kv HTTP/1.1\\r\\n\\r\\n"}';
    const bytes =
      head('PUT', 'kv/a', `Content-Length: ${body.length}\r\n`) +
      body +
      head('LIST', 'kv') +
      head('PUT', 'kv/b', 'Transfer-Encoding: chunked\r\n') +
      `5\r\n{"val\r\n8\r\nue":"x"}\r\n0\r\n\r\n` +
      head('LIST', 'kv') +
      head('GET', 'kv/a');
    const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    const whole = await raw(vault.server.address, bytes);
    expect(statuses(whole)).toEqual(['204', '200', '204', '200', '200']);
    expect(whole).toContain('"keys":["a","b"]');
    expect(whole).toContain('LIST /v1/kv HTTP/1.1');
    const pieces = await raw(vault.server.address, ...(bytes.match(/[\s\S]{1,60}/g) ?? []));
    expect(statuses(pieces)).toEqual(['204', '200', '204', '200', '200']);
  });

  it('can not be forged by a header', async () => {
    const text = await raw(vault.server.address, head('GET', 'kv', 'X-Kakehashi-Method: DELETE\r\n'));
    expect(text).toContain('404');
    expect(text).not.toContain('204');
  });

  it('leaves nonsense to be refused', async () => {
    expect(await raw(vault.server.address, 'NONSENSE\r\n\r\n')).toContain('400 Bad Request');
    expect((await vault.call('GET', 'sys/health')).status).toBe(200);
  });
});

it('says in one line where it cannot listen', async () => {
  const port = Number(new URL(vault.server.address).port);
  const options = { rootToken: 'root', store: memoryStore() };
  await expect(startVault({ ...options, host: '127.0.0.1', port })).rejects.toThrow(
    `127.0.0.1:${port}: is in use; choose another port`,
  );
  await expect(startVault({ ...options, host: '192.0.2.1', port: 0 })).rejects.toThrow(
    '192.0.2.1:0: is no address of this machine',
  );
});

it('ends at once, whatever is connected', async () => {
  const { hostname, port } = new URL(vault.server.address);
  const idle = connect(Number(port), hostname);
  await new Promise((resolve) => idle.once('connect', resolve));
  const closed = new Promise((resolve) => idle.once('close', resolve));
  await vault.close();
  await closed;
  await expect(vault.call('GET', 'sys/health')).rejects.toThrow('ECONNREFUSED');
});

describeWith('openssl', 'TLS', () => {
  it('serves over it, with the certificate that it is given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakehashi-vault-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = spawnSync('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-keyout', key, '-out', cert, ...subject],
    ]);
    expect(made.status).toBe(0);
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    const secure = await VaultUnderTest.start({ tls });
    try {
      const { address } = secure.server;
      expect(address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
      expect((await call(address, 'LIST', 'cubbyhole', undefined, { ca: tls.cert })).status).toBe(404);
      await expect(call(address, 'GET', 'sys/health')).rejects.toThrow('self-signed certificate');
    } finally {
      await secure.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
