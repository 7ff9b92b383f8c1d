import path from 'node:path';
import { shownPath } from '../../../base/files';
import { beside } from '../../../base/screen';
import type { BothEnds, HostChange } from '../../../review/both-ends';
import { entryLines, filesWords } from '../../../review/page/ends-text';
import type { PlannedOutputs } from '../../../terraform/plan/planned-outputs';
import type { HandSteps } from '../../kinds/kind';
import type { Session } from '../../session/session';
import type { HostEnvironment } from '../gateway/neighbours';
import { configurationChanges, entriesChanges } from './entries-changes';
import { hostChanges } from './host-changes';
import { type NotedEnvironment, notedAfter, notedNow } from './noted-outputs';

/** How both ends were before a run applied anything, with what its plans say of keys. */
export interface EndsBefore {
  readonly own: NotedEnvironment;
  readonly others: readonly NotedEnvironment[];
}

/**
 * What a run changed at both ends, from the states before and after it. Call it before the files are written: what is on
 * this disk is compared with them.
 *
 * @param before - undefined where no output of the run's plans changed
 * @param plans - planned outputs of the stacks that were applied
 * @throws TerraformError, Failure
 */
export async function appliedEnds(
  own: HostEnvironment,
  before: EndsBefore | undefined,
  plans: ReadonlyMap<string, PlannedOutputs>,
): Promise<Pick<BothEnds, 'hosts' | 'entries' | 'configuration'>> {
  const { session, loaded } = own;
  const none: NotedEnvironment = { environment: own, stacks: [] };
  if (before === undefined) {
    return {
      hosts: [],
      entries: entriesChanges(session, loaded, none, none),
      configuration: configurationChanges(session, loaded, none),
    };
  }
  const after = withNewKeys(await notedNow(own), before.own, plans);
  const entries = entriesChanges(session, loaded, before.own, after);
  return {
    hosts: hostChanges(session, [before.own, ...before.others], after).hosts,
    entries,
    configuration: configurationChanges(session, loaded, before.own),
  };
}

function withNewKeys(
  now: NotedEnvironment,
  before: NotedEnvironment,
  plans: ReadonlyMap<string, PlannedOutputs>,
): NotedEnvironment {
  const planned = notedAfter(before, plans).stacks;
  return {
    ...now,
    stacks: now.stacks.map((noted) => ({
      ...noted,
      newKeys: planned.find(({ stack }) => stack.id === noted.stack.id)?.newKeys ?? new Set(),
    })),
  };
}

/** Shows what has to be done by hand after a run, or that nothing has. @param others - on further hosts */
export function showSteps(
  session: Session,
  { hosts, entries, configuration }: Pick<BothEnds, 'hosts' | 'entries' | 'configuration'>,
  others: readonly HandSteps[] = [],
): void {
  const { report } = session;
  const parts = [
    ...hosts.map((host) => hostPart(host)),
    ...controllerPart(session, 'vpn_catalog.yml', entries),
    ...controllerPart(session, 'vcp_config.yml', configuration),
    ...others.map(({ host, steps }) => [`on ${host}:`, ...numbered(steps)]),
  ];
  report.event({
    type: 'steps',
    hosts: hosts.map(({ publicIp, host, folder, changes, steps }) => ({
      public_ip: publicIp,
      host,
      folder,
      files: changes.map(({ path: file, kind }) => ({ path: file, kind })),
      steps,
    })),
    entries: [...entries, ...configuration].map(({ name, kind }) => ({ name, kind })),
    ...(others.length === 0 ? {} : { others }),
  });
  report.say();
  if (parts.length === 0) {
    report.say('to do     nothing: no file of the gateway and no entry changed');
    return;
  }
  parts.forEach(([heading, ...lines], index) => {
    report.say(beside(index === 0 ? 'to do     ' : '          ', [heading ?? ''], report.screen.width));
    for (const line of lines) {
      const mark = /^\s*(?:\d+\. |[-+~] )?/.exec(line)?.[0] ?? '';
      report.say(beside(`          ${mark}`, [line.slice(mark.length)], report.screen.width));
    }
  });
}

function hostPart(host: HostChange): readonly string[] {
  const end = host.ends ? 'no tunnel ends there any more' : filesWords(host);
  return [`on ${host.host}, as root (${end}):`, ...numbered(host.steps)];
}

function numbered(steps: readonly string[]): readonly string[] {
  return steps.map((step, index) => `${String(index + 1).padStart(2)}. ${step}`);
}

function controllerPart(
  { folders }: Session,
  name: string,
  changes: BothEnds['entries'],
): readonly (readonly string[])[] {
  if (changes.length === 0) return [];
  const file = name === 'vpn_catalog.yml' ? folders.entries : path.join(folders.results, name);
  const target =
    name === 'vpn_catalog.yml'
      ? "take these entries over into the controller's vpn_catalog.yml"
      : 'copy it to /notebooks/notebook/vcp_config/ of the controller';
  return [[`for the controller, ${shownPath(file)}: ${target}:`, ...entryLines(changes, false)]];
}
