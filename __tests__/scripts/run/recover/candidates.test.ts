import { Candidates } from '../../../../scripts/run/recover/candidates';

const A = 'aws_vpc.A';

test('ids are tried one after the other, and that which is there stays', () => {
  const candidates = new Candidates();
  expect(candidates.add(A, ['vpc-1', 'vpc-2'])).toBe(true);
  expect(candidates.imports).toEqual([{ address: A, id: 'vpc-1' }]);
  candidates.mark({ address: A, id: 'vpc-1' }, 'there');
  expect(candidates.imports).toEqual([{ address: A, id: 'vpc-2' }]);
  candidates.mark({ address: A, id: 'vpc-2' }, 'absent');
  expect(candidates.imports).toEqual([{ address: A, id: 'vpc-1' }]);
  expect(candidates.ambiguous).toEqual([]);
  expect(candidates.with('there')).toEqual([{ address: A, id: 'vpc-1' }]);
});

test('two that are there are told', () => {
  const candidates = new Candidates();
  candidates.add(A, ['vpc-1', 'vpc-2']);
  for (const id of ['vpc-1', 'vpc-2']) candidates.mark({ address: A, id }, 'there');
  expect(candidates.ambiguous).toEqual([{ address: A, ids: ['vpc-1', 'vpc-2'] }]);
});

test('what is known already is not new, and what is absent or foreign is not imported', () => {
  const candidates = new Candidates();
  candidates.add(A, ['vpc-1']);
  candidates.mark({ address: A, id: 'vpc-1' }, 'foreign');
  expect(candidates.add(A, ['vpc-1'])).toBe(false);
  expect(candidates.imports).toEqual([]);
  expect(candidates.with('foreign')).toEqual([{ address: A, id: 'vpc-1' }]);
});
