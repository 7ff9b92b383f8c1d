import { checkAwsCredentials } from '../../../../scripts/kinds/aws/credentials-check';
import { driverOf } from '../../../../scripts/kinds/registry';
import { ServerTimes } from '../../../../scripts/kinds/server-times';
import { temporaryFolder } from '../../../support/catalog-folder';
import { FakeSts, type StsAnswer } from '../../../support/fake-sts';
import { loadedFrom } from '../../../support/loaded';

jest.setTimeout(60_000);

const SECRET = 'CANARY-secret-key-0123456789';

let sts: FakeSts;
beforeEach(async () => {
  sts = await FakeSts.start();
});
afterEach(() => sts.close());

const catalog = (aws = '', second = '') =>
  loadedFrom(`cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
providers: { aws: { endpoints: { sts: '${sts.url}' }${aws} } }
aws:
  one: { aws_region: us-west-2, private_network_ipmask: 172.20.2.0/24, create: { vpc_cidr: 172.20.0.0/16, egress: none, vpn: none } }
${second}`);

interface Case {
  readonly answer?: StsAnswer;
  readonly aws?: string;
  readonly second?: string;
  readonly variables?: NodeJS.ProcessEnv;
  readonly simulated?: boolean;
  readonly withheld?: boolean;
}

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: SECRET };

async function checked({ answer = {}, aws, second, variables = KEYS, ...more }: Case = {}) {
  sts.answer = answer;
  const times = new ServerTimes();
  const findings = await checkAwsCredentials({
    loaded: catalog(aws, second),
    simulated: false,
    withheld: false,
    variables,
    stop: new AbortController().signal,
    times,
    ...more,
  });
  expect(JSON.stringify(findings)).not.toContain('CANARY');
  return { findings, times };
}

test('says who one is, in all regions in one line, and that the account is allowed', async () => {
  const second =
    '  two: { aws_region: eu-west-1, private_network_ipmask: 172.21.2.0/24, create: { vpc_cidr: 172.21.0.0/16, egress: none, vpn: none } }\n';
  const who = 'arn:aws:iam::123456789012:user/ann, account 123456789012, in us-west-2 and eu-west-1';
  expect((await checked({ second })).findings).toEqual([
    { verdict: 'passed', subject: 'AWS credentials', found: who, fixes: [] },
  ]);
  const { findings } = await checked({ second, aws: ", allowed_account_ids: ['123456789012']" });
  expect(findings).toEqual([
    expect.objectContaining({ verdict: 'passed', found: `${who}, which is allowed` }),
  ]);
});

test('asks in the region of a hub too, also where the hub is all that there is', async () => {
  const hub = '{ aws_region: eu-west-1, create: { vpn: none } }';
  const hubs = `hubs: { main: ${hub} }\n`;
  const { findings } = await checked({ second: hubs });
  expect(findings[0]?.found).toContain('in eu-west-1 and us-west-2');
  expect(driverOf({ kind: 'aws-hub' }).checks).toBe(driverOf({ kind: 'aws-network' }).checks);
});

test.each<[string, Case, string]>([
  [
    'an account that is not allowed',
    { aws: ", allowed_account_ids: ['999999999999']" },
    'arn:aws:iam::123456789012:user/ann is of account 123456789012, and providers.aws.allowed_account_ids has 999999999999',
  ],
  ['an expired token', { answer: { error: 'ExpiredToken' } }, 'they have expired (ExpiredToken)'],
  [
    'an unknown key',
    { answer: { error: 'InvalidClientTokenId' } },
    'AWS does not know the access key, or not in this region (InvalidClientTokenId)',
  ],
  [
    'a wrong secret',
    { answer: { error: 'SignatureDoesNotMatch' } },
    "AWS refuses the signature (SignatureDoesNotMatch): the secret key is another one's, or the clock is wrong",
  ],
  [
    'a role that may not be assumed',
    {
      answer: { error: 'AccessDenied' },
      aws: ', assume_role: { role_arn: "arn:aws:iam::123456789012:role/r" }',
    },
    'they may not assume arn:aws:iam::123456789012:role/r (AccessDenied)',
  ],
  ['another refusal', { answer: { error: 'Unheard' } }, 'AWS refuses them (Unheard): said by the test'],
])('%s fails, with what to do', async (_, one, found) => {
  const { findings } = await checked(one);
  expect(findings).toEqual([
    {
      verdict: 'failed',
      subject: 'AWS credentials',
      found,
      fixes: expect.arrayContaining([expect.any(String)]),
    },
  ]);
});

test('a server that is not there is named', async () => {
  const { url } = sts;
  await sts.close();
  const { findings } = await checked();
  expect(findings[0]).toMatchObject({
    verdict: 'failed',
    found: "not known: 127.0.0.1 can't be reached (ECONNREFUSED)",
  });
  expect(url).toMatch(/^http/);
  sts = await FakeSts.start();
});

test('a server that never answers is given up', async () => {
  const { findings } = await checked({ answer: { silent: true } });
  expect(findings[0]).toMatchObject({ verdict: 'failed', found: expect.stringMatching(/can't be reached/) });
});

describe('a profile', () => {
  const home = () =>
    temporaryFolder({
      '.aws/config': '[profile lab]\nregion = us-west-2\n[default]\n',
      '.aws/credentials': `[ci]\naws_access_key_id = AKIATEST\naws_secret_access_key = ${SECRET}\n`,
    });

  test.each<[string, Case & { from: string; name: string }]>([
    ['of the catalog', { aws: ', profile: labb', from: 'providers.aws.profile', name: 'labb' }],
    [
      'of a variable, also beside keys',
      { variables: { ...KEYS, AWS_PROFILE: 'cii' }, from: 'AWS_PROFILE', name: 'cii' },
    ],
  ])('%s that does not exist fails before anybody is asked', async (_, { from, name, ...one }) => {
    const { findings, times } = await checked({ ...one, variables: { ...one.variables, HOME: home() } });
    expect(findings).toEqual([
      {
        verdict: 'failed',
        subject: 'AWS credentials',
        found: expect.stringMatching(
          new RegExp(
            `^the profile "${name}" \\(${from}\\) is not in .*/\\.aws/config or .*/\\.aws/credentials$`,
          ),
        ),
        fixes: [`correct ${from}`, `create it: aws configure --profile ${name}`],
      },
    ]);
    expect(times.farthest).toBeUndefined();
  });

  test.each(['lab', 'ci', 'default'])('%s is found in either file', async (name) => {
    const { findings } = await checked({ variables: { ...KEYS, AWS_PROFILE: name, HOME: home() } });
    expect(findings).toEqual([expect.objectContaining({ verdict: 'passed' })]);
  });
});

test('the time of the server is noted, also of one that refuses', async () => {
  const { times } = await checked({ answer: { error: 'ExpiredToken', aheadSeconds: 600 } });
  expect(times.farthest?.aheadSeconds).toBeGreaterThan(-605);
  expect(times.farthest?.aheadSeconds).toBeLessThan(-595);
});

test.each<[string, Case]>([
  ['in the sandbox', { simulated: true }],
  ['kept in a Vault that can not be read', { withheld: true }],
])('%s nothing is asked, and a line says so', async (_, one) => {
  const { findings, times } = await checked(one);
  expect(findings).toEqual([
    expect.objectContaining({ verdict: 'noted', found: expect.stringMatching(/^not checked: /) }),
  ]);
  expect(times.farthest).toBeUndefined();
});

test('behind a proxy, which only Terraform uses, a line says so', async () => {
  const loaded = loadedFrom(`cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
aws:
  one: { aws_region: us-west-2, private_network_ipmask: 172.20.2.0/24, create: { vpc_cidr: 172.20.0.0/16, egress: none, vpn: none } }
`);
  const variables = { ...KEYS, HTTPS_PROXY: 'http://user:CANARY@127.0.0.1:9' };
  const stop = new AbortController().signal;
  const findings = await checkAwsCredentials({
    loaded,
    simulated: false,
    withheld: false,
    variables,
    stop,
    times: new ServerTimes(),
  });
  expect(findings).toEqual([
    expect.objectContaining({
      verdict: 'noted',
      found: 'not checked: only Terraform asks through the proxy of HTTPS_PROXY',
    }),
  ]);
});
