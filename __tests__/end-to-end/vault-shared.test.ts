import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

const HEAD = "cci_version: '1.0'\n";
const ADDRESS = 'http://127.0.0.1:8200';
const TEAM = `${HEAD}vault: { address: '${ADDRESS}', mounts: { secret: { create: {} }, build: { create: {} } } }\n`;
const LAB = `${HEAD}vault: { address: '${ADDRESS}', preshared_keys: vault://secret/vpn }\n`;

describeWith('terraform', 'a mount that another environment of the folder uses', () => {
  const project = new Project({ 'catalog/team.yml': TEAM, 'catalog/lab.yml': LAB });
  const kakehashi = (...args: string[]) => project.kakehashi(...args, '--sandbox');
  const refusal = (mounts: string, line: string) =>
    `${mounts}: must stay, because other environments use the same Vault, and what is in it would be destroyed:\n  ${line}\n  help: `;
  const NEEDED = 'lab needs it: vault.preshared_keys (vault://secret/vpn)';

  beforeAll(async () => {
    expect((await kakehashi('apply', 'team', '--yes')).code).toBe(0);
  });

  it('is not destroyed with the environment that makes it', async () => {
    const { code, stdout } = await kakehashi('destroy', 'team', '--yes');
    expect(code).toBe(1);
    expect(stdout).toContain(refusal('mount secret', NEEDED));
    expect((await kakehashi('plan', 'team')).code).toBe(0);
  });

  it.each([
    ['its create is gone', TEAM.replace('secret: { create: {} }', 'secret: {}')],
    ['all creates are gone', TEAM.replaceAll('create: {}', '')],
    ['its path is another', TEAM.replace('secret: { create', 'secrets: { create')],
  ])('is not destroyed by a plan or an apply where %s', async (_, catalog) => {
    project.write('catalog/team.yml', catalog);
    for (const args of [['plan'], ['apply', '--yes']]) {
      const { code, stdout } = await kakehashi(...args, 'team');
      expect(code).toBe(1);
      expect(stdout).toContain(NEEDED);
    }
    project.write('catalog/team.yml', TEAM);
  });

  it('is not destroyed while a catalog of the folder cannot be read', async () => {
    project.write('catalog/lab.yml', 'vault: [\n');
    const { code, stdout } = await kakehashi('destroy', 'team', '--yes');
    expect(code).toBe(1);
    expect(stdout).toContain(
      "lab may need it: its catalog can't be read as a whole (kakehashi validate lab)",
    );
  });

  it('is not destroyed by a saved plan, where the other came to need it since', async () => {
    project.write('catalog/lab.yml', HEAD);
    project.write('catalog/team.yml', TEAM.replace('build: { create: {} }', 'build: {}'));
    expect((await kakehashi('plan', 'team')).code).toBe(2);
    project.write('catalog/lab.yml', LAB.replace('vault://secret', 'vault://build'));
    const { code, stderr } = await kakehashi('apply', 'team', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain(
      refusal('mount build', 'lab needs it: vault.preshared_keys (vault://build/vpn)'),
    );
    project.write('catalog/team.yml', TEAM);
  });

  it('is destroyed where nothing of the other is in it any more', async () => {
    project.write('catalog/lab.yml', HEAD);
    expect((await kakehashi('destroy', 'team', '--yes')).code).toBe(0);
  });
});
