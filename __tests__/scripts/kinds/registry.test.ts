import { remediesOf } from '../../../scripts/kinds/registry';

describe('remediesOf', () => {
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
