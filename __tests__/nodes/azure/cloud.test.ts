import { AZURE_NODE } from '../../../nodes/azure/azure-node';
import { type Answer, type Asked, CloudStandIn } from '../cloud-stand-in';
import { NodeOnDisk } from '../node-on-disk';
import { sampleNode } from '../sample-node';

const ID = '/subscriptions/s/resourceGroups/dev-nodes-workers/providers/Microsoft.Compute/virtualMachines/n1';

let events: readonly object[];
let deallocate: Answer;

function answer({ method, url, headers }: Asked): Answer | undefined {
  const token = /^\/metadata\/identity\/oauth2\/token\?api-version=2018-02-01&resource=(.*)$/.exec(url)?.[1];
  if (url.startsWith('/metadata/') && headers.metadata !== 'true') return { status: 400 };
  if (token !== undefined)
    return { body: JSON.stringify({ access_token: `token-for ${decodeURIComponent(token)}` }) };
  const authorized = (audience: string): boolean => headers.authorization === `Bearer token-for ${audience}`;
  switch (`${method} ${url}`) {
    case 'GET /metadata/instance/compute/resourceId?api-version=2021-02-01&format=text':
      return { body: ID };
    case 'GET /metadata/instance/compute/name?api-version=2021-02-01&format=text':
      return { body: 'n1' };
    case 'GET /metadata/scheduledevents?api-version=2020-07-01':
      return { body: JSON.stringify({ DocumentIncarnation: 1, Events: events }) };
    case 'GET /secrets/token?api-version=7.4':
      return authorized('https://vault.azure.net')
        ? { body: JSON.stringify({ value: 'a "secret"\n' }) }
        : { status: 401 };
    case `POST ${ID}/deallocate?api-version=2024-07-01`:
      return authorized('https://management.azure.com/') ? deallocate : { status: 401 };
    default:
      return undefined;
  }
}

const cloud = new CloudStandIn(answer);
beforeAll(() => cloud.start());
afterAll(() => cloud.stop());

let node: NodeOnDisk;
beforeEach(() => {
  events = [];
  deallocate = { status: 202 };
  cloud.asked.length = 0;
  node = new NodeOnDisk(sampleNode({ cloud: AZURE_NODE }), cloud.url);
});
afterEach(() => node.remove());

it('a node ends by deallocating itself, once', async () => {
  expect(await node.shell('end_node idle && end_node idle')).toMatchObject({ code: 0 });
  expect(cloud.asked.filter(({ method }) => method === 'POST').map(({ url }) => url)).toEqual([
    `${ID}/deallocate?api-version=2024-07-01`,
  ]);
  expect(node.calls('shutdown')).toEqual([]);
});

it('says with the words of the cloud why it may not', async () => {
  deallocate = { status: 403, body: '{"error":{"code":"AuthorizationFailed"}}' };
  const { code, output } = await node.shell('end_node idle');
  expect(code).toBe(1);
  expect(output).toContain('deallocate: {"error":{"code":"AuthorizationFailed"}}');
});

it('fetches a secret with a token for its vault', async () => {
  expect(await node.shell('cloud_secret https://dev.vault.azure.net/secrets/token')).toEqual({
    code: 0,
    output: 'a "secret"\n',
  });
});

describe('notices', () => {
  const event = (EventType: string, name = 'n1'): object => ({
    EventId: 'x',
    EventType,
    EventStatus: 'Scheduled',
    NotBefore: 'Mon, 30 Nov 2026 08:22:00 GMT',
    Resources: [name],
  });

  it.each([
    [[], ''],
    [[event('Preempt', 'n2')], ''],
    [[event('Reboot')], 'hint scheduled event: Reboot Scheduled Mon, 30 Nov 2026 08:22:00 GMT\n'],
    [
      [event('Freeze'), event('Preempt')],
      'end scheduled event: Preempt Scheduled Mon, 30 Nov 2026 08:22:00 GMT\n',
    ],
    [[event('Terminate')], 'end scheduled event: Terminate Scheduled Mon, 30 Nov 2026 08:22:00 GMT\n'],
  ])('of %j', async (scheduled, output) => {
    events = scheduled;
    expect(await node.shell('cloud_notice')).toEqual({ code: 0, output });
  });

  it('fail where the service does not answer', async () => {
    const alone = new NodeOnDisk(sampleNode({ cloud: AZURE_NODE }));
    expect((await alone.shell('cloud_notice')).code).not.toBe(0);
    alone.remove();
  });
});

it('shows no token in the arguments of a program', async () => {
  node.stub('curl', 'exec /usr/bin/curl "$@"');
  await node.shell('end_node idle');
  expect(node.calls('curl').join('\n')).not.toContain('token-for');
});
