import { join } from 'node:path';
import { listObjects } from '../../sandbox/store/objects';
import { azureNodes, SSH_KEY } from '../fixtures/azure-nodes';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(240_000);

const GROUPS = `${azureNodes('    nodes: 2\n')}  pool:
    network: azure/east2
    kind: elastic
    nodes: { initial: 1, max: 3 }
    ssh_public_keys: [${SSH_KEY}]
`;

describeWith('terraform', 'groups of nodes on Azure in the sandbox', () => {
  let project: Project;
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
  beforeAll(() => {
    project = new Project({ 'catalog/lab.yml': GROUPS });
  });

  it('are applied after their network, and the plan says what ends them', async () => {
    const { code, stdout } = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect({ code, stdout }).toEqual({ code: 0, stdout });
    const [network, fixed, elastic] = ['lab-azure-default', 'lab-nodes-workers', 'lab-nodes-pool'].map((id) =>
      project.has(`sandbox.out/lab/state/${id}.tfstate`),
    );
    expect([network, fixed, elastic]).toEqual([true, true, true]);
  });

  it('need nothing in a second plan', async () => {
    const { code, stdout } = await project.kakehashi('plan', 'lab', '--sandbox');
    expect({ code, stdout: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, stdout: 'no changes' });
  });

  it('are told with their states and addresses, those of a scale set too, where the cloud is asked', async () => {
    const { code, stdout } = await project.kakehashi('nodes', 'lab', '--refresh', '--sandbox');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^workers +n1 +RUNNING +172\.\S+ +lab-workers-n1$/m);
    expect(stdout).toMatch(/^pool +- +RUNNING +172\.\S+ +lab-pool_\S+$/m);
    expect(stdout).toMatch(/^pool +elastic .* 1 of 3 /m);
    expect(project.has('sandbox.out/lab/synth/look/stacks/lab-nodes-pool')).toBe(false);
  });

  it('are waited for until they answer, and no longer than they may boot', async () => {
    const waiting = (seconds: string) =>
      project.run(process.execPath, [compiledCli(), 'nodes', 'lab', '--refresh', '--wait', '--sandbox'], {
        KAKEHASHI_SANDBOX_BOOT_SECONDS: seconds,
      });
    const { code, stdout } = await waiting('0');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('wait      0 s   3 nodes RUNNING\n'),
    });
    expect((await waiting('x')).stderr).toContain(
      'KAKEHASHI_SANDBOX_BOOT_SECONDS: must be a whole number of seconds from 0 to 7200, got "x"',
    );
  });

  it('get and lose a node, and no other one is touched', async () => {
    project.edit('catalog/lab.yml', 'nodes: 2', 'nodes: 3');
    const plan = await project.kakehashi('plan', 'lab', '--sandbox');
    expect(plan.code).toBe(2);
    expect(oneLine(plan.stdout)).toContain('node n3 is made');
    expect((await project.kakehashi('apply', 'lab', '--sandbox', '--yes')).code).toBe(0);
    project.edit('catalog/lab.yml', 'nodes: 3', 'nodes: 2');
    const { code, stdout } = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect(code).toBe(0);
    expect(oneLine(stdout)).toContain('node n3 ends: what is on the OS disk is lost');
    expect((await project.kakehashi('plan', 'lab', '--sandbox')).code).toBe(0);
  });

  it('end where they are gone from the catalog', async () => {
    project.edit('catalog/lab.yml', GROUPS.slice(GROUPS.indexOf('  pool:')), '');
    const { code, stdout } = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect({ code, stdout }).toEqual({ code: 0, stdout });
    expect(oneLine(stdout)).toContain('the node group is DESTROYED: all its nodes end');
  });

  it('are destroyed before their network', async () => {
    const { code, stdout } = await project.kakehashi('destroy', 'lab', '--sandbox', '--yes');
    expect({ code, stdout }).toEqual({ code: 0, stdout });
    expect(listObjects(join(project.folder, 'sandbox.out/objects.jsonl'))).toEqual([]);
  });
});
