import type { Policy } from '../../../../catalog/ground/policy';
import { Report } from '../../../../scripts/report/report';
import { confirmCeilings } from '../../../../scripts/run/nodes/ceilings';
import { settingsOf } from '../../../../scripts/session/settings';
import { groupWith } from './node-lab';

const groups = [groupWith({ pricePerHour: 0.1 }), groupWith({ name: 'more', most: 10 })];
const report = new Report({ json: false, color: false, level: 'error' });
const asking = (policy: Partial<Policy>, flags: object) =>
  confirmCeilings(
    { settings: settingsOf(flags, {}), report, stop: new AbortController().signal },
    { groups, policy: { requireReview: false, accept: [], ...policy } },
    'applied',
  );

test.each([
  ['at the ceiling', { maxNodes: 12, maxPricePerHour: 0.2 }, { yes: true }],
  ['without a ceiling', {}, { yes: true }],
  ['over it with the word for it', { maxNodes: 1, maxPricePerHour: 0.01 }, { yes: true, overCeiling: true }],
])('groups pass %s', async (_, policy, flags) => {
  await expect(asking(policy, flags)).resolves.toBeUndefined();
});

test.each([
  ['nodes', { maxNodes: 11 }, 'may have 12 nodes, over the ceiling of 11 (policy.max_nodes)'],
  [
    'price',
    { maxPricePerHour: 0.19 },
    'may have 0.20 USD an hour, over the ceiling of 0.19 (policy.max_price_per_hour)',
  ],
])('--yes does not confirm a ceiling of %s', async (_, policy, text) => {
  await expect(asking(policy, { yes: true })).rejects.toMatchObject({
    name: 'Declined',
    message: `not applied: the node groups ${text}; --yes does not confirm that: pass --over-ceiling as well`,
  });
});

test('without a terminal nobody can be asked', async () => {
  await expect(asking({ maxNodes: 11 }, {})).rejects.toMatchObject({ name: 'Declined' });
});
