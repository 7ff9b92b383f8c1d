import { remediesFor } from '../../terraform/remedies';

describe('remediesFor', () => {
  test('says who holds the lock of a state, and how to break it', () => {
    const detail =
      'Error message: resource temporarily unavailable\nLock Info:\n  ID:        abc-1\n  Path:      x\n  Operation: OperationTypeApply\n  Who:       ann@host\n  Created:   2026-11-22 01:00:00 UTC\n';
    expect(
      remediesFor(
        [{ severity: 'error', summary: 'Error acquiring the state lock', detail }],
        'cdktf.out.dev/stacks/u',
      ),
    ).toEqual([
      'the state has been locked by ann@host since 2026-11-22 01:00:00 UTC (OperationTypeApply): wait until that run ends',
      'if that run is certainly dead: terraform -chdir=cdktf.out.dev/stacks/u force-unlock abc-1',
    ]);
  });

  test('knows of no lock where a backend refused to make one', () => {
    const detail = 'Error message: HTTP remote state endpoint invalid auth';
    expect(
      remediesFor([{ severity: 'error', summary: 'Error acquiring the state lock', detail }], 'f'),
    ).toEqual([]);
  });

  test('says how a state moves to a backend that has changed', () => {
    const one = { severity: 'error', summary: 'Backend configuration changed', detail: '' };
    expect(remediesFor([one], 'f')).toEqual([
      'the backend has changed; to move the state to the new one: terraform -chdir=f init -migrate-state',
    ]);
  });

  test('says nothing about other errors', () => {
    expect(remediesFor([{ severity: 'error', summary: 'x', detail: 'y' }], 'f')).toEqual([]);
  });
});
