import { Initializer } from '../../../scripts/session/init';
import { Terraform } from '../../../terraform/terraform';
import { INIT, SCRIPTED, ScriptedProject } from '../../support/scripted-terraform';
import { sessionIn } from '../../support/session';

describe('a backend with lock files', () => {
  let project: ScriptedProject;
  beforeEach(() => {
    project = new ScriptedProject();
    project.play(INIT);
  });
  afterEach(() => project.remove());

  /** Initialises a stack with this backend by a Terraform of this version. */
  async function init(s3: object, version: string): Promise<readonly string[]> {
    const stack = JSON.stringify({ terraform: { backend: { s3 } } });
    project.write('cdktf.out.dev/stacks/dev-aws-one/cdk.tf.json', stack);
    const variables = { ...process.env, SCRIPTED_TERRAFORM: project.scriptFolder };
    const session = sessionIn(project.folder, { variables });
    const binary = { file: SCRIPTED, flavor: 'terraform', version } as const;
    const terraform = new Terraform(binary, session.processes, variables, session.report);
    await new Initializer({ ...session, terraform }).init('dev-aws-one');
    return project.commands;
  }

  test.each(['1.9.8', '1.5.7'])('is refused for Terraform %s, which has none', async (version) => {
    await expect(init({ use_lockfile: true }, version)).rejects.toThrow(
      `backend s3: lock files need Terraform 1.10 or newer, got ${version}; set backend.use_lockfile: false and a dynamodb_table`,
    );
    expect(project.commands).toEqual([]);
  });

  test.each([
    [{ use_lockfile: true }, '1.10.0'],
    [{ use_lockfile: true }, '1.11.4'],
    [{ use_lockfile: false }, '1.9.8'],
    [{}, '1.9.8'],
  ])('%j is initialised by Terraform %s', async (s3, version) => {
    expect(await init(s3, version)).toEqual(['init dev-aws-one']);
  });
});
