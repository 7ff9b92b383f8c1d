import fc from 'fast-check';
import { parse } from 'yaml';
import type { Json } from '../../../catalog/ground/json';
import { type Entries, formatEntries, keepsFromEntries, mergeEntries } from '../../../catalog/out/entries';
import { changed, GOOD, tryLoad } from '../folder-of';

const AWS = {
  aws_region: 'ap-northeast-1',
  aws_availability_zone: 'ap-northeast-1a',
  aws_vpc_subnet_id: 'subnet-0862300dba34162ed',
  aws_vpc_security_group_id: 'sg-0387934d3cd06946f',
  private_network_ipmask: '172.30.2.0/24',
};

test.each([
  ['', undefined],
  ['# mine\n', undefined],
  ["cci_version: '1.0'\naws:\n  default: { aws_region: us-west-2 }\n", undefined],
  ['a: [', 'is no YAML that can be updated'],
  ['- a\n', 'is no YAML that can be updated'],
  ["cci_version: '1.0'\nsite: {}\n", 'is a catalog of its own: it has "site"'],
  ['aws: { default: { create: {} } }\n', 'is a catalog of its own: it has "create"'],
])('a file that holds %j keeps from writing: %s', (text, why) => {
  expect(keepsFromEntries(text)).toBe(why);
});

describe('mergeEntries', () => {
  test('has adopted and created entries, in the order of the catalog', () => {
    const text = `${changed(['ingress: vc-node', 'spot: true'])}onpremises: {}\n`;
    const { loaded } = tryLoad({ 'dev.yml': text });
    const created: Entries = { aws_spot: { default: AWS }, aws: { second: AWS, default: AWS } };
    const merged = loaded && mergeEntries(loaded.catalog, [created]);
    expect(
      Object.entries(merged ?? {}).map(([provider, entries]) => [provider, Object.keys(entries)]),
    ).toEqual([
      ['aws', ['default', 'second', 'adopted']],
      ['aws_spot', ['default']],
      ['sakura', ['default']],
      ['onpremises', ['default']],
    ]);
  });

  test('without an output, a created entry is not there', () => {
    const { loaded } = tryLoad({ 'dev.yml': GOOD });
    expect(Object.keys((loaded && mergeEntries(loaded.catalog, []))?.aws ?? {})).toEqual(['adopted']);
  });
});

describe('formatEntries', () => {
  test('begins with the version, and quotes what a reader would take for something else', () => {
    const text = formatEntries(
      {
        sakura: {
          default: {
            sakura_local_switch_id: '112900000000',
            zone: 'tk1a',
            on: 'yes',
            time: '12:30',
            empty: '',
            n: 5,
            flag: true,
            list: ['a', '1'],
          },
        },
        onpremises: { default: {} },
      },
      undefined,
      'written by kakehashi',
    );
    expect(text).toBe(`# written by kakehashi
cci_version: '1.0'
sakura:
  default:
    sakura_local_switch_id: '112900000000'
    zone: tk1a
    'on': 'yes'
    time: '12:30'
    empty: ''
    'n': 5
    flag: true
    list: [a, '1']
onpremises:
  default: {}
`);
  });

  test('keeps comments and order of the file that is there, and changes only what differs', () => {
    const existing = `# ours
cci_version: '1.0'
# the first cloud
sakura:
  default: # Tokyo
    sakura_zone: tk1a
    # never change this
    sakura_local_switch_id: "112900000000"
aws:
  gone:
    aws_region: us-west-2
  default:
    aws_region: us-west-2 # old
`;
    const entries: Entries = {
      aws: { default: { aws_region: 'ap-northeast-1', aws_vpc_subnet_id: 'subnet-11111111' } },
      sakura: { default: { sakura_zone: 'tk1a', sakura_local_switch_id: '112900000000' } },
    };
    expect(formatEntries(entries, existing)).toBe(`# ours
cci_version: '1.0'
# the first cloud
sakura:
  default:
    # Tokyo
    sakura_zone: tk1a
    # never change this
    sakura_local_switch_id: "112900000000"
aws:
  default:
    aws_region: ap-northeast-1 # old
    aws_vpc_subnet_id: subnet-11111111
`);
  });

  test('leaves a file alone that says the same already, to the byte', () => {
    const existing = "cci_version:   '1.0'\n\n\nonpremises: {default:   {}}   # here\n";
    expect(formatEntries({ onpremises: { default: {} } }, existing)).toBe(existing);
  });

  test('mends a version that is a number, and writes anew what is no YAML', () => {
    expect(formatEntries({}, 'cci_version: 1.0\n')).toBe("cci_version: '1.0'\n");
    expect(formatEntries({}, 'a: [\n')).toBe("cci_version: '1.0'\n");
  });

  test('puts the header once, with or without its #', () => {
    const once = formatEntries({}, undefined, '# simulated');
    expect(once).toBe("# simulated\ncci_version: '1.0'\n");
    expect(formatEntries({}, once, 'simulated')).toBe(once);
  });

  const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((text) => text !== 'cci_version');
  const value: fc.Arbitrary<Json> = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.constantFrom('1.0', '0123', 'no', 'null', '~', '1e3', '2026-01-01', '*a', '&a', '- a', '# x', "it's"),
  );
  const entries = fc.dictionary(
    key,
    fc.dictionary(key, fc.dictionary(key, value, { maxKeys: 4 }), { maxKeys: 3 }),
    { maxKeys: 3 },
  );

  test('reads back as it was written, whatever was there before', () => {
    fc.assert(
      fc.property(entries, entries, (before, after) => {
        const existing = formatEntries(before);
        const text = formatEntries(after, existing);
        expect(parse(text)).toEqual({ cci_version: '1.0', ...after });
        expect(parse(text, { version: '1.1' })).toEqual({ cci_version: '1.0', ...after });
        expect(formatEntries(after, text)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
