import { counted } from '../../../../base/text/counted';
import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import type { Effect, Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

const FLOW_LOGS = ['aws_flow_log', 'aws_iam_role', 'aws_iam_role_policy'];
const DHCP = ['aws_vpc_dhcp_options', 'aws_vpc_dhcp_options_association'];
const LOG_GROUP = 'aws_cloudwatch_log_group';

/** Changes that no packet notices: tags, flow logs, and the logs of tunnels; and what nodes learn by DHCP. */
export function quietEffects({ graph }: PlannedNetwork, changes: readonly ScrubbedChange[]): Told {
  const tagged = changes.filter(isTagsOnly);
  const isMoving = (change: ScrubbedChange) => creates(change) || removes(change) || isReplaced(change);
  const flow = graph.of('aws_flow_log').find(isMoving);
  const groups = graph.of(LOG_GROUP).filter(isMoving);
  const vpnLogs = groups.filter(({ before, after }) => !String(before.name ?? after.name).endsWith('/flow'));
  const effects: Effect[] = [];
  if (flow !== undefined) effects.push(flowEffect(flow));
  const gone = vpnLogs.filter((group) => !creates(group)).length;
  if (gone > 0) {
    const [groups, them] =
      gone === 1 ? ['group of the tunnels is', 'it'] : ['groups of the tunnels are', 'them'];
    const what = `the log ${groups} DESTROYED, with the logs in ${them}; no traffic is affected`;
    effects.push({ change: 'VPN logs destroyed', what });
  }
  const dhcp = DHCP.flatMap((type) => graph.of(type)).find(
    (change) => !isTagsOnly(change) && isChanging(change),
  );
  if (dhcp !== undefined) effects.push(dhcpEffect(dhcp));
  if (tagged.length > 0)
    effects.push({
      change: 'tags',
      what: `tags of ${counted(tagged.length, 'resource')} change; no traffic is affected`,
    });
  return {
    effects,
    covers: (change) =>
      tagged.includes(change) ||
      (dhcp !== undefined && DHCP.includes(change.type)) ||
      (flow !== undefined && FLOW_LOGS.includes(change.type)) ||
      groups.includes(change),
  };
}

function isChanging(change: ScrubbedChange): boolean {
  return change.actions.some((action) => action !== 'no-op' && action !== 'read');
}

function dhcpEffect(change: ScrubbedChange): Effect {
  const then = 'nodes take that with their next lease, within minutes or when they start';
  if (creates(change) && !isReplaced(change))
    return {
      change: 'DHCP options added',
      what: `name servers and domain of the nodes are set by DHCP; ${then}`,
    };
  if (removes(change) && !isReplaced(change))
    return {
      change: 'DHCP options destroyed',
      what: `DHCP options are DESTROYED: nodes get no name server; ${then}`,
    };
  return { change: 'DHCP options', what: `name servers, domain or NTP servers of the nodes change; ${then}` };
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
