import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';

jest.setTimeout(60_000);

const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  one:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none }
`;
const SLOW_TERRAFORM = join(__dirname, '../support/slow-terraform');

describeWith('terraform', 'an apply whose driver is killed by force', () => {
  const folder = temporaryFolder({ 'catalog/dev.yml': CATALOG });

  function kakehashi(...args: readonly string[]) {
    const child = spawn(process.execPath, [compiledCli(), ...args, '--terraform-bin', SLOW_TERRAFORM], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => {
      said.stdout += text;
    });
    child.stderr.on('data', (text) => {
      said.stderr += text;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { child, said, ended };
  }

  const states = () => readdirSync(join(folder, 'state/dev')).filter((name) => !name.endsWith('.backup'));
  const resourcesInState = (): number => {
    const state = JSON.parse(readFileSync(join(folder, 'state/dev/dev-aws-one.tfstate'), 'utf8')) as {
      resources: { instances: unknown[] }[];
    };
    return state.resources.reduce((sum, { instances }) => sum + instances.length, 0);
  };

  it('is finished by Terraform alone; the next run waits for it, finds all in the state, and changes nothing', async () => {
    const killed = kakehashi('apply', 'dev', '--yes', '--json');
    while (!killed.said.stdout.includes('resource_done'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(states()).toContain('.dev-aws-one.tfstate.lock.info');
    const next = kakehashi('apply', 'dev', '--yes');
    const code = await next.ended;
    expect(next.said.stderr).toMatch(
      /^dev-aws-one: the terraform of a killed run still applies it \(process \d+, /,
    );
    expect(next.said.stderr).toMatch(
      /dev-aws-one: terraform went on after its run was killed, and finished its apply\n$/,
    );
    expect(next.said.stdout).toContain('no changes');
    expect(code).toBe(0);
    expect(resourcesInState()).toBe(34);
    expect(states()).toEqual(['dev-aws-one.tfstate']);
    expect(readdirSync(join(folder, 'out/dev/logs')).filter((name) => !name.endsWith('.log'))).toEqual([]);
  });

  it('is finished by Terraform alone when nobody comes back, where it destroys', async () => {
    const killed = kakehashi('destroy', 'dev', '--yes', '--json');
    while (!killed.said.stdout.includes('resource_done'))
      await new Promise((resolve) => setTimeout(resolve, 5));
    killed.child.kill('SIGKILL');
    await killed.ended;
    // Its state can't be read yet: Terraform may be writing it.
    expect(states()).toContain('.dev-aws-one.tfstate.lock.info');
    while (states().length > 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(resourcesInState()).toBe(0);
  });
});
