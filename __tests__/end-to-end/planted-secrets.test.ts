import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { EXAMPLE_CATALOGS, Project } from '../support/project';

jest.setTimeout(240_000);

/** Where each secret is planted, and the secret. */
const PLANTED = {
  token: 'planted-token-Zq7w',
  connection: 'planted-conn-Rt4k',
  proxy: 'planted-proxy-Mn2x',
  registry: 'planted-registry-Lp9v',
  remote: 'planted-remote-Hb6c',
  tag: 'planted-tag-Wy3j',
  packed: 'planted-packed-Xe8d',
  pem: 'MIIplantedlineofakeyQk5s0123456789abcdef',
} as const;

const PACKED = gzipSync(JSON.stringify({ inner: JSON.stringify({ x: PLANTED.packed }) })).toString('base64');

const CATALOG = `cci_version: "1.0"
extends: base.yml
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create:
      vpc_cidr: 172.30.0.0/16
      public_subnet: 172.30.1.0/24
      tags:
        token: ${PLANTED.token}
        ${PLANTED.token}: in a name
        alone: ${PLANTED.registry} ${PLANTED.proxy} ${PLANTED.pem}
        origin: https://bot:${PLANTED.tag}@git.example/x
        packed: ${PACKED}
        hex: ${Buffer.from(PLANTED.token).toString('hex')}
        base64: ${Buffer.from(`see ${PLANTED.connection}!`).toString('base64')}
`;

const VARIABLES = {
  ENGINE_TOKEN: PLANTED.token,
  PACKED_SECRET: PLANTED.packed,
  PG_CONN_STR: `postgres://tf:${PLANTED.connection}@db.example/state`,
  ALL_PROXY: `socks5://user:${PLANTED.proxy}@127.0.0.1:9`,
  TF_VAR_registry_auth: JSON.stringify({
    'r.example': Buffer.from(`user:${PLANTED.registry}`).toString('base64'),
  }),
  DEPLOY_PRIVATE_KEY: `-----BEGIN PRIVATE KEY-----\n${PLANTED.pem}\n-----END PRIVATE KEY-----`,
};

/** What a server says that echoes a request. */
const ECHO = JSON.stringify({
  errors: [
    `bad request: Authorization: Bearer ${PLANTED.token}`,
    JSON.stringify({ password: PLANTED.registry }),
  ],
  url: `https://tf:${PLANTED.tag}@vault.example/v1/secret`,
  body: Buffer.from(`{"conn":"${PLANTED.connection}"}`).toString('base64'),
  packed: PACKED,
  key: VARIABLES.DEPLOY_PRIVATE_KEY,
});

/** The forms in which a secret may have got somewhere. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const parts = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(offset === 0 ? 0 : offset + 1, -4),
  );
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...parts];
}

/** The text, and what is packed in it. */
function opened(text: string, depth = 0): string {
  if (depth > 3) return text;
  const packed = [...text.matchAll(/H4sI[A-Za-z0-9+/]{20,}={0,2}/g)].flatMap(([found]) => {
    try {
      return opened(gunzipSync(Buffer.from(found, 'base64')).toString('utf8'), depth + 1);
    } catch {
      return [];
    }
  });
  return [text, ...packed].join('\n');
}

/** What is the input itself, what Terraform keeps, and the clouds of the sandbox: they have the values by what they are. */
const MAY_HOLD =
  /^(catalog|\.git)\/|(^|\/)(cdk\.tf\.json|[^/]*tfstate[^/]*|tfplan|[^/]*\.tfplan|\.terraform)(\/|$)|(^|\/)sandbox\.out\/[^/]*\.(jsonl|log)$/;

describeWith('terraform', 'planted secrets', () => {
  const base = readFileSync(join(EXAMPLE_CATALOGS, 'base.yml'), 'utf8');
  const project = new Project({ 'catalog/base.yml': base, 'catalog/lab.yml': CATALOG }, temporaryFolder());

  it('are in nothing that plan, review, draw, apply and drift print or write', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project.folder });
    git('init', '-q');
    git('remote', 'add', 'origin', `https://bot:${PLANTED.remote}@git.example/net.git`);
    git('add', 'catalog');
    git('commit', '-qm', 'one');
    const said: Record<string, string> = {};
    let variables: Readonly<Record<string, string>> = VARIABLES;
    const run = async (code: number, ...args: string[]) => {
      const ended = await project.run(process.execPath, [compiledCli(), ...args], variables);
      said[args.join(' ')] = ended.stdout + ended.stderr;
      expect([args[0], ended.code, ended.code === code ? '' : ended.stdout + ended.stderr]).toEqual([
        args[0],
        code,
        '',
      ]);
    };
    const failing = (operation: string) => {
      const file = join(temporaryFolder(), 'faults.json');
      writeFileSync(file, JSON.stringify([{ type: 'aws_vpc', operation, fault: 'error', code: ECHO }]));
      variables = { ...VARIABLES, KAKEHASHI_SANDBOX_FAULTS: file };
    };
    failing('plan');
    await run(1, 'plan', 'lab', '--sandbox', '--export', 'failed');
    await run(1, 'review', './failed', '--out', 'f.md', '--out', 'f.html', '--out', 'f.json');
    failing('create');
    await run(1, 'apply', 'lab', '--sandbox', '--yes');
    variables = VARIABLES;
    await run(2, 'plan', 'lab', '--sandbox', '--export', 'records');
    await run(
      2,
      'review',
      './records',
      '--out',
      'r.md',
      '--out',
      'r.html',
      '--out',
      'r.json',
      '--out',
      'r.sarif',
    );
    await run(2, 'review', './records');
    await run(0, 'draw', 'lab', '--plan', '--sandbox');
    await run(0, 'apply', 'lab', '--sandbox', '--yes', '--reviewed', 'records/');
    await run(0, 'drift', 'lab', '--sandbox', '--out', 'd.md', '--out', 'd.json', '--out', 'd.html');

    const files = readdirSync(project.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(project.folder, join(entry.parentPath, entry.name)))
      .filter((file) => !MAY_HOLD.test(file));
    expect(files).toEqual(
      expect.arrayContaining(['r.md', 'r.html', 'r.json', 'r.sarif', 'd.md', 'records/lab.environment.json']),
    );
    const texts = [
      ...Object.entries(said),
      ...files.map((file) => [file, readFileSync(join(project.folder, file), 'latin1')] as const),
    ];
    const found = texts.flatMap(([where, text]) => {
      const all = opened(text);
      return Object.entries(PLANTED).flatMap(([name, secret]) =>
        formsOf(secret).some((form) => all.includes(form)) ? [`${name} in ${where}`] : [],
      );
    });
    expect(found).toEqual([]);
    // The server's words are told, without the secrets.
    expect(project.read('failed/lab-aws-default.stack.json')).toContain('Authorization: Bearer (sensitive)');
    const stack = project.read('records/lab-aws-default.stack.json');
    expect(stack).toContain('(sensitive)');
    expect(stack).toContain('https://bot:(sensitive)@git.example/x');
  });
});
