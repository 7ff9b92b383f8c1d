import { durationText } from '../../../base/text/duration-text';
import { tableText } from '../../../base/text/table-text';
import { timeText } from '../../../base/text/time-text';
import type { GroupView, NodeView } from '../../report/node-view';
import type { Report } from '../../report/report';
import type { GroupWithNodes } from './group-view';
import { endedAdvice } from './node-texts';

const GROUP_HEADER = [
  'group',
  'kind',
  'network',
  'state',
  'size',
  'lease ends',
  'left',
  'idle',
  'spot',
  'cost',
];
const NODE_HEADER = ['group', 'node', 'state', 'address', 'instance'];

/** Where a node itself tells why it is idle or busy. */
const IDLE_FILE = '/run/kakehashi/idle.json';

/** Shows groups and nodes as two tables, and writes an event for each. */
export function showNodes(report: Report, shown: readonly GroupWithNodes[]): void {
  for (const { view, nodes } of shown) {
    report.event({ type: 'node_group', ...view });
    for (const node of nodes) report.event({ type: 'node', ...node });
  }
  const nodes = shown.flatMap((one) => one.nodes);
  report.show(
    tableText(
      GROUP_HEADER,
      shown.map(({ view }) => groupCells(view)),
    ),
  );
  if (nodes.length > 0) report.show(`\n${tableText(NODE_HEADER, nodes.map(nodeCells))}`);
  const lines = shown.flatMap(({ view }) => remarks(view));
  if (lines.length > 0) report.say();
  for (const line of lines) report.say(line);
  if (shown.some(({ view }) => view.idle_seconds !== undefined && view.state === 'RUNNING'))
    report.note('info', `why a node is idle or busy is not known from here: each has it in ${IDLE_FILE}`);
}

function groupCells(view: GroupView): readonly string[] {
  const { lease_end: end, lease_left_seconds: left, idle_seconds: idle, cost_left: cost } = view;
  return [
    view.group,
    view.kind,
    view.network,
    view.state,
    `${view.size ?? '?'} of ${view.max}`,
    end === undefined ? '-' : timeText(end),
    left === undefined ? '-' : durationText(left),
    idle === undefined ? '-' : durationText(idle),
    view.spot ? 'yes' : 'no',
    cost === undefined ? '-' : `${cost.toFixed(2)} USD`,
  ];
}

function nodeCells({ group, node = '-', state, address, instance_id }: NodeView): readonly string[] {
  return [group, node, state, address || '-', instance_id || '-'];
}

function remarks({ group, ended, state, gone, size, kind }: GroupView): readonly string[] {
  return [
    ...(gone ? [`${group}: gone from the catalog; the next apply ends it`] : []),
    ...(state === 'ENDED' ? [`${group}: its lease is over; renew it for new nodes`] : []),
    ...(state === 'RUNNING' && ended.length > 0 ? [`${group}: ${endedAdvice(ended)}`] : []),
    ...(state === 'RUNNING' && kind === 'elastic' && size === undefined
      ? [`${group}: how many nodes it has now is only known to its cloud: --refresh asks it`]
      : []),
  ];
}
