import { CommandError, Failure } from '../../../base/errors';
import { readSiteOutput } from '../../../model/gateway/site-output';
import { ValueError } from '../../../model/value-error';
import type { BothEnds } from '../../../review/both-ends';
import type { StackPlan } from '../../../terraform/plan/stack-plan';
import { tunnelsOf } from '../../kinds/registry';
import { type HostEnvironment, neighboursAtGateway, publicIpsOf } from '../gateway/neighbours';
import type { EndsBefore } from './applied-ends';
import { configurationChanges, entriesChanges } from './entries-changes';
import { hostChanges } from './host-changes';
import { type NotedEnvironment, notedAfter, notedNow } from './noted-outputs';

/** What of a run the ends follow from. */
export interface PlannedRun {
  readonly plans: readonly StackPlan[];
  readonly deferred: readonly { readonly stack: string; readonly because: readonly string[] }[];
  readonly destroy: boolean;
}

/** What a run changes at both ends, and how they are before it. */
export interface CollectedEnds {
  readonly ends: BothEnds;
  /** Absent where no output changes. */
  readonly before?: EndsBefore;
}

/** The outputs from which the gateway's files are rendered. */
const AT_GATEWAY = ['tunnels', 'tunnel_keys', 'site'];

/**
 * What the plans of an environment change at both ends of its tunnels and for the controller. The outputs of states and plans
 * tell it, so that it is the same on every machine; what is on this disk comes beside it.
 *
 * @throws TerraformError where a state can't be read
 */
export async function collectEnds(own: HostEnvironment, run: PlannedRun): Promise<CollectedEnds> {
  const { session, loaded } = own;
  const changing = run.plans.filter(({ outputs }) => outputs.length > 0);
  const planned = new Map(changing.map(({ stack, outputValues }) => [stack, outputValues]));
  const before = changing.length === 0 ? { environment: own, stacks: [] } : await notedNow(own, planned);
  const after = notedAfter(before, planned);
  const touchesGateway = changing.some(({ outputs }) => outputs.some((name) => AT_GATEWAY.includes(name)));
  const { others, ...atGateway } = touchesGateway
    ? await gatewayEnds(before, after)
    : { hosts: [], neighbours: [], unknown: [], folders: [], others: [] };
  const ends: BothEnds = {
    ...atGateway,
    unknown: [...atGateway.unknown, ...deferredWords(own, run)],
    entries: entriesChanges(session, loaded, before, after),
    configuration: run.destroy ? [] : configurationChanges(session, loaded, before),
  };
  return { ends, ...(changing.length === 0 ? {} : { before: { own: before, others } }) };
}

interface GatewayEnds extends Pick<BothEnds, 'hosts' | 'neighbours' | 'unknown' | 'folders'> {
  readonly others: readonly NotedEnvironment[];
}

async function gatewayEnds(before: NotedEnvironment, after: NotedEnvironment): Promise<GatewayEnds> {
  const { environment: own } = before;
  const held: (() => void)[] = [];
  const unknown: string[] = [];
  const others: NotedEnvironment[] = [];
  try {
    const addresses = new Set([...publicIpsOf(own.loaded), ...addressesOf(before)]);
    try {
      for (const other of await neighboursAtGateway(own, (free) => held.push(free), addresses))
        others.push(await notedNow(other));
    } catch (error) {
      if (!(error instanceof Failure || error instanceof CommandError)) throw error;
      unknown.push(
        `other environments of the host are left out: ${error.message.replace(/^gateway: not written: /, '')}`,
      );
    }
    const found = hostChanges(own.session, [before, ...others], after);
    return { ...found, others, unknown: [...unknown, ...found.unknown] };
  } catch (error) {
    if (!(error instanceof Failure || error instanceof ValueError)) throw error;
    return {
      hosts: [],
      neighbours: [],
      unknown: [`the gateway's files can't be compared: ${error.message.replace(/\n\s*/g, ' ')}`],
      folders: [],
      others,
    };
  } finally {
    for (const free of held) free();
  }
}

function addressesOf({ stacks }: NotedEnvironment): readonly string[] {
  return stacks.flatMap(({ site }) => readSiteOutput(site).map((end) => end.site.publicIp));
}

/** What can't be known yet of stacks that wait for others. */
function deferredWords({ loaded }: HostEnvironment, { deferred }: PlannedRun): readonly string[] {
  return deferred.flatMap(({ stack: id, because }) => {
    const stack = loaded.stacks.find((candidate) => candidate.id === id);
    if (stack === undefined || tunnelsOf(stack) === undefined) return [];
    return [
      `${id}: what changes at the gateway and in its entries is not known before ${because.join(', ')} is applied`,
    ];
  });
}
