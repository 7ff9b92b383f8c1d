import { counted } from '../../../base/text/counted';
import { durationText } from '../../../base/text/duration-text';
import { listed } from '../../../base/text/listed';
import type { AzureNodeGroup } from '../../../catalog/kinds/azure-nodes/group';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import type { Planned } from '../kind';
import { groupChanges } from './change-sentences';

/** What a plan means for a node group, as sentences. */
export function planSentences({
  stack,
  loaded,
  resources,
  details,
}: Planned<'azure-nodes'>): readonly PlanEffect[] {
  if (details !== undefined) return groupChanges(details);
  const group = loaded.catalog.kinds['azure-nodes']?.groups.find(({ key }) => key === stack.group);
  const creates = resources.some(({ action }) => action === 'create');
  if (creates && group !== undefined) return weighed('created', groupWords(group));
  return weighed('outage', [
    'the node group is DESTROYED: all its nodes end, and what is on their disks is lost',
  ]);
}

/** What a group is: its nodes, and how they end. */
function groupWords(group: AzureNodeGroup): readonly string[] {
  const { kind, initial, most, sizes, spot, maxPrice, location, zone, disks, isCluster } = group;
  const count = kind === 'elastic' ? `${initial} to ${most} nodes` : counted(most, 'node');
  const price = maxPrice === undefined ? 'spot' : `spot, at most ${maxPrice} USD an hour each`;
  const nodes = [
    `${count} ${listed(sizes).replace(/ and /, ' or ')}${spot ? ` (${price})` : ''} in ${location}${zone === undefined ? '' : `, zone ${zone}`}`,
    ...(isCluster ? ['near to each other'] : []),
    ...(disks.length === 0 ? [] : [`${counted(disks.length, 'further disk')} each`]),
  ];
  return [nodes.join(', '), endWords(group)];
}

function endWords({ leaseSeconds, idleSeconds, kind }: AzureNodeGroup): string {
  const end =
    leaseSeconds === undefined
      ? 'nothing ends them but their removal'
      : kind === 'elastic'
        ? `Azure ends them ${durationText(leaseSeconds)} after this apply, by an autoscale setting`
        : `Azure deletes them ${durationText(leaseSeconds)} after this apply, by a runbook`;
  const idle =
    idleSeconds === undefined
      ? ''
      : `; one without work for ${durationText(idleSeconds)} deallocates itself, and only its disks are billed then`;
  return `${end}${idle}`;
}
