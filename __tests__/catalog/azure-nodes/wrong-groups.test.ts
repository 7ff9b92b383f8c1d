import { azureNodes } from '../../fixtures/azure-nodes';
import { expectGolden } from '../../support/golden';
import { problemLines } from '../folder-of';
import { WRONG_GROUPS } from './wrong-groups';

/** The problems of a catalog, without the name of its file. */
function linesOf(text: string): readonly string[] {
  const [, name = 'dev'] = /^environment: (\w+)$/m.exec(text) ?? [];
  return problemLines({ [`${name}.yml`]: text }, name).map((line) => line.replace(`${name}.yml:`, ''));
}

test('the group that they are made of has no problem', () => {
  expect(linesOf(azureNodes())).toEqual([]);
});

test.each(Object.entries(WRONG_GROUPS))('%s: one message', (_, text) => {
  expect(linesOf(text)).toHaveLength(1);
});

test('each says where it is, what must hold, what was found and how to fix it, in these words', () => {
  const messages = Object.entries(WRONG_GROUPS).map(
    ([name, text]) =>
      `${name}\n${linesOf(text)
        .map((line) => `  ${line}\n`)
        .join('')}`,
  );
  expectGolden('azure-nodes-messages.golden.txt', messages.join(''));
});
