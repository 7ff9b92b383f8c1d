import { endsChange } from '../../../../review/both-ends';
import { collectEnds } from '../../../../scripts/run/ends/collect-ends';
import { showEnds } from '../../../../scripts/run/ends/show-ends';
import { Initializer } from '../../../../scripts/session/init';
import type { PlannedOutputs } from '../../../../terraform/plan/planned-outputs';
import { countsOf, type StackPlan } from '../../../../terraform/plan/stack-plan';
import { loadedFrom } from '../../../support/loaded';
import { ScriptedProject } from '../../../support/scripted-terraform';
import { sessionIn } from '../../../support/session';

const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
aws:
  one: { aws_region: us-west-2, private_network_ipmask: 172.20.2.0/24, create: { vpc_cidr: 172.20.0.0/16, egress: none } }
  two: { aws_region: us-west-2, private_network_ipmask: 172.21.2.0/24, create: { vpc_cidr: 172.21.0.0/16, egress: none } }
onpremises:
  default: {}
`;
const LOADED = loadedFrom(CATALOG);
const ENTRY = { aws_vpc_subnet_id: 'subnet-1' };

function planOf(stack: string, outputValues: PlannedOutputs): StackPlan {
  return {
    stack,
    counts: countsOf([]),
    resources: [],
    outputs: Object.keys(outputValues),
    drift: [],
    effects: [],
    values: [],
    outputValues,
  };
}

describe('collectEnds', () => {
  let project: ScriptedProject;
  let printed = '';
  beforeEach(() => {
    project = new ScriptedProject(CATALOG);
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

  function own() {
    const session = sessionIn(project.folder);
    return { session, loaded: LOADED, initializer: new Initializer(session) };
  }
  const run = (plans: readonly StackPlan[], deferred: Parameters<typeof collectEnds>[1]['deferred'] = []) =>
    collectEnds(own(), { plans, deferred, destroy: false });

  it('reads no state and finds nothing where no output changes', async () => {
    const { ends, before } = await run([planOf('dev-aws-one', {}), planOf('dev-aws-two', {})]);
    expect(endsChange(ends)).toBe(false);
    expect(before).toBeUndefined();
    expect(project.calls).toEqual([]);
  });

  it('has the entries of a stack that is planned, and those of the others as they are', async () => {
    project.write(
      'state/dev/dev-aws-two.tfstate',
      JSON.stringify({ version: 4, outputs: { catalog: { value: { aws: { two: ENTRY } } } } }),
    );
    const planned = {
      catalog: { before: { aws: { one: ENTRY, old: ENTRY } }, after: { aws: { one: {} } }, changed: ['aws'] },
    };
    const { ends } = await run([planOf('dev-aws-one', planned), planOf('dev-aws-two', {})]);
    expect(ends.entries).toEqual([
      { name: 'aws/one', kind: 'changed', keys: [{ key: 'aws_vpc_subnet_id', before: 'subnet-1' }] },
      { name: 'aws/old', kind: 'removed', keys: [{ key: 'aws_vpc_subnet_id', before: 'subnet-1' }] },
    ]);
    expect(endsChange(ends)).toBe(true);
  });

  it('compares entries that exist with the file, where it is on this disk', async () => {
    expect((await run([])).ends.entries).toEqual([]);
    project.write('out/dev/vpn_catalog.yml', "cci_version: '1.0'\nsakura:\n  default: { a: 1 }\n");
    expect((await run([])).ends.entries.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'added onpremises/default',
      'removed sakura/default',
    ]);
  });

  it('says of a stack that waits for another one that its ends are not known yet', async () => {
    const { ends } = await run([], [{ stack: 'dev-aws-two', because: ['dev-aws-one'] }]);
    expect(ends.unknown).toEqual([
      'dev-aws-two: what changes at the gateway and in its entries is not known before dev-aws-one is applied',
    ]);
    showEnds(own().session, ends);
    expect(printed).toBe(
      `          · dev-aws-two: what changes at the gateway and in its entries is not
            known before dev-aws-one is applied
`,
    );
  });

  it('says what it can not compare, where a state holds something else than the outputs', async () => {
    const planned = {
      tunnels: { before: { 'aws/one': { tunnels: { x: {} } } }, after: {}, changed: ['aws/one'] },
      site: { before: { public_ip: 'nowhere' }, after: {}, changed: ['public_ip'] },
    };
    const { ends } = await run([planOf('dev-aws-one', planned)]);
    expect(ends.hosts).toEqual([]);
    expect(ends.unknown[0]).toMatch(/^the gateway's files can't be compared: must be /);
  });
});
