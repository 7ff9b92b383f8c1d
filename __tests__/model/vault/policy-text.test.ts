import fc from 'fast-check';
import { ValueError } from '../../../model/value-error';
import { CAPABILITIES, type PolicyRule } from '../../../model/vault/policy';
import { formatPolicy, parsePolicy } from '../../../model/vault/policy-text';

const refusal = (text: string): string => {
  try {
    return `taken: ${JSON.stringify(parsePolicy(text))}`;
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError);
    return (error as Error).message;
  }
};

it('writes a block per rule, in their order', () => {
  expect(
    formatPolicy([
      { path: 'secret/aws/*', capabilities: ['read', 'list'] },
      { path: 'sys/*', capabilities: ['deny'] },
    ]),
  ).toBe(
    'path "secret/aws/*" {\n  capabilities = ["read", "list"]\n}\n\npath "sys/*" {\n  capabilities = ["deny"]\n}\n',
  );
  expect(formatPolicy([])).toBe('');
});

it.each([
  ['a"b', 'path "a\\"b" {'],
  ['a\\', 'path "a\\\\" {'],
  ['a${b', 'path "a\\u0024{b" {'],
  ['a\\${b', 'path "a\\\\\\u0024{b" {'],
  ['$${x}', 'path "$\\u0024{x}" {'],
  ['a\n}', 'path "a\\n}" {'],
  ['%{if}#{x}&{y}', 'path "\\u0025{if}\\u0023{x}\\u0026{y}" {'],
  ['50% #&$ {', 'path "50% #&$ {" {'],
])('writes the path %j so that it can not break out', (path, line) => {
  expect(formatPolicy([{ path, capabilities: ['read'] }])).toBe(`${line}\n  capabilities = ["read"]\n}\n`);
});

const ordinary = fc.string({ unit: 'grapheme' });
const hostile = fc
  .array(
    fc.constantFrom('"', '\\', '${', '}', '{', '\n', '%{', '#', '//', '/*', 'a', '$', '\u0000', '\u2028'),
  )
  .map((parts) => parts.join(''));
const path = fc.oneof(ordinary, hostile).filter((text) => !/\+\*|\{\{|\}\}/.test(text));
const capabilities = fc.oneof(
  fc.constant(['deny'] as const),
  fc.subarray(CAPABILITIES.filter((word) => word !== 'deny')),
);

it('reads what it wrote as the same policy', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ path, capabilities })), (policy) => {
      expect(parsePolicy(formatPolicy(policy))).toEqual(policy);
    }),
  );
});

const parameters = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,6}$|^\*$/),
  fc.array(fc.oneof(ordinary, hostile, fc.boolean()), { maxLength: 3 }),
  { noNullPrototype: true },
);

it('reads limits of requests as they were written, whatever their values are', () => {
  const limits = fc.record(
    {
      allowedParameters: parameters,
      deniedParameters: parameters,
      requiredParameters: fc.array(fc.stringMatching(/^[a-z]{1,6}$/)),
      minWrappingTtlSeconds: fc.integer({ min: 0, max: 100 }),
      maxWrappingTtlSeconds: fc.integer({ min: 100, max: 200 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(limits), (rules) => {
      const policy = rules.map((one): PolicyRule => ({ path: 'a', capabilities: ['read'], ...one }));
      expect(parsePolicy(formatPolicy(policy))).toEqual(policy);
    }),
  );
});

it('reads limits as people write them', () => {
  expect(
    parsePolicy(`path "secret/restricted" {
  capabilities = ["create"]
  allowed_parameters = {
    "Foo" = []
    "bar" = ["zip", "zap*", true, 1]
  }
  denied_parameters { "*" = [] }
  required_parameters = ["a", "b"]
  min_wrapping_ttl = "1s"
  max_wrapping_ttl = "1h30m"
}`),
  ).toEqual([
    {
      path: 'secret/restricted',
      capabilities: ['create'],
      allowedParameters: { foo: [], bar: ['zip', 'zap*', true, 1] },
      deniedParameters: { '*': [] },
      requiredParameters: ['a', 'b'],
      minWrappingTtlSeconds: 1,
      maxWrappingTtlSeconds: 5400,
    },
  ]);
});

it('takes only the capabilities that the server knows', () => {
  const text = 'path "a" { capabilities = ["scan"] }';
  expect(parsePolicy(text)).toEqual([{ path: 'a', capabilities: ['scan'] }]);
  expect(() => parsePolicy(text, ['list'])).toThrow(
    'failed to parse policy: path "a": invalid capability "scan"',
  );
});

it('reads HCL as people write it', () => {
  expect(
    parsePolicy(`
      # the team's
      name = "team" // twice
      path "secret/*" { capabilities = ["read", "list",] }
      path "cubbyhole/*" {
        /* all
           of it */
        comment = "own"
        capabilities = [
          "create", # one
          "update"
        ]
      }
      path "secret/*" { policy = "write" }
      path "none" "ignored" {}
      path = { capabilities = [] }
    `),
  ).toEqual([
    { path: 'secret/*', capabilities: ['read', 'list'] },
    { path: 'cubbyhole/*', capabilities: ['create', 'update'] },
    { path: 'secret/*', capabilities: ['create', 'read', 'update', 'delete', 'list'] },
    { path: 'none', capabilities: [] },
    { path: 'path', capabilities: [] },
  ]);
});

it('reads JSON, in both of its forms, and keeps a path that comes twice', () => {
  const rules = [
    { path: 'a', capabilities: ['read'] },
    { path: 'b', capabilities: ['deny'] },
    { path: 'a', capabilities: ['list'] },
  ];
  const [a, b, again] = ['{"capabilities":["read"]}', '{"policy":"deny"}', '{"capabilities":["list"]}'];
  expect(parsePolicy(`{"name":"x","path":{"a":${a},"b":${b},"a":${again}}}`)).toEqual(rules);
  expect(parsePolicy(` {"path":[{"a":${a}},{"b":${b}},{"a":${again}}]}`)).toEqual(rules);
  expect(parsePolicy('{"path":{"a\\u0022\\/b":{"capabilities":["read"]}}}')).toEqual([
    { path: 'a"/b', capabilities: ['read'] },
  ]);
  expect(parsePolicy('{}')).toEqual([]);
});

it('reads nothing as a policy without rules', () => {
  expect(parsePolicy('')).toEqual([]);
  expect(parsePolicy('# nothing\n')).toEqual([]);
});

it.each([
  ['deny', ['deny']],
  ['read', ['sudo', 'read', 'list']],
  ['sudo', ['sudo', 'create', 'read', 'update', 'delete', 'list', 'sudo']],
])('reads the old word %s beside capabilities', (word, expected) => {
  expect(parsePolicy(`path "a" { capabilities = ["sudo"] policy = "${word}" }`)).toEqual([
    { path: 'a', capabilities: expected },
  ]);
});

it('leaves out what stands beside deny', () => {
  expect(parsePolicy('path "a" { capabilities = ["read", "deny", "fly"] }')).toEqual([
    { path: 'a', capabilities: ['deny'] },
  ]);
});

it('keeps what stands in ${…}, quotes and all, as HCL 1 does', () => {
  expect(parsePolicy('path "a${b("c")}d" { policy = "read" }')).toEqual([
    { path: 'a${b("c")}d', capabilities: ['read', 'list'] },
  ]);
});

it.each([
  ['path "a" { capabilities = ["fly"] }', 'path "a": invalid capability "fly"'],
  ['path "a/+*" { capabilities = ["read"] }', `path "a/+*": invalid use of wildcards ('+*' is forbidden)`],
  ['path "a" { capabilities = [1] }', 'path "a": invalid capability "1"'],
  ['path "a" { policy = "fly" }', 'path "a": invalid policy "fly"'],
  ['path "a" { policy = "constructor" }', 'path "a": invalid policy "constructor"'],
  ['path "a" { capabilities = "read" }', 'path "a": At 1:27: unknown slice type: *ast.LiteralType'],
  [
    'path "a" {\n capability = [] }',
    '1 error occurred:\n\t* path "a": invalid key "capability" on line 2\n\n',
  ],
  ['a = 1\nb {}', '2 errors occurred:\n\t* invalid key "a" on line 1\n\t* invalid key "b" on line 2\n\n'],
  [
    'path "a" { allowed_parameters = [] }',
    'path "a": At 1:33: root.allowed_parameters: not an object type for map (*ast.ListType)',
  ],
  ['path "a" { required_parameters = "x" }', 'path "a": At 1:34: unknown slice type: *ast.LiteralType'],
  ['path "a" { min_wrapping_ttl = "soon" }', 'error parsing min_wrapping_ttl: time: invalid duration "soon"'],
  [
    'path "a" { min_wrapping_ttl = "2m" max_wrapping_ttl = 90 }',
    'max_wrapping_ttl cannot be less than min_wrapping_ttl',
  ],
  ['path "a/{{x" { }', 'failed to validate policy templating: unbalanced templating characters'],
  ['path "a/x}}" { }', 'failed to validate policy templating: unbalanced templating characters'],
  [
    'path "a" { capabilities = [] capabilities = [] }',
    'The argument "capabilities" at 1:30 was already set. Each argument can only be defined once',
  ],
  ['path "a" { policy = 5 }', 'path "a": invalid policy "5"'],
  ['path = 1', 'path "path": cannot check HCL keys of type *ast.LiteralType'],
  ['path "a" {', 'At 1:11: object expected closing RBRACE'],
  ['path "a" {}\n}', 'At 2:1: unexpected "}"'],
  ['path "a', 'At 1:6: literal not terminated'],
  ['path "a${" {}', 'At 1:6: literal not terminated'],
  ['path "a\n" {}', 'At 1:6: literal not terminated'],
  ['path "a\\q" {}', 'At 1:8: illegal char escape'],
  ['path "a" { policy = read }', 'At 1:21: Unknown token: 1:21 IDENT read'],
  ['path "a" { policy = } }', 'At 1:21: expected a value'],
  ['path "a" { capabilities = ["a" "b"] }', 'At 1:32: error parsing list, expected comma or list end'],
  ['path', "At 1:5: key 'path' expected start of object ('{') or assignment ('=')"],
  ['path "a" <<EOF', 'At 1:10: illegal char'],
  [`x = ${'['.repeat(30)}`, 'At 1:26: nested too deeply'],
])('refuses %j with the server’s prefix', (text, problem) => {
  expect(refusal(text)).toBe(`failed to parse policy: ${problem}`);
});

it('refuses broken JSON', () => {
  expect(refusal('{"path": {"a": {"capabilities": ["read"]}}')).toMatch(/^failed to parse policy: .*JSON/);
});

it('ends for any text, with rules or a refusal', () => {
  const piece = fc.constantFrom(
    'path',
    '"a"',
    '{',
    '}',
    '[',
    ']',
    '=',
    ',',
    ' ',
    '\n',
    '#',
    '"',
    '${',
    '\\',
    'policy',
    '/*',
    '1',
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((parts) => parts.join('')),
      (text) => void refusal(text),
    ),
  );
});
