import { exitCodeOf, outputPattern, pageBlocks } from './page-blocks';

const PAGE = `# Title

<!-- second terminal -->
\`\`\`sh
serve
\`\`\`

\`\`\`
served …
\`\`\`

\`\`\`sh
fail      # exit 3
\`\`\`

A word between.

\`\`\`
of nobody
\`\`\`
`;

test('an output belongs to the commands right above it, a mark to the block right below', () => {
  expect(pageBlocks(PAGE)).toEqual([
    { line: 4, language: 'sh', text: 'serve\n', mark: 'second terminal', output: 'served …\n' },
    { line: 12, language: 'sh', text: 'fail      # exit 3\n' },
    { line: 18, language: '', text: 'of nobody\n' },
  ]);
});

test('the exit code is what the last line tells', () => {
  expect(exitCodeOf('fail # exit 3\n')).toBe(3);
  expect(exitCodeOf('fail # exit 3\nwork\n')).toBe(0);
});

test.each([
  ['served …', 'served at 127.0.0.1\n', true],
  ['a\n  b', 'a b\n', true],
  ['… b', 'x\nb\n', true],
  ['a', 'a b', false],
  ['b', 'a b', false],
  ['a.c', 'abc', false],
  ['a … b', 'a c', false],
])('%j stands for %j: %s', (output, shown, stands) => {
  expect(outputPattern(output).test(shown)).toBe(stands);
});
