import { counted } from '../../../base/text/counted';
import { timeText } from '../../../base/text/time-text';
import { readLeaseOutput, readNodesOutput } from '../../../model/nodes/read-outputs';
import { ValueError } from '../../../model/value-error';
import type { ListedNodes } from '../../report/events';
import { leaseTime } from './lease-time';

/** The node group that a state has, of its outputs alone; undefined where it has none, or they are damaged. */
export function listedNodes(
  outputs: Readonly<Record<string, { readonly value?: unknown }>>,
): ListedNodes | undefined {
  try {
    const [group] = Object.values(readNodesOutput(outputs.nodes?.value));
    if (group === undefined) return undefined;
    const { end, ended = [] } = readLeaseOutput(outputs.lease?.value) ?? {};
    const isOver = end ? Date.parse(end) <= leaseTime() : false;
    const there = isOver ? [] : Object.keys(group.nodes).filter((key) => !ended.includes(key));
    return {
      ...(group.kind === 'fixed' || isOver ? { size: there.length } : {}),
      max: group.max,
      ...(end ? { lease_end: end } : {}),
      ended: isOver,
    };
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** `2 nodes until 2026-11-30 19:30 UTC`, `up to 10 nodes`, `its lease is over`. */
export function listedNodesText({ size, max, lease_end: end, ended }: ListedNodes): string {
  if (ended) return 'its lease is over';
  const count = size === undefined ? `up to ${counted(max, 'node')}` : counted(size, 'node');
  return `${count}${end === undefined ? '' : ` until ${timeText(end)}`}`;
}
