import { checkLines } from '../../../gateway/check/check-lines';

it('has a line for each result, in columns, and the lines of its program below it', () => {
  expect(
    checkLines([
      { program: 'vtysh', subject: 'etc/frr/frr.conf', verdict: 'passed', says: [] },
      { program: 'ipsec addconn', subject: 'etc/ipsec.d/*.conf', verdict: 'failed', says: ['one', 'two'] },
      { program: 'sh', subject: 'usr/x', verdict: 'absent', says: ['sh is not installed here'] },
    ]),
  ).toEqual([
    'check     ✓ vtysh          etc/frr/frr.conf',
    'check     ✗ ipsec addconn  etc/ipsec.d/*.conf',
    '            one',
    '            two',
    'check     · sh             usr/x: not checked',
    '            sh is not installed here',
  ]);
  expect(checkLines([])).toEqual([]);
});
