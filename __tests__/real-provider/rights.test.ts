import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeGroup } from '../fixtures/node-catalog';
import { compiledCli } from '../support/compiled';
import { FakeIam, type FakeStatement } from '../support/fake-iam';
import { pluginMirror } from '../support/plugin-mirror';
import { freePort, untilAnswering } from '../support/ports';
import { hasProgram } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(600_000);

const mirror = pluginMirror();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...(mirror ? [] : ['a mirror with the AWS provider (KAKEHASHI_TEST_PLUGIN_MIRROR)']),
];
const title = 'the rights that credentials have, asked by the real AWS provider';
const describeReal = missing.length === 0 ? describe : describe.skip;

const USER = 'arn:aws:iam::123456789012:user/ops/ann';
const CANARY = 'canary-secret-of-rights';

/** What `doctor --for --json` prints. */
interface Told {
  readonly documents: readonly { readonly document: { readonly Statement: readonly FakeStatement[] } }[];
  readonly checks?: readonly Verdict[];
}

interface Verdict {
  readonly subject: string;
  readonly principal?: string;
  readonly allowed: number;
  readonly missing: readonly { readonly right: string; readonly on: string }[];
  readonly unknown: readonly string[];
  readonly refused?: string;
}

describeReal(missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not installed)`, () => {
  let iam: FakeIam;
  let project: Project;
  let statements: readonly FakeStatement[];

  const catalog = (more = '') => `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
backend: { type: s3, bucket: states, region: us-east-1, use_path_style: true${more} }
aws:
  default: { aws_region: us-west-2, private_network_ipmask: 172.24.2.0/24, create: { vpc_cidr: 172.24.0.0/16, public_subnet: 172.24.9.0/24 } }
node_groups:
${nodeGroup('nodes: 1, lease: 8h', 'workers').trimEnd()}
`;

  async function doctor(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    const run = await project.run(
      process.execPath,
      [compiledCli(), 'doctor', 'lab', '--for', 'apply', ...args],
      {
        HOME: project.folder,
        TMPDIR: join(project.folder, 'tmp'),
        AWS_ACCESS_KEY_ID: 'AKIATEST',
        AWS_SECRET_ACCESS_KEY: CANARY,
        AWS_EC2_METADATA_DISABLED: 'true',
        // In the provider's block they would cost seconds of each start.
        AWS_ENDPOINT_URL: iam.url,
        AWS_MAX_ATTEMPTS: '1',
        TF_CLI_CONFIG_FILE: join(project.folder, 'mirror.rc'),
        ...env,
      },
    );
    expect(run.stdout + run.stderr).not.toContain('canary');
    expect(readdirSync(join(project.folder, 'tmp'))).toEqual([]);
    return run;
  }

  /** Runs it with `--json`. @returns the verdicts by subject */
  async function verdicts(env: Readonly<Record<string, string>> = {}) {
    const run = await doctor(['--json'], env);
    const { checks = [] } = JSON.parse(run.stdout) as Told;
    return { code: run.code, run, of: new Map(checks.map((one) => [one.subject, one])) };
  }

  const allow = (all: readonly FakeStatement[]) => {
    iam.principal = { caller: USER, policies: { [USER]: all } };
  };

  beforeAll(async () => {
    iam = await FakeIam.start();
    project = new Project({
      'catalog/lab.yml': catalog(),
      'mirror.rc': `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`,
    });
    mkdirSync(join(project.folder, 'tmp'));
    const { stdout, code } = await doctor(['--json', '--no-check']);
    expect(code).toBe(0);
    const { documents, checks } = JSON.parse(stdout) as Told;
    expect(checks).toBeUndefined();
    statements = documents.flatMap(({ document }) => document.Statement);
  });
  afterAll(async () => iam?.close());

  it('asks nobody without the check', () => {
    expect(iam.called).toEqual([]);
    expect(statements.length).toBeGreaterThan(5);
  });

  it('are all there with the printed policies and no others', async () => {
    allow(statements);
    const { code, of } = await verdicts();
    expect(of.get('AWS')).toMatchObject({ principal: USER, missing: [], unknown: [] });
    expect(of.get('AWS')?.allowed).toBeGreaterThan(100);
    expect(of.get('AWS, states')).toMatchObject({ principal: USER, missing: [], unknown: [] });
    expect(code).toBe(0);
    // What is not known before an apply is asked by an example, and not with a wildcard.
    expect([...iam.resources].filter((arn) => /\*/.test(arn.replace(/:log-group:.*:\*$/, '')))).toEqual([]);
  });

  it('are missing where the policies lack one, which alone is named', async () => {
    allow(
      statements.map((one) => ({
        ...one,
        Action: one.Action.filter((action) => action !== 'ec2:CreateVpc'),
      })),
    );
    const { code, of, run } = await verdicts();
    expect(of.get('AWS')).toMatchObject({ missing: [{ right: 'ec2:CreateVpc', on: '*' }], unknown: [] });
    expect(code).toBe(1);
    expect(run.stderr.replace(/\s+/g, ' ')).toMatch(
      /rights ✗ AWS: 1 of \d+ rights is missing, as arn:aws:iam::123456789012:user\/ops\/ann help: grant what is missing: ec2:CreateVpc on \* the documents above grant it/,
    );
    expect(run.stderr).toMatch(/✓ AWS, states: \d+ rights are there/);
  });

  const session = 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Ops_0123/ann';
  const role =
    'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0123';

  it('are those of the role of a session, with its path', async () => {
    iam.principal = { caller: session, role, policies: { [role]: statements } };
    const { code, of } = await verdicts();
    expect(of.get('AWS')).toMatchObject({ principal: role, missing: [], unknown: [] });
    expect(code).toBe(0);
  });

  it.each<[string, () => void, Readonly<Record<string, string>>, number, RegExp]>([
    [
      'a principal that may not simulate',
      () => {
        iam.principal = { caller: USER, policies: {}, refusesSimulation: true };
      },
      {},
      0,
      /"unknown":\["iam:SimulatePrincipalPolicy for .*: AccessDenied: said by the test"\]/,
    ],
    [
      'expired credentials',
      () => {
        iam.principal = { caller: USER, policies: {}, error: 'ExpiredToken' };
      },
      {},
      1,
      /"refused":"ExpiredToken: said by the test"/,
    ],
    [
      'no credentials',
      () => allow(statements),
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
      0,
      /"unknown":\["No valid credential sources found/,
    ],
  ])('say so for %s', async (_, prepare, env, code, expected) => {
    prepare();
    const { run } = await verdicts(env);
    expect(JSON.stringify((JSON.parse(run.stdout) as Told).checks)).toMatch(expected);
    expect(run.code).toBe(code);
  });

  const motoMissing = hasProgram('moto_server') ? [] : ['moto_server'];
  const withMoto = motoMissing.length === 0 ? it : it.skip;

  withMoto('are not checked by a server that simulates nothing: moto', async () => {
    const port = await freePort();
    const moto: ChildProcess = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore',
    });
    const url = `http://127.0.0.1:${port}`;
    try {
      await untilAnswering(`${url}/moto-api/`);
      const { code, of } = await verdicts({ AWS_ENDPOINT_URL: url });
      expect(of.get('AWS')?.unknown).toHaveLength(1);
      expect(code).toBe(0);
    } finally {
      moto.kill();
    }
  });
});
