import { AWS_RIGHTS } from '../../../../scripts/kinds/aws/rights/aws-rights';
import { stateProvider } from '../../../../scripts/kinds/aws/rights/state-provider';
import type { AskCloud, AskedCloud, AskedRights, RightsVerdict } from '../../../../scripts/kinds/rights';
import { TerraformError } from '../../../../terraform/terraform';
import { type FakeStatement, simulatedAnswers } from '../../../support/fake-iam';

const ACCOUNT = '123456789012';
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;

const provider = { region: 'us-west-2', default_tags: [{ tags: { 'kakehashi:entry': 'lab/aws/default' } }] };
const need = (type: string, values: Record<string, string>, actions: readonly string[]) => ({
  type,
  values,
  provider,
  actions,
});
const ASKED: AskedRights = {
  environment: 'lab',
  purpose: 'apply',
  needs: [
    need('aws_vpc', {}, ['ec2:CreateVpc', 'ec2:DeleteVpc']),
    need('aws_iam_role', { name: 'lab-nodes', assume_role_policy: '{"Service":"ec2.amazonaws.com"}' }, [
      'iam:CreateRole',
      'iam:PassRole',
    ]),
    need('aws_autoscaling_group', { name: 'lab' }, [
      'autoscaling:UpdateAutoScalingGroup',
      'iam:CreateServiceLinkedRole',
    ]),
    need('aws_cloudwatch_log_group', { name: '/lab' }, ['logs:CreateLogGroup']),
    need('aws_secretsmanager_secret', { name: 'lab' }, ['secretsmanager:CreateSecret']),
    need('data.aws_ssm_parameter', { name: '/aws/service/x' }, ['ssm:GetParameter']),
  ],
  states: [{ bucket: 'states', key: 'lab/a', region: 'us-east-1', use_lockfile: true }],
};

const printed = (AWS_RIGHTS.documents(ASKED) as unknown as { Statement: readonly FakeStatement[] }[]).flatMap(
  ({ Statement }) => Statement,
);

/** An error of Terraform about a data source, as the provider tells one. */
function refusal(address: string, detail: string): TerraformError {
  const diagnostics = [{ severity: 'error', summary: 'it failed', detail, address }];
  return new TerraformError('terraform plan failed', [], 'exited', 1, [], diagnostics, []);
}

/** The provider of somebody with these policies, and what it was asked. */
function someone(
  policies: Readonly<Record<string, readonly FakeStatement[]>>,
  { caller = USER, role }: { readonly caller?: string; readonly role?: string } = {},
) {
  const asked: AskedCloud[] = [];
  const ask: AskCloud = async (one) => {
    asked.push(one);
    const { aws_iam_principal_policy_simulation: simulations, aws_iam_session_context: session } = one.data;
    if (simulations !== undefined) {
      const [{ policy_source_arn: source } = {}] = Object.values(simulations);
      const policy = policies[String(source)];
      if (policy === undefined)
        throw refusal('data.x', 'api error NoSuchEntity: there is no such principal, and no stack trace');
      return simulatedAnswers(policy, simulations);
    }
    if (session === undefined) return { arn: caller, account: ACCOUNT };
    if (role === undefined && caller.includes('assumed-role'))
      throw refusal('data.aws_iam_session_context.rights', 'api error AccessDenied: no GetRole');
    return { arn: caller, account: ACCOUNT, role: role ?? caller };
  };
  return { ask, asked };
}

async function checked(...args: Parameters<typeof someone>): Promise<readonly RightsVerdict[]> {
  return AWS_RIGHTS.check({ ...ASKED, ask: someone(...args).ask });
}

const lines = (verdicts: readonly RightsVerdict[]) =>
  verdicts.flatMap(({ missing }) => missing.map(({ right, on }) => `${right} on ${on}`));

const changed = (from: string, to: string) =>
  JSON.parse(JSON.stringify(printed).replaceAll(from, to)) as readonly FakeStatement[];

test('the printed policies suffice', async () => {
  const verdicts = await checked({ [USER]: printed });
  expect(verdicts.map(({ subject, principal }) => [subject, principal])).toEqual([
    ['AWS', USER],
    ['AWS, states', USER],
  ]);
  expect(lines(verdicts)).toEqual([]);
  expect(verdicts.flatMap(({ unknown }) => unknown)).toEqual([]);
  expect(verdicts.map(({ allowed }) => allowed)).toEqual([11, 7]);
});

test('each statement is needed', async () => {
  for (const { Sid } of printed as readonly { readonly Sid?: string }[]) {
    const others = printed.filter((one) => (one as { readonly Sid?: string }).Sid !== Sid);
    expect([Sid, lines(await checked({ [USER]: others }))]).not.toEqual([Sid, []]);
  }
});

test('resources are asked for by an example, once for all that the same credentials need', async () => {
  const { ask, asked } = someone({ [USER]: printed });
  await AWS_RIGHTS.check({ ...ASKED, ask });
  expect(asked).toHaveLength(2);
  const all = Object.values(asked[1]?.data.aws_iam_principal_policy_simulation ?? {});
  expect(all.flatMap(({ resource_arns: arns = [] }) => arns).sort()).toEqual([
    'arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:AAAAAA:autoScalingGroupName/lab',
    'arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AAAAAA',
    'arn:aws:iam::123456789012:role/aws-service-role/spot.amazonaws.com/AAAAAA',
    'arn:aws:iam::123456789012:role/lab-nodes',
    'arn:aws:iam::123456789012:role/lab-nodes',
    'arn:aws:logs:us-west-2:123456789012:log-group:/lab:*',
    'arn:aws:s3:::states',
    'arn:aws:s3:::states',
    'arn:aws:s3:::states/lab/a',
    'arn:aws:s3:::states/lab/a.tflock',
    'arn:aws:secretsmanager:us-west-2:123456789012:secret:lab-AAAAAA',
    'arn:aws:ssm:us-west-2::parameter/aws/service/x',
  ]);
  expect(asked[1]?.provider).toEqual({ max_retries: 5, region: 'us-west-2' });
});

test.each<[string, readonly FakeStatement[], string]>([
  ['another region', changed('us-west-2', 'eu-west-1'), 'ec2:CreateVpc on *'],
  [
    'another role',
    changed('role/lab-', 'role/dev-'),
    'iam:PassRole on arn:aws:iam::123456789012:role/lab-nodes',
  ],
  [
    'another service',
    changed('ec2.amazonaws.com', 'lambda.amazonaws.com'),
    'iam:PassRole on arn:aws:iam::123456789012:role/lab-nodes',
  ],
  ['what bears another tag', changed('lab/aws/default', 'dev/aws/default'), 'ec2:DeleteVpc on *'],
  ['another state', changed('states/lab/a', 'states/dev/a'), 's3:PutObject on arn:aws:s3:::states/lab/a'],
  [
    'all but what is denied',
    [...printed, { Effect: 'Deny', Action: ['ec2:Delete*'], Resource: ['*'] }],
    'ec2:DeleteVpc on *, which a policy denies',
  ],
])('policies of %s lack what is needed', async (_, policy, expected) => {
  expect(lines(await checked({ [USER]: policy }))).toContain(expected);
});

test('what policies grant under keys that no simulation knows is not known', async () => {
  const policy = [
    {
      Effect: 'Allow',
      Action: ['*'],
      Resource: ['*'],
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ];
  const verdicts = await checked({ [USER]: policy });
  expect(lines(verdicts)).toEqual([]);
  expect(verdicts.map(({ unknown }) => unknown.length)).toEqual([1, 1]);
  expect(verdicts[0]?.unknown).toEqual([
    expect.stringMatching(/ec2:CreateVpc, .* policies of it ask for aws:MultiFactorAuthPresent/),
  ]);
});

describe('the principal', () => {
  const caller = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Ops_0/ann`;
  const role = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0`;
  const plain = `arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_Ops_0`;

  test('of a session is its role, with the path', async () => {
    const [verdict] = await checked({ [role]: printed }, { caller, role });
    expect(verdict).toMatchObject({ principal: role, missing: [], unknown: [] });
  });

  test('is taken to have no path where the role may not be read', async () => {
    expect((await checked({ [plain]: printed }, { caller }))[0]).toMatchObject({
      principal: plain,
      missing: [],
    });
    const [wrong] = await checked({ [role]: printed }, { caller });
    expect(wrong).toMatchObject({
      allowed: 0,
      missing: [],
      unknown: [
        `iam:SimulatePrincipalPolicy for ${plain}: NoSuchEntity: there is no such principal, and no stack trace`,
      ],
    });
  });

  test.each([
    [`arn:aws:iam::${ACCOUNT}:root`, /root user/],
    [`arn:aws:sts::${ACCOUNT}:federated-user/ann`, /simulates no policies of arn/],
  ])('has no policies that can be simulated: %s', async (other, because) => {
    const [verdict] = await checked({}, { caller: other });
    expect(verdict).toMatchObject({ allowed: 0, missing: [], unknown: [expect.stringMatching(because)] });
  });
});

describe('the credentials of a state', () => {
  const state = { bucket: 'b', key: 'k', region: 'eu-west-1', endpoints: { s3: 'https://s3.example' } };

  test('are those of the stack where the backend names none', () => {
    expect(stateProvider(state, provider)).toEqual({ max_retries: 5, region: 'us-west-2' });
    const role = { role_arn: 'arn:aws:iam::1:role/a' };
    expect(
      stateProvider({ ...state, assume_role: role }, { ...provider, assume_role: [role] }),
    ).toMatchObject({
      assume_role: [role],
      region: 'us-west-2',
    });
  });

  test('are its own where it names others', () => {
    expect(stateProvider({ ...state, profile: 'states' }, provider)).toEqual({
      max_retries: 5,
      profile: 'states',
      region: 'eu-west-1',
      endpoints: { s3: 'https://s3.example' },
    });
  });
});
