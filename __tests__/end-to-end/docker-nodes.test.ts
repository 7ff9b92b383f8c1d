import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { base, dockerCatalog, web } from '../catalog/docker/catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { describeWith } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(240_000);

const TWO = '{ a: { address: 10.0.2.31 }, b: { address: 10.0.2.32, jump: admin@bastion.example.org } }';
const FILE = `{ tar: images/web.tar, sha256: 'sha256:${'c'.repeat(64)}' }`;

const catalog = (hosts = TWO, more: Readonly<Record<string, string>> = {}): string =>
  dockerCatalog(
    base({ hosts, volumes: '{ data: /data }', ...more }, 'workers') +
      web({ hosts: '{ c: { address: 10.0.2.33 } }', ports: "['8080:80']", health: '[CMD, "true"]' }) +
      web({ hosts: '{ d: { address: 10.0.2.34 } }', image: FILE }, 'file'),
  );

describeWith('terraform', 'node groups on Docker hosts in the sandbox', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project({}, temporaryFolder());
  });

  const plain = (text: string): string => text.replace(/\s+/g, ' ');
  const run = async (...args: string[]) => {
    const { code, stdout, stderr }: Finished = await project.kakehashi(...args);
    return { code, said: plain(`${stdout} ${stderr}`) };
  };
  const write = (text: string) => project.write('catalog/dev.yml', text);

  it('says what is made on each host, and applies it', async () => {
    write(catalog());
    const plan = await run('plan', 'dev', '--sandbox');
    expect(plan.code).toBe(2);
    expect(plan.said).toContain(
      'base container dev-workers-a on ssh://root@10.0.2.31:20022 from harbor.example.org/vcp/base@sha256:',
    );
    expect(plan.said).toContain('it may do on the host what root may, volumes data');
    expect(plan.said).toContain('an apply waits until it is healthy');
    const applied = await run('apply', 'dev', '--sandbox', '--yes');
    expect(applied.said).not.toContain('Error');
    expect(applied.code).toBe(0);
  });

  it('changes nothing when it is applied again', async () => {
    const plan = await run('plan', 'dev', '--sandbox');
    expect(plan.code).toBe(0);
    expect(plan.said).toMatch(/no changes $/);
  });

  it('writes no files for OpenSSH: no host is real', () => {
    expect(existsSync(join(project.folder, 'out'))).toBe(false);
    expect(project.has('sandbox.out/dev/ssh/config')).toBe(false);
  });

  it('says that a container is replaced, and why', async () => {
    write(catalog(TWO, { params: "{ e: ['A=1'] }" }));
    const { said } = await run('plan', 'dev', '--sandbox');
    expect(said).toContain(
      'container dev-workers-a on ssh://root@10.0.2.31:20022 is REPLACED because of environment: what runs in it ends, what it wrote outside of its volumes is lost',
    );
    expect(said).not.toContain('dev-web-c');
  });

  it('destroys a node whose host left the catalog, with its volume, and touches no other', async () => {
    write(catalog('{ b: { address: 10.0.2.32, jump: admin@bastion.example.org } }'));
    const plan = await run('plan', 'dev', '--sandbox');
    expect(plan.said).toContain(
      'volume dev-workers-a-data is DELETED with all that is in it container dev-workers-a on ssh://root@10.0.2.31:20022 is DELETED',
    );
    expect(plan.said).not.toContain('10.0.2.32');
    expect((await run('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
  });

  it('leaves nothing when all is destroyed', async () => {
    expect((await run('destroy', 'dev', '--sandbox', '--yes')).code).toBe(0);
    const log = project.read('sandbox.out/objects.jsonl').trim().split('\n');
    const made = new Set<string>();
    for (const line of log) {
      const { op, type, id } = JSON.parse(line);
      if (op === 'delete') made.delete(`${type} ${id}`);
      else made.add(`${type} ${id}`);
    }
    expect([...made].filter((name) => /^docker_(container|volume)/.test(name))).toEqual([]);
  });
});
