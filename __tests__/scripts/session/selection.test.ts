import { UsageError } from '../../../base/errors';
import type { Stack } from '../../../catalog/kinds/registry';
import { selectStacks } from '../../../scripts/session/selection';

const stacks = ['dev-aws-default', 'dev-aws-osaka', 'dev-aws-a_b', 'dev-nodes-x1'].map(
  (id) => ({ id }) as Stack,
);
const ids = (...globs: readonly string[]) => selectStacks(stacks, globs).map((stack) => stack.id);

describe('selectStacks', () => {
  test('takes all without a glob', () => {
    expect(ids()).toHaveLength(4);
  });

  test.each([
    [['*osaka'], ['dev-aws-osaka']],
    [['dev-aws-*'], ['dev-aws-default', 'dev-aws-osaka', 'dev-aws-a_b']],
    [['*x?'], ['dev-nodes-x1']],
    [
      ['*-x[0-9]', '*default'],
      ['dev-aws-default', 'dev-nodes-x1'],
    ],
    [['*-x[!2]'], ['dev-nodes-x1']],
  ])('%j', (globs, expected) => {
    expect(ids(...globs)).toEqual(expected);
  });

  test('refuses a glob that matches nothing and names what there is', () => {
    expect(() => ids('dev.aws*')).toThrow(UsageError);
    expect(() => ids('tokyo')).toThrow(
      '--stack: "tokyo" matches none of dev-aws-default, dev-aws-osaka, dev-aws-a_b, dev-nodes-x1',
    );
  });
});
