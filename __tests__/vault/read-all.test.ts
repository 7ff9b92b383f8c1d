import { SecretReference } from '../../model/vault/secret-reference';
import { readAll } from '../../vault/read-all';
import { VaultError } from '../../vault/vault-error';

const reference = (name: string) => SecretReference.parse(`vault://secret/${name}`);
const references = { a: reference('a'), b: reference('b'), c: reference('c') };

function denied({ path }: SecretReference): VaultError {
  return new VaultError('denied', {
    where: `vault://secret/${path}`,
    summary: "the token's policies refuse reading it",
    fixes: ['check the reference', `add to a policy of the token: path "secret/${path}" { … }`],
  });
}

/** A client that reads all but some secrets. */
const client = (refused: Readonly<Record<string, (reference: SecretReference) => VaultError>>) => ({
  read: async (one: SecretReference) => {
    const error = refused[one.path]?.(one);
    if (error !== undefined) throw error;
    return `value of ${one.path}`;
  },
});

test('all values are read by name', async () => {
  expect(await readAll(client({}), references)).toEqual({
    a: 'value of a',
    b: 'value of b',
    c: 'value of c',
  });
});

test('what the policies refuse is one line, beside other failures', async () => {
  const missing = () => new VaultError('missing', { where: 'vault://secret/b', summary: 'there is none' });
  await expect(readAll(client({ a: denied, b: missing, c: denied }), references)).rejects.toThrow(
    `vault://secret/a and vault://secret/c: the token's policies refuse reading these 2; check the reference, or add to a policy of the token: path "secret/a" { … }, and such a rule for the other one\nvault://secret/b: there is none`,
  );
});

test('one that is refused keeps its own words', async () => {
  await expect(readAll(client({ a: denied }), references)).rejects.toThrow(
    'vault://secret/a: the token\'s policies refuse reading it; check the reference, or add to a policy of the token: path "secret/a" { … }',
  );
});
