import { EXIT } from '../../base/errors';
import type { Loaded } from '../../catalog/environment/catalog';
import type { NodeState } from '../../model/nodes/node-state';
import type { Report } from '../report/report';
import { diskReader, type GroupState, groupStates } from '../run/nodes/group-states';
import { type Findings, viewOf } from '../run/nodes/group-view';
import { leaseTime } from '../run/nodes/lease-time';
import { newImages } from '../run/nodes/new-image';
import { chosenGroups, readGroups } from '../run/nodes/read-groups';
import { askClouds } from '../run/nodes/refresh';
import { showNodes } from '../run/nodes/show-nodes';
import { simulatedBoot } from '../run/nodes/simulated-boot';
import { type AwaitedNode, awaitNodes, BY_CONNECTION } from '../run/nodes/wait';
import { withSession } from '../run/with-session';
import { foldersOf } from '../session/folders';
import { loadCatalog } from '../session/read-catalog';
import { reportOf, type Session, targetOf } from '../session/session';
import type { Settings } from '../session/settings';

export interface NodesOptions {
  readonly refresh: boolean;
  readonly wait: boolean;
  readonly newImage: boolean;
}

/** `kakehashi nodes`: shows node groups and their nodes, from the outputs of what is applied; with options it asks the cloud, or waits. */
export async function nodes(
  settings: Settings,
  [environment, ...names]: readonly string[],
  options: NodesOptions,
): Promise<number> {
  const { refresh, wait, newImage } = options;
  if (newImage) return newImages(settings, environment, names);
  if (!refresh && !wait) {
    const shown = await fromDisk(settings, environment, names);
    if (shown) return EXIT.done;
  }
  return withSession({ command: 'nodes' }, settings, environment, async (session) => {
    const { groups, initializer } = await readGroups(session, names, refresh);
    const found = refresh ? await askClouds(session, initializer, groups) : {};
    const asking = session.simulated ? simulatedBoot(session) : BY_CONNECTION;
    const waited = wait ? await awaitNodes(session, awaited(groups, found), asking) : undefined;
    const now = leaseTime();
    showNodes(
      session.report,
      groups.map((group) => viewOf(group, now, { ...found, ...(waited === undefined ? {} : { waited }) })),
    );
    return waited === undefined ? EXIT.done : waitEnd(session, waited);
  });
}

/** Without Terraform, where all states are on this disk. @returns false where they are not */
async function fromDisk(
  settings: Settings,
  position: string | undefined,
  names: readonly string[],
): Promise<boolean> {
  const { environment, settings: own } = targetOf(settings, position);
  const { sandbox, catalogDirectory } = own;
  const session = { simulated: sandbox, folders: foldersOf(environment, { sandbox, catalogDirectory }) };
  const loaded = readable(environment, own);
  const read = loaded && diskReader(session, loaded);
  if (loaded === undefined || read === undefined) return false;
  const report: Report = reportOf(own).of(environment);
  const groups = chosenGroups(await groupStates(loaded, read, 1), names);
  const now = leaseTime();
  showNodes(
    report,
    groups.map((group) => viewOf(group, now)),
  );
  report.close();
  return true;
}

/** Undefined for a catalog with errors, which the session shows. */
function readable(environment: string, settings: Settings): Loaded | undefined {
  const { CatalogError } =
    require('../../catalog/ground/catalog-error') as typeof import('../../catalog/ground/catalog-error');
  try {
    return loadCatalog(environment, settings, { lenient: true });
  } catch (error) {
    if (error instanceof CatalogError) return undefined;
    throw error;
  }
}

/** The nodes that live: of elastic groups, those of which the cloud told. */
function awaited(groups: readonly GroupState[], { members }: Findings): readonly AwaitedNode[] {
  return groups.flatMap(({ name, output, lease, stacks }) => {
    const isOver = lease?.end ? Date.parse(lease.end) <= leaseTime() : false;
    if (output === undefined || isOver) return [];
    const { base_container: hasContainer = true, ssh_port, boot_timeout: seconds } = output;
    const fixed = Object.entries(output.nodes).filter(([key]) => lease?.ended.includes(key) !== true);
    const elastic = (members?.get(name) ?? []).filter((member) => member.address !== '');
    return [...fixed.map(([, { address }]) => address), ...elastic.map(({ address }) => address)].map(
      (address) => ({
        address,
        port: hasContainer ? 22 : ssh_port,
        stacks: stacks.map(({ id }) => id),
        ...(seconds === undefined ? {} : { seconds }),
      }),
    );
  });
}

function waitEnd({ report }: Session, waited: ReadonlyMap<string, NodeState>): number {
  const states = [...waited.values()];
  if (states.every((state) => state === 'RUNNING')) return EXIT.done;
  if (states.includes('UNKNOWN'))
    report.note(
      'warn',
      'UNKNOWN is what does not answer here: the node may be up, and the way to it missing (VPN, rules)',
    );
  return EXIT.failed;
}
