import { listed } from '../base/text/listed';
import type { SecretReference } from '../model/vault/secret-reference';
import type { VaultClient } from './client';
import { suchRules } from './needed-rule';
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
  const lines = together(failures).map(({ message }) => message);
  throw others.length === 0 ? first : new VaultError(first.code, [...new Set(lines)].join('\n'));
}

/** The failures, of which all that the token's policies refuse are one. */
function together(failures: readonly VaultError[]): readonly VaultError[] {
  const denied = failures.filter(({ code }) => code === 'denied');
  const [first] = denied;
  if (first === undefined || denied.length === 1) return failures;
  const { fixes = [] } = first.fault;
  const rule = fixes.at(-1);
  const more = suchRules(denied.length - 1);
  const one = new VaultError('denied', {
    where: listed(denied.map(({ fault }) => fault.where ?? '')),
    summary: `the token's policies refuse reading these ${denied.length}`,
    fixes: [...fixes.slice(0, -1), ...(typeof rule === 'string' ? [`${rule}${more}`] : [])],
  });
  return [one, ...failures.filter((failure) => !denied.includes(failure))];
}
