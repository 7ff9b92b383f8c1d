import { durationText } from '../../base/text/duration-text';
import { listed } from '../../base/text/listed';
import type { Vault } from '../../catalog/ground/catalog';
import type { Loaded } from '../../catalog/load';
import type { VaultClient } from '../../vault/client';
import type { TokenFacts } from '../../vault/tokens';
import { shortened, VaultError } from '../../vault/vault-error';
import { calledFor, type Examination } from './check';
import { type Finding, failedBy, noted, passed } from './finding';
import { policyLine } from './policy-line';
import { referencesOf } from './vault-secrets';
import { placeOf } from './vault-server';

/** An apply of a VPN takes minutes; of many networks, with its questions, it may take this long. */
const SHORT_SECONDS = 3600;

/** What is known of the token. */
export interface TokenVerdict {
  readonly findings: readonly Finding[];
  /** Absent where there is no token to go on with. */
  readonly client?: VaultClient;
}

/** Whether there is a token, the server accepts it, and how long still; and what that means for a cubbyhole. */
export async function checkToken(
  examination: Examination,
  loaded: Loaded,
  vault: Vault,
): Promise<TokenVerdict> {
  const subject = vault.auth.method === 'approle' && !examination.settings.sandbox ? 'AppRole' : 'token';
  if (subject === 'AppRole' && opensOnce(examination.variables)) return { findings: [keptWrapped()] };
  try {
    const client = await examination.vaults.client(vault);
    try {
      const facts = await client.tokens.self();
      const { remainingSeconds } = facts;
      return {
        findings: [verdictOn(examination, subject, facts), ...cubbyhole(loaded, remainingSeconds)],
        client,
      };
    } catch (error) {
      if (!(error instanceof VaultError) || error.trouble !== 'denied') throw error;
      const found = 'valid, but its policies keep it from looking itself up: how long it lives is not known';
      const mend = policyLine('auth/token/lookup-self', ['read']);
      return { findings: [noted(subject, found, mend), ...cubbyhole(loaded, undefined)], client };
    }
  } catch (error) {
    return { findings: [failedBy(error, subject, placeOf(vault))] };
  }
}

function verdictOn(examination: Examination, subject: string, facts: TokenFacts): Finding {
  const { user, displayName, policies, remainingSeconds, renewable } = facts;
  const who = shortened(user ?? (displayName === '' ? 'no name' : displayName), 60);
  const names = shortened(policies.join(', ') || 'none', 200);
  const valid = `valid (${who}; ${policies.length === 1 ? 'policy' : 'policies'} ${names})`;
  if (remainingSeconds === undefined) return passed(subject, `${valid}, lives for ever`);
  const lives = `${valid}, lives ${durationText(remainingSeconds)}`;
  if (subject === 'AppRole') {
    if (remainingSeconds >= SHORT_SECONDS) return passed(subject, `${lives} from each log-in`);
    const mend = 'raise token_ttl_seconds of the AppRole to 3600 or more';
    return noted(subject, `${lives} from each log-in: an apply may outlast it`, mend);
  }
  if (remainingSeconds >= SHORT_SECONDS) return passed(subject, `${lives} more`);
  const renewed = renewable ? 'renew it (vault token renew), or ' : '';
  const create = calledFor(examination, 'kakehashi token create <user>');
  const mend = `${renewed}take a new one before you apply: ${create}`;
  return noted(subject, `${lives} more: an apply may outlast it`, mend);
}

/** What is in a cubbyhole is the token's alone, and goes with it (domain.md §2A A1). */
function cubbyhole(loaded: Loaded, remainingSeconds: number | undefined): readonly Finding[] {
  const kept = referencesOf(loaded).filter(({ reference }) => reference.isCubbyhole);
  if (kept.length === 0) return [];
  const names = listed(kept.map(({ reference }) => reference.toString()));
  const end = remainingSeconds === undefined ? '' : `, in ${durationText(remainingSeconds)}`;
  return [
    noted(
      'cubbyhole',
      `no other token sees ${names}, and what is there is gone when this token ends${end}`,
      'keep the originals; with the next token store them again: kakehashi secret put',
    ),
  ];
}

function opensOnce({ VAULT_SECRET_ID = '', VAULT_WRAPPED_SECRET_ID = '' }: NodeJS.ProcessEnv): boolean {
  return VAULT_SECRET_ID === '' && VAULT_WRAPPED_SECRET_ID !== '';
}

function keptWrapped(): Finding {
  return noted(
    'AppRole',
    'not logged in: VAULT_WRAPPED_SECRET_ID opens once, and is kept for the apply',
    'to look further, set VAULT_SECRET_ID instead, or issue one more: kakehashi token secret-id <approle>',
  );
}
