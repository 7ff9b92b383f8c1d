import { TRAFFIC, type Traffic, type TrafficChange } from '../../../../../scripts/kinds/aws/plan/traffic';
import { TRAFFIC_WEIGHTS } from '../../../../../scripts/kinds/aws/plan/weights';

const rows = Object.entries(TRAFFIC) as [TrafficChange, Traffic][];

/** AWS refuses these while nodes are there, so that no traffic stops by them. */
const WITHOUT_NODES: readonly TrafficChange[] = [
  'subnet destroyed',
  'subnet replaced',
  'security group replaced',
];
/** Traffic stops because nobody allows it any more. */
const NO_LONGER_ALLOWED: readonly TrafficChange[] = ['egress removed'];

function stops({ node, site, internet }: Traffic): boolean {
  const [before, during, after] = site;
  const atSite =
    before !== 'none' && (after === 'none' || !['as before', 'less', 'more', before].includes(during));
  const atNodes = node[0] === 'Internet' && (node[1] !== 'Internet' || node[2] !== 'Internet');
  return atSite || atNodes || (internet[0] === 'address' && internet[2] !== 'address');
}

test.each(rows.filter(([, row]) => stops(row)))('%s stops traffic, and is an outage', (change) => {
  if (WITHOUT_NODES.includes(change)) expect(TRAFFIC_WEIGHTS[change]).toMatch(/destroyed|replaced/);
  else if (NO_LONGER_ALLOWED.includes(change)) expect(TRAFFIC_WEIGHTS[change]).toBe('narrowed');
  else expect(TRAFFIC_WEIGHTS[change]).toBe('outage');
});

test.each(rows.filter(([, row]) => row.site[2] === 'more'))('%s lets more through', (change) => {
  expect(TRAFFIC_WEIGHTS[change]).toBe('widened');
});

test.each(rows.filter(([, row]) => row.site[2] === 'less'))('%s lets less through', (change) => {
  expect(TRAFFIC_WEIGHTS[change]).toBe('narrowed');
});
