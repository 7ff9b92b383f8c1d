import { azureNodes } from '../fixtures/azure-nodes';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(240_000);

describeWith('terraform', 'a group of fixed nodes on Azure in the sandbox', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project({ 'catalog/lab.yml': azureNodes('    nodes: 2\n') });
  });

  it('is applied after its network, with what ends it', async () => {
    const { code, stdout, stderr } = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
    expect(stdout).toContain('lab-nodes-workers');
  });

  it('needs nothing in a second plan', async () => {
    const { code, stdout } = await project.kakehashi('plan', 'lab', '--sandbox');
    expect({ code, stdout: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, stdout: 'no changes' });
  });

  it('is destroyed before its network', async () => {
    const { code, stderr } = await project.kakehashi('destroy', 'lab', '--sandbox', '--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  });
});
