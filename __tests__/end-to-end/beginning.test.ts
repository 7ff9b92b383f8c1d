import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

const LAB = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 203.0.113.20, asn: 65000 }
aws:
  default:
    aws_region: us-west-2
    private_network_ipmask: 172.22.2.0/24
    create: { vpc_cidr: 172.22.0.0/16, public_subnet: 172.22.1.0/24, ingress: vc-node }
`;

function run(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiledCli(), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  return { status, stdout, stderr };
}

/** Lines that are longer than the width, but for those to copy: commands, and the entries, which are YAML. */
function tooLong(text: string, columns: number): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.length > columns && line.trim().includes(' '))
    .filter((line) => !line.includes('kakehashi ') && !/^\s+\w+: \S+$/.test(line));
}

test('in a folder without a catalog, each message names what comes next, and nothing is written', () => {
  const folder = temporaryFolder();
  const next =
    'go to your project, name another folder with --catalog, or begin with a file catalog/dev.yml (kakehashi validate --help names the page on catalogs), then: kakehashi validate dev';
  for (const command of [['validate'], ['validate', 'dev'], ['gateway']])
    expect(run(folder, command).stderr).toBe(`kakehashi: there is no folder catalog; ${next}\n`);
  expect(run(folder, ['begin']).stderr).toBe("kakehashi: unknown command 'begin'; see: kakehashi --help\n");
  expect(run(folder, ['secret', 'list']).stderr).toMatch(
    /missing required argument.*; see: kakehashi --help\n$/,
  );
});

test('schema writes the file that a catalog names, once', () => {
  const folder = temporaryFolder();
  expect(run(folder, ['schema']).stdout).toContain('schema    catalog/catalog.schema.json\n');
  const project = new Project();
  expect(run(folder, ['schema', '--out', '-']).stdout).toBe(project.read('catalog/catalog.schema.json'));
  expect(run(folder, ['schema']).stdout).toContain('catalog.schema.json, no changes\n');
  expect(run(folder, ['schema', '--out', '/dev/null/x']).stderr).toMatch(
    /^kakehashi: \/dev\/null\/x: can't be written \(E[A-Z]+\)\n$/,
  );
});

describeWith('terraform', 'from a sub-folder', () => {
  const project = new Project({ 'catalog/lab.yml': LAB });
  const below = path.join(project.folder, 'notes/deep');
  beforeAll(() => mkdirSync(below, { recursive: true }));

  test('the project is found upwards, and paths that are given begin where the command was called', () => {
    const applied = run(below, ['apply', 'lab', '--sandbox', '--yes']);
    expect(applied.stderr).toContain('project   ../.., where paths begin\n');
    expect(applied.status).toBe(0);
    expect(project.has('sandbox.out/lab/vpn_catalog.yml')).toBe(true);
    expect(run(below, ['entries', 'lab', '--sandbox', '--out', 'mine.yml']).status).toBe(0);
    expect(project.has('notes/deep/mine.yml')).toBe(true);
    expect(run(below, ['validate', '../../catalog/lab.yml']).stdout).toContain(
      'lab: catalog/lab.yml   1 network',
    );
    expect(run(below, ['validate'], { KAKEHASHI_ENV: '../../catalog/lab.yml' }).status).toBe(0);
    expect(run(below, ['sandbox', '--', 'pwd']).stdout).toBe(`${below}\n`);
    expect(run(below, ['sandbox', 'list', 'aws_vpc']).stdout).toContain('vpc-');
  });

  test('what must not be committed says so itself; a file that is there is left alone', () => {
    expect(project.read('sandbox.out/.gitignore')).toMatch(/\n\*\n$/);
    project.write('sandbox.out/.gitignore', '');
    expect(run(project.folder, ['plan', 'lab', '--sandbox']).status).toBe(0);
    expect(project.read('sandbox.out/.gitignore')).toBe('');
  });

  test('entries and gateway write no configuration where states are on this disk', () => {
    run(project.folder, ['apply', 'lab', '--sandbox', '--yes']);
    const configuration = 'sandbox.out/lab/synth/manifest.json';
    project.write(configuration, 'untouched');
    expect(run(project.folder, ['entries', 'lab', '--sandbox']).stdout).toContain(
      'aws_vpc_subnet_id: subnet-',
    );
    expect(run(project.folder, ['gateway', 'lab', '--sandbox']).status).toBe(0);
    expect(project.read(configuration)).toBe('untouched');
  });

  test.each(['60', '80'])('in %s columns every line is broken at words', (columns) => {
    const env = { COLUMNS: columns };
    project.write('catalog/bad.yml', LAB.replace('172.22.0.0/16', '10.0.0.0/16').replace('asn', 'ans'));
    for (const args of [
      ['apply', 'lab', '--sandbox', '--yes'],
      ['plan', 'lab', '--sandbox'],
      ['status', 'lab', '--sandbox'],
      ['gateway', 'lab', '--sandbox'],
      ['validate', 'lab', 'bad'],
      ['doctor', 'lab', '--sandbox'],
      ['validate', 'nowhere'],
    ]) {
      const { stdout, stderr } = run(project.folder, args, env);
      expect({ args, long: tooLong(stdout + stderr, Number(columns)) }).toEqual({ args, long: [] });
    }
  });
});
