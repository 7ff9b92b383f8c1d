import {
  applies,
  INIT,
  planUnchanged,
  type ScriptEntry,
  ScriptedProject,
} from '../support/scripted-terraform';

jest.setTimeout(30_000);

/** A catalog that makes mounts in Vault and keeps its own credentials in one. */
const catalog = (references: string) => `cci_version: '1.0'
${references}vault:
  address: https://10.0.2.15:8443
  mounts: { secret: {}, team: {} }
  policies: { deploy: { rules: [{ path: team/aws/*, capabilities: [read] }], create: {} } }
`;
const NEEDS =
  'providers: { aws: { access_key: vault://team/aws/access_key, secret_key: vault://team/aws/secret_key } }\n';

/** A plan that takes the mount `team` away. */
const losing = (action: string): ScriptEntry => ({
  on: 'plan',
  stack: 'dev-vault',
  say: [
    {
      type: 'planned_change',
      change: { resource: { addr: 'vault_mount.Mounts_team', resource_type: 'vault_mount' }, action },
    },
  ],
});

const SHOW: ScriptEntry = { on: 'show', say: [{ format_version: '1.2', resource_changes: [] }] };

const REFUSAL =
  'mount team: must stay as it is, because the catalog needs it for providers.aws.access_key (vault://team/aws/access_key), providers.aws.secret_key (vault://team/aws/secret_key), and all secrets in it would be destroyed; put its create or its version back, or keep them elsewhere first';
const PLAN = 'sandbox.out/dev/synth/stacks/dev-vault/kakehashi.tfplan';

describe('a plan that would destroy the secrets that its own catalog needs', () => {
  let project: ScriptedProject;
  beforeEach(() => {
    project = new ScriptedProject(catalog(NEEDS));
  });
  afterEach(() => project.remove());

  test.each(['delete', 'replace'])('is refused by plan, and not saved: %s', async (action) => {
    project.play(INIT, losing(action));
    const { code, stdout } = await project.run('plan', 'dev', '--sandbox');
    expect({ code, commands: project.commands }).toEqual({
      code: 1,
      commands: ['init dev-vault', 'plan dev-vault'],
    });
    expect(stdout).toContain(REFUSAL);
    expect([project.has(PLAN), project.has(`${PLAN}.json`)]).toEqual([false, false]);
  });

  test('is refused by apply, which applies nothing', async () => {
    project.play(INIT, losing('delete'));
    const { code, stdout } = await project.run('apply', 'dev', '--sandbox', '--yes');
    expect({ code, commands: project.commands }).toEqual({
      code: 1,
      commands: ['init dev-vault', 'plan dev-vault'],
    });
    expect(stdout).toContain(REFUSAL);
  });

  test('is refused by apply too where it was saved before the catalog needed them', async () => {
    project.write('catalog/dev.yml', catalog(''));
    project.play(INIT, losing('delete'), SHOW);
    expect((await project.run('plan', 'dev', '--sandbox')).code).toBe(2);
    project.write('catalog/dev.yml', catalog(NEEDS));
    project.play(applies('dev-vault', [], {}), planUnchanged('dev-vault'));
    const { code, stdout, stderr } = await project.run('apply', 'dev', '--sandbox', '--yes');
    expect({ code, commands: project.commands }).toEqual({ code: 1, commands: [] });
    expect(`${stdout}${stderr}`).toContain(REFUSAL);
  });

  test('is let through by destroy, which takes all away that is made', async () => {
    project.play(INIT, losing('delete'), SHOW, applies('dev-vault', [], {}));
    const { code } = await project.run('destroy', 'dev', '--sandbox', '--yes');
    expect({ code, commands: project.commands }).toEqual({
      code: 0,
      commands: ['apply dev-vault', 'init dev-vault', 'plan dev-vault', 'show dev-vault'],
    });
  });
});
