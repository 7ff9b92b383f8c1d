import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { pluginMirror } from '../support/plugin-mirror';
import { freePort, untilAnswering } from '../support/ports';
import { hasProgram } from '../support/programs';
import { Project } from '../support/project';
import { BeforeMoto } from './before-moto';

jest.setTimeout(900_000);

const CATALOG = `cci_version: '1.0'
aws:
  one:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, vpn: none }
`;
const STACK = 'lab-aws-one';

/** After how many objects everything is killed. */
const KILLED_AFTER = [1, 8, 15];

const mirror = pluginMirror();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...(hasProgram('moto_server') ? [] : ['moto_server']),
  ...(mirror ? [] : ['a mirror with the AWS provider (KAKEHASHI_TEST_PLUGIN_MIRROR)']),
  ...(process.env.LIVE === 'all' ? [] : ['minutes for it (LIVE=all)']),
];
const title = 'an apply on the real AWS provider that is killed with its provider, against moto';
const describeReal = missing.length === 0 ? describe : describe.skip;

describeReal(missing.length === 0 ? title : `${title} (skipped: no ${missing.join(', ')})`, () => {
  let moto: ChildProcess;
  let server: Server;
  let motoUrl = '';
  let env: Record<string, string> = {};
  const project = new Project({ 'catalog/lab.yml': CATALOG }, temporaryFolder());

  beforeAll(async () => {
    const [motoPort, port] = [await freePort(), await freePort()];
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(motoPort)], { stdio: 'ignore' });
    motoUrl = `http://127.0.0.1:${motoPort}/moto-api`;
    await untilAnswering(`${motoUrl}/`);
    server = await new BeforeMoto(motoPort).listen(port);
    const rc = join(project.folder, 'terraform.rc');
    writeFileSync(rc, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`);
    env = {
      TF_CLI_CONFIG_FILE: rc,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '2',
    };
  });

  afterAll(() => {
    server?.close();
    server?.closeAllConnections();
    moto?.kill();
  });

  const kakehashi = (...args: readonly string[]) =>
    project.run(process.execPath, [compiledCli(), ...args], env);

  /** Applies until so many objects are made, and kills the driver, Terraform and its provider at once. */
  async function killAfter(objects: number): Promise<void> {
    const driver = spawn(process.execPath, [compiledCli(), 'apply', 'lab', '--yes', '--json'], {
      cwd: project.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = new Promise((resolve) => driver.on('close', resolve));
    let text = '';
    let isKilled = false;
    driver.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (isKilled || text.split('"resource_done"').length <= objects) return;
      isKilled = true;
      driver.kill('SIGKILL');
      // It is the leader of its group, in which its provider is.
      process.kill(-terraformPid(), 'SIGKILL');
    });
    await ended;
    expect(isKilled).toBe(true);
  }

  function terraformPid(): number {
    const lines = readFileSync(join(project.folder, 'cdktf.out.lab/journal.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const { terraform } = JSON.parse(lines.at(-1) ?? '{}') as {
      readonly terraform: { readonly pid: number };
    };
    return terraform.pid;
  }

  /** The networks and what is in them, by kind: how many EC2 lists. */
  async function objects(): Promise<Readonly<Record<string, number>>> {
    const kinds = {
      VPC: ['DescribeVpcs', /<vpcId>/g],
      Subnet: ['DescribeSubnets', /<subnetId>/g],
      RouteTable: ['DescribeRouteTables', /<routeTableId>/g],
      SecurityGroup: ['DescribeSecurityGroups', /<groupName>/g],
      InternetGateway: ['DescribeInternetGateways', /<internetGatewayId>/g],
      Address: ['DescribeAddresses', /<allocationId>/g],
    } as const;
    const counted = Object.entries(kinds).map(async ([kind, [action, item]]) => {
      const text = await (await ec2(action)).text();
      return [kind, (text.match(item) ?? []).length] as const;
    });
    return Object.fromEntries(await Promise.all(counted));
  }

  const ec2 = (action: string) =>
    fetch(motoUrl.replace('/moto-api', '/'), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20300101/ap-northeast-1/ec2/aws4_request, SignedHeaders=host, Signature=x',
      },
      body: `Action=${action}&Version=2016-11-15`,
    });

  it.each(KILLED_AFTER)('converges after %i objects', async (count) => {
    const before = await objects();
    await killAfter(count);
    const again = await kakehashi('apply', 'lab', '--yes');
    expect(again.stdout + again.stderr).toMatch(/left by the run of|no changes|in \d/);
    const last = again.code === 0 ? again : await kakehashi('apply', 'lab', '--yes');
    expect(last.stderr).not.toMatch(/^kakehashi:/m);
    expect({ code: last.code, failed: /failed/.test(last.stdout) ? last.stdout : '' }).toEqual({
      code: 0,
      failed: '',
    });
    const made = await objects();
    expect(made.VPC).toBe((before.VPC ?? 0) + 1);
    expect(made.Subnet).toBe((before.Subnet ?? 0) + 2);
    const planned = await kakehashi('plan', 'lab', '--json');
    const events = planned.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(events.filter(({ type }) => type === 'stack_planned')).toEqual([
      expect.objectContaining({ create: 0, replace: 0, delete: 0, import: 0 }),
    ]);
    // moto forgets the descriptions of rules whose peer is their own group, also in an apply that nobody killed.
    const changed = events.filter(({ type }) => type === 'resource_planned').map((one) => one.resource_type);
    expect(changed.filter((type) => !/^aws_vpc_security_group_(in|e)gress_rule$/.test(String(type)))).toEqual(
      [],
    );
    const destroyed = await kakehashi('destroy', 'lab', '--yes');
    expect(destroyed.code).toBe(0);
    expect(await objects()).toEqual(before);
    expect(readFileSync(join(project.folder, `state/lab/${STACK}.tfstate`), 'utf8')).toContain(
      '"resources": []',
    );
  });
});
