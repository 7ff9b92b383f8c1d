import { fstatSync } from 'node:fs';
import { EXIT, Failure, UsageError } from '../../base/errors';
import { compareTexts } from '../../base/text/compare-texts';
import { durationText } from '../../base/text/duration-text';
import type { TokenFacts } from '../../vault/tokens';
import { environmentOfToken, selectTokens } from '../run/vault/token-selection';
import { tokenTable } from '../run/vault/token-table';
import { seconds, type TokenWish, tokenRequest } from '../run/vault/token-user';
import { type VaultRun, withVault } from '../run/vault/vault-run';
import { confirm } from '../session/confirm';
import type { Settings } from '../session/settings';

/** How long a wrapped secret id can be unwrapped, in seconds. */
const WRAP_TTL = 300;
const LONGEST_WRAP_TTL = 86_400;

/** `kakehashi token create`: prints the token alone on stdout, once, and its facts on stderr. */
export async function tokenCreate(settings: Settings, wish: TokenWish): Promise<number> {
  checkStdout(settings, 'token create', 'the token');
  return withVault(settings, { stdoutTaken: true }, async (run) => {
    const { report, client } = run;
    const request = tokenRequest(run, wish);
    const made = await client.tokens.create(request);
    process.stdout.write(`${made.token}\n`);
    const life = made.ttlSeconds === 0 ? 'for ever' : `for ${durationText(made.ttlSeconds)}`;
    report.say(
      `token of ${wish.user}: accessor ${made.accessor}, policies ${made.policies.join(', ')}, valid ${life}`,
    );
    report.note(
      'warn',
      'the token is shown only now and stored nowhere; whoever has it acts as that user; its cubbyhole is deleted when it expires',
    );
    if (!made.orphan)
      report.note(
        'warn',
        'it is revoked together with the token that created it, since its role does not create orphans',
      );
    return EXIT.done;
  });
}

/** `kakehashi token list`: lists the tokens by accessor, never the tokens themselves. */
export async function tokenList(settings: Settings): Promise<number> {
  return withVault(settings, {}, async (run) => {
    const tokens = await allTokens(run);
    for (const token of tokens) {
      const { accessor, displayName, user, policies, remainingSeconds } = token;
      run.report.event({
        type: 'token_listed',
        accessor,
        display_name: displayName,
        policies,
        ...(user === undefined ? {} : { user }),
        ...(remainingSeconds === undefined ? {} : { remaining_seconds: remainingSeconds }),
      });
    }
    run.report.say(tokenTable(tokens));
    return EXIT.done;
  });
}

/** `kakehashi token revoke`: revokes one token by its accessor, or with `--user` all of a user, after a confirmation. */
export async function tokenRevoke(
  settings: Settings,
  accessor: string | undefined,
  user: string | undefined,
): Promise<number> {
  if ((accessor === undefined) === (user === undefined))
    throw new UsageError('token revoke: give either an accessor (see: kakehashi token list) or --user');
  if (accessor !== undefined && /^(hv[sbr]|[sbr])\./.test(accessor)) {
    throw new UsageError(
      'token revoke: must be an accessor, got what looks like a token, not shown; revoke that one soon: others may have seen the command line',
    );
  }
  return withVault(settings, {}, async (run) => {
    const { client, report } = run;
    const { tokens, left } =
      accessor === undefined
        ? selectTokens(await allTokens(run), user ?? '', run.environment)
        : { tokens: [await tokenAt(run, accessor)], left: undefined };
    report.say(tokenTable(tokens));
    if (left !== undefined) report.note('warn', left);
    if (accessor !== undefined) warnOfOther(run, tokens);
    const which = tokens.length === 1 ? 'this token' : `these ${tokens.length} tokens`;
    const text = `This revokes ${which} and all tokens that they created; the secrets in their cubbyholes are deleted for ever. Type 'yes' to continue:`;
    await confirm(run, { done: 'revoked', text, answer: 'yes' });
    for (const token of tokens) {
      await client.tokens.revoke(token.accessor);
      const named = token.user === undefined ? {} : { user: token.user };
      report.event({ type: 'token_revoked', accessor: token.accessor, ...named });
      report.say(`${token.accessor}: revoked; its cubbyhole is gone`);
    }
    return EXIT.done;
  });
}

/** `kakehashi token secret-id`: issues a secret id of an AppRole, in a wrapping token that can be unwrapped once. */
export async function tokenSecretId(
  settings: Settings,
  role: string,
  wrapTtl: string | undefined,
): Promise<number> {
  checkStdout(settings, 'token secret-id', 'the wrapping token');
  const wrapSeconds = wrapTtl === undefined ? WRAP_TTL : seconds('--wrap-ttl', wrapTtl, LONGEST_WRAP_TTL);
  return withVault(settings, { stdoutTaken: true }, async ({ client, report, vault, environment }) => {
    const names = vault.approles.map(({ name }) => name);
    if (names.length > 0 && !names.includes(role)) {
      throw new UsageError(
        `token secret-id: ${role} is none of the AppRoles of ${environment} (${names.join(', ')})`,
      );
    }
    const issued = await client.appRoles.issueSecretId(role, wrapSeconds);
    process.stdout.write(`${issued.wrappingToken}\n`);
    report.say(
      `secret id of ${role}, wrapped: it can be unwrapped once, within ${durationText(issued.ttlSeconds)}; its user sets VAULT_WRAPPED_SECRET_ID to what stdout got`,
    );
    return EXIT.done;
  });
}

/** @throws {@link UsageError} when stdout is a file that others may read */
function checkStdout(settings: Settings, command: string, what: string): void {
  if (settings.json) throw new UsageError(`${command}: stdout is for ${what}; leave --json out`);
  const stdout = fstatSync(process.stdout.fd);
  if (stdout.isFile() && (stdout.mode & 0o077) !== 0) {
    throw new UsageError(
      `${command}: stdout is a file that others may read, such as a log; use a pipe, or a file of mode 0600 (umask 077)`,
    );
  }
}

async function tokenAt({ client }: VaultRun, accessor: string): Promise<TokenFacts> {
  const token = await client.tokens.byAccessor(accessor);
  if (token === undefined)
    throw new Failure({
      summary: 'there is no token with this accessor',
      fixes: [{ text: 'see', command: 'token list' }],
    });
  return token;
}

/** Says that a token named by its accessor belongs to another environment than the one of the command. */
function warnOfOther({ report, environment }: VaultRun, tokens: readonly TokenFacts[]): void {
  const [other] = tokens.map(environmentOfToken).filter((name) => name !== undefined);
  if (environment === undefined || other === undefined || other === environment) return;
  report.note('warn', `this token belongs to the environment ${other}, not to ${environment}`);
}

/** All tokens, sorted by name. Tokens that expire during the look-up are left out. */
async function allTokens({ client }: VaultRun): Promise<readonly TokenFacts[]> {
  const tokens: TokenFacts[] = [];
  for (const accessor of await client.tokens.accessors()) {
    const token = await client.tokens.byAccessor(accessor);
    if (token !== undefined) tokens.push(token);
  }
  return tokens.sort(
    (a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.accessor, b.accessor),
  );
}
