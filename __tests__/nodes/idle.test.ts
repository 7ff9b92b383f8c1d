import { NodeOnDisk } from './node-on-disk';
import { sampleNode } from './sample-node';

const SERVICES = '/sbin/init\n/usr/sbin/sshd -D\ncrond -f -L /dev/stdout\n';
const TOP = `PID ELAPSED COMMAND
10 5000 /sbin/init
11 5000 /usr/sbin/sshd   -D
12 5000 crond -f -L /dev/stdout
`;

let node: NodeOnDisk;
beforeEach(() => {
  node = new NodeOnDisk(sampleNode());
  node.stub('docker', 'case $1 in ps) echo 0123abc ;; top) cat "$KAKEHASHI_ROOT/top" ;; esac');
  node.stub('ss', '');
  node.stub('shutdown', '');
  node.write('top', TOP);
  node.write('/run/kakehashi/services', SERVICES);
});
afterEach(() => node.remove());

const state = (): Record<string, unknown> => JSON.parse(node.read('/run/kakehashi/idle.json') ?? '{}');

/** Looks at these times, in seconds of uptime, and returns how often the node ended itself. */
async function looksAt(...times: readonly number[]): Promise<number> {
  for (const time of times) {
    node.uptime(time);
    expect((await node.run('idle')).code).toBe(0);
  }
  return node.calls('shutdown').length;
}

it('ends a node that was idle for long enough, once', async () => {
  expect(await looksAt(1000, 1060, 1899)).toBe(0);
  expect(state()).toMatchObject({
    state: 'idle',
    reason: 'no job, no SSH session, low load',
    idle_seconds: 899,
    idle_timeout: 900,
  });
  expect(state().checked_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  node.uptime(1900);
  const { output } = await node.run('idle');
  expect(output).toBe('kakehashi-idle: ends this node: idle for 900 s\n');
  expect(node.calls('shutdown')).toEqual(['shutdown -h now']);
  expect(JSON.parse(node.read('/run/kakehashi/end.json') ?? '')).toMatchObject({ reason: 'idle for 900 s' });
  // The machine is going down, and looks are still made.
  expect(await looksAt(1960, 2020, 2499)).toBe(0);
});

it('asks again where the node is still there after ten minutes', async () => {
  expect(await looksAt(1000, 1900)).toBe(1);
  expect(await looksAt(2500)).toBe(1);
});

it('starts counting anew after something to do', async () => {
  await looksAt(1000, 1800);
  node.write('/proc/loadavg', '0.20 0.01 0.01 1/100 1234\n');
  expect(await looksAt(1860)).toBe(0);
  expect(state()).toMatchObject({ state: 'busy', reason: 'load of 0.20 on 2 core(s)', idle_seconds: 0 });
  node.write('/proc/loadavg', '0.19 0.01 0.01 1/100 1234\n');
  expect(await looksAt(1920, 2819)).toBe(0);
  expect(await looksAt(2820)).toBe(1);
});

const job =
  (line: string): (() => void) =>
  () =>
    node.write('top', `${TOP}${line}\n`);

it.each<[string, string, () => void]>([
  [
    'a job in the base container',
    '1 process(es) in the base container, such as simulate',
    job('99 60 /opt/x/simulate --key=SECRET'),
  ],
  [
    'a service with other arguments',
    '1 process(es) in the base container, such as crond',
    job('99 600 crond -f'),
  ],
  [
    'an SSH session',
    '1 SSH session(s)',
    () => node.stub('ss', 'echo "0 0 10.0.2.15:40000 172.30.2.7:20022"'),
  ],
  ['load', 'load of 3.10 on 2 core(s)', () => node.write('/proc/loadavg', '3.10 1 1 1/1 1\n')],
])('is busy with %s', async (_, reason, prepare) => {
  prepare();
  expect(await looksAt(1000, 5000, 50_000)).toBe(0);
  expect(state()).toMatchObject({ state: 'busy', reason, idle_seconds: 0 });
});

it.each<[string, string, () => void]>([
  [
    'Docker that does not answer',
    'the probe jobs failed: no daemon',
    () => node.stub('docker', 'echo "no daemon" >&2; exit 1'),
  ],
  [
    'Docker that lists no processes',
    'the probe jobs failed: gone',
    () => node.stub('docker', '[ "$1" = ps ] && echo id || { echo gone >&2; exit 1; }'),
  ],
  [
    'services that are not known',
    'the probe jobs failed: the services of the base container are not known yet',
    () => node.remove('/run/kakehashi/services'),
  ],
  ['ss that fails', 'the probe sessions failed', () => node.stub('ss', 'exit 3')],
  ['a load that is none', 'the probe load failed', () => node.write('/proc/loadavg', 'what\n')],
  ['nproc that fails', 'the probe load failed', () => node.stub('nproc', 'exit 1')],
])('takes a failing probe for busy: %s', async (_, reason, prepare) => {
  prepare();
  expect(await looksAt(1000, 50_000)).toBe(0);
  expect(state()).toMatchObject({ state: 'busy', reason });
});

it.each<[string, () => void]>([
  ['a process that is younger than a minute', job('99 59 ls')],
  ['a second process of a service', job('99 3000 /usr/sbin/sshd -D')],
  ['a base container that was stopped', () => node.stub('docker', '[ "$1" = ps ]')],
])('is not busy with %s', async (_, prepare) => {
  prepare();
  expect(await looksAt(1000, 1900)).toBe(1);
});

it('lists all reasons, in JSON whatever is in them', async () => {
  node.stub('ss', 'printf \'a "quote" \\\\ and\\ta tab\\n\' >&2; exit 1');
  node.write('/proc/loadavg', '3.10 1 1 1/1 1\n');
  await looksAt(1000);
  expect(state().reason).toBe('the probe sessions failed: a "quote" \\ and a tab; load of 3.10 on 2 core(s)');
});

it('asks about the sessions of both servers', async () => {
  await looksAt(1000);
  // The load is asked of files; ss is a call.
  await node.run('idle');
  expect(node.calls('ss')).toEqual([
    'ss -Htn state established \\(\\ sport\\ =\\ :22\\ or\\ sport\\ =\\ :20022\\ \\)',
  ]);
});

it('logs what changes, not what stays', async () => {
  expect((await node.run('idle')).output).toBe('kakehashi-idle: idle: no job, no SSH session, low load\n');
  expect((await node.run('idle')).output).toBe('');
  node.stub('ss', 'exit 3');
  expect((await node.run('idle')).output).toBe('kakehashi-idle: busy: the probe sessions failed\n');
});

describe('without a base container', () => {
  beforeEach(() => {
    node.remove();
    node = new NodeOnDisk(sampleNode({ container: undefined }));
    node.stub('ss', '');
    node.stub('shutdown', '');
    node.stub(
      'ps',
      'printf "    0 9000 systemd\\n  100 9000 chronyd\\n65534 9000 nobody\\n 1000   59 bash\\n"',
    );
  });

  it('asks nothing of Docker, and takes system users and new processes for no job', async () => {
    expect(await looksAt(1000, 1900)).toBe(1);
    expect(node.calls('docker')).toEqual([]);
  });

  it('is busy with a process of a user', async () => {
    node.stub('ps', 'printf "    0 9000 systemd\\n 1000   60 python3\\n"');
    expect(await looksAt(1000, 1900)).toBe(0);
    expect(state().reason).toBe('1 process(es) of users, such as python3');
  });

  it('asks the probes of other parts', async () => {
    node.write('/etc/kakehashi/idle.d/pool', '#!/bin/sh\necho "a claimed slot"\n', 0o755);
    expect(await looksAt(1000, 1900)).toBe(0);
    expect(state().reason).toBe('a claimed slot');
    node.write('/etc/kakehashi/idle.d/pool', '#!/bin/sh\necho "no collector"; exit 1\n', 0o755);
    expect(await looksAt(2000, 2900)).toBe(0);
    expect(state().reason).toBe('the probe pool failed: no collector');
    node.write('/etc/kakehashi/idle.d/pool', '#!/bin/sh\n', 0o755);
    expect(await looksAt(3000, 3900)).toBe(1);
  });
});

it('leaves its pools before it ends, with the reason, and ends even if one does not let it go', async () => {
  node.write('/etc/kakehashi/leave.d/a', `#!/bin/sh\necho "$1" >"$KAKEHASHI_ROOT/left"\nexit 4\n`, 0o755);
  node.uptime(1000);
  await node.run('idle');
  node.uptime(1900);
  expect((await node.run('idle')).output).toContain('runs a\nkakehashi-idle: a ended with 4\n');
  expect(node.read('left')).toBe('idle for 900 s\n');
  expect(node.calls('shutdown')).toEqual(['shutdown -h now']);
});

it('asks again the next time where the cloud refuses the end', async () => {
  node.stub('shutdown', 'exit 1');
  node.uptime(1000);
  await node.run('idle');
  node.uptime(1900);
  expect(await node.run('idle')).toMatchObject({ code: 1 });
  node.uptime(1960);
  await node.run('idle');
  expect(node.calls('shutdown')).toHaveLength(2);
});
