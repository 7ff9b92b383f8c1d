import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockText, newHolder } from '../../../base/lock-holder';
import { editObject } from '../../../sandbox/edit-object';
import { listObjects, ObjectLog, resetObjects, SandboxError } from '../../../sandbox/store/objects';

const VPC = {
  type: 'aws_vpc',
  id: 'vpc-1',
  region: 'us-east-1',
  attributes: { id: 'vpc-1', cidr_block: '10.0.0.0/16' },
};

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-objects-'));
  file = join(folder, 'sandbox.out', 'objects.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(...objects: readonly (typeof VPC)[]): void {
  const log = ObjectLog.open(file);
  for (const object of objects) log.put(object);
  log.close();
}

function diagnostic(action: () => unknown): string {
  try {
    action();
  } catch (failure) {
    expect(failure).toBeInstanceOf(SandboxError);
    return (failure as Error).message;
  }
  return 'no error';
}

describe('the object log', () => {
  it('keeps objects over a restart, in a file of mode 0600', () => {
    written(VPC);
    expect(listObjects(file)).toEqual([VPC]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('only ever appends, and forgets what was deleted', () => {
    written(VPC);
    const before = readFileSync(file, 'utf8');
    const log = ObjectLog.open(file);
    log.delete('aws_vpc', 'us-east-1', 'vpc-1');
    expect(log.all()).toEqual([]);
    expect(log.isUsed('vpc-1')).toBe(true);
    log.close();
    expect(readFileSync(file, 'utf8')).toBe(
      `${before}{"op":"delete","type":"aws_vpc","id":"vpc-1","region":"us-east-1"}\n`,
    );
    expect(listObjects(file, 'aws_vpc')).toEqual([]);
  });

  it('has a line on disk as soon as put returns', () => {
    const log = ObjectLog.open(file);
    log.put(VPC);
    expect(listObjects(file)).toEqual([VPC]);
    log.close();
  });

  it('cuts off a last line that a kill tore', () => {
    written(VPC);
    const whole = readFileSync(file, 'utf8');
    appendFileSync(file, '{"op":"put","type":"aws_vpc","id":"vpc-2","reg');
    expect(listObjects(file)).toEqual([VPC]);
    ObjectLog.open(file).close();
    expect(readFileSync(file, 'utf8')).toBe(whole);
  });

  it('names the line of a file that is something else', () => {
    written(VPC);
    appendFileSync(file, 'hello\n');
    expect(diagnostic(() => ObjectLog.open(file))).toBe(
      `${file}:2: must be a line of the sandbox's object log; remove the file to start anew`,
    );
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});

describe('the lock', () => {
  it('names the living process that owns the log', () => {
    const log = ObjectLog.open(file);
    expect(diagnostic(() => ObjectLog.open(file))).toBe(
      `${file}: is in use by process ${process.pid}; wait for it or stop it`,
    );
    expect(diagnostic(() => editObject(file, 'aws_vpc', 'vpc-1', {}))).toMatch(/is in use by process \d+/);
    expect(diagnostic(() => resetObjects(file))).toMatch(/is in use by process \d+/);
    log.close();
    ObjectLog.open(file).close();
  });

  it('of a process that has ended is taken over', () => {
    written(VPC);
    writeFileSync(`${file}.lock`, lockText({ ...newHolder(), start: 'another start' }));
    ObjectLog.open(file).close();
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('of another host is named, with what to do', () => {
    written(VPC);
    const taken = '2026-05-04T09:12:44.000Z';
    writeFileSync(`${file}.lock`, lockText({ ...newHolder(), host: 'build-7', pid: 4711, taken }));
    expect(diagnostic(() => ObjectLog.open(file))).toBe(
      `${file}.lock: is held by process 4711 on host build-7 since 2026-05-04 09:12:44 UTC, which can't be checked from here; if that process has ended, remove the file`,
    );
  });
});

describe('editing an object', () => {
  beforeEach(() =>
    written({
      ...VPC,
      attributes: { ...VPC.attributes, tags: { a: '1' }, tags_all: { a: '1', d: '2' } },
    } as typeof VPC),
  );

  it('changes attributes, and with tags what the cloud holds', () => {
    editObject(file, 'aws_vpc', 'vpc-1', { enable_dns_support: false, tags: { b: '3' } });
    expect(listObjects(file)[0]?.attributes).toMatchObject({
      enable_dns_support: false,
      tags: { b: '3' },
      tags_all: { b: '3', d: '2' },
    });
  });

  it.each([
    [
      'a type',
      'aws_vpcs',
      'vpc-1',
      {},
      'aws_vpcs: no simulated object of this type; did you mean "aws_vpc"?',
    ],
    ['an id', 'aws_vpc', 'vpc-2', {}, 'aws_vpc: no simulated object "vpc-2"; did you mean "vpc-1"?'],
    ['a far id', 'aws_vpc', 'subnet-9', {}, 'aws_vpc: no simulated object "subnet-9"; there are: vpc-1'],
    [
      'an attribute',
      'aws_vpc',
      'vpc-1',
      { cidr_blok: 1 },
      'aws_vpc.cidr_blok: unknown attribute; did you mean "cidr_block"?',
    ],
    ['a value', 'aws_vpc', 'vpc-1', { cidr_block: 5 }, 'aws_vpc.cidr_block: must be a string, got 5'],
    ['the id itself', 'aws_vpc', 'vpc-1', { id: 'vpc-3' }, 'aws_vpc.id: must stay what it is'],
  ])('explains a wrong %s', (_what, type, id, changes, message) => {
    expect(diagnostic(() => editObject(file, type, id, changes))).toBe(message);
  });

  it('is not possible before anything was applied', () => {
    expect(diagnostic(() => editObject(join(folder, 'none.jsonl'), 'aws_vpc', 'vpc-1', {}))).toMatch(
      /no simulated objects yet/,
    );
  });

  it('ends with reset, which forgets all', () => {
    resetObjects(file);
    expect(listObjects(file)).toEqual([]);
  });
});
