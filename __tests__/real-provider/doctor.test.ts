import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { FakeSts } from '../support/fake-sts';
import { pluginMirror } from '../support/plugin-mirror';
import { freePort, untilAnswering } from '../support/ports';
import { hasProgram } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(600_000);

const mirror = pluginMirror();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...(hasProgram('moto_server') ? [] : ['moto_server']),
  ...(mirror ? [] : ['a mirror with the AWS provider (KAKEHASHI_TEST_PLUGIN_MIRROR)']),
];
const title = 'what doctor says, and what the next plan does';
const describeReal = missing.length === 0 ? describe : describe.skip;

/** What is wrong, and which check says so. */
interface Fault {
  readonly check: string;
  /** More of `providers.aws`. */
  readonly aws?: string;
  /** Where STS is. @default - in moto */
  readonly sts?: string;
  readonly backend?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Also what takes half a minute each; CI leaves it out. */
const ALL = process.env.LIVE === 'all';

const SLOW: readonly [string, () => Fault][] = [
  ['a profile that does not exist', () => ({ check: 'clouds', aws: ', profile: nobody' })],
  ['an STS that nobody serves', () => ({ check: 'clouds', sts: 'http://127.0.0.1:9' })],
];

describeReal(missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not installed)`, () => {
  let moto: ChildProcess;
  let url = '';
  let sts: FakeSts;
  let home = '';

  beforeAll(async () => {
    const port = await freePort();
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    url = `http://127.0.0.1:${port}`;
    await untilAnswering(`${url}/moto-api/`);
    await fetch(`${url}/states`, { method: 'PUT', headers: SIGNED });
    sts = await FakeSts.start();
    home = temporaryFolder({
      'mirror.rc': `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`,
      'none.rc': 'provider_installation {\n  network_mirror { url = "https://127.0.0.1:9/" }\n}\n',
      'empty.rc': `provider_installation {\n  filesystem_mirror { path = "${temporaryFolder()}" }\n}\n`,
    });
  });
  afterAll(async () => {
    moto?.kill();
    await sts?.close();
  });

  /** Runs `doctor` and then `plan`, in a project of its own. */
  async function both(fault: Omit<Fault, 'check'>) {
    const { aws = '', backend = '', env = {}, sts: own = url } = fault;
    const endpoints = `{ sts: '${own}', ec2: '${url}', iam: '${url}', logs: '${url}', s3: '${url}' }`;
    const project = new Project({
      'catalog/lab.yml': `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
providers: { aws: { endpoints: ${endpoints}${aws} } }
${backend}aws:
  default: { aws_region: us-west-2, private_network_ipmask: 172.24.2.0/24, create: { vpc_cidr: 172.24.0.0/16, egress: none } }
`,
    });
    const variables = {
      HOME: home,
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'canary-secret-of-doctor',
      AWS_MAX_ATTEMPTS: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      TF_CLI_CONFIG_FILE: join(home, 'mirror.rc'),
      ...env,
    };
    const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
      project.run(process.execPath, [compiledCli(), ...args], { ...variables, ...more });
    const doctor = await run(['doctor', 'lab', '--json']);
    const plan = await run(['plan', 'lab']);
    for (const { stdout, stderr } of [doctor, plan]) expect(stdout + stderr).not.toContain('canary');
    return { doctor, plan, run };
  }

  const failedChecks = ({ stdout }: Finished) =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { type: string; check: string; verdict: string })
      .filter(({ type, verdict }) => type === 'check' && verdict === 'failed')
      .map(({ check }) => check);

  const states = () =>
    `backend: { type: s3, bucket: states, region: us-east-1, use_path_style: true, endpoints: { s3: '${url}', sts: '${url}' } }\n`;

  it.each<[string, () => Omit<Fault, 'check'>]>([
    ...(ALL ? [['all is there', () => ({})] satisfies [string, () => Omit<Fault, 'check'>]] : []),
    [
      'the states are in a bucket and the account is allowed',
      () => ({ backend: states(), aws: ", allowed_account_ids: ['123456789012']" }),
    ],
  ])('where %s, no check fails and the plan is made', async (_, fault) => {
    const { doctor, plan, run } = await both(fault());
    expect([failedChecks(doctor), doctor.code]).toEqual([[], 0]);
    expect([plan.stdout, plan.code]).toEqual([expect.stringContaining('plans     saved'), 2]);
    // What is initialised needs no registry any more.
    const again = await run(['doctor', 'lab', '--json'], { TF_CLI_CONFIG_FILE: join(home, 'none.rc') });
    expect(failedChecks(again)).toEqual([]);
    expect(again.stdout).toContain('installed for all stacks');
  });

  it.each<[string, () => Fault]>([
    [
      'no credentials',
      () => ({ check: 'clouds', env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } }),
    ],
    [
      'an account that is not allowed',
      () => ({ check: 'clouds', aws: ", allowed_account_ids: ['999999999999']" }),
    ],
    [
      'an expired token',
      () => {
        sts.answer = { error: 'ExpiredToken' };
        return { check: 'clouds', sts: sts.url };
      },
    ],
    ['no mirror', () => ({ check: 'providers', env: { TF_CLI_CONFIG_FILE: join(home, 'none.rc') } })],
    ['an empty mirror', () => ({ check: 'providers', env: { TF_CLI_CONFIG_FILE: join(home, 'empty.rc') } })],
    [
      'a version that the mirror lacks',
      () => ({ check: 'providers', aws: ", version: '>= 6.0.0, < 7.0.0'" }),
    ],
    [
      'a bucket that is not there',
      () => ({ check: 'backend', backend: states().replace('bucket: states', 'bucket: none') }),
    ],
    [
      'a backend that nobody serves',
      () => ({
        check: 'backend',
        backend: states().replaceAll(url, 'http://127.0.0.1:9').replace('region', 'max_retries: 1, region'),
      }),
    ],
    [
      'an HTTP backend that nobody serves',
      () => ({
        check: 'backend',
        backend: 'backend: { type: http, address: "http://127.0.0.1:9/", retry_max: 0 }\n',
      }),
    ],
    ...(ALL ? SLOW : []),
  ])('%s: the check fails, and so does the plan', async (_, given) => {
    const { check, ...fault } = given();
    const { doctor, plan } = await both(fault);
    expect(failedChecks(doctor)).toContain(check);
    expect(doctor.code).toBe(1);
    expect(plan.code).toBe(1);
  });
});

const SIGNED = {
  Authorization:
    'AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
};
