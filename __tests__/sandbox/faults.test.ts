import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AWS_FILES } from '../../sandbox/aws/files';
import { Faults, readFaults } from '../../sandbox/provider/faults';
import { completed } from '../../sandbox/provider/normalize';
import { SIMULATED_TYPES } from '../../sandbox/simulated';
import { listCreated } from '../../sandbox/store/creations';
import { listObjects } from '../../sandbox/store/objects';
import { ProviderClient } from '../../tools/provider-client';
import { Caller, SimulatedCloud } from './simulated-cloud';

let folder: string;
let file: string;
let cloud: SimulatedCloud | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-faults-'));
  file = join(folder, 'faults.json');
});
afterEach(async () => {
  await cloud?.stop();
  cloud = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function withFaults(...faults: readonly object[]): Promise<Caller> {
  writeFileSync(file, JSON.stringify(faults));
  cloud = await SimulatedCloud.start(file);
  return cloud.caller();
}

const VPC = { cidr_block: '10.0.0.0/16' };

describe('a faults file', () => {
  it.each([
    ['not JSON', '{', 'must be JSON, since KAKEHASHI_SANDBOX_FAULTS names it'],
    ['not a list', '{}', 'must be a list of faults'],
    ['with a string', '["x"]', '[0]: must be an object'],
    [
      'about an unknown type',
      '[{"type":"aws_vpn_gatway","operation":"create","fault":"error"}]',
      '[0].type: must be, or match, a type that the sandbox simulates (did you mean "aws_vpn_gateway"?), got "aws_vpn_gatway"',
    ],
    [
      'with a glob that fits nothing',
      '[{"type":"google_*","operation":"create","fault":"error"}]',
      '[0].type: must be, or match, a type that the sandbox simulates, got "google_*"',
    ],
    [
      'with an unknown key',
      '[{"typ":"aws_vpc"}]',
      '[0].typ: is not a key of a fault; those are type, operation, call, fault, code, seconds, got "aws_vpc"',
    ],
    ['without a type', '[{}]', '[0].type: must be a resource type, or a glob such as *_gateway'],
    [
      'with a wrong operation',
      '[{"type":"aws_*","operation":"make"}]',
      '[0].operation: must be one of plan, create, read, update, delete, got "make"',
    ],
    [
      'with a wrong fault',
      '[{"type":"a","operation":"read","fault":"burn"}]',
      '[0].fault: must be one of delay, late, error, throttle, partial, drop, crash, got "burn"',
    ],
    [
      'that is partial, of a deletion',
      '[{"type":"a","operation":"delete","fault":"partial"}]',
      '[0].fault: partial must be a fault of create, got "partial"',
    ],
    [
      'with call 0',
      '[{"type":"a","operation":"read","fault":"drop","call":0}]',
      '[0].call: must be a whole number from 1 on, got 0',
    ],
    [
      'with a negative time',
      '[{"type":"a","operation":"read","fault":"delay","seconds":-1}]',
      '[0].seconds: must be a number from 0 on, got -1',
    ],
  ])('%s is one clear line', (_what, content, message) => {
    writeFileSync(file, content);
    expect(() => readFaults(file, SIMULATED_TYPES)).toThrow(`${file}: ${message}`);
  });

  it('that is missing is one clear line', () => {
    expect(() => readFaults(join(folder, 'none.json'), SIMULATED_TYPES)).toThrow(
      'none.json: must be there, since KAKEHASHI_SANDBOX_FAULTS names it',
    );
  });
});

it('counts calls by type and operation, also where a fault names many types', () => {
  const fault = { type: 'aws_*', operation: 'create', fault: 'error', call: 2 } as const;
  const faults = new Faults([fault]);
  const next = (type: string, operation: 'create' | 'read') => faults.next(type, operation) === fault;
  expect([
    next('aws_vpc', 'create'),
    next('aws_subnet', 'create'),
    next('aws_vpc', 'read'),
    next('aws_vpc', 'create'),
    next('vault_mount', 'create'),
  ]).toEqual([false, false, false, true, false]);
});

describe('a fault', () => {
  it('refuses the call that it names, with its code, and nothing is made', async () => {
    const aws = await withFaults({
      type: 'aws_vpc',
      operation: 'create',
      call: 2,
      fault: 'error',
      code: 'Unavailable',
    });
    await aws.create('aws_vpc', VPC);
    await expect(aws.create('aws_vpc', VPC)).rejects.toThrow(
      /^creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 400, RequestID: [0-9a-f-]{36}, api error Unavailable: An internal error has occurred$/,
    );
    expect(listObjects(join(cloud?.folder ?? '', 'objects.jsonl'), 'aws_vpc')).toHaveLength(1);
    await aws.create('aws_vpc', VPC);
  });

  it('refuses a later call of a creation: the object is made, and its state comes with the error', async () => {
    const aws = await withFaults({
      type: 'aws_vpc',
      operation: 'create',
      call: 1,
      fault: 'partial',
      code: 'Slow',
    });
    const config = completed(AWS_FILES.schema.resource_schemas.aws_vpc?.block ?? {}, VPC);
    const { planned } = await aws.client.plan('aws_vpc', null, config, config);
    const { state, diagnostics } = await aws.client.apply('aws_vpc', null, planned, config);
    expect(diagnostics).toMatchObject([
      { severity: 'error', summary: expect.stringContaining('api error Slow:') },
    ]);
    const [made] = listObjects(join(cloud?.folder ?? '', 'objects.jsonl'), 'aws_vpc');
    expect(state?.id).toBe(made?.id);
  });

  it('throttles: the provider has given up after its retries', async () => {
    const aws = await withFaults({ type: 'aws_vpc', operation: 'create', fault: 'throttle', seconds: 0.05 });
    await expect(aws.create('aws_vpc', VPC)).rejects.toThrow(
      /CreateVpc, exceeded maximum number of attempts, 25, https response error StatusCode: 503, RequestID: .*, api error RequestLimitExceeded: Request limit exceeded\.$/,
    );
  });

  it('delays', async () => {
    const aws = await withFaults({ type: 'aws_*', operation: 'create', fault: 'delay', seconds: 0.2 });
    const start = Date.now();
    await aws.create('aws_vpc', VPC);
    expect(Date.now() - start).toBeGreaterThanOrEqual(190);
  });

  it('answers late: the object is in the log long before Terraform is told of it', async () => {
    const aws = await withFaults({ type: 'aws_*', operation: 'create', fault: 'late', seconds: 0.3 });
    const objects = join(cloud?.folder ?? '', 'objects.jsonl');
    const creation = aws.create('aws_vpc', VPC);
    while (listObjects(objects, 'aws_vpc').length === 0) await new Promise((done) => setTimeout(done, 5));
    expect(listCreated(objects)).toMatchObject([{ object: { type: 'aws_vpc' }, answeredAs: undefined }]);
    const { id } = await creation;
    expect(listCreated(objects)).toMatchObject([{ answeredAs: id }]);
  });

  it('strikes plans, reads and deletions too', async () => {
    const aws = await withFaults(
      { type: 'aws_vpc', operation: 'read', fault: 'error' },
      { type: 'aws_vpc', operation: 'delete', fault: 'error' },
      { type: 'aws_subnet', operation: 'plan', fault: 'error', code: 'X' },
    );
    const vpc = await aws.create('aws_vpc', VPC);
    await expect(aws.read('aws_vpc', vpc)).rejects.toThrow('read of aws_vpc: api error InternalError');
    await expect(aws.delete('aws_vpc', vpc)).rejects.toThrow(
      /deleting EC2 VPC \(vpc-[0-9a-f]+\): .*InternalError/,
    );
    await expect(aws.create('aws_subnet', { vpc_id: 'vpc-1' })).rejects.toThrow(
      'plan of aws_subnet: api error X',
    );
  });

  it('drops the stream: no answer, and nothing was made', async () => {
    const aws = await withFaults({ type: 'aws_vpc', operation: 'create', call: 1, fault: 'drop' });
    await expect(aws.create('aws_vpc', VPC)).rejects.toThrow(/RST_STREAM/);
    expect(listObjects(join(cloud?.folder ?? '', 'objects.jsonl'))).toEqual([]);
    await aws.create('aws_vpc', VPC);
  });

  it('crashes: the object is in the log, the process is gone, its lock is taken over', async () => {
    writeFileSync(file, JSON.stringify([{ type: 'aws_vpc', operation: 'create', fault: 'crash' }]));
    const objectsFile = join(folder, 'objects.jsonl');
    const child = spawn(process.execPath, [resolve(__dirname, 'serve.cjs'), objectsFile, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((done) =>
      child.stdout.once('data', (data: Buffer) => done(data.toString())),
    );
    const exited = new Promise<string | null>((done) => child.once('exit', (_code, signal) => done(signal)));
    const client = ProviderClient.attached({ environment: { TF_REATTACH_PROVIDERS: line } });
    await client.configure({ region: 'us-east-1' });
    await expect(new Caller(client).create('aws_vpc', VPC)).rejects.toThrow();
    expect(await exited).toBe('SIGKILL');
    client.close();
    expect(listObjects(objectsFile, 'aws_vpc')).toHaveLength(1);
    expect(listCreated(objectsFile)).toMatchObject([{ object: { type: 'aws_vpc' }, answeredAs: undefined }]);
  });
});
