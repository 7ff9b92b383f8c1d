import { listed } from '../../../../base/text/listed';
import { isReplaced } from '../../../../terraform/plan/drift';
import { exists, type Side } from '../../../../terraform/plan/planned-graph';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { type Effect, NOTHING_TOLD, type Told } from './outcome-words';
import type { PlannedNetwork } from './planned-network';

const ENDPOINT = 'aws_route53_resolver_endpoint';
const RULE = 'aws_route53_resolver_rule';
const ASSOCIATION = 'aws_route53_resolver_rule_association';

/** Whether a resource forwards domains of a network, also where it is a security group or a rule of one. */
export function isOfForwarding({ type, address }: Pick<ScrubbedChange, 'type' | 'address'>): boolean {
  return [ENDPOINT, RULE, ASSOCIATION].includes(type) || address.startsWith(`${type}.Forwarding_`);
}

/** A domain with the resolvers that are asked about it; absent where none is. */
interface Forwarded {
  readonly domain: string;
  readonly before?: string;
  readonly after?: string;
  readonly isReplaced: boolean;
}

/** What a plan does to the domains about which the resolver of a network asks others. */
export function forwardingEffects(network: PlannedNetwork): Told {
  if (network.replacedVpc !== undefined) return NOTHING_TOLD;
  const domains = network.graph.of(RULE).map((rule) => forwarded(network, rule));
  const effects: Effect[] = [];
  const say = (change: Effect['change'], which: readonly Forwarded[], words: (one: Forwarded) => string) => {
    for (const text of new Set(which.map(words))) {
      const names = which.filter((one) => words(one) === text).map(({ domain }) => domain);
      effects.push({ change, what: `${namesOf(names)} ${text}` });
    }
  };
  const kept = domains.filter(({ before, after }) => before !== undefined && after !== undefined);
  say(
    'forwarding removed',
    domains.filter(({ before, after }) => before !== undefined && after === undefined),
    ({ before }) =>
      `are no longer asked of ${before}: AWS's own resolver answers, which does not know the site's`,
  );
  say(
    'forwarding replaced',
    kept.filter((one) => one.isReplaced),
    ({ after }) => `are asked of ${after} by a rule that is REPLACED: AWS's own resolver answers in between`,
  );
  say(
    'resolvers changed',
    kept.filter((one) => !one.isReplaced && one.before !== one.after),
    ({ before, after }) => `are asked of ${after} in place of ${before}`,
  );
  say(
    'forwarding added',
    domains.filter(({ before, after }) => before === undefined && after !== undefined),
    ({ after }) => `are asked of ${after}; nodes keep what they know until its time to live is over`,
  );
  const endpoint = network.graph.of(ENDPOINT)[0];
  if (endpoint?.actions.join() === 'update' && !isTagsOnly(endpoint))
    effects.push({
      change: 'forwarding changed',
      what: 'network interfaces from which resolvers are asked change in place: new ones come before old ones go',
    });
  return { effects, covers: (change) => isOfForwarding(change) && !isTagsOnly(change) };
}

/** A domain is forwarded while its rule is there and the network uses it. */
function forwarded({ graph }: PlannedNetwork, rule: ScrubbedChange): Forwarded {
  const used = (side: Side): ScrubbedChange | undefined =>
    graph.of(ASSOCIATION, side).find((one) => graph.target(one, 'resolver_rule_id', RULE, side) === rule);
  const resolvers = (side: Side) =>
    exists(rule, side) && used(side) ? { [side]: resolversOf(rule, side) } : {};
  const association = used('after');
  return {
    domain: String(rule.after.domain_name ?? rule.before.domain_name),
    ...resolvers('before'),
    ...resolvers('after'),
    isReplaced: isReplaced(rule) || (association !== undefined && isReplaced(association)),
  };
}

function resolversOf(rule: ScrubbedChange, side: Side): string {
  const targets: unknown = rule[side].target_ip;
  const addresses = (Array.isArray(targets) ? targets : []).map((target: { readonly ip?: unknown }) =>
    String(target.ip),
  );
  return listed(addresses.sort());
}

function namesOf(domains: readonly string[]): string {
  return domains.includes('.') ? 'all names' : `names of ${listed([...domains].sort())}`;
}

function isTagsOnly({ actions, changed }: ScrubbedChange): boolean {
  return actions.join() === 'update' && changed.every((name) => name === 'tags' || name === 'tags_all');
}
