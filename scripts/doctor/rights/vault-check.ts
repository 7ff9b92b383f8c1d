import { Failure } from '../../../base/errors';
import type { Vault } from '../../../catalog/kinds/vault/vault';
import { VaultError } from '../../../vault/vault-error';
import type { MissingRight, RightsVerdict } from '../../kinds/rights';
import type { Examination } from '../check';
import { opensOnce } from '../opens-once';
import { policyLines } from '../policy-line';
import type { VaultRights } from './vault-rights';

const SUBJECT = 'Vault';
const NONE = { subject: SUBJECT, allowed: 0, missing: [] };

/** Asks the server what the token may do at each path. It is a question about the token itself, and changes nothing. */
export async function checkVaultRights(
  { vaults, variables, settings }: Pick<Examination, 'vaults' | 'variables' | 'settings'>,
  vault: Vault,
  rights: VaultRights,
): Promise<RightsVerdict> {
  const isAppRole = vault.auth.method === 'approle' && !settings.sandbox;
  if (isAppRole && opensOnce(variables))
    return { ...NONE, unknown: ['VAULT_WRAPPED_SECRET_ID can be unwrapped once, and a run needs it'] };
  try {
    const client = await vaults.client(vault);
    const allowed = await client.tokens.capabilities([...rights.keys()]);
    return { subject: SUBJECT, ...compared(rights, allowed) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { summary } = error.fault;
    if (!(error instanceof VaultError)) return { ...NONE, unknown: [summary] };
    if (error.code === 'token') return { ...NONE, unknown: [], refused: summary };
    if (error.code !== 'denied') return { ...NONE, unknown: [summary] };
    return {
      ...NONE,
      unknown: [
        "the token's policies refuse the question (update of sys/capabilities-self, which Vault's policy default has)",
      ],
    };
  }
}

function compared(
  rights: VaultRights,
  allowed: ReadonlyMap<string, readonly string[]>,
): Omit<RightsVerdict, 'subject'> {
  const missing: MissingRight[] = [];
  let count = 0;
  for (const [path, needed] of rights) {
    const has = allowed.get(path) ?? [];
    for (const right of needed) {
      if (has.includes(right) || has.includes('root')) count += 1;
      else missing.push({ right, on: path });
    }
  }
  const lacking = new Set(missing.map(({ on }) => on));
  const rules = [...rights].filter(([path]) => lacking.has(path));
  // A rule of exactly a path hides those with wildcards, so it has all that is needed there.
  return {
    allowed: count,
    missing,
    unknown: [],
    ...(rules.length === 0 ? {} : { remedy: policyLines(rules) }),
  };
}
