import { Processes } from '../../../base/process';
import type { Stack } from '../../../catalog/ground/stacks';
import type { Loaded } from '../../../catalog/load';
import { Report } from '../../../scripts/report/report';
import { applyAll } from '../../../scripts/run/apply-all';
import { foldersOf } from '../../../scripts/session/folders';
import { Initializer } from '../../../scripts/session/init';
import type { Session } from '../../../scripts/session/session';
import { settingsOf } from '../../../scripts/session/settings';
import { Vaults } from '../../../scripts/session/vaults';
import { Terraform } from '../../../terraform/terraform';
import {
  applies,
  failure,
  INIT,
  planCreates,
  planUnchanged,
  SCRIPTED,
  ScriptedProject,
} from '../../support/scripted-terraform';

const STACKS = [
  { id: 'dev-net', requires: [] },
  { id: 'dev-vault', requires: [] },
  { id: 'dev-nodes', requires: ['dev-net'] },
  { id: 'dev-controller', requires: ['dev-nodes'] },
].map(
  (stack) =>
    ({ ...stack, kind: 'aws-network', provider: 'aws', gone: false, members: [] }) as unknown as Stack,
);
const LOADED = { catalog: { environment: 'dev', networks: [] }, stacks: STACKS } as unknown as Loaded;
const R = 'aws_x.R';
jest.setTimeout(30_000);

describe('applyAll', () => {
  let project: ScriptedProject;
  let printed = '';

  beforeEach(() => {
    project = new ScriptedProject();
    for (const { id } of STACKS) project.write(`cdktf.out.dev/stacks/${id}/cdk.tf.json`, '{"terraform":{}}');
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    project.remove();
  });

  async function run() {
    const settings = settingsOf({ yes: true }, {});
    const folders = foldersOf('dev', { sandbox: false, catalogDirectory: 'catalog', root: project.folder });
    const report = new Report({ json: false, color: false, level: 'warn', logFolder: folders.logs });
    const processes = new Processes();
    const variables = { ...process.env, SCRIPTED_TERRAFORM: project.scriptFolder };
    const binary = { file: SCRIPTED, flavor: 'terraform', version: '1.11.4' } as const;
    const session: Session = {
      environment: 'dev',
      settings,
      folders,
      report,
      processes,
      terraform: new Terraform(binary, processes, variables, report),
      variables,
      vaults: new Vaults(report, new AbortController().signal, undefined),
      simulated: false,
      simulatedProviders: [],
      circumstances: { simulated: false, terraform: 'terraform 1.11.4' },
      parallelism: 2,
      stop: new AbortController().signal,
      waitsFor: { text: () => undefined },
    };
    const result = await applyAll(session, LOADED, STACKS, new Initializer(session));
    report.close();
    return result;
  }

  /** `show -json` of a plan that makes one resource. */
  const SHOW = { on: 'show', times: 4, say: [{ resource_changes: [] }] } as const;

  test('plans what waited only after what it requires is applied', async () => {
    project.play(
      INIT,
      SHOW,
      planCreates('dev-net', [R]),
      planUnchanged('dev-vault'),
      planCreates('dev-nodes', [R]),
      planUnchanged('dev-controller'),
      applies('dev-net', [R], {}),
      applies('dev-nodes', [R], {}),
    );
    expect(await run()).toMatchObject({ changed: true, complete: true });
    const order = project.calls.flatMap(({ args, stack }) =>
      args?.[0] === 'plan' || args?.[0] === 'apply' ? [`${args[0]} ${stack}`] : [],
    );
    expect(order.slice(0, 2).sort()).toEqual(['plan dev-net', 'plan dev-vault']);
    expect(order.slice(2)).toEqual([
      'apply dev-net',
      'plan dev-nodes',
      'apply dev-nodes',
      'plan dev-controller',
    ]);
    expect(printed).toContain('dev-nodes   deferred: waits for dev-net');
    expect(printed).toContain('dev-controller   deferred: waits for dev-nodes');
  });

  test('leaves out what requires a stack that failed, and says which one it was', async () => {
    project.play(
      INIT,
      SHOW,
      planCreates('dev-net', [R]),
      planCreates('dev-vault', [R]),
      { on: 'apply', stack: 'dev-net', exit: 1, say: [failure('broken')] },
      applies('dev-vault', [R], {}),
    );
    const { complete, told } = await run();
    expect(complete).toBe(false);
    expect([...told.keys()]).toEqual(['dev-vault']);
    expect(printed).toContain('dev-net: terraform apply failed (exit 1) after 0 of 1\n  broken\n');
    expect(printed).toContain(
      'dev-nodes: not applied, because dev-net failed\ndev-controller: not applied, because dev-net failed\n',
    );
    expect(project.calls.every(({ scripted }) => scripted !== false)).toBe(true);
  });
});
