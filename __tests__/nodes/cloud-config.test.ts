import fc from 'fast-check';
import { parse } from 'yaml';
import { cloudConfig } from '../../nodes/cloud-config';

it('writes texts of several lines as they are, and others in quotes', () => {
  expect(
    cloudConfig({
      runcmd: [['/bin/x', 'a b']],
      list: [{ a: 1, b: ['yes', true] }, 'no'],
      content: 'first\n\n\tthird: "x"\n',
      other: ' first\n',
      empty: '',
    }),
  ).toBe(`#cloud-config
runcmd:
  - - "/bin/x"
    - "a b"
list:
  - a: 1
    b:
      - "yes"
      - true
  - "no"
content: |
  first

  \tthird: "x"
other: " first\\n"
empty: ""
`);
});

it('is read back as it was, whatever is in the texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          'a',
          ' ',
          '\n',
          '\t',
          ':',
          '#',
          '-',
          '|',
          '"',
          "'",
          '\\',
          '\r',
          '\u0085',
          '\u2028',
          '😀',
        ),
      )
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (texts) => {
      const values = { write_files: texts.map((content) => ({ path: '/x', content })), last: texts };
      expect(parse(cloudConfig(values))).toEqual(values);
    }),
    { numRuns: 500 },
  );
});
