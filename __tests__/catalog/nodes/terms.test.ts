import { CLOUD_GROUP_KEYS } from '../../../catalog/nodes/keys';
import { readTerms } from '../../../catalog/nodes/terms';
import { groupOf, linesOf } from './group-text';

const { lease, reason, idle, price_per_hour, currency } = CLOUD_GROUP_KEYS;

function termsOf(text: string) {
  const { place, draft, problems } = groupOf({ lease, reason, idle, price_per_hour, currency }, `${text}\n`);
  return { terms: readTerms(place, draft, problems), lines: linesOf(problems) };
}

it.each([
  ['{}', { leaseSeconds: 3000, idleSeconds: 900 }],
  ['lease: 0.83', { leaseSeconds: 2988, idleSeconds: 900 }],
  ['lease: 10m\nidle: 9m59s', { leaseSeconds: 600, idleSeconds: 599 }],
  ['lease: 365d', { leaseSeconds: 31_536_000, idleSeconds: 900 }],
  ['lease: none\nreason: a login node', { idleSeconds: 900 }],
  ['idle: none', { leaseSeconds: 3000 }],
  ['price_per_hour: 0.1008\ncurrency: USD', { leaseSeconds: 3000, idleSeconds: 900, pricePerHour: 0.1008 }],
])('%j', (text, expected) => {
  expect(termsOf(text)).toEqual({ terms: expected, lines: [] });
});

it.each([
  ['lease: 9m59s', ['1:8 lease: must be a duration from 10m to 365d, got "9m59s"']],
  ['lease: 366d', ['1:8 lease: must be a duration from 10m to 365d, got "366d"']],
  ['lease: soon', ['1:8 lease: must be a duration like 50m, 90s, 1h30m or 2d, got "soon"']],
  [
    'lease: none',
    [
      '1:8 lease: key "reason" is missing: nothing ends the nodes of this group, and nobody is reminded of them | write reason: …, or a lease like 8h',
    ],
  ],
  ['reason: mine', ['1:1 reason: is of lease: none | remove it']],
  ['idle: 4m59s', ['1:7 idle: must be a duration from 5m to 7d, got "4m59s"']],
  ['idle: 50m', ['1:7 idle: must be shorter than the lease (50 min), got 50 min | or write idle: none']],
  ['lease: 15m', ['1:8 lease: must be longer than idle (15 min), got 15 min | or write idle: none']],
  [
    'price_per_hour: 0',
    [
      '1:17 price_per_hour: must be a price in US dollars an hour, more than 0 and with at most 5 digits after the point, got "0"',
    ],
  ],
  [
    'price_per_hour: 0.123456',
    [
      '1:17 price_per_hour: must be a price in US dollars an hour, more than 0 and with at most 5 digits after the point, got "0.123456"',
    ],
  ],
  ['currency: USD', ['1:1 currency: is that of price_per_hour, which is absent | remove it']],
])('%j is refused', (text, lines) => {
  expect(termsOf(text).lines).toEqual(lines);
});
