import { type Command, Option } from 'commander';
import { offering } from './offering';
import type { AddCommand } from './vault-commands';

/** Adds `sandbox …`: commands with simulated providers, and what they made. */
export function addSandboxCommands(program: Command, add: AddCommand): void {
  const sandbox = add(
    program,
    'sandbox [command...]',
    'run any command with simulated providers: sandbox -- CMD',
    (settings, argv) =>
      (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxRun(settings, argv),
  );
  add(
    sandbox,
    'serve',
    'serve the providers until stopped; prints the export lines that attach any Terraform',
    () => (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxServe(),
  );
  add(sandbox, 'list [type]', 'list the simulated objects', (settings, [type], flags) =>
    (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxList(settings, type, {
      orphans: flags.orphans === true,
    }),
  ).option('--orphans', 'only those that Terraform asked for and that no state has');
  add(
    sandbox,
    'edit <type> <id> <changes...>',
    "change a simulated object behind Terraform's back: key=json",
    (_, operands) =>
      (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxEdit(operands),
  );
  add(
    sandbox,
    'vault',
    'serve a simulated Vault until stopped; prints the export lines with its address and token',
    (_, __, flags) =>
      (require('../commands/sandbox-vault') as typeof import('../commands/sandbox-vault')).sandboxVault({
        listen: String(flags.listen),
        server: String(flags.server),
        keep: flags.keep === true,
        anyAddress: flags.anyAddress === true,
        ...(flags.rootToken === undefined ? {} : { rootToken: String(flags.rootToken) }),
      }),
  )
    .option('--listen <address>', 'the address and port', '127.0.0.1:8200')
    .option('--root-token <token>', 'the token with all permissions (default: a new one)')
    .addOption(
      offering(new Option('--server <name>', 'the server that it simulates').default('openbao'), [
        'vault',
        'openbao',
      ]),
    )
    .option(
      '--keep',
      "serve the Vault of the project's sandbox, which is kept; otherwise it begins empty and is lost at the end",
    )
    .option('--any-address', 'allow an address that other machines can reach');
  add(sandbox, 'reset', 'delete all simulated objects', () =>
    (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxReset(),
  );
}
