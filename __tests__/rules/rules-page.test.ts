import { readFileSync } from 'node:fs';
import { rulesPage } from '../../rules/rules-page';

test('docs/reference/rules.md is what the rules say: kakehashi explain --markdown > docs/reference/rules.md', () => {
  expect(readFileSync('docs/reference/rules.md', 'utf8')).toBe(rulesPage());
});
