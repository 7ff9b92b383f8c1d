import {
  adoptedLine,
  adoptedSentences,
  ambiguousText,
  foreignText,
  olderSentences,
} from '../../../../scripts/run/recover/words';

const at = '2026-05-04T09:12:44.000Z';
const VPC = { address: 'aws_vpc.V', id: 'vpc-1', how: 'import', at } as const;
const MAIN = { address: 'aws_main_route_table_association.M', id: 'rtbassoc-1', how: 'state', at } as const;
const removal = (id: string) => `aws ec2 delete-vpc --vpc-id ${id}`;

test('a plan says what it adopts, and from when', () => {
  expect(adoptedSentences([])).toEqual([]);
  expect(adoptedSentences([VPC])).toEqual(['1 object adopted, left by the run of 2026-05-04 09:12 UTC']);
  expect(adoptedSentences([VPC, MAIN])).toEqual([
    "2 objects adopted, left by the run of 2026-05-04 09:12 UTC; 1 of them can't be imported, and is written into the state",
  ]);
  expect(adoptedLine(VPC)).toBe('aws_vpc.V   adopted, left by the run of 2026-05-04 09:12 UTC (vpc-1)');
});

test('what is not adopted is named with the command that removes it', () => {
  expect(ambiguousText('aws_vpc.V', ['vpc-1', 'vpc-2'], removal)).toBe(
    'aws_vpc.V: vpc-1 and vpc-2 bear its tags; remove what nobody needs: aws ec2 delete-vpc --vpc-id vpc-1; aws ec2 delete-vpc --vpc-id vpc-2',
  );
  expect(foreignText(VPC, removal)).toBe(
    'aws_vpc.V: vpc-1 exists already, and does not bear its tags; give it another name, or remove it where nobody needs it: aws ec2 delete-vpc --vpc-id vpc-1',
  );
  expect(foreignText(VPC, undefined)).toMatch(/where nobody needs it$/);
});

test('what bore the tags before is named, with a few commands', () => {
  expect(olderSentences([])).toEqual([]);
  expect(olderSentences([{ id: 'vpc-1', removal: removal('vpc-1') }])).toEqual([
    '1 object bore the same tags before that run, and is not adopted, because another project may have made it: vpc-1; remove what nobody needs: aws ec2 delete-vpc --vpc-id vpc-1',
  ]);
  const four = ['vpc-1', 'vpc-2', 'vpc-3', 'vpc-4'].map((id) => ({ id, removal: removal(id) }));
  expect(olderSentences(four)[0]).toMatch(/^4 objects .* are not adopted.*--vpc-id vpc-3; …$/);
});
