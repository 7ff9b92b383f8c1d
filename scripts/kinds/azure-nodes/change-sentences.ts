import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import { creates, isReplaced, removes } from '../../../terraform/plan/drift';
import { type PlanEffect, type Weight, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange, ScrubbedPlan } from '../../../terraform/plan/scrub';
import { attributeWords, because } from '../azure/because';
import { plainEffects } from '../plain-sentences';

const MACHINE = 'azurerm_linux_virtual_machine';
const SET = 'azurerm_orchestrated_virtual_machine_scale_set';
const DISK = 'azurerm_managed_disk';
const GROUP = 'azurerm_resource_group';
const LEASE = 'terraform_data';

/** What comes and goes with a machine, and is told with it. */
const PARTS: readonly string[] = [
  'azurerm_network_interface',
  'azurerm_network_interface_security_group_association',
  'azurerm_virtual_machine_data_disk_attachment',
];

/** What follows the lease. */
const FOLLOWS_LEASE: readonly string[] = ['azurerm_automation_schedule', 'azurerm_monitor_autoscale_setting'];

/** What a change of an existing group means, the most hurtful first. */
export function groupChanges({ changes: all }: Pick<ScrubbedPlan, 'changes'>): readonly PlanEffect[] {
  const changes = all.filter(({ actions }) => actions.join() !== 'read');
  const of = (type: string) => changes.filter((change) => change.type === type);
  if (of(GROUP).some((change) => removes(change) || isReplaced(change)))
    return weighed(
      'outage',
      ['the node group is DESTROYED: all its nodes end, and what is on their disks is lost'],
      of(GROUP),
    );
  const tags = changes.filter(isTagsOnly);
  const lease = of(LEASE).filter(isReplaced);
  const told = new Set<ScrubbedChange>([...tags, ...of(MACHINE), ...of(SET), ...of(DISK), ...lease]);
  for (const change of changes) {
    const { type } = change;
    const followsLease = FOLLOWS_LEASE.includes(type) && isUpdate(change) && lease.length > 0;
    if (PARTS.includes(type) || followsLease) told.add(change);
  }
  return [
    ...diskWords(of(DISK)),
    ...machineWords(of(MACHINE)),
    ...of(SET).flatMap(setWords),
    ...weighed('changed', lease.length === 0 ? [] : ['the lease begins anew with this apply'], lease),
    ...weighed(
      'quiet',
      tags.length === 0 ? [] : [`tags of ${counted(tags.length, 'resource')} change; no node is affected`],
    ),
    ...plainEffects(changes.filter((change) => !told.has(change))),
  ];
}

function machineWords(machines: readonly ScrubbedChange[]): readonly PlanEffect[] {
  const gone = machines.filter(removes);
  const made = machines.filter(creates);
  return [
    ...(gone.length === 0
      ? []
      : weighed(
          'outage',
          [`${nodes(gone)} ${gone.length === 1 ? 'ends' : 'end'}: what is on the OS disk is lost`],
          gone,
        )),
    ...byCause(machines.filter(isReplaced), because).flatMap(([cause, ones]) =>
      weighed(
        'outage',
        [
          `${nodes(ones)} ${ones.length === 1 ? 'is' : 'are'} REPLACED${cause}: what is on the OS disk is lost`,
        ],
        ones,
      ),
    ),
    ...byCause(
      machines.filter((change) => isUpdate(change) && !isTagsOnly(change)),
      ({ changed }) => listed([...changed].filter((name) => name !== 'tags').map(attributeWords)),
    ).flatMap(([what, ones]) => {
      const isSize = what === 'size';
      const sizes = isSize ? ` (${String(ones[0]?.before.size)} → ${String(ones[0]?.after.size)})` : '';
      const text = `${nodes(ones)} ${ones.length === 1 ? 'changes' : 'change'} in place: ${what}${sizes}${isSize ? ', with a restart' : ''}`;
      return weighed(isSize ? 'outage' : 'changed', [text], ones);
    }),
    ...(made.length === 0
      ? []
      : weighed('created', [`${nodes(made)} ${made.length === 1 ? 'is' : 'are'} made`], made)),
  ];
}

function setWords(change: ScrubbedChange): readonly PlanEffect[] {
  const tell = (weight: Weight, text: string) => weighed(weight, [text], [change]);
  if (removes(change)) return tell('outage', 'the scale set is DESTROYED: all its nodes end');
  if (isReplaced(change))
    return tell('outage', `the scale set is REPLACED${because(change)}: all its nodes end`);
  if (creates(change)) return tell('created', 'the scale set is made');
  if (isTagsOnly(change)) return [];
  const what = change.changed.filter((name) => name !== 'tags').map(attributeWords);
  return tell('changed', `new nodes differ (${listed(what)}); those that run stay as they are`);
}

function diskWords(disks: readonly ScrubbedChange[]): readonly PlanEffect[] {
  return disks.flatMap((change) => {
    const name = String(change.before.name ?? change.after.name);
    const tell = (weight: Weight, text: string) => weighed(weight, [text], [change]);
    if (removes(change)) return tell('destroyed', `disk ${name} is DESTROYED, with what is on it`);
    if (isReplaced(change))
      return tell('replaced', `disk ${name} is REPLACED${because(change)}: what is on it is lost`);
    if (creates(change)) return tell('created', `disk ${name} is made`);
    if (isTagsOnly(change)) return [];
    return tell('changed', `disk ${name} changes in place: ${listed(change.changed.map(attributeWords))}`);
  });
}

function byCause(
  changes: readonly ScrubbedChange[],
  cause: (change: ScrubbedChange) => string,
): readonly (readonly [string, readonly ScrubbedChange[]])[] {
  const groups = new Map<string, ScrubbedChange[]>();
  for (const change of changes) groups.set(cause(change), [...(groups.get(cause(change)) ?? []), change]);
  return [...groups];
}

/** `node n1`, `nodes n1, n2 and n3`. */
function nodes(changes: readonly ScrubbedChange[]): string {
  const keys = changes.map(({ address }) => /\["([^"]+)"\]$/.exec(address)?.[1] ?? address);
  return `${keys.length === 1 ? 'node' : 'nodes'} ${listed(keys)}`;
}

function isUpdate({ actions }: ScrubbedChange): boolean {
  return actions.join() === 'update';
}

function isTagsOnly(change: ScrubbedChange): boolean {
  return isUpdate(change) && change.changed.every((name) => name === 'tags');
}
