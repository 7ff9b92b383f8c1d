import { RESERVED_PREFIX, WRONG_ARNS } from '../aws/wrong-names';

/** Texts that some provider may refuse, by their kind. A kind is asked about wherever a configuration can hold a text. */
export const WRONG_TEXTS: Readonly<Record<string, readonly string[]>> = {
  empty: [''],
  words: [
    'a',
    'ab',
    'ABC',
    'a b',
    'a/b',
    '/a/',
    'a*b',
    'a_b',
    'a.b',
    'a:b',
    '-a',
    'a@b,c=d+e',
    '研究室',
    "customer's",
    'a\nb',
  ],
  prefixes: ['sg-abc', 'sg_abc', RESERVED_PREFIX, '0abcdefgh', 'terraform-abc'],
  long: [32, 38, 39, 64, 65, 102, 103, 128, 129, 255, 256, 512, 513, 1000, 1001].map((length) =>
    'x'.repeat(length),
  ),
  numbers: ['0', '1', '65000', '4294967295', '4294967296', '9223372036854775808', '-1', '1.5', '007', 'true'],
  'IPv4 networks': [
    '10.0.0.0/8',
    '10.0.0.0/15',
    '10.0.0.0/16',
    '10.0.0.0/28',
    '10.0.0.0/29',
    '10.0.0.0/32',
    '10.0.0.0/33',
    '10.0.0.1/8',
    '10.0.0.1/16',
    '10.0.0.0/08',
    '010.0.0.0/8',
    '10.0.0/8',
    '10.0.0.0/',
    '0.0.0.0/0',
    '169.254.10.0/30',
    '169.254.10.0/29',
    '169.254.10.1/30',
    ...[0, 1, 2, 3, 4, 5].map((third) => `169.254.${third}.0/30`),
    '169.254.169.252/30',
    '192.168.0.0/30',
  ],
  'IPv6 networks': [
    '::/0',
    '2001:db8::/32',
    '2001:db8::/56',
    '2001:db8::/64',
    '2001:DB8::/64',
    '2001:db8::1/64',
    '2001:db8::/129',
    'fd00::/126',
    'fd00::/125',
    'fd00::1/126',
    '::ffff:10.0.0.0/120',
  ],
  addresses: [
    '198.51.100.10',
    '198.51.100.010',
    '198.51.100',
    '198.51.100.256',
    '198.51.100.10/32',
    '2001:db8::1',
    '0.0.0.0',
  ],
  ARNs: WRONG_ARNS,
  JSON: [
    '{}',
    ' {}',
    '[]',
    '""',
    'null',
    '{"a":',
    '{"a" 1}',
    '{a}',
    '{"a":1 "b"}',
    '[1 2]',
    '1.x',
    '1ex',
    '"\\q"',
    '{"a":1,"a":2}',
    '{"a":{"b":[{"c":1,"c":2}]}}',
    '{"Version":"2012-10-17","Statement":[]}',
  ],
};

/** Numbers below, at and above the limits that providers have. */
export const WRONG_NUMBERS: readonly number[] = [
  -7, -2, -1, 0, 1, 2, 7, 8, 16, 29, 30, 31, 59, 60, 63, 64, 100, 101, 600, 899, 900, 1800, 1801, 2048, 2049,
  3599, 3600, 3601, 28800, 28801, 43200, 43201, 65535, 65536, 99999999,
];

const EVERYTHING = 'everything';

/** A long text of one letter as it stands in a recording: `x*255`. */
function shortened(value: string): string {
  return /^x{10,}$/.test(value) ? `x*${value.length}` : value;
}

function kindOf(value: string): string | undefined {
  return Object.entries(WRONG_TEXTS).find(([, values]) => values.includes(value))?.[0];
}

/** The values of a question in a short form: `everything`, `all` of a kind, and single ones. */
export function packed(refused: ReadonlySet<string | number>): readonly (string | number)[] {
  const numbers = [...refused].filter((value) => typeof value === 'number');
  const kinds = Object.entries(WRONG_TEXTS);
  const whole = kinds.filter(([, values]) => values.every((value) => refused.has(value)));
  const legal = [...refused].filter((value) => typeof value === 'string' && kindOf(value) === undefined);
  const rest = kinds
    .filter((kind) => !whole.includes(kind))
    .flatMap(([, values]) => values.filter((value) => refused.has(value)).map(shortened));
  const all = whole.length === kinds.length ? [EVERYTHING] : whole.map(([kind]) => `all ${kind}`);
  return [...all, ...rest, ...legal, ...numbers];
}

/** Whether a packed list has a value. */
export function isPacked(list: readonly (string | number)[], value: string | number): boolean {
  if (typeof value === 'number') return list.includes(value);
  const kind = kindOf(value);
  if (kind === undefined) return list.includes(value);
  return list.includes(EVERYTHING) || list.includes(shortened(value)) || list.includes(`all ${kind}`);
}
