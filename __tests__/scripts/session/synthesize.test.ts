import path from 'node:path';
import { Processes, type RunResult, type RunSpec } from '../../../base/process';
import type { Stack } from '../../../catalog/kinds/registry';
import { synthesize } from '../../../scripts/session/synthesize';
import { GOOD } from '../../catalog/folder-of';
import { temporaryFolder } from '../../support/catalog-folder';
import { loadedFrom } from '../../support/loaded';
import { sessionIn } from '../../support/session';

/** Starts nothing: the app has run, and ended so. */
class EndedApp extends Processes {
  readonly started: RunSpec[] = [];

  constructor(private readonly result: RunResult) {
    super();
  }

  override async run(spec: RunSpec): Promise<RunResult> {
    this.started.push(spec);
    return this.result;
  }
}

const DONE: RunResult = { kind: 'exited', exitCode: 0, stdout: '', lastLines: [] };
const STACKS = loadedFrom(GOOD).stacks;
const manifestOf = (...stacks: readonly string[]) =>
  JSON.stringify({ stacks: Object.fromEntries(stacks.map((stack) => [stack, {}])) });

/** Synthesizes where the app has left these files. */
async function synthesized(
  files: Readonly<Record<string, string>>,
  result: RunResult = DONE,
  stacks: readonly Stack[] = STACKS,
): Promise<string> {
  const placed = Object.entries(files).map(([name, text]) => [`cdktf.out.dev/${name}`, text]);
  const folder = temporaryFolder(Object.fromEntries(placed));
  await synthesize(sessionIn(folder, { processes: new EndedApp(result) }), { stacks, unapplied: [] });
  return path.join(folder, 'cdktf.out.dev');
}

describe('after the app has run', () => {
  test('its manifest must be there', async () => {
    await expect(synthesized({})).rejects.toThrow(/manifest\.json: not written by synth$/);
  });

  test.each([
    ['others', ['dev-aws-other'], 'dev-aws-other'],
    ['fewer', [], '(none)'],
    ['more', ['dev-aws-default', 'dev-aws-more'], 'dev-aws-default, dev-aws-more'],
  ])('its manifest must hold the stacks of the catalog, not %s', async (_, stacks, got) => {
    await expect(synthesized({ 'manifest.json': manifestOf(...stacks) })).rejects.toThrow(
      `must hold the stacks dev-aws-default, got ${got}`,
    );
  });

  test('a state that could not be saved keeps the folder of a stack that is gone, and stops the run', async () => {
    const files = {
      'manifest.json': manifestOf('dev-aws-default'),
      'stacks/dev-aws-old/errored.tfstate': '{}',
    };
    await expect(synthesized(files)).rejects.toThrow(
      /^dev-aws-old: \S+\/stacks\/dev-aws-old\/errored\.tfstate holds a state that could not be saved/,
    );
  });

  test.each<[string, RunResult]>([
    ['failed', { ...DONE, exitCode: 1, lastLines: ['no such construct'] }],
    ['was killed', { kind: 'killed', signal: 'SIGKILL', stdout: '', lastLines: ['no such construct'] }],
  ])('nothing is taken from it where it %s', async (_, result) => {
    const files = { 'manifest.json': manifestOf('dev-aws-default') };
    await expect(synthesized(files, result)).rejects.toMatchObject({
      message: 'dev: synth failed',
      lastLines: ['no such construct'],
    });
  });
});
