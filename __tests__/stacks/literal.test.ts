import fc from 'fast-check';
import { literal, literalJson } from '../../stacks/literal';

/** How Terraform reads a template: tried with Terraform 1.11, `$$${x}` too. An expression left over fails the test. */
const asTerraformReads = (text: string): string =>
  text.replace(/\$\$\{|%%\{|[$%]\{/g, (mark) => (mark.length === 3 ? mark.slice(1) : 'EXPRESSION'));

it.each([
  ['${var.x}', '$${var.x}'],
  ['%{ if true }', '%%{ if true }'],
  ['$${x}', '$$${x}'],
  ['$5 %5 {}', '$5 %5 {}'],
])('escapes %s', (text, escaped) => {
  expect(literal(text)).toBe(escaped);
});

it('is read back by Terraform as what was written', () => {
  const piece = fc.constantFrom('$', '%', '{', '}', 'a', '${', '%{');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(asTerraformReads(literal(pieces.join('')))).toBe(pieces.join(''));
    }),
  );
});

it('escapes keys and everything within', () => {
  expect(literalJson({ '${k}': ['${v}', 1, null, { a: '%{x}' }] })).toEqual({
    '$${k}': ['$${v}', 1, null, { a: '%%{x}' }],
  });
});
