import type { SecretReference } from '../model/vault/secret-reference';
import type { VaultClient } from './client';
import { isGeneral, VaultError } from './vault-error';

/**
 * Reads several secrets, by name.
 *
 * @throws {@link VaultError}: an error that all of them share is thrown at once, the others are collected into one
 */
export async function readAll(
  client: Pick<VaultClient, 'read'>,
  references: Readonly<Record<string, SecretReference>>,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  const failures: VaultError[] = [];
  for (const [name, reference] of Object.entries(references)) {
    try {
      values[name] = await client.read(reference);
    } catch (error) {
      if (!(error instanceof VaultError) || isGeneral(error)) throw error;
      failures.push(error);
    }
  }
  const [first, ...others] = failures;
  if (first === undefined) return values;
  const lines = failures.map(({ message }) => message);
  throw others.length === 0 ? first : new VaultError(first.code, [...new Set(lines)].join('\n'));
}
