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

  test('says once what to do about objects that a killed run has left', () => {
    const detail = 'api error InvalidPermission.Duplicate: the specified rule already exists';
    const one = { severity: 'error', summary: 'creating rule', detail };
    expect(remediesFor([one, one], 'f')).toEqual([
      'it exists in the cloud and in no state, as after a killed run: import or delete it; in the sandbox: kakehashi sandbox reset',
    ]);
  });

  test.each([
    'api error InvalidClientTokenId: The security token included in the request is invalid.',
    'api error SignatureDoesNotMatch: The request signature we calculated does not match',
  ])('says how to correct wrong credentials: %s', (detail) => {
    expect(
      remediesFor([{ severity: 'error', summary: 'configuring Terraform AWS Provider', detail }], 'f'),
    ).toEqual([
      'the credentials are wrong: if Vault keeps them, store both parts of one key again (kakehashi secret put)',
    ]);
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
