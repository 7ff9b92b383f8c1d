import type { Loaded } from '../../../catalog/environment/catalog';
import { EnvironmentApply } from '../../../scripts/run/environment-apply';
import { Initializer } from '../../../scripts/session/init';
import { loadedFrom } from '../../support/loaded';
import {
  applies,
  failure,
  INIT,
  planCreates,
  planUnchanged,
  ScriptedProject,
} from '../../support/scripted-terraform';
import { sessionIn } from '../../support/session';

const REQUIRES: Readonly<Record<string, readonly string[]>> = {
  'dev-aws-nodes': ['dev-aws-net'],
  'dev-aws-controller': ['dev-aws-nodes'],
};
const network = (name: string, second: number) =>
  `  ${name}: { aws_region: us-west-2, private_network_ipmask: 172.${second}.2.0/24, create: { vpc_cidr: 172.${second}.0.0/16, egress: none, vpn: none } }\n`;
const CATALOG = loadedFrom(
  `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
aws:
${['net', 'other', 'nodes', 'controller'].map((name, at) => network(name, 20 + at)).join('')}`,
);
/** No stack of today's catalogs requires another one. */
const STACKS = CATALOG.stacks.map((stack) => ({ ...stack, requires: REQUIRES[stack.id] ?? [] }));
const LOADED: Loaded = { ...CATALOG, stacks: STACKS };
const R = 'aws_x.R';
jest.setTimeout(30_000);

describe('the apply of an environment', () => {
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
    const variables = { ...process.env, SCRIPTED_TERRAFORM: project.scriptFolder };
    const session = sessionIn(project.folder, { variables });
    const result = await new EnvironmentApply(session, LOADED, STACKS, new Initializer(session)).finish();
    session.report.close();
    return result;
  }

  /** `show -json` of a plan that makes one resource. */
  const SHOW = { on: 'show', times: 4, say: [{ resource_changes: [] }] } as const;

  test('plans what waited only after what it requires is applied', async () => {
    project.play(
      INIT,
      SHOW,
      planCreates('dev-aws-net', [R]),
      planUnchanged('dev-aws-other'),
      planCreates('dev-aws-nodes', [R]),
      planUnchanged('dev-aws-controller'),
      applies('dev-aws-net', [R], {}),
      applies('dev-aws-nodes', [R], {}),
    );
    expect(await run()).toMatchObject({ changed: true, complete: true });
    const order = project.calls.flatMap(({ args, stack }) =>
      args?.[0] === 'plan' || args?.[0] === 'apply' ? [`${args[0]} ${stack}`] : [],
    );
    expect(order.slice(0, 2).sort()).toEqual(['plan dev-aws-net', 'plan dev-aws-other']);
    expect(order.slice(2)).toEqual([
      'apply dev-aws-net',
      'plan dev-aws-nodes',
      'apply dev-aws-nodes',
      'plan dev-aws-controller',
    ]);
    expect(printed).toContain('dev-aws-nodes   deferred: waits for dev-aws-net');
    expect(printed).toContain('dev-aws-controller   deferred: waits for dev-aws-nodes');
  });

  test('leaves out what requires a stack that failed, and says which one it was', async () => {
    project.play(
      INIT,
      SHOW,
      planCreates('dev-aws-net', [R]),
      planCreates('dev-aws-other', [R]),
      { on: 'apply', stack: 'dev-aws-net', exit: 1, say: [failure('broken')] },
      applies('dev-aws-other', [R], {}),
    );
    const { complete, outputs } = await run();
    expect(complete).toBe(false);
    expect([...outputs.keys()]).toEqual(['dev-aws-other']);
    expect(printed).toContain('dev-aws-net: terraform apply failed (exit 1) after 0 of 1\n  broken\n');
    expect(printed).toContain(
      'dev-aws-nodes: not applied, because dev-aws-net failed\ndev-aws-controller: not applied, because dev-aws-net failed\n',
    );
    expect(project.calls.every(({ scripted }) => scripted !== false)).toBe(true);
  });
});
