import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isRunning, observe, ownIdentity, stateOf } from '../../base/process-identity';

/** A process that has ended, and was asked for its exit code. */
async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((done) => child.on('close', done));
  return child.pid ?? 0;
}

it('knows this process', () => {
  const own = ownIdentity();
  expect(own).toMatchObject({ pid: process.pid, start: expect.stringMatching(/./) });
  expect(stateOf(own)).toBe('running');
  expect(isRunning(process.pid)).toBe(true);
});

it('tells a process that has ended from one that runs', async () => {
  const pid = await endedPid();
  expect(stateOf({ ...ownIdentity(), pid })).toBe('ended');
  expect(isRunning(pid)).toBe(false);
  expect(observe(pid)).toBeUndefined();
});

it('takes another start time for another process, and an unknown one for the same', () => {
  expect(stateOf({ ...ownIdentity(), start: '1@another boot' })).toBe('ended');
  expect(stateOf({ ...ownIdentity(), start: '' })).toBe('running');
});

it('says nothing about another host or container', () => {
  expect(stateOf({ ...ownIdentity(), host: 'another' })).toBe('elsewhere');
  expect(stateOf({ ...ownIdentity(), namespace: 'pid:[1]' })).toBe('elsewhere');
});

it('takes EPERM for a process of another user', () => {
  const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
  });
  try {
    expect(isRunning(process.pid)).toBe(true);
    expect(stateOf(ownIdentity())).toBe('running');
    expect(stateOf({ ...ownIdentity(), start: '1@another boot' })).toBe('ended');
  } finally {
    kill.mockRestore();
  }
});

it('asks ps on macOS, whatever the locale and the time zone are', async () => {
  const ofMac = observe(process.pid, 'darwin');
  expect(ofMac).toEqual({
    isZombie: false,
    start: expect.stringMatching(/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/),
  });
  const zone = process.env.TZ;
  process.env.TZ = 'Asia/Tokyo';
  try {
    expect(observe(process.pid, 'darwin')).toEqual(ofMac);
  } finally {
    if (zone === undefined) Reflect.deleteProperty(process.env, 'TZ');
    else process.env.TZ = zone;
  }
  expect(observe(await endedPid(), 'darwin')).toBeUndefined();
});

it('knows that a zombie has ended, though its parent never asks for its exit code', async () => {
  if (!existsSync('/proc/self/stat')) return;
  // The child ends only after its parent has become a program that waits for no child.
  const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 20'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const pid = await new Promise<number>((done) =>
      parent.stdout.once('data', (data: Buffer) => done(Number(data.toString()))),
    );
    const start = observe(pid)?.start ?? '';
    expect(stateOf({ ...ownIdentity(), pid, start })).toBe('running');
    while (!readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '))
      await new Promise((done) => setTimeout(done, 5));
    expect(stateOf({ ...ownIdentity(), pid, start })).toBe('ended');
    expect(isRunning(pid)).toBe(false);
    expect(observe(pid, 'darwin')).toMatchObject({ isZombie: true });
  } finally {
    parent.kill();
  }
});
