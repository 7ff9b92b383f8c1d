import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Progress } from '../../../scripts/report/progress';
import { applyStack } from '../../../scripts/run/apply-stack';
import { Journal } from '../../../terraform/journal';
import { PLAN_FILE, recordPlan } from '../../../terraform/plan/saved-plan';
import { countsOf, type StackPlan } from '../../../terraform/plan/stack-plan';
import { applies, failure, type ScriptEntry, ScriptedProject } from '../../support/scripted-terraform';
import { sessionIn } from '../../support/session';

const SUMMARY: StackPlan = {
  stack: 'dev-aws-one',
  counts: countsOf([]),
  resources: [],
  outputs: ['catalog'],
  drift: [],
  effects: [],
  values: [],
  outputValues: {},
};

describe('a saved plan', () => {
  let project: ScriptedProject;
  beforeEach(() => {
    project = new ScriptedProject();
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    project.remove();
  });

  /** A plan, and how to apply it. */
  function planned(...script: readonly ScriptEntry[]) {
    project.play(...script);
    const variables = { ...process.env, SCRIPTED_TERRAFORM: project.scriptFolder };
    const session = sessionIn(project.folder, { variables });
    const folder = path.join(project.folder, 'cdktf.out.dev/stacks/dev-aws-one');
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, PLAN_FILE);
    writeFileSync(file, 'plan');
    const record = recordPlan(folder, session.circumstances, { destroy: false }, SUMMARY);
    const apply = () => {
      const journal = new Journal(session.folders.journal);
      return applyStack(session, journal, record, new Progress(session.report, 'apply', 11, true));
    };
    return { apply, file, session };
  }
  /** The start is noted twice: before Terraform is there, and with its process. */
  const events = () =>
    project
      .read('cdktf.out.dev/journal.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).event);

  test('is begun once, whoever begins it, and is gone when it is applied', async () => {
    const { apply, file } = planned(applies('dev-aws-one', [], { aws: {} }));
    expect(await apply()).toEqual({ stack: 'dev-aws-one', catalog: { aws: {} } });
    expect([existsSync(file), events()]).toEqual([false, ['started', 'started', 'applied']]);
    await expect(apply()).rejects.toThrow('dev-aws-one: this plan was begun before; run the command again');
    expect(project.commands).toEqual(['apply dev-aws-one']);
  });

  test('is gone too when its apply fails, which the journal has', async () => {
    const { apply, file } = planned({ on: 'apply', exit: 1, say: [failure('broken')] });
    await expect(apply()).rejects.toThrow('terraform apply failed');
    expect([existsSync(file), events()]).toEqual([false, ['started', 'started', 'failed']]);
    await expect(apply()).rejects.toThrow('this plan was begun before');
  });

  test('stands in the journal before Terraform is started', async () => {
    const { apply, session } = planned(applies('dev-aws-one', [], {}));
    const seen: string[] = [];
    const start = session.terraform.apply.bind(session.terraform);
    jest.spyOn(session.terraform, 'apply').mockImplementation((...args) => {
      seen.push(readFileSync(session.folders.journal, 'utf8'));
      return start(...args);
    });
    await apply();
    expect(seen).toEqual([expect.stringMatching(/"event":"started".*\n$/)]);
  });
});
