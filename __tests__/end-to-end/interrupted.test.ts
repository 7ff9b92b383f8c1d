import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

/** Objects that exist at most once in the example environment: two of one would be a resource built twice. */
const PER_NETWORK = [
  'aws_vpc',
  'aws_customer_gateway',
  'aws_vpn_gateway',
  'aws_vpn_connection',
  'aws_security_group',
];

async function countOf(project: Project, type: string): Promise<number> {
  const listed = await project.kakehashi('sandbox', 'list', type, '--json');
  return listed.stdout.split('\n').filter((line) => line !== '').length;
}

/** Starts an apply whose NAT gateway takes seconds, and waits until that is all it waits for. */
async function applySlowly(project: Project): Promise<ChildProcess> {
  project.write(
    'faults.json',
    '[{ "type": "aws_nat_gateway", "operation": "create", "fault": "delay", "seconds": 4 }]',
  );
  const child = spawn(process.execPath, [compiledCli(), 'apply', 'dev', '--sandbox', '--yes', '--json'], {
    cwd: project.folder,
    env: { ...process.env, KAKEHASHI_SANDBOX_FAULTS: join(project.folder, 'faults.json') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      // The NAT gateway waits for this route, so it is the last but one.
      if (/resource_done.*Network_Public_ToInternet/.test(output)) setTimeout(resolve, 1000);
    });
    child.on('close', () => reject(new Error(`ended early:\n${output}`)));
  });
  child.removeAllListeners('close');
  return child;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve));
}

async function expectEachOnce(project: Project): Promise<void> {
  for (const type of PER_NETWORK) expect([type, await countOf(project, type)]).toEqual([type, 2]);
}

describeWith('terraform', 'an apply that does not get to its end', () => {
  it('is taken up again after a kill, and builds nothing twice', async () => {
    const project = new Project();
    const child = await applySlowly(project);
    const end = ended(child);
    child.kill('SIGKILL');
    await end;
    // The provider died with the driver; Terraform notices, saves its state and ends. The next run waits for that.
    const again = await project.kakehashi('apply', 'dev', '--sandbox', '--yes');
    expect(again.stdout + again.stderr).toMatch(/stopped while it applied .*planning anew/);
    expect(again.code).toBe(0);
    await expectEachOnce(project);
    expect((await project.kakehashi('plan', 'dev', '--sandbox')).code).toBe(0);
  });

  it('loses nothing when it is interrupted, says how to go on, and exits 130', async () => {
    const project = new Project();
    const child = await applySlowly(project);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const end = ended(child);
    child.kill('SIGINT');
    expect(await end).toBe(130);
    expect(said).toMatch(/interrupting: waiting for terraform/);
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    await expectEachOnce(project);
  });

  it('says what was refused, with the code, applies the other stack, and goes on when run again', async () => {
    const project = new Project({
      'faults.json':
        '[{ "type": "aws_vpn_connection", "operation": "create", "call": 1, "fault": "error", "code": "VpnConnectionLimitExceeded" }]',
    });
    const failed = await project.run(
      process.execPath,
      [compiledCli(), 'apply', 'dev', '--sandbox', '--yes'],
      {
        KAKEHASHI_SANDBOX_FAULTS: 'faults.json',
      },
    );
    expect(failed.code).toBe(1);
    const text = failed.stdout + failed.stderr;
    expect(text).toMatch(/aws_vpn_connection\.Vpn_Connection: .*VpnConnectionLimitExceeded/s);
    expect(text).toMatch(/run the same command again/);
    expect(text).not.toMatch(/\n\s+at .*\.js:\d+/);
    expect(await countOf(project, 'aws_vpn_connection')).toBe(1);
    expect(project.has('sandbox.out/dev/vpn_catalog.yml')).toBe(false);
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    await expectEachOnce(project);
  });
});
