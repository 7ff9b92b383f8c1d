import { answering, clientAt } from '../scripts/vault/scripted-vault';

const HEALTH = { initialized: true, sealed: false, standby: false };

test.each([
  ['vault', { version: '1.21.4', enterprise: false }],
  ['vault', { version: '2.0.3', enterprise: false }],
  ['vault', { version: '2.0.3+ent', enterprise: true }],
  // Before 1.16 Vault did not say it.
  ['vault', { version: '1.13.3' }],
  ['openbao', { version: '2.6.2' }],
  ['openbao', { version: '2.0.0-HEAD' }],
])('a server is told to be %s by what its health says: %j', async (product, body) => {
  const { address } = await answering(200, { ...HEALTH, ...body });
  expect(await clientAt(address).health()).toMatchObject({ product });
});
