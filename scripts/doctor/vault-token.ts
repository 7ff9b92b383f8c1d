import { durationText } from '../../base/text/duration-text';
import { listed } from '../../base/text/listed';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Vault } from '../../catalog/kinds/vault/vault';
import type { VaultClient } from '../../vault/client';
import { shortened } from '../../vault/shortened';
import type { TokenFacts } from '../../vault/tokens';
import { VaultError } from '../../vault/vault-error';
import { type Finding, failedBy, noted, passed } from '../report/finding';
import type { Examination } from './check';
import { opensOnce } from './opens-once';
import { policyLine } from './policy-line';
import { isRefusedToUser } from './user-policies';
import { referencesOf } from './vault-secrets';
import { placeOf } from './vault-server';

/** A token that lives shorter is noted: an apply of many networks, with its prompts, may take this long. */
const SHORT_SECONDS = 3600;

/** The findings about the token. */
export interface TokenVerdict {
  readonly findings: readonly Finding[];
  /** A client with the token; absent where there is no valid one. */
  readonly client?: VaultClient;
}

/** Checks that there is a token, that the server accepts it, and how long it lives, which a cubbyhole shares. */
export async function checkToken(
  examination: Examination,
  loaded: Loaded,
  vault: Vault,
): Promise<TokenVerdict> {
  const subject = vault.auth.method === 'approle' && !examination.settings.sandbox ? 'AppRole' : 'token';
  if (subject === 'AppRole' && opensOnce(examination.variables)) return { findings: [notUnwrapped()] };
  try {
    const client = await examination.vaults.client(vault);
    try {
      const facts = await client.tokens.self();
      const { remainingSeconds } = facts;
      return {
        findings: [verdictOn(subject, facts), ...cubbyhole(loaded, remainingSeconds)],
        client,
      };
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'denied') throw error;
      const found = 'valid, but its policies do not let it look itself up: how long it lives is not known';
      const rule = policyLine('auth/token/lookup-self', ['read']);
      return { findings: [noted(subject, found, rule), ...cubbyhole(loaded, undefined)], client };
    }
  } catch (error) {
    return { findings: [failedBy(error, subject, placeOf(vault))] };
  }
}

function verdictOn(subject: string, facts: TokenFacts): Finding {
  const { user, displayName, policies, remainingSeconds, renewable } = facts;
  const who = shortened(user ?? (displayName === '' ? 'no name' : displayName), 60);
  const names = shortened(policies.join(', ') || 'none', 200);
  const valid = `valid (${who}; ${policies.length === 1 ? 'policy' : 'policies'} ${names})`;
  if (remainingSeconds === undefined) return passed(subject, `${valid}, never expires`);
  const lives = `${valid}, lives ${durationText(remainingSeconds)}`;
  if (subject === 'AppRole') {
    if (remainingSeconds >= SHORT_SECONDS) return passed(subject, `${lives} from each log-in`);
    const raise = 'raise token_ttl_seconds of the AppRole to 3600 or more';
    return noted(subject, `${lives} from each log-in: an apply may take longer`, raise);
  }
  if (remainingSeconds >= SHORT_SECONDS) return passed(subject, `${lives} more`);
  const mayCreate = !isRefusedToUser(policies, 'update', 'auth/token/create');
  const text = mayCreate ? 'create a new one before you apply' : 'have a new one created before you apply';
  const mayRenew = renewable && !isRefusedToUser(policies, 'update', 'auth/token/renew-self');
  const create = { text, command: 'token create <user>' };
  const fixes = mayRenew ? ['renew it (vault token renew)', create] : [create];
  return noted(subject, `${lives} more: an apply may take longer`, ...fixes);
}

/** A note where the catalog keeps credentials in a cubbyhole, which belongs to its token and is deleted with it. */
function cubbyhole(loaded: Loaded, remainingSeconds: number | undefined): readonly Finding[] {
  const kept = referencesOf(loaded).filter(({ reference }) => reference.isCubbyhole);
  if (kept.length === 0) return [];
  const names = listed(kept.map(({ reference }) => reference.toString()));
  const end = remainingSeconds === undefined ? '' : `, in ${durationText(remainingSeconds)}`;
  return [
    noted(
      'cubbyhole',
      `no other token sees ${names}, and they are deleted when this token expires${end}`,
      'keep the originals, and store them again with the next token: kakehashi secret put',
    ),
  ];
}

function notUnwrapped(): Finding {
  return noted(
    'AppRole',
    'not logged in: VAULT_WRAPPED_SECRET_ID can be unwrapped once, and the apply needs it',
    'to check more, set VAULT_SECRET_ID instead',
    { text: 'issue another', command: 'token secret-id <approle>' },
  );
}
