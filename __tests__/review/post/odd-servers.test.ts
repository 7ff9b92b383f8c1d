import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { openCodeHost } from '../../../review/post/open-code-host';
import { postReviews } from '../../../review/post/post-reviews';
import type { Posted } from '../../../review/post/posting';
import { temporaryFolder } from '../../support/catalog-folder';
import { type GitHubServer, startGitHub } from '../../support/code-host/github-server';
import { startGitLab } from '../../support/code-host/gitlab-server';
import { samplePosting } from '../../support/postings';

const TOKEN = 'ghs_sEcReT';
const PATIENCE = { requestMs: 500, totalMs: 3000, firstWaitMs: 5 };
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function post(
  name: 'github' | 'gitlab',
  url: string,
  { patience = PATIENCE, env = {} }: { patience?: typeof PATIENCE; env?: NodeJS.ProcessEnv } = {},
): Promise<Posted> {
  const stop = new AbortController().signal;
  const variables = {
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: 'octo/net',
    GITHUB_TOKEN: TOKEN,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REF: 'refs/pull/7/merge',
    CI_API_V4_URL: url,
    CI_PROJECT_ID: '42',
    CI_MERGE_REQUEST_IID: '7',
    GITLAB_TOKEN: 'token',
    ...env,
  };
  const opened = await openCodeHost(name, { variables, stop, note: () => {}, patience });
  return postReviews(opened, [samplePosting()], { project: '', stop });
}

async function github(): Promise<GitHubServer> {
  const actor = { login: 'github-actions[bot]', writes: ['pull-requests', 'issues', 'statuses'] };
  const server = await startGitHub({ actors: { [TOKEN]: actor } });
  closing.push(() => server.close());
  return server;
}

async function listening(server: Server, scheme = 'http'): Promise<string> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket.on('error', () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that answers each request with these bytes. */
function raw(answer: (socket: Socket) => void): Promise<string> {
  return listening(createServer((socket) => socket.on('data', () => answer(socket))));
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

describe('lists', () => {
  it('do not lead to another host, to which the token would go', async () => {
    const server = await github();
    let isAsked = false;
    const other = await raw((socket) => {
      isAsked = true;
      socket.end('HTTP/1.1 500 x\r\n\r\n');
    });
    server.write(7, 'someone', 'x');
    const comments = server.comments.map(({ pull: _, ...one }) => one);
    const link = `<${other}/x?page=2&baseUrl=${encodeURIComponent(other)}>; rel="next"`;
    server.fail({
      method: 'GET',
      path: /comments$/,
      reply: { status: 200, value: comments, headers: { link } },
    });
    expect((await post('github', server.url)).failures).toEqual([]);
    expect(isAsked).toBe(false);
    expect(server.requests.filter(({ query }) => query.get('page') === '2')).not.toEqual([]);
  });

  it.each(['github', 'gitlab'] as const)('of %s without an end are given up', async (name) => {
    const server = name === 'github' ? await github() : await gitlab();
    const headers = { link: `<${server.url}/x?page=1>; rel="next"`, 'x-next-page': '1' };
    const reply = { status: 200, value: [], headers };
    server.fail({ times: 9999, method: 'GET', path: /(comments|notes)$/, reply });
    expect((await post(name, server.url)).failures).toEqual([
      expect.stringMatching(
        /can't read its comments: its list names the same next page again; check proxies/,
      ),
    ]);
  });

  it.each([
    [
      'a conflict',
      { status: 409, value: { message: 'Git Repository is empty.' } },
      "can't read its comments (409",
    ],
    ['nothing', { status: 200, text: '', headers: { 'content-type': 'application/json' } }, 'is not that of'],
    [
      'null',
      { status: 200, text: 'null', headers: { 'content-type': 'application/json' } },
      'is not that of',
    ],
    [
      'half of it',
      { status: 200, text: '[{"id":', headers: { 'content-type': 'application/json' } },
      'is not that of',
    ],
  ])(
    'that are answered with %s are not taken for empty, so that nothing is added twice',
    async (_, reply, said) => {
      const server = await github();
      await post('github', server.url);
      server.fail({ method: 'GET', path: /comments$/, reply });
      expect((await post('github', server.url)).failures).toEqual([expect.stringContaining(said)]);
      expect(server.comments).toHaveLength(1);
    },
  );
});

describe('our comment', () => {
  const BOT = 'github-actions[bot]';

  it('is found among 10,000, in 101 pages', async () => {
    const server = await github();
    await post('github', server.url);
    const [own] = server.comments.splice(0);
    for (let count = 0; count < 10_000; count += 1) server.write(7, 'someone', `remark ${count}`);
    const { body } = own ?? { body: '' };
    server.write(7, BOT, body);
    const patience = { requestMs: 5000, totalMs: 60_000, firstWaitMs: 5 };
    const { done, failures } = await post('github', server.url, { patience });
    expect([done[0], failures]).toEqual(['dev: comment updated', []]);
    expect(server.comments).toHaveLength(10_001);
  });

  it('is found where its lines end as those of Windows do, and where a person has edited it', async () => {
    const server = await github();
    await post('github', server.url);
    const [own] = server.comments;
    if (own === undefined) throw new Error('no comment');
    own.body = `${own.body}\nand what a person adds`.replaceAll('\n', '\r\n');
    await post('github', server.url);
    expect(server.comments).toHaveLength(1);
    // What the person wrote is in the history of the comment.
    expect(own.history.at(-1)).toContain('and what a person adds');
    expect(own.body).not.toContain('adds');
  });

  it('stays as it is where a person took its marker out: it is theirs now', async () => {
    const server = await github();
    await post('github', server.url);
    const [own] = server.comments;
    if (own === undefined) throw new Error('no comment');
    own.body = 'text of a person';
    await post('github', server.url);
    expect(server.comments).toHaveLength(2);
    expect(own.body).toBe('text of a person');
  });
});

describe('an answer to what is written', () => {
  const page = { status: 200, text: '<html>log in</html>' };

  it.each([
    ['a comment that is updated', 'PATCH', /comments\/\d+$/],
    ['a status', 'POST', /statuses/],
  ])('must be that of the API: %s', async (_, method, path) => {
    const server = await github();
    await post('github', server.url);
    server.fail({ method, path, reply: page });
    const { done, failures } = await post('github', server.url);
    expect(failures).toEqual([expect.stringContaining("its answer is not that of GitHub's API")]);
    expect(done).not.toContain(method === 'PATCH' ? 'dev: comment updated' : 'dev: status success');
  });

  it.each([
    ['ends in the middle', 'hang up'],
    ['is not there in time', 'no answer'],
    ['is one of a gateway', { status: 502, text: '<html>' }],
  ] as const)('that %s leaves one comment, also where it was made', async (_, reply) => {
    const server = await github();
    server.fail({ method: 'POST', path: /comments$/, done: true, reply });
    expect((await post('github', server.url)).failures).toEqual([]);
    expect(server.comments).toHaveLength(1);
  });
});

describe('a refusal says what helps', () => {
  it.each([
    [403, 'Repository was archived so is read-only.', 'take the repository out of the archive'],
    [403, 'Resource protected by organization SAML enforcement.', "organization's single sign-on"],
    [403, 'the `octo` organization has an IP allow list enabled', "add this machine's address"],
    [403, '<html><body>Denied by policy</body></html>', 'check proxies and firewalls on the way'],
    [409, 'conflict', 'run the job again'],
    [410, 'Issues are disabled for this repo', 'turn issues on'],
    [418, 'teapot', 'run the job again'],
    [422, 'Validation Failed', 'correct what the server names'],
    [451, 'Repository access blocked', "ask the repository's owner"],
  ])('%s %s', async (status, message, fix) => {
    const server = await github();
    const reply = message.startsWith('<') ? { status, text: message } : { status, value: { message } };
    server.fail({ method: 'POST', path: /comments$/, reply });
    const { failures } = await post('github', server.url);
    expect(failures).toEqual([expect.stringMatching(new RegExp(`^dev: .*can't add a comment \\(${status}`))]);
    expect(failures[0]).toContain(fix);
    expect(failures[0]).not.toMatch(/<|sEcReT|\n/);
  });
});

describe('an answer', () => {
  it('that moves within the server says that the repository has another name', async () => {
    const server = await github();
    const headers = { location: '/repositories/5/pulls/7' };
    server.fail({ reply: { status: 301, headers } });
    expect((await post('github', server.url)).failures).toEqual([
      expect.stringContaining(
        'another path of its own (301); if the repository has another name or owner now',
      ),
    ]);
  });

  it('that asks for days is not asked again', async () => {
    const server = await github();
    server.fail({ reply: { status: 503, text: '', headers: { 'retry-after': '86400' } } });
    expect((await post('github', server.url)).failures).toEqual([
      expect.stringContaining('it answers 503 and wants to be left alone for 86400 s'),
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['that is no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9\r\n'), /its answer can't be read \(HPE_/],
    [
      'that is no gzip',
      (socket) => socket.end(`${HEAD}Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!`),
      /its answer can't be read \(Z_DATA_ERROR\)/,
    ],
    [
      'that ends too early',
      (socket) => socket.end(`${HEAD}Content-Length: 900\r\n\r\n{"head":`),
      /the connection ended within the answer/,
    ],
  ])('%s is said as what it is', async (_, answer, said) => {
    const { failures } = await post('github', await raw(answer));
    expect(failures).toEqual([expect.stringMatching(said)]);
    expect(failures[0]).not.toMatch(/sEcReT|\n/);
  });

  it('that comes drop by drop ends within the time of the run', async () => {
    const drops: NodeJS.Timeout[] = [];
    const url = await raw((socket) => {
      socket.write(`${HEAD}Content-Length: 90000\r\n\r\n`);
      drops.push(setInterval(() => socket.write(' '), 50));
    });
    closing.push(() => drops.forEach(clearInterval));
    const before = Date.now();
    const { failures } = await post('github', url, { patience: { ...PATIENCE, totalMs: 900 } });
    expect(Date.now() - before).toBeLessThan(2500);
    expect(failures).toEqual([expect.stringContaining('its answers take longer than 0.9 s together')]);
  });

  it('that names thousands of pages, each slowly, ends within the time of the run', async () => {
    const one = JSON.stringify({ sha: 'b'.repeat(40), username: 'me', labels: [] });
    let page = 1;
    const server = createServer((socket) =>
      socket.on('data', (asked) => {
        const isList = asked.toString().includes('/notes');
        if (isList) page += 1;
        const value = isList ? '[]' : one;
        const text = `${HEAD}X-Next-Page: ${page}\r\nContent-Length: ${value.length}\r\n\r\n${value}`;
        setTimeout(() => socket.write(text), isList ? 60 : 0);
      }),
    );
    const url = await listening(server);
    const before = Date.now();
    const { failures } = await post('gitlab', url, { patience: { ...PATIENCE, totalMs: 900 } });
    expect(Date.now() - before).toBeLessThan(2500);
    expect(failures).toEqual([expect.stringContaining('its answers take longer than 0.9 s together')]);
    expect(page).toBeGreaterThan(5);
  });
});

describe('TLS', () => {
  it('names the file of an authority that is missing, and takes it', async () => {
    const folder = temporaryFolder();
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', cert, ...subject], {
      stdio: 'ignore',
    });
    const tls = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) =>
      answer.end(),
    );
    const url = await listening(tls, 'https');
    expect((await post('github', url)).failures).toEqual([
      expect.stringMatching(
        /certificate is not accepted \(DEPTH_ZERO_SELF_SIGNED_CERT\); name .* NODE_EXTRA_CA_CERTS/,
      ),
    ]);
    const ask = `fetch('${url}').then(({ status }) => console.log(status))`;
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: cert };
    const child = await import('node:util').then(({ promisify }) =>
      promisify(require('node:child_process').execFile)(process.execPath, ['-e', ask], { env }),
    );
    expect(child).toMatchObject({ stdout: '200\n' });
  });

  it('that nobody speaks at the port is no wrong certificate', async () => {
    const url = await raw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const [failure] = (await post('github', url.replace('http:', 'https:'))).failures;
    expect(failure).toMatch(/does not speak TLS there .*; check the address and its port$/);
  });
});

describe('a proxy that Node does not use', () => {
  const env = { HTTPS_PROXY: 'http://user:sEcReT@proxy.example:3128' };
  let closed: string;
  beforeAll(async () => {
    closed = await raw(() => {});
    for (const close of closing.splice(0)) await close();
  });

  it('is named where nothing answers', async () => {
    const [failure] = (await post('github', closed, { env })).failures;
    expect(failure).toContain(
      'set NODE_USE_ENV_PROXY=1, without which Node does not use the proxy of HTTPS_PROXY',
    );
    expect(failure).not.toContain('sEcReT');
  });

  it.each([{ NODE_USE_ENV_PROXY: '1' }, { NODE_OPTIONS: '--use-env-proxy' }, { HTTPS_PROXY: '' }])(
    'is not where it is used, or there is none: %j',
    async (more) => {
      const [failure] = (await post('github', closed, { env: { ...env, ...more } })).failures;
      expect(failure).toMatch(/; check the address and its port$/);
    },
  );
});

it('asks a server at an IPv6 address, with a path and a slash at its end', async () => {
  const server = await startGitHub({ prefix: '/api/v3', actors: { [TOKEN]: { login: 'me', writes: [] } } });
  closing.push(() => server.close());
  expect((await post('github', `${server.url}/api/v3/`)).failures[0]).toContain("can't add a comment (403");
  await expect(post('github', 'https://[::1]:9/api/v3/')).resolves.toMatchObject({
    failures: [expect.stringContaining('GitHub at https://[::1]:9: ')],
  });
});

async function gitlab() {
  const server = await startGitLab();
  closing.push(() => server.close());
  return server;
}
