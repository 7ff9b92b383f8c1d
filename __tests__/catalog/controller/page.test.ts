import { readFileSync } from 'node:fs';
import { problemLines } from '../folder-of';

const PAGE = readFileSync('docs/controller.md', 'utf8');
const EXAMPLES = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');

it('has an example that is valid, alone and with the notebook', () => {
  const [whole = '', notebook = ''] = EXAMPLES;
  expect(problemLines({ 'dev.yml': whole })).toEqual([]);
  const images = whole.replace(' }\n  certificate', `, jupyter: 'sha256:${'b'.repeat(64)}' }\n  certificate`);
  const vault = whole.startsWith('cci_version') ? 'vault: { address: https://vault.example.org:8200 }\n' : '';
  expect(problemLines({ 'dev.yml': `${images}${notebook}${vault}` })).toEqual([]);
});
