import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { programWithKinds } from '../support/program-with-kind';
import { describeWith } from '../support/programs';
import { change, INIT, SCRIPTED, type ScriptEntry, VERSION } from '../support/scripted-terraform';
import { eventProblems } from '../support/scripted-terraform-events';

jest.setTimeout(600_000);

const CATALOG = `cci_version: '1.0'
lab:
  one:
    room: r101
    create: { cidr: 10.40.0.0/16, tunnels: 0 }
node_groups:
  workers:
    network: lab/one
    nodes: 3
    price_per_hour: 0.1
    machine: m7i.large
    group: handson102_0
  many:
    network: lab/one
    kind: elastic
    nodes: { initial: 2, max: 10 }
    lease: 2h
    idle: none
  store:
    network: lab/one
    nodes: [a]
    keep: true
    container: false
    group: handson102_0
`;

/** Before every lease that is made now. */
const LONG_AGO = { TF_VAR_now: '2026-01-01T00:00:00Z' };

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly text: string;
}

describeWith('terraform', 'node groups of a kind', () => {
  let program: string;
  let project: string;
  /** What was said when the catalog was applied, and the project afterwards: tests begin with copies of it. */
  let applied: Run;
  let appliedProject: string;
  const runWith = (variables: NodeJS.ProcessEnv, ...args: readonly string[]): Run => {
    const env = { ...process.env, NO_COLOR: '1', ...variables };
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: project,
      encoding: 'utf8',
      env,
    });
    return { status, stdout, stderr, text: stdout + stderr };
  };
  const run = (...args: readonly string[]) => runWith({}, ...args);
  const read = (file: string) => readFileSync(join(project, file), 'utf8');
  const write = (text: string) => writeFileSync(join(project, 'catalog/dev.yml'), text);
  const nodesOf = (group: string) =>
    JSON.parse(read(`state/dev/dev-nodes-${group}.tfstate`)).outputs.nodes.value[group].nodes as Readonly<
      Record<string, { readonly instance_id: string }>
    >;

  const newProject = () => temporaryFolder({ 'catalog/dev.yml': CATALOG });
  const beginApplied = () => cpSync(appliedProject, project, { recursive: true, verbatimSymlinks: true });

  beforeAll(() => {
    program = programWithKinds();
    project = appliedProject = newProject();
    applied = run('apply', 'dev', '--yes');
  });
  beforeEach(() => {
    project = newProject();
  });

  test('are shown before anything is applied', () => {
    const { status, stdout } = run('nodes', 'dev');
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'GROUP    KIND     NETWORK  STATE        SIZE     LEASE ENDS  LEFT  IDLE    SPOT  COST',
        'workers  fixed    lab/one  NOT_APPLIED  0 of 3   -           -     15 min  no    -',
        'many     elastic  lab/one  NOT_APPLIED  0 of 10  -           -     -       no    -',
        'store    fixed    lab/one  NOT_APPLIED  0 of 1   -           -     15 min  no    -',
        '',
      ].join('\n'),
    );
    const unknown = run('nodes', 'dev', 'worker');
    expect(unknown.status).toBe(64);
    expect(unknown.stderr).toContain(
      'no node group "worker"; there are workers, many and store; did you mean workers?',
    );
  });

  test('are applied with what they request, shown from outputs, and unchanged afterwards', () => {
    beginApplied();
    expect(applied.status).toBe(0);
    expect(applied.stdout.replace(/\s+/g, ' ')).toMatch(
      /workers: 3 nodes of m7i\.large for 0\.83 hours, until \d{4}-\d\d-\d\d \d\d:\d\d UTC at the latest; each ends after being idle for 0\.25 hours; at most 0\.25 USD/,
    );
    expect(applied.stdout).toContain(
      'workers: will request 3 nodes of m7i.large for 0.83 hours. Each will terminate after being idle for 0.25 hours. Cost: at most 0.25 USD.\n',
    );
    expect(applied.stdout).toContain('many: will request up to 10 nodes for 2.00 hours.\n');
    const { stdout } = run('nodes', 'dev', 'workers', 'many', '--json');
    expect(eventProblems(stdout)).toEqual([]);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ type, group, node, state }) => [type, group, node, state])).toEqual([
      ['node_group', 'workers', undefined, 'RUNNING'],
      ['node', 'workers', 'n1', 'UNKNOWN'],
      ['node', 'workers', 'n2', 'UNKNOWN'],
      ['node', 'workers', 'n3', 'UNKNOWN'],
      ['node_group', 'many', undefined, 'RUNNING'],
      ['note', undefined, undefined, undefined],
    ]);
    expect(events[0]).toMatchObject({ size: 3, max: 3, unit_group: 'handson102_0', idle_seconds: 900 });
    expect(events[4]).not.toHaveProperty('size');
    expect(run('nodes', 'dev', 'workers', '--refresh').stdout).toMatch(
      /workers {2}n1 {4}RUNNING {2}127\.0\.0\.10 {2}\S+\n/,
    );
    expect(run('plan', 'dev').status).toBe(0);
  });

  test('over a ceiling need a word of their own, before anything is built', () => {
    write(`${CATALOG}policy: { max_nodes: 13, max_price_per_hour: 0.5 }\n`);
    const { status, text } = run('apply', 'dev', '--yes');
    expect(status).toBe(3);
    expect(text).toContain(
      'not applied: the node groups may have 14 nodes, over the ceiling of 13 (policy.max_nodes); --yes does not confirm that: pass --over-ceiling as well',
    );
    expect(run('nodes', 'dev').stdout).not.toContain('RUNNING');
    const passed = run('apply', 'dev', '--yes', '--over-ceiling');
    expect(passed.status).toBe(0);
    expect(passed.text).toContain(
      'the node groups may have 14 nodes, over the ceiling of 13 (policy.max_nodes)\n',
    );
    write(`${CATALOG}policy: { max_nodes: 14, max_price_per_hour: 0.29 }\n`);
    expect(run('renew', 'dev', 'workers', '--yes').text).toContain(
      'not renewed: the node groups may have 0.30 USD an hour, over the ceiling of 0.29 (policy.max_price_per_hour)',
    );
  });

  test('are renewed from now: a running one keeps its nodes', () => {
    beginApplied();
    const before = nodesOf('workers');
    const { status, text } = run('renew', 'dev', 'workers', '--yes', '--lease', '50m');
    expect(status).toBe(0);
    expect(text).toMatch(/dev-nodes-workers +-\/\+ 1 /);
    expect(text).toContain('workers: will request 3 nodes of m7i.large for 0.83 hours.');
    expect(text).toMatch(/dev-nodes-workers: renewed in \d+ s\n/);
    expect(nodesOf('workers')).toEqual(before);
    expect(run('plan', 'dev').status).toBe(0);
    const other = run('renew', 'dev', 'workers', '--lease', '2h');
    expect(other.status).toBe(64);
    expect(other.text).toContain('--lease: workers has a lease of 50 min in the catalog, got 2 h; write');
    const none = run('renew', 'dev', 'many', '--lease', '1m');
    expect(none.text).toContain('--lease: must be a duration from 10m to 365d, or hours like 0.83, got "1m"');
  });

  test('that nobody confirms are not renewed, and the plan is left to nobody', () => {
    beginApplied();
    const { status, text } = run('renew', 'dev', 'workers');
    expect(status).toBe(3);
    expect(text).toContain('not renewed: there is no terminal to confirm on; pass --yes');
    expect(run('apply', 'dev', '--yes').stdout).toContain('\nno changes\n');
  });

  test('whose lease is over have no nodes until they are renewed', () => {
    runWith(LONG_AGO, 'apply', 'dev', '--yes');
    const over = run('apply', 'dev', '--yes');
    expect(over.stdout).toContain('workers: its lease is over; renew makes new nodes');
    expect(nodesOf('workers')).toEqual({});
    expect(run('plan', 'dev').status).toBe(0);
    const { stdout } = run('nodes', 'dev');
    expect(stdout).toMatch(/workers {2}fixed {4}lab\/one {2}ENDED {2}0 of 3 {2}2026-01-01 00:50 UTC {2}0 s /);
    expect(stdout).toContain('workers: its lease is over; renew it for new nodes\n');
    const { text } = run('renew', 'dev', 'workers', 'many', '--yes');
    expect(text).toContain('workers: its lease is over: it gets new nodes\n');
    expect(text).toMatch(/dev-nodes-many +-\/\+ 2 /);
    expect(Object.keys(nodesOf('workers'))).toEqual(['n1', 'n2', 'n3']);
    // The group that was not renewed has no nodes, and gets none.
    expect(nodesOf('store')).toEqual({});
    expect(run('plan', 'dev').status).toBe(0);
  });

  test('whose lease gets another length say from when it counts', () => {
    beginApplied();
    write(CATALOG.replace('lease: 2h', 'lease: 3h'));
    expect(run('plan', 'dev').stdout.replace(/\s+/g, ' ')).toMatch(
      /many: its lease is 3 h instead of 2 h, still from its start at \S+ \S+ UTC, so it ends at \S+ \S+ UTC; renew starts it from now/,
    );
  });

  test('get the newest image where they are told to', () => {
    beginApplied();
    const before = nodesOf('workers');
    const { status, text } = run('nodes', 'dev', 'workers', '--new-image', '--yes');
    expect(status).toBe(0);
    expect(text).toContain('workers: its nodes are replaced; what runs on them ends');
    const after = nodesOf('workers');
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const key of Object.keys(before)) expect(after[key]?.instance_id).not.toBe(before[key]?.instance_id);
    expect(run('nodes', 'dev', '--new-image').status).toBe(64);
  });

  test('of a UnitGroup are cleaned up together: disks that are kept stay', () => {
    beginApplied();
    expect(run('nodes', 'cleanup', 'dev', 'nobody').text).toContain(
      'no node group has group: nobody; there are handson102_0',
    );
    const { status, text } = run('nodes', 'cleanup', 'dev', 'handson102_0', '--yes');
    expect(status).toBe(0);
    expect(text).toContain(
      'workers: ends 3 nodes; apply makes new ones as long as the catalog has the group\n',
    );
    expect(text).toContain(
      'store: ends 1 node, and keeps the disks that are to be kept; kakehashi renew dev store makes new ones\n',
    );
    const kept = JSON.parse(read('state/dev/dev-nodes-store.tfstate')).resources as readonly {
      readonly name: string;
    }[];
    expect(kept.map(({ name }) => name)).toEqual(['Disks', 'Lease']);
    expect(run('plan', 'dev', '--stack', '*-store').status).toBe(0);
    expect(run('nodes', 'dev', 'store').stdout).toMatch(/store {2}a {5}ENDED {2}- +-\n/);
    run('renew', 'dev', 'store', '--yes');
    expect(Object.keys(nodesOf('store'))).toEqual(['a']);
    expect(run('destroy', 'dev', '--yes').text).toContain('disks with keep: true');
  });

  test('hold their network, whether it is destroyed, replaced or gone from the catalog', () => {
    beginApplied();
    const alone = run('destroy', 'dev', '--yes', '--stack', 'dev-lab-one');
    expect(alone.status).toBe(1);
    expect(alone.text).toContain('dev-nodes-workers needs dev-lab-one');
    write(
      CATALOG.replace(
        /lab:\n {2}one:\n.*\n.*\n/,
        'lab:\n  one: { private_network_ipmask: 10.40.0.0/16, lab_id: x }\n',
      ),
    );
    const { status, text } = run('plan', 'dev', '--stack', 'dev-lab-one');
    expect(status).toBe(1);
    expect(text).toContain('dev-lab-one: must stay, because node groups are in its network: workers, many');
    expect(text).toContain('help: end them first: kakehashi destroy dev --stack dev-nodes-workers');
    expect(run('destroy', 'dev', '--yes', '--stack', 'dev-lab-one').text).toContain(
      'the node group workers may still be in dev-lab-one',
    );
  });

  test('are waited for until sshd answers; what does not answer is not known', async () => {
    const server = await listening('SSH-2.0-OpenSSH_9.2\r\n', '127.0.0.1');
    const { port } = server.address() as AddressInfo;
    write(`cci_version: '1.0'
lab: { one: { private_network_ipmask: 127.0.0.0/8, lab_id: x } }
node_groups:
  up: { network: lab/one, ip_address_list: [127.0.0.1], ssh_port: ${port}, container: false }
  down: { network: lab/one, ip_address_list: [127.0.0.2], ssh_port: ${port}, container: false, boot_timeout: 1 }
`);
    try {
      expect(run('apply', 'dev', '--yes').status).toBe(0);
      const up = await started('nodes', 'dev', 'up', '--wait');
      expect(up.status).toBe(0);
      expect(up.stdout).toMatch(/^wait {6}0 s {3}1 node RUNNING\n/m);
      expect(up.stdout).toMatch(/up {5}127\.0\.0\.1 {2}RUNNING {2}127\.0\.0\.1 /);
      const both = await started('nodes', 'dev', '--wait');
      expect(both.status).toBe(1);
      expect(both.stdout).toMatch(/down {3}127\.0\.0\.2 {2}BOOTING {2}127\.0\.0\.2 /);
    } finally {
      server.close();
    }
  });

  test('have an SSH configuration with their host keys', () => {
    beginApplied();
    const tools = join(project, 'tools');
    mkdirSync(tools);
    const key = Buffer.from('a host key').toString('base64');
    const scanner = join(tools, 'ssh-keyscan');
    writeFileSync(
      scanner,
      `#!/bin/sh\nshift 2\nport=$2; shift 2\nfor host; do\n  [ $port = 22 ] || host="[$host]:$port"\n  echo "$host ssh-ed25519 ${key}"\ndone\n`,
    );
    chmodSync(scanner, 0o755);
    writeFileSync(join(tools, 'ssh'), '#!/bin/sh\nexit 255\n');
    chmodSync(join(tools, 'ssh'), 0o755);
    const variables = { PATH: `${tools}:${process.env.PATH}` };
    const { status, stdout } = runWith(variables, 'nodes', 'ssh-config', 'dev');
    expect(status).toBe(0);
    const print = `SHA256:${createHash('sha256').update('a host key').digest('base64').replace(/=+$/, '')}`;
    expect(stdout).toContain(`127.0.0.10   ssh-ed25519 ${print}   new\n`);
    expect(stdout).toContain('out/dev/ssh/nodes.config: 7 hosts, 6 keys\n');
    const config = read('out/dev/ssh/nodes.config');
    expect(config.match(/^Host .*$/gm)).toEqual([
      'Host dev-store-a-host',
      'Host dev-workers-n1',
      'Host dev-workers-n1-host',
      'Host dev-workers-n2',
      'Host dev-workers-n2-host',
      'Host dev-workers-n3',
      'Host dev-workers-n3-host',
    ]);
    expect(statSync(join(project, 'out/dev/ssh/nodes.config')).mode & 0o777).toBe(0o600);
    const again = runWith(variables, 'nodes', 'ssh-config', 'dev', '--jump', 'ann@10.0.2.9', '--json');
    // The jump host can't be reached: nothing was written.
    expect(again.status).toBe(1);
    expect(read('out/dev/ssh/nodes.config')).toBe(config);
    expect(eventProblems(runWith(variables, 'nodes', 'ssh-config', 'dev', '--json').stdout)).toEqual([]);
    const bad = run('nodes', 'ssh-config', 'dev', '--jump', '-oProxyCommand=x');
    expect(bad.status).toBe(64);
  });

  test('a node that ended by itself is not made anew, and the plan says so', () => {
    const script = join(project, '.script');
    mkdirSync(script);
    const gone = 'terraform_data.Nodes["n2"]';
    const drift = { ...change(gone, 'delete'), type: 'resource_drift' };
    const stack = 'dev-nodes-workers';
    const entries: readonly ScriptEntry[] = [
      VERSION,
      INIT,
      { on: 'plan', stack, say: [drift, change(gone, 'create')] },
      { on: 'plan', stack, say: [drift, leaseChanges()] },
      { on: 'show', stack, say: [JSON.stringify({ format_version: '1.2', resource_changes: [] })] },
    ];
    writeFileSync(join(script, 'script.json'), JSON.stringify(entries));
    const { status, text } = runWith(
      {
        KAKEHASHI_TERRAFORM_BIN: SCRIPTED,
        SCRIPTED_TERRAFORM: script,
        SCRIPTED_TERRAFORM_ENVIRONMENT: 'TF_VAR_ended',
      },
      'plan',
      'dev',
      '--stack',
      stack,
    );
    expect(text).toContain('n2 ended by itself; renew makes it anew');
    expect(text).not.toContain('drift:');
    expect(status).toBe(2);
    const plans = readFileSync(join(script, 'calls.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ args }) => args?.[0] === 'plan');
    const digest = createHash('sha256').update('["n2"]').digest('hex');
    expect(plans.map(({ environment }) => environment)).toEqual([undefined, { TF_VAR_ended: digest }]);
  });

  /** Runs it while this process goes on serving. */
  function started(...args: readonly string[]): Promise<Pick<Run, 'status' | 'stdout'>> {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: project,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout })));
  }
});

function leaseChanges(): object {
  return {
    type: 'outputs',
    '@message': 'Outputs',
    outputs: { lease: { sensitive: false, action: 'update' } },
  };
}

/** A server that greets with a line. */
function listening(greeting: string, address: string): Promise<Server> {
  const server = createServer((socket) => socket.end(greeting));
  return new Promise((resolve) => server.listen(0, address, () => resolve(server)));
}
