import { Command, type CommanderError, Option } from 'commander';
import type { ExitCode } from '../../base/errors';
import { LOG_LEVELS } from '../report/log-level';
import { type Flags, settingsOf } from '../session/settings';
import { addCompletionCommands } from './completion-commands';
import { offering } from './offering';
import { type AddCommand, addVaultCommands } from './vault-commands';

const FULL = ['--full', 'show old and new values, and all differences of files'] as const;

/** Builds the command line: every command with its options and the module that does it, which is loaded when it is used. */
export function buildProgram(version: string, finish: (code: ExitCode | number) => void): Command {
  const program = new Command('kakehashi')
    .description(
      'Connects an on-premises controller network to clouds: builds what a VPN catalog describes with Terraform, and writes the catalog entries.',
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
    'read and check catalogs, given by name or by path to a .yml file',
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
    'plan all stacks of an environment, save the plans and explain them',
    (settings, [name]) =>
      (require('../commands/plan') as typeof import('../commands/plan')).plan(settings, name),
  ).option(...FULL);
  add(
    program,
    'show [environment]',
    'show the saved plans of an environment again; changes nothing',
    (settings, [name]) =>
      (require('../commands/show') as typeof import('../commands/show')).show(settings, name),
  ).option(...FULL);
  add(
    program,
    'apply [environment]',
    'apply the saved plans, or plan first; then write the catalog entries',
    (settings, [name]) =>
      (require('../commands/apply') as typeof import('../commands/apply')).apply(settings, name),
  ).option(...FULL);
  add(
    program,
    'entries [environment]',
    'print the catalog entries of everything that is applied',
    (settings, [name], flags) =>
      (require('../commands/entries') as typeof import('../commands/entries')).entries(
        settings,
        name,
        flags.out as string | undefined,
      ),
  ).option('--out <file>', 'write the entries to a file instead');
  add(
    program,
    'destroy [environment]',
    'destroy everything that an environment created',
    (settings, [name]) =>
      (require('../commands/destroy') as typeof import('../commands/destroy')).destroy(settings, name),
  ).option(...FULL);

  const gatewayCommand = add(
    program,
    'gateway [environments...]',
    'write the files of the on-premises gateway, for all tunnels that are applied there',
    (settings, names, flags) =>
      (require('../commands/gateway') as typeof import('../commands/gateway')).gateway(settings, names, {
        diff: flags.diff === true,
        check: flags.check === true,
        ...(flags.reference === undefined ? {} : { reference: flags.reference as string | true }),
      }),
  )
    .option('--diff', 'show what would change in the folder and write nothing; exit with 2 if anything would')
    .option('--check', "check the files with the daemons' own parsers, where they are installed")
    .option('--reference [base]', 'write references in place of the pre-shared keys: vault://… or file:///…');
  add(
    gatewayCommand,
    'rotate <environment> <network>',
    "give one tunnel a new pre-shared key, in the cloud and in the gateway's files",
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
    .option(
      '--i-checked',
      'continue whatever the cloud reports: you have checked that the other tunnel is up',
    );

  add(
    program,
    'status [environment]',
    'show the state of each tunnel, as the cloud and, on the gateway host, its daemon report it',
    (settings, [name]) =>
      (require('../commands/status') as typeof import('../commands/status')).status(settings, name),
  );

  add(
    program,
    'doctor [environment]',
    'check everything that an apply will need, and say what to do where it fails',
    (settings, [name]) =>
      (require('../commands/doctor') as typeof import('../commands/doctor')).doctor(settings, name),
  );

  const sandbox = add(
    program,
    'sandbox [command...]',
    'run any command with simulated providers: sandbox -- CMD',
    (_, argv) => (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxRun(argv),
  );
  add(
    sandbox,
    'serve',
    'serve the providers until stopped; prints the export lines that attach any Terraform',
    () => (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxServe(),
  );
  add(sandbox, 'list [type]', 'list the simulated objects', (settings, [type]) =>
    (require('../commands/sandbox') as typeof import('../commands/sandbox')).sandboxList(settings, type),
  );
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
  addVaultCommands(program, add);
  addCompletionCommands(program, add);
  return program;
}

function globalOptions(): readonly Option[] {
  return [
    new Option('--env <environment>', 'the environment (KAKEHASHI_ENV)'),
    new Option('--catalog <dir>', 'the folder of the catalogs (KAKEHASHI_CATALOG; default: catalog)'),
    new Option('--sandbox', 'use simulated providers, with separate states and outputs (KAKEHASHI_SANDBOX)'),
    new Option(
      '--terraform-bin <file>',
      'Terraform or OpenTofu (KAKEHASHI_TERRAFORM_BIN; default: terraform, then tofu)',
    ),
    new Option('--json', 'print events as JSON lines on stdout, and text on stderr (KAKEHASHI_JSON)'),
    new Option('--yes', 'answer every confirmation with yes'),
    new Option('--stack <glob>', 'only these stacks (can be repeated)').argParser(collect),
    // The former name of --stack.
    new Option('--unit <glob>').argParser(collect).hideHelp(),
    new Option(
      '--parallelism <n>',
      'the number of stacks in work at once (KAKEHASHI_PARALLELISM; default: 4)',
    ),
    new Option('--frozen', 'fail instead of changing the lock file (KAKEHASHI_FROZEN)'),
    new Option('--log-level <level>', 'how much is shown (KAKEHASHI_LOG_LEVEL; default: info)').choices([
      ...LOG_LEVELS,
    ]),
    new Option('--no-color', 'print without colours (NO_COLOR, CI)'),
  ];
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
