import { insertEntry } from '../../../catalog/out/insert-entry';

const entry = {
  provider: 'aws',
  name: 'tokyo',
  values: { aws_region: 'ap-northeast-1', id: '0123', create: { tunnels: [{ inside_cidr: 'a' }, {}] } },
} as const;

const LINES = `tokyo:
  aws_region: ap-northeast-1
  id: '0123'
  create:
    tunnels:
      - inside_cidr: a
      - {}
`;

const indented = (spaces: number, text = LINES) => text.replace(/^(?=.)/gm, ' '.repeat(spaces));

test('begins a section at the end of a file, and leaves all other bytes', () => {
  const text = `# ours\ncci_version:   "1.0"   # quoted\nsite: { asn: 65000 }\n`;
  expect(insertEntry(text, entry)).toBe(`${text}aws:\n${indented(2)}`);
  expect(insertEntry(text.trimEnd(), entry)).toBe(`${text}aws:\n${indented(2)}`);
});

test('adds to a section with its indent, behind its last entry and before the comments of the next section', () => {
  const before = 'aws:\n    osaka: { create: { vpc_cidr: 172.29.0.0/16 } }   # short\n';
  const after = '\n# The others.\nonpremises: {}\n';
  const values = { aws_region: 'ap-northeast-1', create: { egress: 'nat' } };
  expect(insertEntry(before + after, { ...entry, values, comment: 'Imported.' })).toBe(
    `${before}    # Imported.
    tokyo:
        aws_region: ap-northeast-1
        create:
            egress: nat
${after}`,
  );
});

test('replaces an entry of that name, with the comment above it kept', () => {
  const text = `aws:\n  # Tokyo, by hand.\n  tokyo:\n    aws_region: ap-northeast-1 # old\n    x: 1\n  osaka:\n    y: 2 # stays\n`;
  expect(insertEntry(text, entry)).toBe(
    `aws:\n  # Tokyo, by hand.\n${indented(2)}  osaka:\n    y: 2 # stays\n`,
  );
});

test.each([
  ['a flow map', 'aws: { osaka: { y: 2 } } # short\nx: "1"\n'],
  ['an empty section', 'aws:\nx: "1"\n'],
  ['an empty map', 'aws: {}\nx: "1"\n'],
])('writes %s anew, with comments and all values', (_, text) => {
  const written = insertEntry(text, entry) ?? '';
  const { parse } = jest.requireActual<typeof import('yaml')>('yaml');
  expect(parse(written)).toEqual({
    aws: { ...parse(text).aws, tokyo: entry.values },
    x: '1',
  });
  expect(written.includes('# short')).toBe(text.includes('# short'));
});

test('changes nothing in a file that is no YAML', () => {
  expect(insertEntry('a: [', entry)).toBeUndefined();
  expect(insertEntry('- a\n', entry)).toBeUndefined();
});
