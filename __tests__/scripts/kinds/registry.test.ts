import { remediesOf } from '../../../scripts/kinds/registry';

describe('remediesOf', () => {
  test('says what to do about objects that a killed run has left', () => {
    expect(
      remediesOf('creating rule\napi error InvalidPermission.Duplicate: the specified rule exists'),
    ).toEqual([
      'it exists in the cloud and in no state, as after a killed run: import or delete it; in the sandbox: kakehashi sandbox reset',
    ]);
  });

  test.each([
    'api error InvalidClientTokenId: The security token included in the request is invalid.',
    'api error SignatureDoesNotMatch: The request signature we calculated does not match',
  ])('says how to correct wrong credentials: %s', (error) => {
    expect(remediesOf(`configuring Terraform AWS Provider\n${error}`)).toEqual([
      'the credentials are wrong: if Vault keeps them, store both parts of one key again (kakehashi secret put)',
    ]);
  });

  test('says nothing about other errors', () => {
    expect(remediesOf('x\ny')).toEqual([]);
  });
});
