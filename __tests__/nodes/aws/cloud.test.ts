import { type Answer, type Asked, CloudStandIn } from '../cloud-stand-in';
import { NodeOnDisk } from '../node-on-disk';
import { sampleNode } from '../sample-node';
import { ROLE_KEY, signedFor } from './signature';

const METADATA: Readonly<Record<string, string>> = {
  'iam/security-credentials/': 'dev-nodes-workers',
  'iam/security-credentials/dev-nodes-workers': JSON.stringify({ Code: 'Success', ...ROLE_KEY }),
  'services/domain': 'amazonaws.com',
  'placement/region': 'ap-northeast-1',
  'instance-id': 'i-0123456789abcdef0',
};

let further: Record<string, string>;
/** Answers of the signed services, by the service. */
let services: Record<string, (asked: Asked) => Answer>;

function answer(asked: Asked): Answer | undefined {
  const { method, url, headers } = asked;
  if (method === 'PUT' && url === '/latest/api/token') {
    return { body: headers['x-aws-ec2-metadata-token-ttl-seconds'] === '60' ? 'IMDS' : '' };
  }
  if (url.startsWith('/latest/')) {
    if (headers['x-aws-ec2-metadata-token'] !== 'IMDS') return { status: 401 };
    const body = { ...METADATA, ...further }[url.slice('/latest/meta-data/'.length)];
    return body === undefined ? undefined : body === 'broken' ? { status: 500 } : { body };
  }
  const signed = signedFor(asked);
  return services[signed]?.(asked) ?? { status: 403, body: signed };
}

const cloud = new CloudStandIn(answer);
beforeAll(() => cloud.start());
afterAll(() => cloud.stop());

let node: NodeOnDisk;
beforeEach(() => {
  further = {};
  services = {};
  cloud.asked.length = 0;
  node = new NodeOnDisk(sampleNode({ kind: 'elastic', node: undefined }), cloud.url);
});
afterEach(() => node.remove());

const requests = (): readonly string[] =>
  cloud.asked
    .filter(({ url }) => !url.startsWith('/latest/'))
    .map(({ method, url, body }) => `${method} ${url} ${body}`);

describe('the end of a node', () => {
  it('of an elastic group is asked of the group, with decrement, signed by its role', async () => {
    services['ap-northeast-1 autoscaling'] = () => ({});
    expect(await node.shell('end_node "idle for 900 s"')).toEqual({
      code: 0,
      output: 'bash: ends this node: idle for 900 s\n',
    });
    expect(requests()).toEqual([
      'POST / Action=TerminateInstanceInAutoScalingGroup&InstanceId=i-0123456789abcdef0&ShouldDecrementDesiredCapacity=true&Version=2011-01-01',
    ]);
    await node.shell('end_node again');
    expect(requests()).toHaveLength(1);
    expect(node.calls('shutdown')).toEqual([]);
  });

  it('is said with the words of the cloud where it is refused', async () => {
    services['ap-northeast-1 autoscaling'] = () => ({ status: 403, body: '<Code>AccessDenied</Code>' });
    const { code, output } = await node.shell('end_node idle');
    expect(code).toBe(1);
    expect(output).toContain('autoscaling: <Code>AccessDenied</Code>');
    expect(output).not.toContain(ROLE_KEY.SecretAccessKey);
  });
});

describe('secrets', () => {
  const value =
    (text: string): (() => Answer) =>
    () => ({ body: JSON.stringify({ Name: 'x', SecretString: text }) });

  it('are fetched by name in the own region, and by ARN in its region', async () => {
    services['ap-northeast-1 secretsmanager'] = value('s1');
    services['eu-west-1 secretsmanager'] = value('s2');
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:dev-AbCdEf';
    expect(await node.shell(`cloud_secret dev/pool; echo; cloud_secret ${arn}`)).toEqual({
      code: 0,
      output: 's1\ns2',
    });
    expect(requests()).toEqual([`POST / {"SecretId":"dev/pool"}`, `POST / {"SecretId":"${arn}"}`]);
    expect(cloud.asked.find(({ method, url }) => method === 'POST' && url === '/')?.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.GetSecretValue',
    });
  });

  it('come as they are, whatever is in them', async () => {
    const text = ' "quoted" $HOME `id` \\ 日本 😀\tand\na line ';
    services['ap-northeast-1 secretsmanager'] = value(text);
    expect(await node.shell('cloud_secret x')).toEqual({ code: 0, output: text });
  });
});

describe('objects', () => {
  it('are downloaded by a signed request', async () => {
    services['ap-northeast-1 s3'] = () => ({ body: 'the object' });
    expect(
      await node.shell('cloud_object ap-northeast-1 dev-bucket images/base.tar "$run/o" && cat "$run/o"'),
    ).toEqual({
      code: 0,
      output: 'the object',
    });
    expect(requests()).toEqual(['GET /images/base.tar ']);
  });

  it('are of the bucket at its own host in a region of any partition', async () => {
    further['services/domain'] = 'amazonaws.com.cn';
    const { output } = await node.shell('unset KAKEHASHI_ENDPOINT; service_url dev-bucket.s3 cn-north-1');
    expect(output).toBe('https://dev-bucket.s3.cn-north-1.amazonaws.com.cn\n');
  });
});

describe('notices', () => {
  const notice = () => node.shell('cloud_notice');

  it('are none for a node that stays', async () => {
    expect(await notice()).toEqual({ code: 0, output: '' });
  });

  it('tell an interruption from a recommendation', async () => {
    further['events/recommendations/rebalance'] = '{"noticeTime":"2026-11-29T08:22:00Z"}';
    expect((await notice()).output).toBe(
      'hint rebalance recommendation: {"noticeTime":"2026-11-29T08:22:00Z"}\n',
    );
    further['spot/instance-action'] = '{"action":"terminate","time":"2026-11-29T08:24:00Z"}';
    expect((await notice()).output).toBe(
      'end spot interruption: {"action":"terminate","time":"2026-11-29T08:24:00Z"}\n',
    );
  });

  it('fail where the service is broken, which is no notice', async () => {
    further['spot/instance-action'] = 'broken';
    expect(await notice()).toEqual({ code: 22, output: '' });
  });
});

it('shows no key in the arguments of a program', async () => {
  services['ap-northeast-1 autoscaling'] = () => ({});
  node.stub('curl', 'exec /usr/bin/curl "$@"');
  await node.shell('end_node idle');
  const calls = node.calls('curl').join('\n');
  expect(calls).toContain('--aws-sigv4');
  for (const secret of Object.values(ROLE_KEY)) expect(calls).not.toContain(secret);
});
