import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listObjects, ObjectLog } from '../../sandbox/store/objects';

/** Bytes that the disk still takes. */
let free = Number.POSITIVE_INFINITY;

jest.mock('node:fs', () => {
  const actual = jest.requireActual<typeof fs>('node:fs');
  const writeSync = (descriptor: number, bytes: Buffer, offset: number): number => {
    const taken = Math.min(free, bytes.length - offset);
    if (taken === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    free -= taken;
    return actual.writeSync(descriptor, bytes, offset, taken);
  };
  return { ...actual, writeSync };
});

const vpc = (id: string) => ({ type: 'aws_vpc', region: 'eu-west-1', id, attributes: { id } });

it('acknowledges nothing that the disk took in part, and leaves no part of it in the log', () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'kakehashi-full-disk-'));
  const file = join(folder, 'objects.jsonl');
  try {
    const log = ObjectLog.open(file);
    log.put(vpc('vpc-1'));
    free = 20;
    expect(() => log.put(vpc('vpc-2'))).toThrow('ENOSPC');
    expect(log.get('aws_vpc', 'eu-west-1', 'vpc-2')).toBeUndefined();
    free = Number.POSITIVE_INFINITY;
    log.put(vpc('vpc-3'));
    log.close();
    expect(listObjects(file).map(({ id }) => id)).toEqual(['vpc-1', 'vpc-3']);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
