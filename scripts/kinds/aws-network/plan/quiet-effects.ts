import { counted } from '../../../../base/text/counted';
import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import type { Effect, Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

const FLOW_LOGS = ['aws_flow_log', 'aws_iam_role', 'aws_iam_role_policy'];
const LOG_GROUP = 'aws_cloudwatch_log_group';

/** Changes that no packet notices: tags, flow logs, and the logs of tunnels. */
export function quietEffects({ graph }: PlannedNetwork, changes: readonly ScrubbedChange[]): Told {
  const tagged = changes.filter(isTagsOnly);
  const isMoving = (change: ScrubbedChange) => creates(change) || removes(change) || isReplaced(change);
  const flow = graph.of('aws_flow_log').find(isMoving);
  const groups = graph.of(LOG_GROUP).filter(isMoving);
  const vpnLogs = groups.filter(({ before, after }) => !String(before.name ?? after.name).endsWith('/flow'));
  const effects: Effect[] = [];
  if (flow !== undefined) effects.push(flowEffect(flow));
  if (vpnLogs.some((group) => !creates(group)))
    effects.push({
      change: 'VPN logs destroyed',
      what: 'the log group of the tunnels is DESTROYED, with the logs in it; no traffic is affected',
    });
  if (tagged.length > 0)
    effects.push({
      change: 'tags',
      what: `tags of ${counted(tagged.length, 'resource')} change; no traffic is affected`,
    });
  return {
    effects,
    covers: (change) =>
      tagged.includes(change) ||
      (flow !== undefined && FLOW_LOGS.includes(change.type)) ||
      groups.includes(change),
  };
}

function flowEffect(flow: ScrubbedChange): Effect {
  const none = 'no traffic is affected';
  if (creates(flow)) return { change: 'flow logs added', what: `flow logs are added; ${none}` };
  const what = `flow logs are ${removes(flow) ? 'DESTROYED, with the log group and what is in it' : 'REPLACED'}; ${none}`;
  return { change: 'flow logs destroyed', what };
}

function isTagsOnly({ actions, changed }: ScrubbedChange): boolean {
  return actions.join() === 'update' && changed.every((name) => name === 'tags' || name === 'tags_all');
}
