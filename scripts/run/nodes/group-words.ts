import { counted } from '../../../base/text/counted';
import { durationText } from '../../../base/text/duration-text';
import { timeText } from '../../../base/text/time-text';
import { groupOf, type Loaded } from '../../../catalog/environment/catalog';
import type { NodeGroup } from '../../../catalog/ground/node-group';
import type { Stack } from '../../../catalog/kinds/registry';
import { PENDING_TEXT } from '../../../model/net/address';
import { hoursText } from '../../../model/nodes/lease';
import type { LeaseOutput, NodesOutput } from '../../../model/nodes/outputs';
import { readLeaseOutput, readNodesOutput } from '../../../model/nodes/read-outputs';
import { ValueError } from '../../../model/value-error';
import type { ResourceChange } from '../../../terraform/messages';
import type { PlannedOutputs } from '../../../terraform/plan/planned-outputs';
import { rounded } from './group-view';
import { leaseTime } from './lease-time';
import { endedAdvice } from './node-texts';

/** What a plan of a stack with nodes changes. */
export interface PlannedNodes {
  readonly stack: Stack;
  readonly loaded: Loaded;
  readonly resources: readonly ResourceChange[];
  readonly outputs: PlannedOutputs;
  /** Nodes that were found to have ended by themselves. */
  readonly ended: readonly string[];
}

/** What a plan means for a node group, whatever its kind: how many nodes until when, and what they cost at most. */
export function groupWords({ stack, loaded, resources, outputs, ended }: PlannedNodes): readonly string[] {
  const group = groupOf(loaded, stack);
  if (group === undefined) return [];
  const before = leaseOf(outputs.lease?.before);
  const after = leaseOf(outputs.lease?.after);
  return [
    ...(requestsNodes(resources) && isWhole(group, loaded) ? [termsText(group, after)] : []),
    ...leaseChange(group, before, after),
    ...(isOver(group, outputs, after) ? [`${group.name}: its lease is over; renew makes new nodes`] : []),
    ...(ended.length === 0 ? [] : [endedAdvice(ended)]),
  ];
}

/** Whether the lease has ended: by the clock, or because the plan has no node any more. */
function isOver(group: NodeGroup, outputs: PlannedOutputs, lease: LeaseOutput | undefined): boolean {
  if (!lease?.end) return false;
  if (Date.parse(lease.end) <= leaseTime()) return true;
  const count = (value: unknown) => Object.keys(nodesOf(value)[group.name]?.nodes ?? {}).length;
  const { before, after } = outputs.nodes ?? {};
  return count(before) > 0 && count(after) === 0 && lease.ended.length < count(before);
}

/** Whether a plan makes nodes, or what nodes come of. */
export function requestsNodes(resources: readonly ResourceChange[]): boolean {
  return resources.some(({ action }) => action === 'create' || action === 'replace');
}

/**
 * `workers: 3 nodes of m7i.large for 0.83 hours, until 2026-11-29 23:10 UTC at the latest; each ends after being idle for 0.25 hours; at
 * most 0.25 USD`. A group without a lease has a price an hour.
 *
 * @param lease - as it is planned, where that is known
 */
export function termsText(group: NodeGroup, lease: LeaseOutput | undefined): string {
  const { name, leaseSeconds, idleSeconds } = group;
  const time = leaseSeconds === undefined ? ', which nothing ends' : ` for ${hoursText(leaseSeconds)} hours`;
  const end = lease?.end ? `, until ${timeText(lease.end)} at the latest` : '';
  const idle =
    idleSeconds === undefined ? '' : `; each ends after being idle for ${hoursText(idleSeconds)} hours`;
  const cost = costText(group);
  return `${name}: ${sizeText(group)}${time}${end}${idle}${cost === undefined ? '' : `; ${cost}`}`;
}

/** As condor_annex asks: `Will request 3 nodes for 0.83 hours. Each will terminate after being idle for 0.25 hours.` */
export function requestText(group: NodeGroup): string {
  const { name, leaseSeconds, idleSeconds } = group;
  const time =
    leaseSeconds === undefined ? ' until somebody removes them' : ` for ${hoursText(leaseSeconds)} hours`;
  const idle =
    idleSeconds === undefined
      ? ''
      : ` Each will terminate after being idle for ${hoursText(idleSeconds)} hours.`;
  const cost = costText(group);
  return `${name}: will request ${sizeText(group)}${time}.${idle}${cost === undefined ? '' : ` Cost: ${cost}.`}`;
}

/** Count × lease × price, where the catalog has a price. */
function costText({ most, pricePerHour, leaseSeconds }: NodeGroup): string | undefined {
  if (pricePerHour === undefined) return undefined;
  const hourly = most * pricePerHour;
  return leaseSeconds === undefined
    ? `${rounded(hourly).toFixed(2)} USD an hour`
    : `at most ${rounded((hourly * leaseSeconds) / 3600).toFixed(2)} USD`;
}

function sizeText({ kind, most, machine }: NodeGroup): string {
  const of = machine === undefined ? '' : ` of ${machine}`;
  return `${kind === 'elastic' ? 'up to ' : ''}${counted(most, 'node')}${of}`;
}

/** A group whose hosts have a stack each is not told once more for each of them. */
function isWhole({ key }: NodeGroup, { stacks }: Loaded): boolean {
  return stacks.filter(({ group }) => group === key).length === 1;
}

/** The length of a lease may change while it runs; its start does not. */
function leaseChange(
  { name }: NodeGroup,
  before: LeaseOutput | undefined,
  after: LeaseOutput | undefined,
): readonly string[] {
  if (!before?.seconds || !after?.seconds || before.seconds === after.seconds || before.start !== after.start)
    return [];
  const [from, to] = [durationText(before.seconds), durationText(after.seconds)];
  const until = after.end ? `, so it ends at ${timeText(after.end)}` : '';
  return [
    `${name}: its lease is ${to} instead of ${from}, still from its start at ${timeText(String(after.start))}${until}; renew starts it from now`,
  ];
}

function nodesOf(value: unknown): NodesOutput {
  try {
    return readNodesOutput(value);
  } catch (error) {
    if (error instanceof ValueError) return {};
    throw error;
  }
}

/** Undefined where a part of it is known only after the apply. */
function leaseOf(value: unknown): LeaseOutput | undefined {
  try {
    return value === PENDING_TEXT ? undefined : readLeaseOutput(value);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
