import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { ownPart } from '../../../scripts/run/own-part';
import { Initializer } from '../../../scripts/session/init';
import type { Session } from '../../../scripts/session/session';
import { shardOf } from '../../../scripts/session/shard';
import { temporaryFolder } from '../../support/catalog-folder';
import { loadedFrom } from '../../support/loaded';
import { sessionIn } from '../../support/session';

const NAMES = ['one', 'two', 'three', 'four'];
const { stacks: NETWORKS, ...REST } = loadedFrom(`cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
aws:
${NAMES.map(
  (name, index) =>
    `  ${name}: { aws_region: ap-northeast-1, private_network_ipmask: 172.${index + 20}.2.0/24, create: { vpc_cidr: 172.${index + 20}.0.0/16, egress: none } }\n`,
).join('')}`);
const partOf = ({ id }: Stack) => shardOf(id, NETWORKS, 2);

/** A stack of the first part, and one of the second. */
const [LEADER, FOREIGN] = [1, 2].map((part) => NETWORKS.find((one) => partOf(one) === part) as Stack) as [
  Stack,
  Stack,
];
/** It is where its first requirement is, and its second one is elsewhere. */
const BOTH: Stack = { ...LEADER, id: 'dev-aws-both', requires: [LEADER.id, FOREIGN.id] };
const LOADED: Loaded = { ...REST, stacks: [...NETWORKS, BOTH] };

const APPLIED = JSON.stringify({ version: 4, outputs: { catalog: { value: {} } }, resources: [] });

describe('the part of one of two machines', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
  });

  const session = (shard: Session['settings']['shard'], more: Partial<Session> = {}): Session => {
    const made = sessionIn(root, { simulated: true, ...more });
    made.report.say = () => undefined;
    return { ...made, settings: { ...made.settings, ...(shard === undefined ? {} : { shard }) } };
  };
  const part = (run: Session, chosen: readonly Stack[] = LOADED.stacks) =>
    ownPart({ session: run, loaded: LOADED }, chosen, new Initializer(run));
  const writeState = ({ folders }: Session, { id }: Stack) => {
    const file = path.join(folders.states, `${id}.tfstate`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, APPLIED);
  };

  test('is all that was chosen, where there is one machine', async () => {
    for (const shard of [undefined, { index: 1, count: 1 }])
      expect(await part(session(shard))).toEqual({ stacks: LOADED.stacks, unmet: [] });
  });

  test('has each stack once, and a stack is where its first requirement is', async () => {
    const [one, two] = await Promise.all([1, 2].map((index) => part(session({ index, count: 2 }))));
    const ids = [...(one?.stacks ?? []), ...(two?.stacks ?? [])].map(({ id }) => id);
    expect(ids.sort()).toEqual(LOADED.stacks.map(({ id }) => id).sort());
    expect(one?.stacks).toEqual(expect.arrayContaining([LEADER, BOTH]));
    expect(two?.unmet).toEqual([]);
  });

  test('lacks a requirement of another part until its state holds something', async () => {
    const run = session({ index: 1, count: 2 });
    expect((await part(run)).unmet).toEqual([FOREIGN.id]);
    writeState(run, FOREIGN);
    expect((await part(run)).unmet).toEqual([]);
  });

  test('lacks nothing that --stack left out', async () => {
    const run = session({ index: 1, count: 2 });
    expect(await part(run, [LEADER, BOTH])).toEqual({ stacks: [LEADER, BOTH], unmet: [] });
  });

  test.each([
    ['nothing', '', [FOREIGN.id]],
    ['an empty state', JSON.stringify({ version: 4, outputs: {}, resources: [] }), [FOREIGN.id]],
    ['a state', APPLIED, []],
  ])('asks a common backend, which has %s', async (_, state, unmet) => {
    const asked: string[] = [];
    const real = session({ index: 1, count: 2 }, { simulated: false });
    const terraform: Session['terraform'] = Object.assign(Object.create(real.terraform), {
      pullState: async () => state,
    });
    const run = { ...real, terraform };
    const initializer = new Initializer(run);
    initializer.init = async (stack: string) => {
      asked.push(stack);
    };
    const common = LOADED.stacks.map(
      (one): Stack => ({
        ...one,
        backend: { type: 'http', prefix: 'kakehashi', settings: {} },
      }),
    );
    const found = await ownPart({ session: run, loaded: { ...LOADED, stacks: common } }, common, initializer);
    expect([found.unmet, asked]).toEqual([unmet, [FOREIGN.id]]);
  });
});
