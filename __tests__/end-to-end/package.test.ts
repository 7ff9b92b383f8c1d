import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli, ROOT } from '../support/compiled';
import { pageBlocks } from '../support/page-blocks';
import { describeWith, hasProgram } from '../support/programs';
import { type Synthesized, withoutComments } from '../support/synthesized';

jest.setTimeout(300_000);

/** The program of the page, whose blocks continue each other. */
const PROGRAM = pageBlocks(readFileSync(join(ROOT, 'docs/extend.md'), 'utf8'))
  .filter(({ language }) => language === 'ts')
  .map(({ text }) => text)
  .join('\n');

/** Runs the program, and tells whether cdktf is as the app left it: `fast-tokens` is for our own app. */
const RUN = `
const trace = require('cdktf/lib/tokens/private/stack-trace');
const before = trace.captureStackTrace;
require('./main.js');
if (trace.captureStackTrace !== before) throw new Error('a construct patched cdktf');
`;

const TSCONFIG =
  '{ "compilerOptions": { "module": "node16", "moduleResolution": "node16", "target": "es2022", "strict": true, "skipLibCheck": true, "types": [] } }';

/** The package that holds the program `node` itself, for the platforms that CI runs on. */
const NODE_22 =
  process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)
    ? `node-linux-${process.arch}`
    : undefined;

interface Packed {
  readonly file: string;
  readonly paths: readonly string[];
}

const pack = (): Packed => {
  compiledCli();
  const folder = temporaryFolder();
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const stdout = execFileSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  return { file: join(folder, filename), paths: files.map(({ path }) => path) };
};

/** A project that has the package, with the program compiled. */
class Another {
  /** @param folder - in it, or above it, the package is installed */
  constructor(readonly folder: string) {
    for (const [name, text] of Object.entries({
      'main.ts': PROGRAM,
      'run.js': RUN,
      'tsconfig.json': TSCONFIG,
    }))
      writeFileSync(join(folder, name), text);
    this.run(join(ROOT, 'node_modules/.bin/tsc'));
  }

  /** A project of its own, with more in its manifest. */
  static installed(packed: Packed, manifest: object): Another {
    const folder = temporaryFolder({
      'package.json': JSON.stringify({ name: 'another', private: true, ...manifest }),
    });
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', ['install', ...options, packed.file], { cwd: folder, stdio: 'pipe' });
    return new Another(folder);
  }

  run(program: string, ...args: string[]): string {
    return execFileSync(program, args, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        TF_VAR_office_address: '198.51.100.20',
        TF_VAR_office_asn: '65001',
        TF_VAR_office_network: '10.0.9.0/24',
        TF_VAR_office_key: 'abcdefgh12345678',
        TF_VAR_connection_key: 'abcdefgh12345678',
      },
    });
  }

  /** The stacks as Terraform reads them, without cdktf's comments and the folder's own path. */
  stacks(): readonly Synthesized[] {
    return ['mine', 'azure', 'secrets'].map((stack) => {
      const text = readFileSync(join(this.folder, 'cdktf.out/stacks', stack, 'cdk.tf.json'), 'utf8');
      return withoutComments(JSON.parse(text.replaceAll(this.folder, ''))) as Synthesized;
    });
  }
}

const packed = pack();

it('packs what users need, and nothing of our own', () => {
  expect(packed.paths).toEqual(
    expect.arrayContaining([
      'dist/scripts/kakehashi.js',
      'catalog/catalog.schema.json',
      'README.md',
      'LICENSE',
    ]),
  );
  expect(
    packed.paths.filter((path) => /__tests__|^dist\/bench|\.tsbuildinfo|node_modules/.test(path)),
  ).toEqual([]);
});

/** The commands of docs/package.md. The first of its blocks installs the package in an empty folder. */
const [install, ...further] = pageBlocks(readFileSync(join(ROOT, 'docs/package.md'), 'utf8'))
  .filter(({ language }) => language === 'sh')
  .map(({ text }) => text);

/** Where the page was followed: what comes after it uses the same installation. */
let folder = '';

const follow = (commands: string): string =>
  execFileSync('sh', ['-ec', commands], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, npm_config_prefer_offline: 'true', npm_config_ignore_scripts: 'true' },
  });

beforeAll(() => {
  folder = temporaryFolder();
  copyFileSync(packed.file, join(folder, 'kakehashi-0.1.0.tgz'));
  expect(follow(install ?? '')).toMatch(/^\d+\.\d+\.\d+$/m);
});

describeWith('terraform', 'docs/package.md, in an empty folder', () => {
  it("leads to the entries of a catalog of one's own, as written", () => {
    const output = further.map(follow).join('');
    expect(output).toMatch(/package\.json +yours, left as it is\n/);
    // npm has chosen where kakehashi and what it needs come from.
    expect(output).toMatch(/add to package\.json.*:\n {2}\{\n {4}"scripts"/);
    expect(output).toContain('\nentries   sandbox.out/lab/vpn_catalog.yml\n');
    expect(output).toContain('lab: catalog/lab.yml   1 network to build, 1 entry as it is\n');
    expect(output).toMatch(
      /\naws:\n {2}default:\n {4}aws_region: us-west-2\n[\s\S]*aws_vpc_subnet_id: subnet-/,
    );
    expect(output.trimEnd()).toMatch(/lab-aws-default$/);
    expect(existsSync(join(folder, 'sandbox.out/.gitignore'))).toBe(true);
  });
});

describe('the program of docs/extend.md, with the packed package', () => {
  let onCdktf: Another;
  beforeAll(() => {
    const beside = join(folder, 'own-app');
    mkdirSync(beside);
    onCdktf = new Another(beside);
  });

  it('synthesizes, and patches nothing of cdktf', () => {
    onCdktf.run(process.execPath, 'run.js');
    const [mine, azure, secrets] = onCdktf.stacks();
    expect(Object.keys(mine?.resource ?? {})).toEqual(
      expect.arrayContaining(['aws_vpc', 'aws_vpn_connection', 'aws_security_group', 'aws_flow_log']),
    );
    expect(Object.keys(mine?.resource?.aws_vpn_gateway ?? {})).toHaveLength(1);
    expect(JSON.stringify(mine)).toContain('"ip_address":"${var.office_address}"');
    expect(JSON.stringify(mine)).toContain('"prefix_list_id":"pl-68a54001"');
    expect(Object.keys(azure?.resource ?? {})).toEqual(
      expect.arrayContaining([
        'azurerm_virtual_network_gateway',
        'azurerm_virtual_network_gateway_connection',
      ]),
    );
    expect(JSON.stringify(azure)).toContain('"shared_key":"${var.connection_key}"');
    expect(JSON.stringify(secrets)).toContain('shared/data/aws/*');
  });

  it('gives the same stacks on cdktn, as the page says, also on Node 22', () => {
    const onCdktn = Another.installed(packed, {
      dependencies: { cdktf: 'npm:cdktn@0.24.0', ...(NODE_22 === undefined ? {} : { [NODE_22]: '22.23.5' }) },
      overrides: { cdktf: '$cdktf' },
    });
    const installed = readFileSync(join(onCdktn.folder, 'node_modules/cdktf/package.json'), 'utf8');
    expect(JSON.parse(installed).name).toBe('cdktn');
    onCdktf.run(process.execPath, 'run.js');
    onCdktn.run(process.execPath, 'run.js');
    expect(onCdktn.stacks()).toEqual(onCdktf.stacks());
    if (NODE_22 === undefined) return;
    const node = join(onCdktn.folder, 'node_modules', NODE_22, 'bin/node');
    expect(onCdktn.run(node, '--version')).toMatch(/^v22\./);
    rmSync(join(onCdktn.folder, 'cdktf.out'), { recursive: true });
    onCdktn.run(node, 'run.js');
    expect(onCdktn.stacks()).toEqual(onCdktf.stacks());
  });

  const withTerraform = hasProgram('terraform') || process.env.REQUIRE_TOOLS === '1' ? it : it.skip;
  withTerraform('is valid for Terraform, which plans it in the sandbox', () => {
    onCdktf.run(process.execPath, 'run.js');
    const planned = ['mine', 'azure', 'secrets'].map((stack) => {
      const terraform = (...args: string[]): string =>
        onCdktf.run(
          'npx',
          'kakehashi',
          'sandbox',
          '--',
          'terraform',
          `-chdir=cdktf.out/stacks/${stack}`,
          ...args,
        );
      terraform('init', '-input=false');
      terraform('validate');
      return /Plan: .*/.exec(terraform('plan', '-no-color', '-input=false'))?.[0];
    });
    expect(planned).toEqual([
      'Plan: 50 to add, 0 to change, 0 to destroy.',
      'Plan: 19 to add, 0 to change, 0 to destroy.',
      'Plan: 4 to add, 0 to change, 0 to destroy.',
    ]);
  });

  it('has the command', () => {
    expect(existsSync(join(folder, 'node_modules/.bin/kakehashi'))).toBe(true);
    expect(onCdktf.run('npx', 'kakehashi', '--version').trim()).toBe(
      JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version,
    );
  });
});
