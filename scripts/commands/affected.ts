import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXIT, UsageError } from '../../base/errors';
import { Processes } from '../../base/process';
import { onStop } from '../../base/signals';
import { counted } from '../../base/text/counted';
import type { Report } from '../report/report';
import { type FoundAffected, findAffected } from '../run/affected/find-affected';
import { Git } from '../run/affected/git';
import { matrixOf } from '../run/affected/matrix';
import type { AffectedEnvironment } from '../run/affected/model';
import { type OpenedRevisions, openRevisions } from '../run/affected/open-revisions';
import { showProblems } from '../session/read-catalog';
import { reportOf } from '../session/session';
import type { Settings } from '../session/settings';

export interface AffectedOptions {
  readonly base?: string;
  readonly shardSize?: string;
}

/**
 * `kakehashi affected`: the environments and stacks that differ between the working tree and an earlier commit, with what depends on them.
 * It needs no Terraform and no credentials, and changes nothing.
 */
export async function affected(settings: Settings, options: AffectedOptions): Promise<number> {
  const size = options.shardSize === undefined ? undefined : shardSize(options.shardSize);
  // With --json stdout is one line, for a matrix: what people read goes to stderr, and there are no events.
  const report = reportOf({ ...settings, json: false }, { stdoutTaken: settings.json });
  const processes = new Processes();
  const endStops = onStop(() => processes.interrupt());
  const scratch = mkdtempSync(path.join(tmpdir(), 'kakehashi-affected-'));
  try {
    const opened = await openRevisions({
      git: new Git(processes, process.cwd(), process.env),
      catalog: settings.catalogDirectory,
      named: options.base,
      variables: process.env,
      scratch,
    });
    const found = await findAffected({ ...opened, processes, variables: process.env, scratch });
    show(report, opened, found);
    const shown = new Set<string>();
    for (const { problems } of found.invalid) {
      const fresh = problems.filter((problem) => {
        const key = JSON.stringify(problem);
        return !shown.has(key) && shown.add(key);
      });
      showProblems(fresh, settings.json ? { ...settings, json: false } : settings, report);
    }
    if (settings.json)
      process.stdout.write(`${JSON.stringify({ include: matrixOf(found.affected, size) })}\n`);
    return found.invalid.length > 0 ? EXIT.failed : EXIT.done;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    endStops();
    report.close();
  }
}

function shardSize(text: string): number {
  if (!/^[1-9][0-9]{0,4}$/.test(text))
    throw new UsageError(`--shard-size: must be a whole number from 1 to 99999, got "${text}"`);
  return Number(text);
}

function show(report: Report, { from }: OpenedRevisions, { affected: all, invalid }: FoundAffected): void {
  report.say(`base      ${from.commit.slice(0, 12)}, ${from.words}`);
  for (const one of all) showEnvironment(report, one);
  for (const { environment } of invalid)
    report.say(`${environment}: its catalog is not valid, so it can't be compared:`);
  if (all.length === 0 && invalid.length === 0) report.say('nothing is affected');
}

function showEnvironment(report: Report, environment: AffectedEnvironment): void {
  const { stacks, all, reasons, removed } = environment;
  const count = removed
    ? "has no catalog any more, and can't be planned"
    : `${stacks.length} of ${counted(all.length, 'stack')}`;
  report.say(`\n${environment.environment}: ${count}`);
  for (const reason of removed ? [] : reasons) report.say(`  ${reason}`);
  const width = Math.max(0, ...stacks.map(({ id }) => id.length));
  for (const { id, reasons: own } of stacks) {
    const rest = own.filter((reason) => !reasons.includes(reason));
    report.say(
      `  ${id.padEnd(rest.length > 0 ? width : 0)}${rest.length > 0 ? `   ${rest.join('; ')}` : ''}`,
    );
  }
}
