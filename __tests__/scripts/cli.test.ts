import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compiledCli } from '../support/compiled';
import { ScriptedProject } from '../support/scripted-terraform';

jest.setTimeout(30_000);
const COMMANDS = [
  'validate',
  'synth',
  'plan',
  'apply',
  'entries',
  'destroy',
  'schema',
  'list',
  'gateway',
  'status',
  'doctor',
  'affected',
  'drift',
  'draw',
  'review',
  'explain',
  'nodes',
  'renew',
  'sandbox',
  'secret',
  'token',
  'completion',
];

function kakehashi(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiledCli(), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    cwd,
  });
  return { status, stdout, stderr };
}

describe('the command line', () => {
  test('lists what there is', () => {
    const { status, stdout } = kakehashi(['--help']);
    expect(status).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  });

  test.each([
    [['plna'], "kakehashi: unknown command 'plna' (Did you mean plan?); see: kakehashi --help"],
    [['plan', 'dev', '--stak', 'x'], "kakehashi: unknown option '--stak' (Did you mean --stack?)"],
    [['plan', 'dev', '--env', 'prod'], 'kakehashi: two environments: "dev" by position and "prod" by --env'],
    [
      ['entries', 'dev', '--json'],
      'kakehashi: entries: stdout is for the YAML; with --json also give --out FILE',
    ],
    [
      ['token', 'secret-id', 'ci', '--json'],
      'kakehashi: token secret-id: stdout is for the wrapping token; leave --json out',
    ],
    [
      ['plan'],
      'kakehashi: which environment? there are dev, prod and staging; name one, for instance: kakehashi plan dev',
    ],
    [
      ['plan', 'dev', '--parallelism', '0'],
      'kakehashi: --parallelism: must be a whole number from 1 to 999, got "0"',
    ],
    [
      ['completion', 'tcsh'],
      "kakehashi: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.",
    ],
    [['sandbox', 'edit', 'aws_vpc', 'vpc-1', 'x'], 'kakehashi: sandbox edit: must be key=json, got "x"'],
    [['sandbox'], 'kakehashi: sandbox: which command? for instance: kakehashi sandbox -- npx cdktf deploy'],
  ])('%j is refused in one line, with 64', (args, line) => {
    expect(kakehashi(args)).toEqual({ status: 64, stdout: '', stderr: `${line}\n` });
  });

  test('--env and KAKEHASHI_ENV name the environment; the position beats the variable', () => {
    const project = new ScriptedProject();
    const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      kakehashi(args, env, project.folder);
    expect(run(['synth', '--env', 'dev']).stdout).toMatch(/^dev: 2 stacks in cdktf\.out\.dev /);
    expect(run(['synth'], { KAKEHASHI_ENV: 'dev' }).status).toBe(0);
    expect(run(['synth', 'dev'], { KAKEHASHI_ENV: 'prod' }).status).toBe(0);
    expect(run(['synth', 'catalog/dev.yml']).status).toBe(0);
    expect(run(['synth', 'dev', '--sandbox']).stdout).toContain('sandbox.out/dev/synth');
    const unknown = run(['synth', 'prod']);
    expect(unknown.status).toBe(64);
    expect(unknown.stderr).toMatch(
      /^kakehashi: there is no environment "prod" in catalog; environments: dev\n$/,
    );
    project.remove();
  });

  test.each([
    ['KAKEHASHI_SANDBOX', 'ture'],
    ['KAKEHASHI_FROZEN', 'x'],
    ['KAKEHASHI_JSON', '2'],
  ])('%s must be a switch', (name, value) => {
    const { status, stderr } = kakehashi(['validate'], { [name]: value });
    expect({ status, stderr }).toEqual({
      status: 64,
      stderr: `kakehashi: ${name}: must be 1, true, yes or on, or 0, false, no or off, got "${value}"\n`,
    });
  });

  test('says what is wrong with the folder of the catalogs', () => {
    const project = new ScriptedProject();
    const run = (...args: string[]) => kakehashi(args, {}, project.folder).stderr;
    const help = (folder: string) =>
      `go to your project, name another folder with --catalog, or begin with a file ${folder}/dev.yml (kakehashi validate --help names the page on catalogs), then: kakehashi validate dev`;
    const absent = `kakehashi: there is no folder none; ${help('none')}\n`;
    expect(run('validate', '--catalog', 'none')).toBe(absent);
    expect(run('validate', 'dev', '--catalog', 'none')).toBe(absent);
    project.write('plain', '');
    expect(run('validate', '--catalog', 'plain')).toBe(
      'kakehashi: plain is a file, not a folder of catalogs; name a folder with --catalog\n',
    );
    project.write('catalog/lab.yaml', '');
    expect(run('validate', 'lab')).toBe(
      'kakehashi: catalog/lab.yaml is no environment: their files end in .yml; rename it to catalog/lab.yml\n',
    );
    project.remove();
  });

  test('validate tells what a common base gets wrong once, and no environment about its neighbour', () => {
    const project = new ScriptedProject();
    project.write('catalog/base.yml', 'cci_version: 1.0\n');
    for (const name of ['a', 'b', 'c']) project.write(`catalog/${name}.yml`, `extends: base.yml\n`);
    project.write('catalog/d.yml', 'cci_version: 2\n');
    const { status, stdout, stderr } = kakehashi(['validate', '--no-color'], {}, project.folder);
    const all = stdout + stderr;
    expect(status).toBe(1);
    expect(all.match(/base\.yml:1:14: cci_version/g)).toHaveLength(1);
    expect(all).not.toContain('of its own');
    expect(all).toContain('\nb: not valid; its problems are shown above\n');
    project.remove();
  });

  test('loads no YAML and no gRPC for help', () => {
    const source = `process.argv.push('--help'); process.on('exit', () => process.stderr.write(Object.keys(require.cache).join(' '))); require(${JSON.stringify(compiledCli())})`;
    const { stderr } = spawnSync(process.execPath, ['-e', source, '--', 'x'], { encoding: 'utf8' });
    expect(stderr).toContain('commander');
    expect(stderr).not.toMatch(/node_modules\/(yaml|cdktf|protobufjs)|terraform\/plugin\//);
  });
});

describe('Terraform', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
  const program = (version: string) => {
    const file = path.join(folder, 'terraform');
    writeFileSync(file, `#!/bin/sh\necho '{"terraform_version":"${version}"}'\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const project = new ScriptedProject();
  afterAll(() => {
    rmSync(folder, { recursive: true });
    project.remove();
  });

  const INSTALL = 'install Terraform 1.6 or newer, or OpenTofu 1.8 or newer, or name it with --terraform-bin';

  test('that is too old gets one line, before anything else happens', () => {
    const file = program('1.5.7');
    const { status, stdout, stderr } = kakehashi(
      ['plan', 'dev', '--terraform-bin', file],
      {},
      project.folder,
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(`kakehashi: ${file}: terraform 1.5.7 is too old; ${INSTALL}\n`);
    expect(project.has('cdktf.out.dev')).toBe(false);
  });

  test('that is missing gets one line', () => {
    const { status, stderr } = kakehashi(
      ['plan', 'dev'],
      { PATH: '/nowhere', KAKEHASHI_TERRAFORM_BIN: '' },
      project.folder,
    );
    expect(status).toBe(1);
    expect(stderr).toBe(`kakehashi: neither terraform nor tofu is on the PATH; ${INSTALL}\n`);
    expect(kakehashi(['plan', 'dev', '--terraform-bin', './nope'], {}, project.folder).stderr).toBe(
      `kakehashi: ./nope: there is no such program; ${INSTALL}\n`,
    );
  });

  test('is not misled by variables of the user', () => {
    program('1.11.4');
    const file = path.join(folder, 'terraform');
    writeFileSync(file, `${readFileSync(file, 'utf8')}env > ${folder}/env.txt\n`);
    const env = {
      TF_CLI_ARGS_plan: '-target=x',
      TF_WORKSPACE: 'w',
      TF_REATTACH_PROVIDERS: '{}',
      TF_CLI_CONFIG_FILE: '/no/such',
      AWS_PROFILE: 'lab',
    };
    kakehashi(['plan', 'dev', '--terraform-bin', file], env, project.folder);
    const seen = readFileSync(path.join(folder, 'env.txt'), 'utf8');
    expect(seen).not.toMatch(/TF_CLI_ARGS|TF_WORKSPACE|TF_REATTACH|TF_CLI_CONFIG_FILE/);
    expect(seen).toMatch(/^AWS_PROFILE=lab$/m);
    for (const set of ['CHECKPOINT_DISABLE=1', 'TF_IN_AUTOMATION=1', 'TF_INPUT=0'])
      expect(seen).toContain(set);
  });
});

describe('validate', () => {
  test('names every environment, and exits with 1 for a wrong one', () => {
    const project = new ScriptedProject();
    project.write('catalog/bad.yml', 'site: { public-ip: 198.51.100.10 }\n');
    const { status, stdout } = kakehashi(['validate'], {}, project.folder);
    expect(status).toBe(1);
    expect(stdout).toContain('catalog/bad.yml:1:');
    expect(stdout).toContain('did you mean "public_ip"?');
    expect(stdout).toContain('dev: catalog/dev.yml   2 networks to build, 1 entry as it is, 1 warning\n');
    expect(kakehashi(['validate', 'dev'], {}, project.folder).status).toBe(0);
    project.remove();
  });

  test('takes a path to any vpn_catalog.yml', () => {
    const project = new ScriptedProject();
    project.write('elsewhere/vpn_catalog.yml', "cci_version: '1.0'\nonpremises:\n  default: {}\n");
    expect(kakehashi(['validate', 'elsewhere/vpn_catalog.yml'], {}, project.folder).status).toBe(0);
    const { stdout } = kakehashi(['validate', 'elsewhere/vpn_catalog.yml', '--json'], {}, project.folder);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'catalog_valid', networks: 0, adopted: 1 });
    project.remove();
  });
});
