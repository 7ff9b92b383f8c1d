import { listed } from '../../../../base/text/listed';
import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

/** Whether a resource belongs to the endpoints of a network, also where it is a security group or a rule of one. */
export function isOfEndpoints({ type, address }: Pick<ScrubbedChange, 'type' | 'address'>): boolean {
  return type === 'aws_vpc_endpoint' || address.startsWith(`${type}.Endpoints_`);
}

/** What a plan does to the services of AWS that nodes reach without the Internet. */
export function endpointEffects({ graph, replacedVpc }: PlannedNetwork): Told {
  const changed = graph
    .of('aws_vpc_endpoint')
    .filter(({ actions }) => !actions.every((action) => action === 'no-op' || action === 'read'));
  if (changed.length === 0 || replacedVpc !== undefined) {
    // Clients change with the VPC's block alone, and that is a replacement.
    return NOTHING_TOLD;
  }
  const replaced = changed.filter(isReplaced);
  const kept = changed.filter((one) => !isReplaced(one));
  const gone = kept.filter(removes);
  const added = kept.filter(creates);
  const edited = kept.filter((one) => !removes(one) && !creates(one) && !isTagsOnly(one));
  const effects: Effect[] = [];
  const say = (change: Effect['change'], which: readonly ScrubbedChange[], what: string) => {
    if (which.length > 0) effects.push({ change, what: `${listed(which.map(serviceOf))}: ${what}` });
  };
  say(
    'endpoints removed',
    gone,
    'endpoints are DESTROYED; nodes reach these services by the Internet, or no longer where they have none',
  );
  say('endpoints replaced', replaced, 'endpoints are REPLACED; nodes do not reach these services in between');
  say('endpoints added', added, `nodes reach these services inside the VPC${breaks(added)}`);
  say(
    'endpoints changed',
    edited,
    'subnets, route tables or security groups of the endpoints change in place',
  );
  return {
    effects,
    covers: (change) => isOfEndpoints(change) && !isTagsOnly(change),
  };
}

/** An endpoint of routes takes the traffic over at once (Amazon VPC user guide, "Gateway endpoints"). */
function breaks(added: readonly ScrubbedChange[]): string {
  const isGateway = added.some(({ after }) => after.vpc_endpoint_type === 'Gateway');
  return isGateway ? '; open connections to S3 break once' : '';
}

/** `com.amazonaws.ap-northeast-1.ecr.api` without what all of them begin with. */
function serviceOf({ before, after }: ScrubbedChange): string {
  const name = String(after.service_name ?? before.service_name);
  return name.split('.').slice(3).join('.');
}

function isTagsOnly({ actions, changed }: ScrubbedChange): boolean {
  return actions.join() === 'update' && changed.every((name) => name === 'tags' || name === 'tags_all');
}
