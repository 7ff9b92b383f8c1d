import { EXIT } from '../../base/errors';
import { wrap } from '../../base/screen';
import { counted } from '../../base/text/counted';
import { timeText } from '../../base/text/time-text';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Lock } from '../../catalog/environment/lock';
import { CatalogError } from '../../catalog/ground/catalog-error';
import type { Event, ListedStack } from '../report/events';
import type { Report } from '../report/report';
import { type KnownStack, listStacks } from '../run/list-stacks';
import { listedNodesText } from '../run/nodes/listed-nodes';
import { foldersOf, sandboxLockFile } from '../session/folders';
import { loadCatalog, shownDirectory } from '../session/read-catalog';
import { reportOf, targetOf } from '../session/session';
import type { Settings } from '../session/settings';
import { environmentsOf } from './environments';

type Listing = Extract<Event, { type: 'environment_listed' }>;

/** `kakehashi list`: shows the environments with their stacks, and what is known of each without running Terraform. */
export async function list(settings: Settings, names: readonly string[], all: boolean): Promise<number> {
  const report = reportOf(settings);
  const isWhole = names.length === 0 && (all || settings.environment === undefined);
  const listings = [
    ...environmentsOf(settings, names, all).map((name) => listingOf(settings, name)),
    ...(isWhole ? orphans(settings) : []),
  ];
  listings.forEach((listing, index) => {
    if (index > 0) report.say();
    report.event(listing);
    showListing(report, listing, settings);
  });
  report.close();
  return EXIT.done;
}

function listingOf(settings: Settings, name: string): Listing {
  const { environment, settings: own } = targetOf(settings, name);
  const directory = shownDirectory(own);
  const lock = lockOf(own, environment);
  try {
    const loaded = loadCatalog(environment, own, { lenient: true });
    const { catalog } = loaded;
    return {
      type: 'environment_listed',
      environment,
      file: catalog.file,
      state: 'listed',
      backend: own.sandbox ? 'local' : catalog.backend.type,
      ...(catalog.site === undefined
        ? {}
        : { gateway: catalog.site.gateways.map(({ publicIp }) => publicIp).join(', ') }),
      stacks: listStacks(foldersIn(own, environment), ofCatalog(loaded, lock, own.sandbox)),
    };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return ofLock(own, environment, 'unreadable', `${directory}/${environment}.yml`, lock);
  }
}

/** Environments whose lock file is left without a catalog. */
function orphans(settings: Settings): readonly Listing[] {
  const { listEnvironments, lockFiles } =
    require('../../catalog/environment/folder') as typeof import('../../catalog/environment/folder');
  const directory = shownDirectory(settings);
  const present = new Set(listEnvironments(directory));
  return [...lockFiles(directory)].flatMap(([environment, file]) => {
    const lock = lockOf(settings, environment);
    const isOver = present.has(environment) || Object.keys(lock.stacks).length === 0;
    return isOver ? [] : [ofLock(settings, environment, 'locked_only', file, lock)];
  });
}

function ofLock(
  settings: Settings,
  environment: string,
  state: 'unreadable' | 'locked_only',
  file: string,
  lock: Lock,
): Listing {
  const stacks = Object.entries(lock.stacks).map(([id, { backend }]) => ({
    id,
    isLocal: settings.sandbox || backend === 'local',
    isGone: state === 'locked_only',
    isLocked: true,
  }));
  return {
    type: 'environment_listed',
    environment,
    file,
    state,
    stacks: listStacks(foldersIn(settings, environment), stacks),
  };
}

function ofCatalog({ stacks }: Loaded, lock: Lock, sandbox: boolean): readonly KnownStack[] {
  return stacks.map(({ id, backend, gone }) => ({
    id,
    isLocal: sandbox || backend.type === 'local',
    isGone: gone === true,
    isLocked: lock.stacks[id] !== undefined,
  }));
}

/** The committed lock with what the sandbox adds; empty where it can't be read. */
function lockOf(settings: Settings, environment: string): Lock {
  const { readLockOf } =
    require('../../catalog/environment/neighbours') as typeof import('../../catalog/environment/neighbours');
  const { ProblemList } =
    require('../../catalog/ground/problem-list') as typeof import('../../catalog/ground/problem-list');
  const additions = settings.sandbox ? { lockAdditions: (name: string) => sandboxLockFile(name) } : {};
  const options = { directory: shownDirectory(settings), ...additions };
  return readLockOf(environment, options, new ProblemList());
}

function foldersIn({ sandbox, catalogDirectory }: Settings, environment: string) {
  return foldersOf(environment, { sandbox, catalogDirectory });
}

function showListing(report: Report, listing: Listing, { sandbox }: Settings): void {
  const { environment, file, state, backend, gateway, stacks } = listing;
  const { screen } = report;
  const parts = [
    file,
    ...(sandbox ? ['sandbox'] : backend === undefined ? [] : [`states: ${backend}`]),
    ...(gateway === undefined ? [] : [`gateway ${gateway}`]),
  ];
  report.say(`${screen.paint('bold', environment)}   ${parts.join('   ')}`);
  if (state === 'unreadable') {
    report.say(
      `  ${screen.paint('red', '✗')} its catalog can't be read; what follows is from its lock file\n    help: kakehashi validate ${environment}`,
    );
  }
  if (state === 'locked_only')
    report.say(`  ${screen.paint('yellow', '·')} its catalog is gone, and only its lock file is left`);
  if (stacks.length === 0) report.say('  no stacks');
  const width = Math.max(0, ...stacks.map(({ stack }) => stack.length));
  for (const stack of stacks) {
    const left = `  ${stack.stack.padEnd(width)}   `;
    const lines = wrap(stackText(stack, backend), Math.max(screen.width - left.length, 30));
    report.say(lines.map((line, at) => (at === 0 ? left : ' '.repeat(left.length)) + line).join('\n'));
  }
}

function stackText(stack: ListedStack, backend: string | undefined): string {
  const { planned, drift = 0, changes } = stack;
  const when = planned === undefined ? '' : ` (plan of ${timeText(planned)})`;
  return [
    ...(stack.gone ? ['gone from the catalog'] : []),
    stateText(stack, backend),
    ...(stack.nodes === undefined ? [] : [listedNodesText(stack.nodes)]),
    ...(stack.unfinished ? ['its last apply did not end'] : []),
    ...(drift > 0 ? [`drifted: ${counted(drift, 'object')}${when}`] : []),
    ...(changes === true ? [`changes${when}`] : []),
  ].join(', ');
}

function stateText({ state, locked, at }: ListedStack, backend: string | undefined): string {
  const time = at === undefined ? '' : ` ${timeText(at)}`;
  switch (state) {
    case 'never_applied':
      return locked ? 'never applied, only locked' : 'never applied';
    case 'applied':
      return `applied${time}`;
    case 'empty':
      return `nothing in its state${at === undefined ? '' : `, since${time}`}`;
    case 'unreadable':
      return "its state can't be read";
    case 'unknown': {
      const known = at === undefined ? 'never applied from here' : `applied from here${time}`;
      return `· not looked at: its state is in ${backend ?? 'a remote backend'}; ${known}`;
    }
  }
}
