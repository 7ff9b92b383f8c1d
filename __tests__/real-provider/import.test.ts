import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { compiledCli, ROOT } from '../support/compiled';
import { pluginMirror } from '../support/plugin-mirror';
import { freePort, untilAnswering } from '../support/ports';
import { hasProgram } from '../support/programs';
import { Project } from '../support/project';
import { BeforeMoto } from './before-moto';
import { ec2, idIn } from './ec2-api';

jest.setTimeout(900_000);

const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
`;

const mirror = pluginMirror();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...(hasProgram('moto_server') ? [] : ['moto_server']),
  ...(mirror ? [] : ['a mirror with the AWS provider (KAKEHASHI_TEST_PLUGIN_MIRROR)']),
];
const title = 'an import on the real AWS provider against moto';
const describeReal = missing.length === 0 ? describe : describe.skip;

describeReal(missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not installed)`, () => {
  let moto: ChildProcess;
  let server: Server;
  let env: Record<string, string> = {};
  let url = '';
  const project = new Project();

  beforeAll(async () => {
    for (const name of ['base', 'dev', 'staging', 'prod'])
      rmSync(join(project.folder, `catalog/${name}.yml`));
    project.write('catalog/lab.yml', CATALOG);
    const [motoPort, port] = [await freePort(), await freePort()];
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(motoPort)], { stdio: 'ignore' });
    await untilAnswering(`http://127.0.0.1:${motoPort}/moto-api/`);
    server = await new BeforeMoto(motoPort).listen(port);
    url = `http://127.0.0.1:${port}`;
    const rc = join(project.folder, 'terraform.rc');
    writeFileSync(rc, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`);
    env = {
      TF_CLI_CONFIG_FILE: rc,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '2',
    };
    mkdirSync(join(project.folder, 'old'));
    copyFileSync(
      join(ROOT, '__tests__/fixtures/existing-network/main.tf'),
      join(project.folder, 'old/main.tf'),
    );
  });

  afterAll(() => {
    server?.close();
    server?.closeAllConnections();
    moto?.kill();
  });

  const terraform = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await project.run('terraform', ['-chdir=old', ...args], env);
    if (code !== 0) throw new Error(stderr);
    return stdout;
  };
  const kakehashi = (...args: readonly string[]) =>
    project.run(process.execPath, [compiledCli(), ...args], env);

  it('adopts the network of aws_vpn.tf: the plan replaces and destroys nothing, and the second one is empty', async () => {
    await terraform('init', '-input=false', '-no-color');
    const made = await terraform('apply', '-auto-approve', '-input=false', '-no-color');
    expect(made).toContain('18 added, 0 changed, 0 destroyed');
    const old = readFileSync(join(project.folder, 'old/terraform.tfstate'), 'utf8');

    const imported = await kakehashi('import', 'lab', '--state', 'old/terraform.tfstate', '--yes');
    expect(imported.stderr).not.toMatch(/^kakehashi:/m);
    expect(imported.code).toBe(0);
    expect(imported.stdout).toContain('21 objects taken');
    expect(readFileSync(join(project.folder, 'old/terraform.tfstate'), 'utf8')).toBe(old);

    const planned = await kakehashi('plan', 'lab', '--json');
    const [stack] = planned.stdout
      .split('\n')
      .filter((line) => line.includes('"stack_planned"'))
      .map((line) => JSON.parse(line));
    expect(stack).toMatchObject({ create: 1, update: 15, replace: 0, delete: 0, drift: 0 });

    const applied = await kakehashi('apply', 'lab', '--yes');
    expect(applied.stderr).not.toMatch(/^kakehashi:/m);
    expect(applied.code).toBe(0);
    const again = await kakehashi('plan', 'lab');
    expect(again.stdout).toContain('no changes: lab is as the catalog says');
    expect(again.code).toBe(0);
  });

  // All that drift tells, with `LIVE=all`: drift.test.ts.
  it('tells what somebody changes in it afterwards, and nothing else', async () => {
    const state = project.read('state/lab/lab-aws-default.tfstate');
    const group = idIn(state, /^aws_security_group\./);
    const region = /ap-northeast-1|us-west-2/.exec(state)?.[0] ?? '';
    await ec2(url, region, 'AuthorizeSecurityGroupIngress', {
      GroupId: group,
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': '8080',
      'IpPermissions.1.ToPort': '8080',
      'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0',
    });
    const vpc = idIn(state, /^aws_vpc\./);
    await ec2(url, region, 'CreateTags', { 'ResourceId.1': vpc, 'Tag.1.Key': 'owner', 'Tag.1.Value': 'me' });
    const { code, stdout } = await kakehashi('drift', 'lab');
    expect(stdout).toContain('lab: 2 differences, 2 new\n');
    expect(stdout).toMatch(/^ {4}aws_vpc\.\S+: tags owner none → me {3}\(new\)$/m);
    expect(stdout).toContain('rule ingress tcp 8080 from 0.0.0.0/0, not managed by Terraform   (new)\n');
    expect(code).toBe(4);
  });
});
