import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/catalog-folder';
import { pluginMirror } from '../support/plugin-mirror';
import { freePort, untilAnswering } from '../support/ports';
import { hasProgram } from '../support/programs';
import { CATALOGS, Project } from '../support/project';
import { synthesizedCatalog } from '../support/synthesized-catalog';

jest.setTimeout(600_000);

const STACKS = ['dev-aws-default', 'dev-aws-osaka'];
/** Not implemented by moto: made once less, so that everything else is tried. */
const NOT_IN_MOTO = ['aws_vpn_connection_route', 'aws_vpn_gateway_route_propagation'];

const mirror = pluginMirror();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...(hasProgram('moto_server') ? [] : ['moto_server']),
  ...(mirror ? [] : ['a mirror with the AWS provider (KAKEHASHI_TEST_PLUGIN_MIRROR)']),
];
const title = 'the real AWS provider against moto';
const describeReal = missing.length === 0 ? describe : describe.skip;

describeReal(missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not installed)`, () => {
  const folder = temporaryFolder();
  let moto: ChildProcess;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    await untilAnswering(`http://127.0.0.1:${port}/moto-api/`);
  });

  afterAll(() => {
    moto?.kill();
  });

  it('applies and destroys the same synthesized stacks, with entries of the shape that the sandbox gives', async () => {
    const simulated = await entriesOfSandbox();
    synthesizedCatalog(CATALOGS, ['dev'], { outDirectory: join(folder, 'cdktf.out') });
    const rc = join(folder, 'terraform.rc');
    writeFileSync(rc, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`);
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: rc,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      AWS_MAX_ATTEMPTS: '2',
    };
    const terraform = async (stack: string, ...args: string[]): Promise<string> => {
      const cwd = join(folder, 'cdktf.out/stacks', stack);
      const { stdout } = await promisify(execFile)('terraform', args, { cwd, env, maxBuffer: 1e8 });
      return stdout;
    };
    await Promise.all(
      STACKS.map(async (stack) => {
        writeFileSync(
          join(folder, 'cdktf.out/stacks', stack, 'moto_override.tf.json'),
          override(stack, port),
        );
        await terraform(stack, 'init', '-input=false', '-no-color');
        const started = Date.now();
        const applied = await terraform(stack, 'apply', '-auto-approve', '-input=false', '-no-color');
        const seconds = (Date.now() - started) / 1000;
        const added = /(\d+) added, 0 changed, 0 destroyed/.exec(applied)?.[1];
        expect(Number(added)).toBeGreaterThan(20);
        const catalog = JSON.parse(await terraform(stack, 'output', '-json')).catalog.value;
        expect(shape(catalog)).toEqual(shape(simulated[stack]));
        const destroyed = await terraform(stack, 'destroy', '-auto-approve', '-input=false', '-no-color');
        expect(destroyed).toContain(`${added} destroyed`);
        process.stderr.write(
          `real provider: ${stack}: ${added} added in ${seconds.toFixed(0)} s, ${added} destroyed\n`,
        );
      }),
    );
  });

  /** What Terraform merges into the configuration: where moto listens, and what it lacks. */
  function override(stack: string, motoPort: number): string {
    const url = `http://127.0.0.1:${motoPort}`;
    mkdirSync(join(folder, 'state/dev'), { recursive: true });
    const synth = synthesizedCatalog(CATALOGS, ['dev']).stacks[stack];
    const absent = NOT_IN_MOTO.flatMap((type) => {
      const named = synth?.resource[type];
      return named
        ? [[type, Object.fromEntries(Object.keys(named).map((name) => [name, { count: 0 }]))]]
        : [];
    });
    return JSON.stringify({
      provider: {
        aws: {
          access_key: 'test',
          secret_key: 'test',
          max_retries: 1,
          skip_credentials_validation: true,
          skip_metadata_api_check: 'true',
          skip_requesting_account_id: true,
          endpoints: { ec2: url, sts: url, iam: url, logs: url },
        },
      },
      ...(absent.length > 0 ? { resource: Object.fromEntries(absent) } : {}),
    });
  }
});

async function entriesOfSandbox(): Promise<Readonly<Record<string, unknown>>> {
  const project = new Project();
  const applied = await project.kakehashi('apply', 'dev', '--sandbox', '--yes');
  expect(applied.code).toBe(0);
  const states = STACKS.map((stack) => [
    stack,
    JSON.parse(project.read(`sandbox.out/dev/state/${stack}.tfstate`)).outputs.catalog.value,
  ]);
  return Object.fromEntries(states);
}

/** A value with everything that a cloud makes up replaced by its kind: `subnet-…` of 8 or 17 digits. */
function shape(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/"(subnet|sg)-(?:[0-9a-f]{8}|[0-9a-f]{17})"/g, '"$1-id"'));
}
