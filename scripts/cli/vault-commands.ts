import { type Command, Option } from 'commander';
import { API_ROLES, USER_ROLES } from '../run/vault/token-user';
import type { Settings } from '../session/settings';
import { offering } from './offering';

/** Adds a command to its parent. Its action gets the settings, the operands and the flags, and returns the exit code. */
export type AddCommand = (
  parent: Command,
  usage: string,
  description: string,
  act: (
    settings: Settings,
    operands: readonly string[],
    flags: Readonly<Record<string, unknown>>,
  ) => Promise<number>,
  /** A hidden command is in no help and no completion; one that is alone runs where it is called, below a project too. */
  options?: { readonly hidden?: boolean; readonly alone?: boolean },
) => Command;

/** Adds the commands that use a Vault: `secret …` and `token …`. */
export function addVaultCommands(program: Command, add: AddCommand): void {
  addSecretCommands(
    program.command('secret').description('store and read secrets in Vault, at vault://engine/path'),
    add,
  );
  addTokenCommands(
    program.command('token').description('create, list and revoke Vault tokens of users'),
    add,
  );
}

function addSecretCommands(secret: Command, add: AddCommand): void {
  // The command itself refuses further operands and unknown options, because commander would show them.
  add(
    secret,
    'put [reference...]',
    'store a secret; its value is typed at a hidden prompt, or read from stdin',
    (settings, operands) =>
      (require('../commands/secret') as typeof import('../commands/secret')).secretPut(settings, operands),
  ).allowUnknownOption();
  add(
    secret,
    'get <reference>',
    'print a secret, and nothing else, on stdout',
    (settings, [reference], flags) =>
      (require('../commands/secret') as typeof import('../commands/secret')).secretGet(
        settings,
        reference ?? '',
        flags.show === true,
      ),
  ).option('--show', 'print it even if stdout is a terminal');
  add(
    secret,
    'list <folder>',
    'list the names in a folder, for instance vault://secret',
    (settings, [folder]) =>
      (require('../commands/secret') as typeof import('../commands/secret')).secretList(
        settings,
        folder ?? '',
      ),
  );
  add(secret, 'rm <reference>', 'remove a secret with all its versions', (settings, [reference]) =>
    (require('../commands/secret') as typeof import('../commands/secret')).secretRemove(
      settings,
      reference ?? '',
    ),
  );
}

function addTokenCommands(token: Command, add: AddCommand): void {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const optional = (key: string, value: unknown) => (text(value) === undefined ? {} : { [key]: text(value) });
  add(token, 'create <user>', 'create a token for a user; it is shown once', (settings, [user = ''], flags) =>
    (require('../commands/token') as typeof import('../commands/token')).tokenCreate(settings, {
      user,
      ...optional('role', flags.role),
      ...optional('api', flags.api),
      ...optional('ttl', flags.ttl),
      policies: (flags.policy as readonly string[] | undefined) ?? [],
    }),
  )
    .addOption(offering(new Option('--role <role>', 'default: what the catalog says'), USER_ROLES))
    .addOption(offering(new Option('--api <api>', 'default: what the catalog says'), API_ROLES))
    .option('--ttl <seconds>', 'its lifetime; default: what the server says')
    .option(
      '--policy <name>',
      'a policy of the server, where the catalog creates no token role (can be repeated)',
      (value: string, before: readonly string[] = []) => [...before, value],
    );
  add(token, 'list', 'list tokens by accessor, never the tokens themselves', (settings) =>
    (require('../commands/token') as typeof import('../commands/token')).tokenList(settings),
  );
  add(
    token,
    'revoke [accessor]',
    'revoke a token, and with it its cubbyhole',
    (settings, [accessor], flags) =>
      (require('../commands/token') as typeof import('../commands/token')).tokenRevoke(
        settings,
        accessor,
        text(flags.user),
      ),
  ).option('--user <name>', 'revoke all tokens of a user of the environment instead');
  add(
    token,
    'secret-id <approle>',
    'issue a secret id of an AppRole, in a wrapping token that can be unwrapped once',
    (settings, [approle = ''], flags) =>
      (require('../commands/token') as typeof import('../commands/token')).tokenSecretId(
        settings,
        approle,
        text(flags.wrapTtl),
      ),
  ).option('--wrap-ttl <seconds>', 'how long it can be unwrapped; default: 300');
}
