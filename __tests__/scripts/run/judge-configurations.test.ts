import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Processes, type RunResult, type RunSpec } from '../../../base/process';
import { loadEnvironment } from '../../../catalog/load';
import { Report } from '../../../scripts/report/report';
import { configurationsApart } from '../../../scripts/run/judge-configurations';
import { settingsOf } from '../../../scripts/session/settings';
import { folderOf, GOOD } from '../../catalog/folder-of';

const NAMES = ['one', 'two', 'three', 'four', 'five'];
const report = new Report({ json: false, color: false, level: 'warn', logFolder: folderOf({}) });

/** Environments of a folder, each with blocks of its own. */
function environmentsIn() {
  const directory = folderOf(
    Object.fromEntries(
      NAMES.map((name, index) => {
        const text = GOOD.replace(/172\.30\./g, `172.${index + 16}.`).replace(/^sakura:[\s\S]*/m, '');
        return [`${name}.yml`, text];
      }),
    ),
  );
  const settings = settingsOf({ catalog: directory }, {});
  return NAMES.map((environment) => ({ loaded: loadEnvironment({ directory, environment }), settings }));
}

type Environments = ReturnType<typeof environmentsIn>;

/** Processes that write what the app would, and fail for any batch with an environment that is bad; and what each was asked for. */
function writing(environments: Environments, bad?: string) {
  const asked: string[][] = [];
  const idsOf = (name: string) =>
    environments
      .find(({ loaded }) => loaded.catalog.environment === name)
      ?.loaded.stacks.map(({ id }) => id) ?? [];
  const run = async ({ cwd, env }: RunSpec): Promise<RunResult> => {
    const names = (env?.KAKEHASHI_ENV ?? '').split(',');
    asked.push(names);
    if (bad !== undefined && names.includes(bad))
      return { kind: 'exited', exitCode: 1, stdout: '', lastLines: [`no, ${names}`] };
    const out = path.resolve(cwd ?? '.', env?.CDKTF_OUTDIR ?? '');
    const ids = names.flatMap(idsOf);
    for (const id of ids) {
      mkdirSync(path.join(out, 'stacks', id), { recursive: true });
      writeFileSync(path.join(out, 'stacks', id, 'cdk.tf.json'), JSON.stringify({ of: id }));
    }
    const stacks = Object.fromEntries(ids.map((id) => [id, {}]));
    writeFileSync(path.join(out, 'manifest.json'), JSON.stringify({ stacks }));
    return { kind: 'exited', exitCode: 0, stdout: '', lastLines: [] };
  };
  const processes = new Processes();
  jest.spyOn(processes, 'run').mockImplementation(run);
  return { processes, asked };
}

const shownIn = (stacks: readonly { readonly stack: string; readonly configuration: unknown }[] | Error) =>
  stacks instanceof Error ? stacks.message : stacks.map(({ stack, configuration }) => [stack, configuration]);

const own = (name: string) =>
  ['aws-default'].map((stack) => [`${name}-${stack}`, { of: `${name}-${stack}` }]);

beforeEach(() => {
  jest.spyOn(os, 'availableParallelism').mockReturnValue(2);
});
afterEach(() => jest.restoreAllMocks());

test('as many processes as run at a time synthesize all environments', async () => {
  const environments = environmentsIn();
  const { processes, asked } = writing(environments);
  const found = await configurationsApart(environments, report, processes);
  expect(found.map(shownIn)).toEqual(NAMES.map(own));
  expect(asked).toEqual([
    ['one', 'two', 'three'],
    ['four', 'five'],
  ]);
});

test('an environment that fails is told of alone, and the others are there', async () => {
  const environments = environmentsIn();
  const { processes } = writing(environments, 'two');
  const found = await configurationsApart(environments, report, processes);
  expect(found.map(shownIn)).toEqual(
    NAMES.map((name) => (name === 'two' ? expect.stringMatching(/^two: synth failed/) : own(name))),
  );
});

test('files that are called alike in two folders, and one that is named twice, are apart', async () => {
  const [one] = environmentsIn();
  const [other] = environmentsIn();
  const environments = [one, other, one] as Environments;
  const { processes, asked } = writing(environments);
  const found = await configurationsApart(environments, report, processes);
  expect(found.map(shownIn)).toEqual([own('one'), own('one'), own('one')]);
  expect(asked).toEqual([['one'], ['one'], ['one']]);
});
