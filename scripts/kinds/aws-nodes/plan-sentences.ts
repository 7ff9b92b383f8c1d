import { counted } from '../../../base/text/counted';
import { durationText } from '../../../base/text/duration-text';
import { listed } from '../../../base/text/listed';
import type { AwsNodeGroup } from '../../../catalog/kinds/aws-nodes/nodes';
import { creates, isReplaced, removes } from '../../../terraform/plan/drift';
import { type PlanEffect, type Weight, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import type { Planned } from '../kind';
import { plainEffects } from '../plain-sentences';
import { diskSentences } from './disk-sentences';
import { keyOf } from './node-key';

/** How many names of nodes a sentence has. */
const SHOWN = 6;

/** What a plan means for a node group, the most hurtful first. */
export function nodeSentences({ stack, loaded, details }: Planned<'aws-nodes'>): readonly PlanEffect[] {
  const changes = details?.changes ?? [];
  const groups = loaded.catalog.kinds['aws-nodes']?.groups ?? [];
  const group = groups.find(({ key }) => key === stack.group);
  const of = (type: string) => changes.filter((change) => change.type === type);
  const instances = of('aws_instance');
  const scaling = of('aws_autoscaling_group');
  const lease = of('terraform_data').find(({ address }) => address === 'terraform_data.Lease');
  const words = [
    ...lostNodes(instances, group, lease),
    ...scaling.flatMap((change) => groupWords(change, group)),
    ...diskSentences(of('aws_ebs_volume')),
    ...changedNodes(instances),
    ...newNodes(instances, group),
    ...(group === undefined ? [] : leaseWords(lease, group)),
    ...of('aws_launch_template').flatMap(templateWords),
    ...keptSize(scaling, group),
  ];
  return words.length === 0 ? plainEffects(changes) : words;
}

/** Nodes that go: replaced, at the end of their lease, by themselves, or because the catalog has them no more. */
function lostNodes(
  instances: readonly ScrubbedChange[],
  group: AwsNodeGroup | undefined,
  lease: ScrubbedChange | undefined,
): readonly PlanEffect[] {
  const replaced = instances.filter(isReplaced);
  const gone = instances.filter(removes);
  const isKept = ({ address }: ScrubbedChange) =>
    group?.nodes.some(({ key }) => key === keyOf(address)) === true;
  const ended = gone.filter(isKept);
  const removed = gone.filter((change) => !isKept(change));
  const reasons = [...new Set(replaced.flatMap(({ replacedBy }) => replacedBy))].map((name) =>
    reasonOf(name),
  );
  const because = reasons.length === 0 ? '' : `, because ${listed(reasons)} changes`;
  const over = group?.leaseSeconds !== undefined && lease === undefined ? 'the lease has ended: ' : '';
  return [
    ...told(
      'outage',
      replaced,
      (ones) =>
        `${named(ones)} ${are(ones)} REPLACED${because}: what runs on ${them(ones)} and the root disk are lost`,
    ),
    ...told(
      'outage',
      ended,
      (ones) => `${over}${named(ones)} ${are(ones)} ended, with what runs on ${them(ones)}`,
    ),
    ...told(
      'outage',
      removed,
      (ones) => `${named(ones)} ${are(ones)} DESTROYED, with what runs on ${them(ones)}`,
    ),
  ];
}

/** A sentence about some resources; none where there are none. */
function told(
  weight: Weight,
  ones: readonly ScrubbedChange[],
  text: (ones: readonly ScrubbedChange[]) => string,
): readonly PlanEffect[] {
  return ones.length === 0 ? [] : weighed(weight, [text(ones)], ones);
}

function changedNodes(instances: readonly ScrubbedChange[]): readonly PlanEffect[] {
  const changed = instances.filter(
    (change) => !creates(change) && !removes(change) && !isReplaced(change) && change.changed.length > 0,
  );
  const stopped = changed.filter((change) => change.changed.includes('instance_type'));
  const others = changed.filter((change) => !stopped.includes(change));
  return [
    ...told(
      'outage',
      stopped,
      (ones) =>
        `${named(ones)} ${ones.length === 1 ? 'is' : 'are'} stopped, get another type, and start again`,
    ),
    ...told(
      'changed',
      others,
      (ones) =>
        `${named(ones)} ${ones.length === 1 ? 'changes in place and works on' : 'change in place and work on'}`,
    ),
  ];
}

function newNodes(
  instances: readonly ScrubbedChange[],
  group: AwsNodeGroup | undefined,
): readonly PlanEffect[] {
  const created = instances.filter(creates);
  if (group === undefined) return [];
  return told('created', created, (ones) => `${named(ones)} ${are(ones)} created: ${machineWords(group)}`);
}

/** `m7i.large, 16 GB gp3, in ap-northeast-1`, and how many pools spot instances come from. */
function machineWords({ instanceTypes, rootVolume, region, spotOptions, kind }: AwsNodeGroup): string {
  const [first, ...others] = instanceTypes;
  const types = others.length === 0 ? first : `${first} or ${counted(others.length, 'other type')}`;
  const price = spotOptions?.maxPrice === undefined ? '' : `, at most ${spotOptions.maxPrice} USD an hour`;
  const pools = kind === 'elastic' ? ` of ${counted(instanceTypes.length, 'pool')} (types in one zone)` : '';
  const spot = spotOptions === undefined ? '' : `, spot${pools}${price}`;
  return `${types}, ${rootVolume.sizeGb} GB ${rootVolume.type}, in ${region}${spot}`;
}

/** What happens to an Auto Scaling group. */
function groupWords(change: ScrubbedChange, group: AwsNodeGroup | undefined): readonly PlanEffect[] {
  const { before, after } = change;
  const tell = (weight: Weight, text: string) => weighed(weight, [text], [change]);
  if (removes(change))
    return tell('outage', 'the group is DESTROYED, with all its nodes and what runs on them');
  if (group === undefined) return [];
  const sizes = `${counted(group.initial, 'node')} at first, at most ${group.most}`;
  if (creates(change)) return tell('created', `a group of ${sizes} is created: ${machineWords(group)}`);
  if (isReplaced(change))
    return tell(
      'outage',
      `the group is REPLACED${groupCause(change)}: nodes that are there end, and it begins anew with ${sizes}`,
    );
  if (!change.changed.includes('max_size'))
    return tell('changed', 'the group changes in place; its nodes work on');
  return after.max_size === 0
    ? tell('outage', 'the lease has ended: the group goes to no nodes, with what runs on them')
    : tell(
        'changed',
        `the group has at most ${String(after.max_size)} nodes instead of ${String(before.max_size)}`,
      );
}

/** `, because the zones change`: the attributes that force a group's replacement. */
function groupCause({ replacedBy }: ScrubbedChange): string {
  const causes = [...new Set(replacedBy.map(reasonOf))];
  return causes.length === 0
    ? ''
    : ` because ${listed(causes)} ${causes.length === 1 ? 'changes' : 'change'}`;
}

/** An edit of the first size is ignored: AWS, the nodes and people have changed the size since. */
function keptSize(
  scaling: readonly ScrubbedChange[],
  group: AwsNodeGroup | undefined,
): readonly PlanEffect[] {
  if (group === undefined) return [];
  return scaling
    .filter((change) => !creates(change) && !removes(change) && !isReplaced(change))
    .flatMap(({ before }) =>
      typeof before.desired_capacity === 'number' && before.desired_capacity !== group.initial
        ? weighed('quiet', [
            `nodes.initial (${group.initial}) counts only at the group's birth: it stays at ${counted(before.desired_capacity, 'node')}`,
          ])
        : [],
    );
}

function templateWords(change: ScrubbedChange): readonly PlanEffect[] {
  if (creates(change) || removes(change)) return [];
  const text = 'new nodes start from the changed template; those that are there work on as they are';
  return weighed('changed', [text], [change]);
}

/** When a lease begins, and its end where Terraform knows the begin. */
function leaseWords(
  lease: ScrubbedChange | undefined,
  { leaseSeconds }: AwsNodeGroup,
): readonly PlanEffect[] {
  if (leaseSeconds === undefined || lease === undefined || removes(lease)) return [];
  const verb = isReplaced(lease) ? 'is renewed from now' : 'begins with this plan';
  return weighed('changed', [`the lease of ${durationText(leaseSeconds)} ${verb}`], [lease]);
}

function named(changes: readonly ScrubbedChange[]): string {
  const keys = changes.map(({ address }) => keyOf(address));
  const shown = keys.length > SHOWN ? [...keys.slice(0, SHOWN), `${keys.length - SHOWN} more`] : keys;
  return `${keys.length === 1 ? 'node' : 'nodes'} ${listed(shown)}`;
}

function are(changes: readonly unknown[]): 'is' | 'are' {
  return changes.length === 1 ? 'is' : 'are';
}

function them(changes: readonly unknown[]): 'it' | 'them' {
  return changes.length === 1 ? 'it' : 'them';
}

const REASONS: Readonly<Record<string, string>> = {
  ami: 'the image',
  user_data_base64: 'the user data',
  private_ip: 'the address',
  subnet_id: 'the subnet',
  placement_group: 'the placement',
};

/** An attribute in words. */
function reasonOf(attribute: string): string {
  const [name = attribute] = attribute.split('.');
  return REASONS[name] ?? name.replaceAll('_', ' ');
}
