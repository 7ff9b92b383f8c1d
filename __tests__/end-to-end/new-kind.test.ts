import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { programWithKinds } from '../support/program-with-kind';
import { describeWith } from '../support/programs';

jest.setTimeout(300_000);

const CATALOG = `cci_version: '1.0'
site:
  controller: 10.0.2.15/24
  public_ip: 203.0.113.7
providers:
  lab: { owner: ann }
lab:
  one:
    room: r101
    create: { cidr: 10.40.0.0/16 }
  three:
    room: r102
    create: { cidr: 10.41.0.0/16, tunnels: 3, asn: 64901 }
`;

describeWith('terraform', 'a kind of stack in three places, with three lines in registries', () => {
  let program: string;
  let project: string;
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    return { status, text: stdout + stderr };
  };
  const read = (file: string) => readFileSync(join(project, file), 'utf8');
  const write = (text: string) => writeFileSync(join(project, 'catalog/dev.yml'), text);

  beforeEach(() => write(CATALOG));
  beforeAll(() => {
    program = programWithKinds();
    project = temporaryFolder({ 'catalog/dev.yml': CATALOG });
  });

  test('is read, with positions, defaults and the checks that hold between networks', () => {
    expect(run('validate', 'dev').text).toBe('dev: catalog/dev.yml   2 networks to build\n');
    write(
      CATALOG.replace('10.41.0.0/16, tunnels: 3', '10.40.8.0/21, tunnels: 4').replace(
        'room: r101',
        'rom: r101',
      ),
    );
    const { status, text } = run('validate', 'dev');
    expect(status).toBe(1);
    expect(text).toContain('catalog/dev.yml:9:5: lab.one: unknown key "rom"; did you mean "room"?');
    expect(text).toContain(
      'catalog/dev.yml:13:44: lab.three.create.tunnels: must be a whole number from 0 to 3, got 4',
    );
    expect(text).toContain(
      'catalog/dev.yml:13:21: lab.three.create.cidr: 10.40.8.0/21 overlaps lab.one.create.cidr',
    );
  });

  test('is planned, with its own sentences', () => {
    const { status, text } = run('plan', 'dev');
    expect(status).toBe(2);
    expect(text).toMatch(/dev-lab-one +\+ 1 +made: 1 terraform data\n/);
  });

  test('is applied: entries, lock, and files of the gateway for one tunnel and for three', () => {
    const { status, text } = run('apply', 'dev', '--yes');
    expect(text).toContain('4 tunnels for libreswan 4 on the host 10.0.2.15: dev/lab/one,');
    expect(status).toBe(0);
    expect(read('out/dev/vpn_catalog.yml')).toMatch(
      /^cci_version: '1\.0'\nlab:\n {2}one:\n {4}lab_id: \S+\n {4}private_network_ipmask: 10\.40\.0\.0\/16\n {2}three:\n/,
    );
    expect(read('catalog/dev.lock.yml').replace(/^#.*\n/gm, '')).toBe(`version: 1
stacks:
  dev-lab-one: { kind: lab-network, provider: lab, room: r101, backend: local }
  dev-lab-three: { kind: lab-network, provider: lab, room: r102, backend: local }
tunnels:
  lab/one: { inside_cidrs: [169.254.200.0/30], interfaces: [1] }
  lab/three: { inside_cidrs: [169.254.200.4/30, 169.254.200.8/30, 169.254.200.12/30], interfaces: [2, 3, 4] }
`);
    const ends = (name: string) =>
      read(`out/gateway/203.0.113.7/etc/ipsec.d/kakehashi-dev-lab-${name}.conf`).match(/^conn .*$/gm);
    expect(ends('one')).toEqual(['conn dev-lab-one-1']);
    expect(ends('three')).toEqual(['conn dev-lab-three-2', 'conn dev-lab-three-3', 'conn dev-lab-three-4']);
    expect(run('plan', 'dev').status).toBe(0);
  });

  test('refuses what its stack would have to move for, by what the lock remembers', () => {
    write(CATALOG.replace('r102', 'r9'));
    expect(run('validate', 'dev').text).toContain('catalog/dev.yml:12:11: warning: lab.three.room');
    const { status, text } = run('plan', 'dev');
    expect(status).toBe(1);
    expect(text).toContain(
      'catalog/dev.yml:12:11: lab.three.room: must stay r102, where the lock file has dev-lab-three, got "r9"',
    );
  });

  test('is completed on the command line', () => {
    expect(run('complete', '--', 'plan', '').text).toBe('dev\t\n:files\n');
  });

  test('is destroyed where it is gone from the catalog, and leaves the lock', () => {
    write(CATALOG.replace(/ {2}one:\n.*\n.*\n/, ''));
    const { status, text } = run('apply', 'dev', '--yes');
    expect(text).toMatch(/dev-lab-one +- 1 +destroyed: 1 terraform data\n/);
    // Both ends of a plan work on outputs, of whatever kind.
    expect(text).toMatch(/1\. ipsec auto --delete dev-lab-one-1\n/);
    expect(text).toContain('          - lab/one\n');
    expect(status).toBe(0);
    expect(read('catalog/dev.lock.yml')).not.toContain('lab-one');
    expect(read('out/dev/vpn_catalog.yml')).not.toContain('one:');
    expect(existsSync(join(project, 'out/gateway/203.0.113.7/etc/ipsec.d/kakehashi-dev-lab-one.conf'))).toBe(
      false,
    );
  });
});
