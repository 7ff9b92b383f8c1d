import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { SecretReference } from '../../../model/vault/secret-reference';
import { Masks } from '../../../terraform/masks';
import { temporaryFolder } from '../../support/catalog-folder';
import { describeWith } from '../../support/programs';
import { TestAuthority } from './certificates';
import { answering, clientAt, lineOf, scripted, TOKEN } from './scripted-vault';

const SECRET = SecretReference.parse('vault://secret/aws/access_key');
const CANARY = 'CANARY-value-of-the-tests';

const read = (address: string, more: Parameters<typeof clientAt>[1] = {}) =>
  lineOf(clientAt(address, more).read(SECRET));

describe('a server that can not be reached', () => {
  test('nothing listens', async () => {
    const probe = createSocketServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    expect(await read(`http://127.0.0.1:${port}`)).toBe(
      `vault at http://127.0.0.1:${port}: nothing listens there (ECONNREFUSED); check the address and its port, and that Vault runs`,
    );
  });

  test('an unknown name', async () => {
    expect(await read('https://vault.invalid:8200')).toMatch(
      /^vault at https:\/\/vault\.invalid:8200: (the name vault\.invalid is unknown \(ENOTFOUND\); correct the address, or the name service|the name service does not answer about vault\.invalid \(EAI_AGAIN\); check this machine's network)$/,
    );
  });

  test('no answer in time', async () => {
    const address = await scripted(() => undefined);
    expect(await read(address, { timeoutMs: 200 })).toBe(
      `vault at ${address}: no answer within 0.2 s; check the address, and that no firewall drops port ${new URL(address).port}`,
    );
  });

  test('an answer that ends too early', async () => {
    const address = await scripted((_, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"data"');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await read(address)).toMatch(
      /: (the connection ended within the answer; try again, and check the proxies and firewalls between this machine and the server|it closed the connection \(ECONNRESET\); perhaps it speaks https)$/,
    );
  });

  test('an answer that is too large', async () => {
    const address = await scripted((_, response) => {
      response.writeHead(200);
      response.end(Buffer.alloc(3 * 1024 * 1024, 'x'));
    });
    expect(await read(address)).toBe(
      `vault at ${address}: its answer is larger than 2 MiB and was not read; a secret is a short text`,
    );
  });

  test('something that speaks no http', async () => {
    const server = createSocketServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await read(address)).toBe(
      `vault at ${address}: what answers there does not speak http; correct the address or its port`,
    );
    server.close();
  });
});

describe('something that is no Vault', () => {
  test.each([
    [200, '<html>Welcome</html>', 'text/html; charset=utf-8', 'status 200, text/html'],
    [502, '<html>Bad gateway</html>', 'text/html', 'status 502, text/html'],
    [200, 'OK', '', 'status 200, no JSON'],
    [200, '[1]', 'application/json', 'status 200, application/json'],
  ])('status %i with %s', async (status, body, type, got) => {
    const { address } = await answering(status, body, { 'Content-Type': type });
    expect(await read(address)).toBe(
      `vault at ${address}: what answers there is not Vault (${got}); check the address, and whether a proxy stands between`,
    );
  });

  test('a proxy that refuses, in JSON of its own', async () => {
    const { address } = await answering(407, { message: 'who are you' });
    expect(await read(address)).toBe(`${SECRET}: asking for its engine was refused (407)`);
  });
});

describe('a server in no state to answer', () => {
  const health = (initialized: boolean) =>
    scripted((request, response) => {
      const asked = request.url?.startsWith('/v1/sys/health');
      response.writeHead(503, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(asked ? { initialized, sealed: true } : { errors: ['Vault is sealed'] }));
    });

  test('sealed', async () => {
    const address = await health(true);
    expect(await read(address)).toBe(
      `vault at ${address}: it is sealed and serves nothing; whoever holds its keys must unseal it (bao or vault operator unseal)`,
    );
  });

  test('not initialized', async () => {
    const address = await health(false);
    expect(await read(address)).toBe(
      `vault at ${address}: it is not initialized; set it up first (bao or vault operator init)`,
    );
  });

  test('failing', async () => {
    const { address } = await answering(500, { errors: [] });
    expect(await read(address)).toBe(`vault at ${address}: it fails (500); look at its log`);
  });

  test('too busy', async () => {
    const { address } = await answering(429, {
      errors: ['request path "secret/a": rate limit quota exceeded'],
    });
    expect(await read(address)).toBe(
      `vault at ${address}: too many requests at once (429); try again in a while`,
    );
  });
});

describe('a token that does not do', () => {
  const wrong = (address: string) =>
    `vault at ${address}: the token is wrong, revoked or expired ("token lookup is failed" on the controller); give a valid one: VAULT_TOKEN or ~/.vault-token`;

  test.each([['permission denied'], ['2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n']])(
    '%j: wrong, revoked or expired',
    async (words) => {
      const { address } = await answering(403, { errors: [words] });
      expect(await read(address)).toBe(wrong(address));
    },
  );

  test('refused by policy', async () => {
    const { address } = await answering(403, { errors: ['1 error occurred:\n\t* permission denied\n\n'] });
    expect(await read(address)).toBe(
      `${SECRET}: the token's policies refuse reading it; check the reference, or use a token that may do it, or add to a policy of the token: path "${SECRET.toString().replace('vault://', '')}" { capabilities = ["read"] }`,
    );
  });
});

describe('an engine that is not told', () => {
  /** A server with KV version 2, which keeps it to itself. */
  const versioned = () =>
    scripted((request, response) => {
      const direct = request.url?.startsWith('/v1/secret/data/');
      const hidden = request.url?.startsWith('/v1/sys/');
      response.writeHead(hidden ? 403 : direct ? 200 : 404, { 'Content-Type': 'application/json' });
      if (hidden) response.end(JSON.stringify({ errors: ['preflight capability check returned 403'] }));
      else if (direct)
        response.end(JSON.stringify({ data: { data: { value: CANARY }, metadata: { version: 1 } } }));
      else
        response.end(
          JSON.stringify({ data: null, warnings: ['Invalid path for a versioned K/V secrets engine.'] }),
        );
    });

  test('is found to be versioned by its answer', async () => {
    expect(await clientAt(await versioned()).read(SECRET)).toBe(CANARY);
  });

  test('that the catalog declares with the other version', async () => {
    expect(await read(await versioned(), { declared: new Map([['secret', 1]]) })).toBe(
      "vault.mounts.secret: must have the version of the server's engine, 2, got 1; correct it in the catalog",
    );
  });

  test('that answers a write as version 1 does', async () => {
    const address = await scripted((request, response) => {
      response.writeHead(request.method === 'POST' ? 204 : 403, { 'Content-Type': 'application/json' });
      response.end(request.method === 'POST' ? '' : '{"errors":["no"]}');
    });
    const client = clientAt(address, { declared: new Map([['secret', 2]]) });
    expect(await lineOf(client.write(SECRET, CANARY))).toBe(
      `${SECRET}: the engine is KV version 1, and vault.mounts.secret says 2: what was written lies at secret/data/aws/access_key; correct the catalog, store it again, and remove that`,
    );
  });
});

describe('redirects', () => {
  const standby = (location: (path: string) => string, status = 307) =>
    scripted((request, response) => {
      response.writeHead(status, { Location: location(request.url ?? '') });
      response.end();
    });
  const elsewhere = (address: string, status = 307) =>
    `vault at ${address}: it redirects to another server (${status}), and a token is not sent there; give the address of the Vault itself`;

  test('a standby node is followed to the active one, and a note says so', async () => {
    const active = await answering(200, { data: { value: CANARY, type: 'kv', path: 'secret/' } });
    const address = await standby((path) => `${active.address}${path}`);
    const notes: string[] = [];
    expect(await clientAt(address, { note: (text) => notes.push(text) }).read(SECRET)).toBe(CANARY);
    expect(notes).toContain(`vault at ${address}: a standby node; the active one is ${active.address}`);
    expect(active.requests.every(({ headers }) => headers['x-vault-token'] === TOKEN)).toBe(true);
  });

  test.each<[string, (path: string) => string]>([
    ['another host without TLS', (path) => `http://192.0.2.1${path}`],
    ['another scheme', (path) => `https://127.0.0.1:1${path}`],
    ['another path', () => '/v1/cubbyhole/other'],
    ['a log-in page', () => '/login?next=secret'],
    ['a user with a password', (path) => `http://me:pass@127.0.0.1:1${path}`],
    ['nothing that is an address', () => 'http://'],
  ])('%s is refused, and gets no token', async (_, location) => {
    const address = await standby(location);
    expect(await read(address)).toBe(elsewhere(address));
  });

  test('round and round is refused', async () => {
    const address: string = await standby((path) => path, 308);
    expect(await read(address)).toBe(elsewhere(address, 308));
  });
});

describeWith('openssl', 'TLS', () => {
  const authority = new TestAuthority(temporaryFolder());
  const reply = { data: { value: CANARY, type: 'kv', path: 'secret/' } };
  const serve = (tls: ReturnType<TestAuthority['selfSigned']>) =>
    scripted((_, response) => response.end(JSON.stringify(reply)), tls);
  const trust = { authorities: authority.pem };

  test('a certificate of the authority that is named is accepted', async () => {
    expect(await read(await serve(authority.certificate('IP:127.0.0.1')), trust)).toBe('no failure');
  });

  test.each([
    [
      'no authority is named',
      () => authority.certificate('IP:127.0.0.1'),
      {},
      'signed by an unknown authority',
    ],
    ['it is self-signed', () => authority.selfSigned(), trust, 'self-signed'],
  ])('%s', async (_, certificate, options, why) => {
    const address = await serve(certificate());
    expect(await read(address, options)).toBe(
      `vault at ${address}: its certificate is not trusted (${why}); give the file of its authority: vault.ca_file in the catalog, or VAULT_CACERT`,
    );
  });

  test('no variable switches the verification off', async () => {
    const address = await serve(authority.selfSigned());
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const line = await read(address);
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    expect(line).toMatch(/: its certificate is not trusted \(self-signed\); /);
  });

  test('a certificate for another name', async () => {
    const address = await serve(authority.certificate('DNS:vault.example'));
    expect(await read(address, trust)).toBe(
      `vault at ${address}: its certificate is for another name than 127.0.0.1; use an address that it names`,
    );
  });

  test('a certificate that has expired', async () => {
    const address = await serve(authority.certificate('IP:127.0.0.1', -1));
    expect(await read(address, trust)).toBe(
      `vault at ${address}: its certificate has expired; renew it on the server`,
    );
  });

  test('https where http is spoken', async () => {
    const { address } = await answering(200, reply);
    const https = address.replace('http:', 'https:');
    expect(await read(https)).toBe(
      `vault at ${https}: it speaks http, not https; correct the address, or the server`,
    );
  });

  test('http where https is spoken', async () => {
    const address = (await serve(authority.certificate('IP:127.0.0.1'))).replace('https:', 'http:');
    expect(await read(address)).toBe(
      `vault at ${address}: it closed the connection (ECONNRESET); perhaps it speaks https`,
    );
  });

  test('http where a Vault speaks https', async () => {
    const { address } = await answering(400, 'Client sent an HTTP request to an HTTPS server.\n');
    expect(await read(address)).toBe(
      `vault at ${address}: it speaks https, not http; write https:// in the address`,
    );
  });
});

describe('what a server says', () => {
  test('is shown in one line, bounded, without what is secret', async () => {
    const words = `bad\nthing\u001b[31m with ${TOKEN} and ${CANARY} ${'x'.repeat(245)}${CANARY}`;
    const { address } = await answering(400, { errors: [words] });
    const line = await lineOf(clientAt(address, { masks: new Masks() }).write(SECRET, CANARY));
    expect(line).toBe(
      `${SECRET}: writing it was refused (400): bad thing [31m with (sensitive) and (sensitive) ${'x'.repeat(245)}(sensit…`,
    );
  });
});
