import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeCatalog, nodeGroup } from '../fixtures/node-catalog';
import { NODE_SCRIPTS } from '../fixtures/options/aws-nodes';
import { temporaryFolder } from '../support/catalog-folder';
import { pluginMirror } from '../support/plugin-mirror';
import { freePort, untilAnswering } from '../support/ports';
import { hasProgram } from '../support/programs';
import { synthesizedCatalog } from '../support/synthesized-catalog';

jest.setTimeout(600_000);

const IMAGE = "cloud_image: { name: 'amzn2-ami-hvm-2.0*', owner: amazon }";

/** Groups with all that moto knows: what it lacks is in no group here (spot instances of fixed groups, placement groups). */
const CATALOG =
  nodeCatalog(
    `nodes: 2, ${IMAGE}, disks: { data: { size: 20, mount: /data }, scratch: { size: 10, mount: /scratch } }`,
  ) +
  nodeGroup(
    `kind: elastic, nodes: { initial: 1, max: 3 }, ${IMAGE}, instance_type: [m7i.large, m6i.large], spot: { max_price: 0.05 }, ssm: true`,
    'burst',
  ) +
  nodeGroup(
    `${IMAGE}, registry: { host: harbor.example.org, user: 'vault://secret/user', password: 'vault://secret/password' }, user_init_command: { file: init.sh }`,
    'scripted',
  ) +
  "vault: { address: 'https://vault.example.org:8200', mounts: { secret: {} } }\n";

const mirror = pluginMirror();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...(hasProgram('moto_server') ? [] : ['moto_server']),
  ...(mirror ? [] : ['a mirror with the AWS provider (KAKEHASHI_TEST_PLUGIN_MIRROR)']),
];
const title = 'node groups on the real AWS provider against moto';
const describeReal = missing.length === 0 ? describe : describe.skip;

const ALL = process.env.LIVE === 'all';

/** With LIVE=all: minutes more on a small machine. */
const further = ALL ? it : it.skip;

describeReal(missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not installed)`, () => {
  const folder = temporaryFolder({
    'catalog/lab.yml': CATALOG,
    'catalog/init.sh': NODE_SCRIPTS['init.sh'] ?? '',
  });
  let moto: ChildProcess;
  let url = '';

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    await untilAnswering(`${url}/moto-api/`);
    const outDirectory = join(folder, 'cdktf.out');
    const { stacks } = synthesizedCatalog(join(folder, 'catalog'), ['lab'], { outDirectory });
    writeFileSync(
      join(folder, 'terraform.rc'),
      `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`,
    );
    for (const stack of Object.keys(stacks))
      writeFileSync(
        join(outDirectory, 'stacks', stack, 'moto_override.tf.json'),
        JSON.stringify({ ...providerAt(url), ...quiet(stacks[stack]?.resource ?? {}) }),
      );
    await init('lab-aws-default');
    expect(await apply('lab-aws-default')).toMatch(/ added, 0 changed, 0 destroyed/);
  });

  afterAll(() => {
    moto?.kill();
  });

  const terraform = async (
    stack: string,
    variables: Readonly<Record<string, string>>,
    ...args: string[]
  ): Promise<string> => {
    const cwd = join(folder, 'cdktf.out/stacks', stack);
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'),
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      AWS_MAX_ATTEMPTS: '2',
      ...variables,
    };
    const { stdout } = await promisify(execFile)('terraform', args, { cwd, env, maxBuffer: 1e8 });
    return stdout;
  };
  const init = (stack: string) => terraform(stack, {}, 'init', '-input=false', '-no-color');
  const OPTIONS = ['-auto-approve', '-input=false', '-no-color'];
  const apply = async (
    stack: string,
    variables: Readonly<Record<string, string>> = {},
    ...args: string[]
  ): Promise<string> => {
    const text = await terraform(stack, variables, 'apply', ...OPTIONS, ...args);
    return /Apply complete! (.*)\./.exec(text)?.[1] ?? text;
  };
  const destroy = async (stack: string): Promise<string> => {
    const text = await terraform(stack, {}, 'destroy', ...OPTIONS);
    return /Destroy complete! (.*)\./.exec(text)?.[1] ?? text;
  };
  const outputs = async (stack: string) => JSON.parse(await terraform(stack, {}, 'output', '-json'));
  const at = (time: string) => ({ TF_VAR_now: time });

  const stack = 'lab-nodes-workers';

  it('makes fixed nodes with their disks, and none anew that ended by itself', async () => {
    await init(stack);
    expect(await apply(stack, at('2030-01-01T00:00:00Z'))).toBe(
      'Resources: 18 added, 0 changed, 0 destroyed',
    );
    const { nodes, lease } = await outputs(stack);
    expect(nodes.value.workers.nodes).toEqual({
      n1: { address: expect.stringMatching(/^172\.30\.2\./), instance_id: expect.stringMatching(/^i-/) },
      n2: { address: expect.stringMatching(/^172\.30\.2\./), instance_id: expect.stringMatching(/^i-/) },
    });
    expect(lease.value).toEqual({
      start: '2030-01-01T00:00:00Z',
      end: '2030-01-01T00:50:00Z',
      seconds: 3000,
      idle: 900,
      ended: [],
    });
    expect(await apply(stack, at('2030-01-01T00:20:00Z'))).toBe('Resources: 0 added, 0 changed, 0 destroyed');
    // A node that ended by itself is not made anew; its disks go with it.
    expect(await apply(stack, { ...at('2030-01-01T00:30:00Z'), TF_VAR_ended: '["n2"]' })).toBe(
      'Resources: 0 added, 0 changed, 6 destroyed',
    );
  });

  further('ends fixed nodes with their lease, and makes them anew', async () => {
    expect(await apply(stack, at('2030-01-01T00:50:00Z'))).toBe('Resources: 0 added, 0 changed, 6 destroyed');
    expect(await apply(stack, at('2030-01-01T01:00:00Z'))).toBe('Resources: 0 added, 0 changed, 0 destroyed');
    expect(await apply(stack, at('2030-01-02T00:00:00Z'), '-replace=terraform_data.Lease')).toBe(
      'Resources: 13 added, 0 changed, 1 destroyed',
    );
    expect(await apply(stack, at('2030-01-02T00:10:30Z'), '-replace=terraform_data.Lease')).toBe(
      'Resources: 1 added, 2 changed, 1 destroyed',
    );
    expect((await outputs(stack)).lease.value.end).toBe('2030-01-02T01:00:30Z');
    expect(
      await terraform(stack, {}, 'state', 'show', '-no-color', 'aws_scheduler_schedule.LeaseEnd["n1"]'),
    ).toContain('at(2030-01-02T01:01:00)');
  });

  it('destroys fixed nodes with all that belongs to them', async () => {
    expect(await destroy(stack)).toBe(`Resources: ${ALL ? 18 : 12} destroyed`);
  });

  further('makes an elastic group, whose largest size is 0 after its lease', async () => {
    const stack = 'lab-nodes-burst';
    await init(stack);
    expect(await apply(stack, at('2030-01-01T00:00:00Z'))).toBe('Resources: 8 added, 0 changed, 0 destroyed');
    expect((await outputs(stack)).nodes.value.burst).toMatchObject({
      nodes: {},
      group_name: 'lab-nodes-burst',
      max: 3,
    });
    expect(await apply(stack, at('2030-01-01T00:20:00Z'))).toBe('Resources: 0 added, 0 changed, 0 destroyed');
    expect(await apply(stack, at('2030-01-01T00:50:00Z'))).toBe('Resources: 0 added, 1 changed, 1 destroyed');
    expect(await terraform(stack, {}, 'state', 'show', '-no-color', 'aws_autoscaling_group.Nodes')).toMatch(
      /max_size += {1,2}0\n/,
    );
    expect(await destroy(stack)).toBe('Resources: 7 destroyed');
  });

  further('keeps a long script in a private bucket and secrets out of the state', async () => {
    const stack = 'lab-nodes-scripted';
    const secrets = {
      TF_VAR_registry_auth: JSON.stringify({
        'scripted/registry-user': 'robot-of-the-lab',
        'scripted/registry-password': 'not-in-the-state',
      }),
    };
    await init(stack);
    expect(await apply(stack, { ...at('2030-01-01T00:00:00Z'), ...secrets })).toBe(
      'Resources: 20 added, 0 changed, 0 destroyed',
    );
    const state = await terraform(stack, {}, 'state', 'pull');
    expect(state).toContain('lab-nodes-scripted/registry-password');
    expect(state).not.toMatch(/robot-of-the-lab|not-in-the-state/);
    expect(await apply(stack, { ...at('2030-01-01T00:20:00Z'), ...secrets })).toBe(
      'Resources: 0 added, 0 changed, 0 destroyed',
    );
    expect(await destroy(stack)).toBe('Resources: 20 destroyed');
  });
});

/** The provider's end, where moto listens. */
function providerAt(url: string): object {
  const services = ['ec2', 'sts', 'iam', 'logs', 'scheduler', 'autoscaling', 'ssm', 's3', 'secretsmanager'];
  return {
    provider: {
      aws: {
        access_key: 'test',
        secret_key: 'test',
        max_retries: 1,
        skip_credentials_validation: true,
        skip_metadata_api_check: 'true',
        skip_requesting_account_id: true,
        s3_use_path_style: true,
        endpoints: Object.fromEntries(services.map((service) => [service, url])),
      },
    },
  };
}

/**
 * What moto shows wrongly afterwards, the security group of an instance and the tags of a launch template; and what it applies
 * without its condition, so that nobody could write to the bucket.
 */
const OVERRIDES: readonly (readonly [type: string, name: string, override: object])[] = [
  ['aws_instance', 'Nodes', { lifecycle: { ignore_changes: ['ami', 'vpc_security_group_ids'] } }],
  [
    'aws_launch_template',
    'Nodes_Template',
    { lifecycle: { ignore_changes: ['image_id', 'tag_specifications', 'tags', 'tags_all'] } },
  ],
  ['aws_s3_bucket_policy', 'Script_Policy', { count: 0 }],
];

function quiet(resources: Readonly<Record<string, unknown>>): object {
  const found = OVERRIDES.filter(([type]) => type in resources).map(([type, name, override]) => [
    type,
    { [name]: override },
  ]);
  return found.length === 0 ? {} : { resource: Object.fromEntries(found) };
}
