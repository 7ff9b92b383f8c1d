import { CONTROLLER_CATALOG } from '../fixtures/controller-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

describeWith('terraform', 'a controller in the sandbox', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project({ 'catalog/lab.yml': CONTROLLER_CATALOG }, temporaryFolder());
  });

  const run = (command: string, ...args: string[]) => project.kakehashi(command, 'lab', '--sandbox', ...args);

  /** What a plan does to each resource: `replace docker_container.Controller_Occtr`. */
  async function planned(): Promise<readonly string[]> {
    const { stdout } = await run('plan', '--json');
    return stdout
      .split('\n')
      .filter((line) => line.includes('"resource_planned"'))
      .map((line) => JSON.parse(line))
      .map(({ action, address }) => `${action} ${address}`)
      .sort();
  }

  /** The objects of an engine that are there. */
  function objects(): readonly string[] {
    const made = new Set<string>();
    for (const line of project.read('sandbox.out/objects.jsonl').trim().split('\n')) {
      const { op, type, id } = JSON.parse(line);
      if (op === 'delete') made.delete(`${type} ${id}`);
      else made.add(`${type} ${id}`);
    }
    return [...made].map((name) => name.split(' ')[0] ?? '').sort();
  }

  it('is made with its notebook, and nothing changes in a second plan', async () => {
    const applied = await run('apply', '--yes');
    expect(applied.stdout).toContain('lab-controller');
    expect(applied.code).toBe(0);
    expect(objects()).toEqual([
      'docker_container',
      'docker_container',
      'docker_image',
      'docker_image',
      'docker_network',
    ]);
    expect((await run('plan')).code).toBe(0);
  });

  const OCCTR = 'replace docker_container.Controller_Occtr';
  const NOTEBOOK = 'replace docker_container.Controller_Notebook';

  it.each([
    ['a port of the notebook', 'jupyter: 8889', 'jupyter: 8890', [NOTEBOOK]],
    ['a folder', 'config: /srv/vcp/config', 'config: /srv/vcp/other', [OCCTR]],
    ['the image', 'sha256:dd', 'sha256:ad', ['replace docker_image.Image', OCCTR].sort()],
  ])('is new with a change of %s, and so is nothing else', async (_, from, to, changes) => {
    project.edit('catalog/lab.yml', from, to);
    expect(await planned()).toEqual(changes);
    project.edit('catalog/lab.yml', to, from);
  });

  it('leaves nothing on its host but images, which others may use', async () => {
    expect((await run('destroy', '--yes')).code).toBe(0);
    expect(objects()).toEqual(['docker_image', 'docker_image']);
  });
});
