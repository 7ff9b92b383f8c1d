import { Command, type CommanderError, Option } from 'commander';
import type { ExitCode } from '../../base/errors';
import { LOG_LEVELS } from '../report/log-level';
import { type Flags, settingsOf } from '../session/settings';
import { addCompletionCommands } from './completion-commands';
import { offering } from './offering';
import { type AddCommand, addVaultCommands } from './vault-commands';

/** Builds the command line: every command with its options and the module that does it, which is loaded when it is used. */
export function buildProgram(version: string, finish: (code: ExitCode | number) => void): Command {
  const program = new Command('kakehashi')
    .description(
      'Connects an on-premises controller network to clouds: a VPN catalog in, Terraform, catalog entries out.',
    )
    .version(version, '--version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showSuggestionAfterError(true)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeErr: () => undefined })
    .exitOverride((error: CommanderError) => {
      throw error;
    });
  for (const option of globalOptions()) program.addOption(option);

  const add: AddCommand = (parent, usage, description, act, options = {}) => {
    const command = parent.command(usage, options).description(description);
    command.copyInheritedSettings(parent);
    return command.action(async () => {
      const flags = command.optsWithGlobals();
      finish(await act(settingsOf(flags as Flags, process.env), command.args, flags));
    });
  };

  add(
    program,
    'validate [environments...]',
    'read and check catalogs, by name or by path to a .yml file',
    (settings, names) =>
      (require('../commands/validate') as typeof import('../commands/validate')).validate(settings, names),
  );
  add(
    program,
    'synth [environments...]',
    'write the Terraform configuration of each environment',
    (settings, names) =>
      (require('../commands/synth') as typeof import('../commands/synth')).synth(settings, names),
  );
  add(
    program,
    'plan [environment]',
    'plan every stack of an environment, save the plans, say what they mean',
    (settings, [name]) =>
      (require('../commands/plan') as typeof import('../commands/plan')).plan(settings, name),
  );
  add(
    program,
    'apply [environment]',
    'apply the saved plans, or plan first; then write the catalog entries',
    (settings, [name]) =>
      (require('../commands/apply') as typeof import('../commands/apply')).apply(settings, name),
  );
  add(
    program,
    'entries [environment]',
    'print the catalog entries of what is applied',
    (settings, [name], flags) =>
      (require('../commands/entries') as typeof import('../commands/entries')).entries(
        settings,
        name,
        flags.out as string | undefined,
      ),
  ).option('--out <file>', 'write them to a file instead');
  add(program, 'destroy [environment]', 'destroy what an environment created', (settings, [name]) =>
    (require('../commands/destroy') as typeof import('../commands/destroy')).destroy(settings, name),
  );

  const gatewayCommand = add(
    program,
    'gateway [environments...]',
    "write the on-premises gateway's files, of all that is applied at its host",
    (settings, names, flags) =>
      (require('../commands/gateway') as typeof import('../commands/gateway')).gateway(settings, names, {
        diff: flags.diff === true,
        check: flags.check === true,
        ...(flags.reference === undefined ? {} : { reference: flags.reference as string | true }),
      }),
  )
    .option('--diff', 'show what would change in the folder, write nothing; exit 2 where anything would')
    .option('--check', "run the daemons' own parsers on the files, where they are installed")
    .option('--reference [base]', 'name the keys instead of holding them: vault://… or file:///…');
  add(
    gatewayCommand,
    'rotate <environment> <network>',
    "give one tunnel a new key, at the cloud and in the gateway's files",
    (settings, operands, flags) =>
      (require('../commands/gateway-rotate') as typeof import('../commands/gateway-rotate')).rotate(
        settings,
        operands,
        {
          iChecked: flags.iChecked === true,
          tunnels: (flags.tunnel ?? []) as readonly string[],
        },
      ),
  )
    .option('--tunnel <cidr>', "the tunnel's inside CIDR", (one: string, all: readonly string[] = []) => [
      ...all,
      one,
    ])
    .option('--i-checked', 'the other tunnel was looked at: go on whatever the cloud reports');

  add(
    program,
    'status [environment]',
    'show each tunnel as the cloud and, on the gateway host, its daemon see it',
    (settings, [name]) =>
      (require('../commands/status') as typeof import('../commands/status')).status(settings, name),
  );

  add(
    program,
    'doctor [environment]',
    'look at everything that an apply will need, and say what mends it',
    (settings, [name]) =>
      (require('../commands/doctor') as typeof import('../commands/doctor')).doctor(settings, name),
  );

  const sandbox = add(
    program,
    'sandbox [command...]',
    'run a command against simulated providers: sandbox -- CMD',
    (_, argv) => (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxRun(argv),
  );
  add(sandbox, 'serve', 'serve them until stopped; prints the lines that attach any Terraform', () =>
    (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxServe(),
  );
  add(sandbox, 'list [type]', 'list the simulated objects', (settings, [type]) =>
    (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxList(settings, type),
  );
  add(
    sandbox,
    'edit <type> <id> <changes...>',
    'change an object behind Terraform: key=json',
    (_, operands) =>
      (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxEdit(operands),
  );
  add(
    sandbox,
    'vault',
    'serve a simulated Vault until stopped; prints the lines that name it',
    (_, __, flags) =>
      (require('../commands/sandbox-vault') as typeof import('../commands/sandbox-vault')).sandboxVault({
        listen: String(flags.listen),
        server: String(flags.server),
        keep: flags.keep === true,
        anyAddress: flags.anyAddress === true,
        ...(flags.rootToken === undefined ? {} : { rootToken: String(flags.rootToken) }),
      }),
  )
    .option('--listen <address>', 'where', '127.0.0.1:8200')
    .option('--root-token <token>', 'the token that may do everything (default: a new one)')
    .addOption(
      offering(new Option('--server <name>', 'the server that it simulates').default('openbao'), [
        'vault',
        'openbao',
      ]),
    )
    .option(
      '--keep',
      "the Vault of the project's sandbox, which stays; else it is empty and gone when stopped",
    )
    .option('--any-address', 'listen where others can reach it');
  add(sandbox, 'reset', 'forget all simulated objects', () =>
    (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxReset(),
  );
  addVaultCommands(program, add);
  addCompletionCommands(program, add);
  return program;
}

function globalOptions(): readonly Option[] {
  return [
    new Option('--env <environment>', 'the environment (KAKEHASHI_ENV)'),
    new Option('--catalog <dir>', 'the folder of the catalogs (KAKEHASHI_CATALOG; default: catalog)'),
    new Option('--sandbox', 'against simulated providers, with own states and outputs (KAKEHASHI_SANDBOX)'),
    new Option(
      '--terraform-bin <file>',
      'Terraform or OpenTofu (KAKEHASHI_TERRAFORM_BIN; default: terraform, then tofu)',
    ),
    new Option('--json', 'one event a line on stdout, text on stderr (KAKEHASHI_JSON)'),
    new Option('--yes', 'confirm everything'),
    new Option('--stack <glob>', 'only these stacks; can be given again').argParser(collect),
    // Its name before.
    new Option('--unit <glob>').argParser(collect).hideHelp(),
    new Option('--parallelism <n>', 'how many stacks at once (KAKEHASHI_PARALLELISM)'),
    new Option('--frozen', 'refuse to add to the lock file (KAKEHASHI_FROZEN)'),
    new Option('--log-level <level>', 'error, warn, info or debug (KAKEHASHI_LOG_LEVEL)').choices([
      ...LOG_LEVELS,
    ]),
    new Option('--no-color', 'no colours (NO_COLOR, CI)'),
  ];
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
