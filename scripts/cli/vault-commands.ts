import { type Command, Option } from 'commander';
import { API_ROLES, USER_ROLES } from '../run/vault/token-user';
import type { Settings } from '../session/settings';
import { offering } from './offering';

/** Adds a command to its parent; its action gets the settings and the operands, and returns the exit code. */
export type AddCommand = (
  parent: Command,
  usage: string,
  description: string,
  act: (
    settings: Settings,
    operands: readonly string[],
    flags: Readonly<Record<string, unknown>>,
  ) => Promise<number>,
  /** A hidden command is in no help and no completion. */
  options?: { readonly hidden?: boolean },
) => Command;

/** The commands on a Vault: `secret …` and `token …`. */
export function addVaultCommands(program: Command, add: AddCommand): void {
  addSecretCommands(program.command('secret').description('keep secrets in Vault: vault://engine/path'), add);
  addTokenCommands(program.command('token').description('make, list and revoke Vault tokens of users'), add);
}

function addSecretCommands(secret: Command, add: AddCommand): void {
  // Operands of any number, and options that are none, are refused by the command itself, which does not show them.
  add(
    secret,
    'put [reference...]',
    'store a secret; its value is typed, or comes by stdin',
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
  ).option('--show', 'also where stdout is a terminal');
  add(secret, 'list <folder>', 'list the names in a folder: vault://secret', (settings, [folder]) =>
    (require('../commands/secret') as typeof import('../commands/secret')).secretList(settings, folder ?? ''),
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
  add(token, 'create <user>', 'make a token for a user; it is shown once', (settings, [user = ''], flags) =>
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
    .option('--ttl <seconds>', 'how long it lives; default: what the server says')
    .option(
      '--policy <name>',
      'a policy of the server, where the catalog makes no token role; can be given again',
      (value: string, before: readonly string[] = []) => [...before, value],
    );
  add(token, 'list', 'list tokens by accessor; never the tokens themselves', (settings) =>
    (require('../commands/token') as typeof import('../commands/token')).tokenList(settings),
  );
  add(token, 'revoke [accessor]', 'end a token, and with it its cubbyhole', (settings, [accessor], flags) =>
    (require('../commands/token') as typeof import('../commands/token')).tokenRevoke(
      settings,
      accessor,
      text(flags.user),
    ),
  ).option('--user <name>', 'all tokens of a user instead');
  add(
    token,
    'secret-id <approle>',
    'issue a secret id of an AppRole, in a wrapping token that opens once',
    (settings, [approle = ''], flags) =>
      (require('../commands/token') as typeof import('../commands/token')).tokenSecretId(
        settings,
        approle,
        text(flags.wrapTtl),
      ),
  ).option('--wrap-ttl <seconds>', 'how long it waits to be opened; default: 300');
}
