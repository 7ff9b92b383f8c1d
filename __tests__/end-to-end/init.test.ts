import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { PROBLEM_PATTERN } from '../../scaffold/editor-files';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli, ROOT } from '../support/compiled';
import { describeWith } from '../support/programs';
import { inTerminal } from '../support/terminal';

jest.setTimeout(120_000);

const FIRST = ['region=us-west-2', 'controller=10.0.2.15/24', 'public_ip=203.0.113.20'].flatMap((text) => [
  '--set',
  text,
]);

class NewProject {
  readonly folder: string;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.folder = temporaryFolder(files);
  }

  init(...args: readonly string[]) {
    return this.kakehashi('init', ...args);
  }

  kakehashi(...args: readonly string[]) {
    return this.run(args);
  }

  /** @param preloaded - a module that the program loads first */
  run(args: readonly string[], preloaded?: string) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [compiledCli(), ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        NO_COLOR: '1',
        ...(preloaded === undefined ? {} : { NODE_OPTIONS: `--require ${preloaded}` }),
      },
      input: '',
    });
    return { code: status, stdout, stderr };
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
    writeFileSync(path.join(this.folder, name), text);
  }

  has(name: string): boolean {
    return existsSync(path.join(this.folder, name));
  }

  /** All files but those of outputs, with their texts. */
  files(): Readonly<Record<string, string>> {
    const names = readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.folder, path.join(entry.parentPath, entry.name)))
      .filter((name) => !/^(sandbox\.out|\.git)\//.test(name))
      .sort();
    return Object.fromEntries(names.map((name) => [name, this.read(name)]));
  }
}

const ALL = [
  '.devcontainer/devcontainer.json',
  '.gitignore',
  '.kakehashi/init.json',
  '.vscode/extensions.json',
  '.vscode/settings.json',
  '.vscode/tasks.json',
  'README.md',
  'catalog/catalog.schema.json',
  'catalog/dev.yml',
  'cdktf.json',
  'package.json',
];

describeWith('terraform', 'in an empty folder', () => {
  test('init writes a project and ends with its entries; a second one writes nothing', () => {
    const project = new NewProject();
    const begun = project.init(...FIRST);
    expect(begun).toMatchObject({ code: 0, stderr: '' });
    expect(begun.stdout).toMatch(
      /\nentries {3}sandbox\.out\/dev\/vpn_catalog\.yml\n[\s\S]* aws_region: us-west-2\n/,
    );
    const files = project.files();
    expect(Object.keys(files)).toEqual(ALL);
    for (const [name, text] of Object.entries(files)) if (name.endsWith('.json')) JSON.parse(text);
    expect(parse(project.read('sandbox.out/dev/vpn_catalog.yml')).aws.default.aws_vpc_subnet_id).toMatch(
      /^subnet-/,
    );

    const again = project.init('--no-run');
    expect(again).toMatchObject({ code: 0, stdout: 'files     10 files, no changes\n' });
    expect(project.files()).toEqual(files);
    expect(project.kakehashi('validate')).toMatchObject({ code: 0 });
    expect(project.kakehashi('schema').stdout).toContain('catalog.schema.json, no changes');
  });
});

describe('the files', () => {
  const project = new NewProject();
  beforeAll(() => {
    expect(project.init(...FIRST, '--no-run', '--ci', 'github').code).toBe(0);
  });

  test('are the same in another folder, but for its name', () => {
    const other = new NewProject();
    other.init(...FIRST, '--no-run', '--ci', 'github');
    const without = ({ files, folder }: { files: Readonly<Record<string, string>>; folder: string }) =>
      Object.fromEntries(
        Object.entries(files)
          .filter(([name]) => name !== '.kakehashi/init.json')
          .map(([name, text]) => [name, text.replaceAll(path.basename(folder).toLowerCase(), 'NAME')]),
      );
    expect(without({ files: other.files(), folder: other.folder })).toEqual(
      without({ files: project.files(), folder: project.folder }),
    );
  });

  test('package.json pins what kakehashi needs to the versions that are tested', () => {
    const { devDependencies, peerDependencies, version } = JSON.parse(
      readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
    );
    const expected = Object.fromEntries(
      Object.keys(peerDependencies).map((name) => [name, devDependencies[name]]),
    );
    expect(JSON.parse(project.read('package.json')).dependencies).toEqual({
      ...expected,
      kakehashi: version,
    });
  });

  test('--cdktn puts the fork in the place of cdktf', () => {
    const fork = new NewProject();
    fork.init(...FIRST, '--no-run', '--cdktn');
    expect(JSON.parse(fork.read('package.json'))).toMatchObject({
      dependencies: { cdktf: 'npm:cdktn@0.24.0' },
      overrides: { cdktf: '$cdktf' },
    });
    expect(fork.init('--no-run').stdout).toBe('files     10 files, no changes\n');
  });

  test('the problem matcher finds what validate prints, with its place', () => {
    const bad = new NewProject({
      'catalog/dev.yml': "cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 203.0.113.999 }\n",
      'catalog/lab.yml': "cci_version: '1.0'\nown-cloud: { default: {} }\n",
    });
    const { stdout } = bad.kakehashi('validate');
    const tasks = JSON.parse(project.read('.vscode/tasks.json')).tasks;
    const { regexp } = tasks[0].problemMatcher.pattern;
    expect(regexp).toBe(PROBLEM_PATTERN);
    const found = stdout.split('\n').flatMap((line) => {
      const match = new RegExp(regexp).exec(line);
      return match ? [match.slice(1)] : [];
    });
    expect(found).toEqual([
      [
        'catalog/dev.yml',
        '2',
        '46',
        undefined,
        'site.public_ip: must be an IPv4 address, got "203.0.113.999"',
      ],
      ['catalog/lab.yml', '2', '1', 'note', expect.stringContaining('own-cloud: a custom provider')],
    ]);
  });

  test('the catalog names its schema relative to itself, and the settings relative to the folder', () => {
    expect(project.read('catalog/dev.yml').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=./catalog.schema.json',
    );
    expect(JSON.parse(project.read('.vscode/settings.json'))['yaml.schemas']).toEqual({
      './catalog/catalog.schema.json': ['/catalog/*.yml', '!/catalog/*.lock.yml'],
    });
  });

  test('every key of --set is on the page', () => {
    const page = readFileSync(path.join(ROOT, 'docs/start.md'), 'utf8');
    for (const name of require('../../scaffold/set-keys').SET_KEY_NAMES)
      expect(page).toContain(`\`${name}\``);
  });
});

test('what it says to do before CI writes the lock file, also where no cloud can be asked', () => {
  const project = new NewProject();
  const { stdout } = project.init(...FIRST, '--no-run', '--ci', 'github');
  const [, command = '', lock = ''] = /npx kakehashi (.+?), .*commit (\S+\.lock\.yml)/.exec(stdout) ?? [];
  expect(existsSync(path.join(project.folder, lock))).toBe(false);
  project.kakehashi(...command.split(' '));
  expect(project.read(lock)).toContain('inside_cidrs');
});

describe('a second run', () => {
  test('brings up to date what nobody edited, shows what differs elsewhere, and overwrites nothing', () => {
    const project = new NewProject();
    project.init(...FIRST, '--no-run', '--ci', 'github');
    const review = '.github/workflows/kakehashi-review.yml';
    project.write('README.md', `${project.read('README.md')}# mine\n`);
    project.write(review, project.read(review).replace('timeout-minutes: 60', 'timeout-minutes: 90'));
    rmSync(path.join(project.folder, 'cdktf.json'));
    const before = project.files();
    const more = ['--no-run', '--set', 'terraform=1.12.0'];

    const dry = project.init(...more, '--dry-run');
    expect(dry.code).toBe(2);
    expect(dry.stdout).toContain('kakehashi-drift.yml    would be brought up to date');
    expect(project.files()).toEqual(before);

    const { code, stdout } = project.init(...more);
    expect(code).toBe(0);
    expect(stdout).toMatch(/README\.md +edited since, left as it is\n/);
    expect(stdout).toMatch(/cdktf\.json +removed since, left away/);
    expect(stdout).toContain('\n-# mine\n');
    expect(stdout).toContain("\n+          terraform_version: '1.12.0'\n");
    expect(stdout).toContain('\n-    timeout-minutes: 90\n+    timeout-minutes: 60\n');
    const changed = Object.entries(project.files()).filter(([name, text]) => text !== before[name]);
    expect(changed.map(([name]) => name).sort()).toEqual([
      '.devcontainer/devcontainer.json',
      '.github/workflows/kakehashi-apply.yml',
      '.github/workflows/kakehashi-drift.yml',
      '.github/workflows/kakehashi-fork.yml',
      '.kakehashi/init.json',
    ]);
    expect(project.init('--no-run', '--dry-run').code).toBe(0);
  });

  test('another environment is a catalog more, checked beside the first', () => {
    const project = new NewProject();
    project.init(...FIRST, '--no-run');
    const overlapping = project.init('--no-run', '--set', 'environment=prod');
    expect(overlapping).toMatchObject({ code: 1 });
    expect(overlapping.stdout).toContain('172.30.0.0/16 overlaps aws.default.create.vpc_cidr of dev');
    expect(project.has('catalog/prod.yml')).toBe(false);
    expect(project.init('--no-run', '--set', 'environment=prod', '--set', 'network=172.29.0.0/16').code).toBe(
      0,
    );
    expect(project.kakehashi('validate').stdout).toMatch(/dev: .*\n[\s\S]*prod: /);
    expect(project.init('--no-run', '--dry-run')).toMatchObject({ code: 0 });
  });

  test.each(['{', '{"version":9}'])('with a record that can not be used nothing is written: %s', (text) => {
    const project = new NewProject({ '.kakehashi/init.json': text });
    const { code, stderr } = project.init(...FIRST, '--no-run');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^kakehashi: \.kakehashi\/init\.json: is .*; restore it from version control/);
    expect(Object.keys(project.files())).toEqual(['.kakehashi/init.json']);
  });
});

describe("a user's own files", () => {
  test('stay, with what to add to them', () => {
    const own = {
      '.gitignore': 'node_modules\nmine/\n',
      'package.json': '{ "name": "mine", "dependencies": { "kakehashi": "file:kakehashi.tgz" } }\n',
      '.gitlab-ci.yml': 'stages: [test]\n',
      'README.md': 'mine\n',
      'notes.txt': 'mine\n',
    };
    const project = new NewProject(own);
    const { code, stdout } = project.init(...FIRST, '--no-run', '--ci', 'gitlab', '--cdktn');
    expect(code).toBe(0);
    expect(project.files()).toMatchObject(own);
    expect(stdout).toContain('folder    it has 1 other file or folder, left as they are\n');
    expect(stdout).toMatch(/README\.md +yours, left as it is\n/);
    expect(stdout).toContain('add to .gitignore, if you want what it would have:\n  /out/\n');
    expect(stdout).not.toContain('  node_modules/\n');
    expect(stdout).toContain(
      'add to .gitlab-ci.yml, if you want what it would have:\n  include:\n    - local: .gitlab/kakehashi.yml\n',
    );
    const [, added = ''] = /add to package\.json.*:\n((?: {2}.*\n)+)/.exec(stdout) ?? [];
    expect(JSON.parse(added)).toMatchObject({
      scripts: { validate: 'kakehashi validate' },
      dependencies: { cdktf: 'npm:cdktn@0.24.0' },
      overrides: { cdktf: '$cdktf' },
    });
    expect(JSON.parse(added).dependencies.kakehashi).toBeUndefined();
  });

  test('a credential that stands in one is not in the difference', () => {
    const project = new NewProject();
    project.init(...FIRST, '--no-run');
    project.write('catalog/dev.yml', `${project.read('catalog/dev.yml')}password: hunter2hunter2\n`);
    const { stdout } = project.init('--no-run', '--dry-run');
    expect(stdout).toContain('-password: ******');
    expect(stdout).not.toContain('hunter2');
  });
});

describe('where it is called', () => {
  const init = (project: NewProject, ...more: string[]) => project.init(...FIRST, '--no-run', ...more);

  test('a file where a folder must be, or the other way round: nothing is written', () => {
    const file = new NewProject({ catalog: 'a file' });
    expect(init(file)).toMatchObject({
      code: 1,
      stderr: 'kakehashi: catalog: must be a folder, and is a file; move it away and run init again\n',
    });
    expect(Object.keys(file.files())).toEqual(['catalog']);
    const folder = new NewProject({ 'README.md/x': '' });
    expect(init(folder).stderr).toBe(
      'kakehashi: README.md: must be a file, and is a folder; move it away and run init again\n',
    );
    expect(Object.keys(folder.files())).toEqual(['README.md/x']);
  });

  test('a link that leads out of the folder: nothing is written there', () => {
    const outside = temporaryFolder({ 'settings.json': 'theirs' });
    const project = new NewProject();
    symlinkSync(outside, path.join(project.folder, '.vscode'));
    expect(init(project)).toMatchObject({
      code: 1,
      stderr: 'kakehashi: .vscode: is a link that leads out of the project; replace it by a folder\n',
    });
    expect(readdirSync(outside)).toEqual(['settings.json']);
    const dangling = new NewProject();
    symlinkSync('nowhere', path.join(dangling.folder, 'README.md'));
    expect(init(dangling).stderr).toBe('kakehashi: README.md: is a link that leads nowhere; remove it\n');
  });

  test('below the root of a Git repository: no pipelines, because nothing would read them', () => {
    const project = new NewProject({ '.git/HEAD': '' });
    mkdirSync(path.join(project.folder, 'below'));
    const below = Object.assign(new NewProject(), { folder: path.join(project.folder, 'below') });
    expect(init(below, '--ci', 'github')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        '--ci github: pipelines are read from the root of the Git repository alone, which is ..',
      ),
    });
    expect(below.files()).toEqual({});
    expect(init(below).code).toBe(0);
  });

  test('below another project: this one is apart from it, and the other is left alone', () => {
    const project = new NewProject({
      'catalog/lab.yml': "cci_version: '1.0'\nonpremises: { default: {} }\n",
    });
    mkdirSync(path.join(project.folder, 'below'));
    const below = Object.assign(new NewProject(), { folder: path.join(project.folder, 'below') });
    expect(init(below).stdout).toContain(
      'folder    there is a project above, in ..; this one is apart from it\n',
    );
    expect(below.has('catalog/dev.yml')).toBe(true);
    expect(readdirSync(project.folder).sort()).toEqual(['below', 'catalog']);
  });

  test('outside of Git it says what to do', () => {
    const project = new NewProject();
    expect(init(project).stdout).toContain(
      'git init -b main, and commit: the folder is not in a Git repository yet',
    );
    expect(init(new NewProject({ '.git/HEAD': '' })).stdout).not.toContain('git init');
  });

  test('a folder in which nothing can be written', () => {
    const { folder } = new NewProject({
      'read-only.cjs': `const fs = require('node:fs');
const { openSync } = fs;
fs.openSync = (file, ...rest) => {
  if (!String(file).endsWith('.tmp')) return openSync(file, ...rest);
  throw Object.assign(new Error('read-only'), { code: 'EROFS' });
};`,
    });
    const project = new NewProject();
    expect(project.run(['init', ...FIRST, '--no-run'], path.join(folder, 'read-only.cjs'))).toMatchObject({
      code: 1,
      stderr:
        "kakehashi: catalog/dev.yml: can't be written (the file system is read-only); init needs a folder in which it may write\n",
    });
  });

  test.each([
    ['SIGINT', 130, 'stopped; all files are written'],
    ['SIGKILL', null, ''],
  ] as const)(
    '%s while it writes: every file is whole, and the next init takes them for its own',
    (signal, code, message) => {
      const { folder } = new NewProject({
        'stopped.cjs': `const fs = require('node:fs');
const { renameSync } = fs;
let count = 0;
fs.renameSync = (...args) => {
  renameSync(...args);
  count += 1;
  if (count === 4) process.kill(process.pid, '${signal}');
};`,
      });
      const project = new NewProject();
      const stopped = project.run(['init', ...FIRST], path.join(folder, 'stopped.cjs'));
      expect(stopped.code).toBe(code);
      expect(stopped.stderr).toContain(message);
      expect(project.has('sandbox.out')).toBe(false);
      const before = project.files();
      expect(Object.keys(before).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      expect(project.init(...FIRST, '--no-run').stdout).not.toMatch(/yours|edited/);
      expect(Object.keys(project.files())).toEqual(ALL);
      expect(project.files()).toMatchObject(before);
    },
  );

  test('without a terminal it says which --set it needs', () => {
    const project = new NewProject();
    const { code, stderr } = project.init('--no-run', '--set', 'region=us-west-2');
    expect(code).toBe(64);
    expect(stderr).toContain('init: there is no terminal to ask on; say:\n  --set controller=…');
    expect(stderr).toContain('  --set public_ip=…');
    expect(stderr).not.toContain('--set region');
    expect(project.files()).toEqual({});
  });

  test.each<readonly [string, readonly string[], RegExp]>([
    [
      'a region that there is not',
      ['region=us-wst-2'],
      /^kakehashi: --set region: must be a region of AWS, got "us-wst-2"; did you mean "us-west-2"\?/,
    ],
    [
      'a network that the site has',
      ['network=10.0.0.0/16'],
      /^kakehashi: --set network: 10\.0\.0\.0\/16 overlaps site\.subnets \(10\.0\.2\.0\/24\); choose/,
    ],
    ['a controller outside of the site', ['subnets=10.9.0.0/24'], /--set (controller|subnets): /],
  ])('%s is said of --set, and nothing is written', (_, set, message) => {
    const project = new NewProject();
    const { code, stderr } = project.init('--yes', '--no-run', ...set.flatMap((text) => ['--set', text]));
    expect(stderr).toMatch(message);
    expect(code).toBe(64);
    expect(project.files()).toEqual({});
  });

  test('several wrong values are said at once', () => {
    const { stderr } = new NewProject().init('--set', 'regon=x', '--set', 'public_ip=x', '--set', 'asn=x');
    expect(stderr.split('\n').filter((line) => line.startsWith('kakehashi: --set'))).toHaveLength(3);
  });
});

function withoutFolders(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/^\S*\/(?=vpn_catalog\.yml:)/, ''));
}

describe('--from', () => {
  const FIELD = path.join(ROOT, '__tests__/fixtures/field');
  const cases = readdirSync(FIELD).filter((name) => name.startsWith('cat-'));

  test.each(cases)('%s: as validate has it', (name) => {
    const project = new NewProject();
    const file = path.join(FIELD, name, 'vpn_catalog.yml');
    const { code, stdout } = project.init('--from', file, '--no-run');
    const checked = project.kakehashi('validate', '--no-policy', file);
    expect(code).toBe(checked.code);
    // How a file outside of the project is shown depends on where both are.
    const messages = withoutFolders(checked.stdout).filter((line) => line.startsWith('vpn_catalog.yml:'));
    expect(withoutFolders(stdout)).toEqual(expect.arrayContaining(messages));
    if (code !== 0) {
      expect(project.files()).toEqual({});
      return;
    }
    expect(parse(project.read('catalog/dev.yml'))).toMatchObject(parse(readFileSync(file, 'utf8')));
    expect(project.kakehashi('validate', '--no-policy').code).toBe(0);
    // The catalog itself is not made again.
    expect(project.init('--no-run').stdout).toBe('files     9 files, no changes\n');
  });

  test('comments stay, the pools for nodes and a site come along', () => {
    const project = new NewProject();
    for (const name of ['vpn_catalog.yml', 'sakura_config.yml'])
      copyFileSync(path.join(FIELD, 'cat-sakura-readme', name), path.join(project.folder, name));
    const site = ['controller=172.23.1.9/24', 'public_ip=203.0.113.20'].flatMap((text) => ['--set', text]);
    expect(project.init('--from', 'vpn_catalog.yml', '--no-run', ...site)).toMatchObject({
      code: 0,
      stderr: '',
    });
    const text = project.read('catalog/dev.yml');
    expect(text).toContain('    # resource id of the switch\n');
    expect(parse(text)).toMatchObject({
      site: { controller: '172.23.1.9/24', public_ip: '203.0.113.20' },
      sakura_config: {
        default: { prefix_len: 24, ip_addresses: ['172.23.1.12', '172.23.1.13', '172.23.1.14'] },
      },
    });
  });

  test.each<readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp]>([
    ['there is no such file', {}, ['x.yml'], /x\.yml:1:1: there is no such file/],
    [
      'of a project of ours',
      { 'c/a.yml': 'extends: b.yml\n', 'c/b.yml': "cci_version: '1.0'\nonpremises: { default: {} }\n" },
      ['c/a.yml'],
      /c\/a\.yml: stands on other files \(.*\), so it is of a project of kakehashi already/,
    ],
    [
      'in the folder of catalogs',
      { 'catalog/a.yml': "cci_version: '1.0'\nonpremises: { default: {} }\n" },
      ['catalog/a.yml'],
      /--from catalog\/a\.yml: is in the project's own folder of catalogs already/,
    ],
    [
      'with a name of its own',
      { 'a.yml': "cci_version: '1.0'\nenvironment: lab\nonpremises: { default: {} }\n" },
      ['a.yml', '--set', 'environment=dev'],
      /--set environment: must be "lab", as the catalog itself says, got "dev"/,
    ],
    [
      'with a site of its own',
      {
        'a.yml':
          "cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 203.0.113.20 }\nonpremises: { default: {} }\n",
      },
      ['a.yml', '--set', 'controller=10.0.3.1/24'],
      /--set controller: the catalog of --from has a section site of its own/,
    ],
  ])('%s: refused', (_, files, args, message) => {
    const project = new NewProject(files);
    const before = project.files();
    const { code, stdout, stderr } = project.init('--no-run', '--from', ...args);
    expect(stdout + stderr).toMatch(message);
    expect(code).not.toBe(0);
    expect(project.files()).toEqual(before);
  });
});

describe('on a terminal', () => {
  test('six questions; a wrong answer is asked for again; an empty one takes the default', async () => {
    const project = new NewProject();
    const { code, screen } = await inTerminal(
      [process.execPath, compiledCli(), 'init', '--no-run'],
      project.folder,
      [
        [/Name of the environment \[dev\]: /, 'lab'],
        [/\(aws or azure\) \[aws\]: /, 'azure'],
        [/location of Azure \[japaneast\]: /, ''],
        [/prefix length \[10\.0\.2\.15\/24\]: /, '10.0.3.15'],
        [/got "10\.0\.3\.15"[\s\S]*prefix length \[10\.0\.2\.15\/24\]: /, '10.0.3.15/24'],
        [/for a first try\) \[198\.51\.100\.10\]: /, '203.0.113.20'],
        [/with commas \[10\.0\.3\.0\/24\]: /, '10.0.3.0/24, 10.0.4.0/24'],
      ],
    );
    expect({ code, screen }).toEqual({ code: 0, screen });
    expect(parse(project.read('catalog/lab.yml'))).toMatchObject({
      site: {
        controller: '10.0.3.15/24',
        public_ip: '203.0.113.20',
        subnets: ['10.0.3.0/24', '10.0.4.0/24'],
      },
      azure: { default: { azure_location: 'japaneast' } },
    });
  });

  test('Ctrl-C at a question leaves nothing', async () => {
    const project = new NewProject();
    const { code, screen } = await inTerminal([process.execPath, compiledCli(), 'init'], project.folder, [
      [/Name of the environment \[dev\]: /, ''],
      [/\(aws or azure\) \[aws\]: /, '\u0003'],
    ]);
    expect(code).toBe(130);
    expect(screen).toContain('stopped; nothing was written');
    expect(project.files()).toEqual({});
  });
});
