import { DoneChanges } from '../../../terraform/plan/done-changes';

const change = (address: string, action: string) => ({ address, resourceType: 'a', action });

test('a replacement is one change, done with its second operation', () => {
  const done = new DoneChanges([change('a.X', 'replace'), change('a.Y', 'update')]);
  expect(['a.X', 'a.Y', 'a.X', 'a.X'].map((address) => done.endOperation(address))).toEqual([0, 1, 1, 0]);
});

test('a left object that goes beside its resource is a change of its own', () => {
  const done = new DoneChanges([change('a.X', 'update'), change('a.X', 'delete')]);
  expect([done.endOperation('a.X'), done.endOperation('a.X')]).toEqual([1, 1]);
});

test('what was not planned is not counted', () => {
  expect(new DoneChanges([]).endOperation('a.X')).toBe(0);
});
