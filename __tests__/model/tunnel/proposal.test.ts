import { proposalsOf } from '../../../model/tunnel/proposal';

const CHOICES = {
  encryption: ['AES256-GCM-16', 'AES256'],
  integrity: ['SHA2-256', 'SHA2-384'],
  dhGroups: [20],
};
const printed = (part: 'ike' | 'esp'): string[] =>
  proposalsOf(part, CHOICES).map(({ encryption, integrity, dh_group }) =>
    [encryption, integrity ?? '-', dh_group].join(' '),
  );

test('in IKE every combination is a proposal, in the order of the lists', () => {
  expect(printed('ike')).toEqual([
    'AES256-GCM-16 SHA2-256 20',
    'AES256-GCM-16 SHA2-384 20',
    'AES256 SHA2-256 20',
    'AES256 SHA2-384 20',
  ]);
});

test('in ESP a cipher with its own integrity stands once, without an integrity algorithm', () => {
  expect(printed('esp')).toEqual(['AES256-GCM-16 - 20', 'AES256 SHA2-256 20', 'AES256 SHA2-384 20']);
});
