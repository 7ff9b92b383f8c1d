import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(60_000);

const TEAM = `cci_version: '1.0'
vault:
  address: http://127.0.0.1:8200
  mounts: { secret: { create: {} } }
  users:
    alice: { role: regular, create: {} }
    rose: { role: regular, api: readonly, create: {} }
    sue: { role: super, create: {} }
    bob: { role: super, api: readonly, create: {} }
`;

/** The rules for single token roles, as they stand in JSON. */
const NAMED_ROLES =
  /(path \\"auth\/token\/create\/team-[a-z-]+\\" \{\\n {2}capabilities = \[\\"update\\"\]\\n\}\\n\\n)+/g;
/** What stood in their place: any token role of the server. */
const ANY_ROLE = 'path \\"auth/token/create/+\\" {\\n  capabilities = [\\"update\\"]\\n}\\n\\n';

describeWith('terraform', 'policies of super users that an earlier version has applied', () => {
  const project = new Project({ 'catalog/team.yml': TEAM });
  const kakehashi = (...args: string[]) => project.kakehashi(...args, '--sandbox');

  beforeAll(async () => {
    expect((await kakehashi('apply', 'team', '--yes')).code).toBe(0);
    for (const file of ['sandbox.out/team/state/team-vault.tfstate', 'sandbox.out/objects.jsonl']) {
      const now = project.read(file);
      expect(now.match(NAMED_ROLES)).toHaveLength(2);
      project.write(file, now.replace(NAMED_ROLES, ANY_ROLE));
    }
  });

  it('are updated in place, and nothing else is', async () => {
    const { code, stdout } = await kakehashi('plan', 'team', '--json');
    expect(code).toBe(2);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(events.find(({ type }) => type === 'stack_planned')).toMatchObject({
      stack: 'team-vault',
      create: 0,
      update: 2,
      replace: 0,
      delete: 0,
      drift: 0,
      sentences: [
        'Vault http://127.0.0.1:8200: changed in place: policies team-super-fullaccess and team-super-readonly',
        'policy team-super-fullaccess loses update on auth/token/create/+',
        'policy team-super-readonly loses update on auth/token/create/+',
      ],
    });
  });

  it('reach the token roles of their environment afterwards, and no others', async () => {
    expect((await kakehashi('apply', 'team', '--yes')).code).toBe(0);
    expect(project.read('sandbox.out/team/state/team-vault.tfstate')).not.toContain('auth/token/create/+');
    expect((await kakehashi('plan', 'team')).code).toBe(0);
  });
});
