import path from 'node:path';
import { Command, type CommanderError, Option } from 'commander';
import type { ExitCode } from '../../base/errors';
import { Screen } from '../../base/screen';
import { LOG_LEVELS } from '../report/log-level';
import { type Flags, settingsOf } from '../session/settings';
import { addAffected } from './affected-command';
import { addCompletionCommands } from './completion-commands';
import { addDrawCommand } from './draw-command';
import { addDrift } from './drift-command';
import { addExplainCommand } from './explain-command';
import { addHelpTexts } from './help';
import { addInitCommand } from './init-command';
import { addNodeCommands, addOverCeiling } from './node-commands';
import { enterProject, fromProject, isPath, type Project } from './project';
import { addReviewCommand } from './review-command';
import { addSandboxCommands } from './sandbox-commands';
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
    .configureHelp({ helpWidth: new Screen(process.stdout, false).width, minWidthToWrap: 16 })
    .configureOutput({ writeErr: () => undefined })
    .exitOverride((error: CommanderError) => {
      throw error;
    });
  for (const option of globalOptions()) program.addOption(option);

  const add: AddCommand = (parent, usage, description, act, options = {}) => {
    const command = parent.command(usage, options).description(description);
    command.copyInheritedSettings(parent);
    return command.action(async () => {
      const flags: Record<string, unknown> = command.optsWithGlobals();
      const project = options.alone === true ? here() : projectOf(flags, options.hidden !== true);
      const settings = settingsOf(inProject(flags, project) as Flags, process.env, project.calledIn);
      finish(await act(settings, operandsOf(command, project), flags));
    });
  };

  addInitCommand(program, add);
  add(
    program,
    'validate [environments...]',
    'read and check catalogs, given by name or by path to a .yml file, and judge what they make by rules',
    (settings, names, flags) =>
      (require('../commands/validate') as typeof import('../commands/validate')).validate(settings, names, {
        policy: flags.policy !== false,
      }),
  ).option('--no-policy', 'only read and check: no rule judges what the catalogs make');
  add(
    program,
    'synth [environments...]',
    'write the Terraform configuration of each environment',
    (settings, names) =>
      (require('../commands/synth') as typeof import('../commands/synth')).synth(settings, names),
  );
  add(
    program,
    'plan [environments...]',
    'plan all stacks of one or more environments, save the plans and explain them',
    (settings, names, flags) =>
      (require('../commands/plan') as typeof import('../commands/plan')).plan(settings, names, {
        all: flags.all === true,
        ...(flags.export === undefined ? {} : { exportTo: path.resolve(String(flags.export)) }),
      }),
  )
    .option(...ALL)
    .option(...FULL)
    .option(...SHARD)
    .option('--export <dir>', 'write the review records to this folder as well');
  add(
    program,
    'show [environment]',
    'show the saved plans of an environment again; changes nothing',
    (settings, [name]) =>
      (require('../commands/show') as typeof import('../commands/show')).show(settings, name),
  ).option(...FULL);
  const applyCommand = add(
    program,
    'apply [environments...]',
    'apply the saved plans, or plan first; then write the catalog entries',
    (settings, names, flags) =>
      (require('../commands/apply') as typeof import('../commands/apply')).apply(settings, names, {
        all: flags.all === true,
        requireReview: flags.requireReview === true,
        ...(flags.reviewed === undefined ? {} : { reviewed: String(flags.reviewed) }),
      }),
  )
    .option(...ALL)
    .option(...FULL)
    .option(...SHARD)
    .option(
      '--reviewed <digest|dir>',
      'apply only what has this digest, or is what these review records say; anything else is refused',
    )
    .option('--require-review', 'refuse to apply without --reviewed');
  addOverCeiling(applyCommand);
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

  add(
    program,
    'import [environment]',
    'adopt a network that something else built: write its entry, and take its objects into the state of a stack',
    (settings, [name], flags) =>
      (require('../commands/import') as typeof import('../commands/import')).importCommand(settings, name, {
        ids: (flags.id ?? []) as readonly string[],
        dryRun: flags.dryRun === true,
        ...(flags.state === undefined ? {} : { state: String(flags.state) }),
        ...(flags.entry === undefined ? {} : { entry: String(flags.entry) }),
        ...(flags.region === undefined ? {} : { region: String(flags.region) }),
      }),
  )
    .option('--state <file>', 'the Terraform state that has the network now, or - for stdin')
    .option('--entry <entry>', 'the entry of the catalog that it becomes (default: aws/default)')
    .option(
      '--id <role=id>',
      'which object has a role, where several could (can be repeated); without --state, the objects to import',
      collect,
    )
    .option('--region <region>', 'where the network is, without --state')
    .option('--dry-run', 'show the entry, the objects and the plan, and write nothing; exit with 2');

  add(
    program,
    'schema',
    'write the JSON schema of catalogs, with which an editor completes and explains keys',
    (settings, _, flags) =>
      (require('../commands/schema') as typeof import('../commands/schema')).schema(
        settings,
        flags.out as string | undefined,
      ),
  ).option('--out <file>', 'write it to another file, or with - to stdout');

  add(
    program,
    'list [environments...]',
    'list environments and stacks, and what is applied, without running Terraform',
    (settings, names, flags) =>
      (require('../commands/list') as typeof import('../commands/list')).list(
        settings,
        names,
        flags.all === true,
      ),
  ).option(...ALL);

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
    'doctor [environments...]',
    'check everything that an apply will need, and say what to do where it fails',
    (settings, names, flags) =>
      flags.for === undefined
        ? (require('../commands/doctor') as typeof import('../commands/doctor')).doctor(settings, names, {
            all: flags.all === true,
            ...(flags.outsideAddress === undefined ? {} : { outsideAddress: String(flags.outsideAddress) }),
          })
        : (require('../commands/rights') as typeof import('../commands/rights')).rights(settings, names, {
            purpose: String(flags.for),
            all: flags.all === true,
            check: flags.check !== false,
            ...(flags.out === undefined ? {} : { out: String(flags.out) }),
          }),
  )
    .option(...ALL)
    .option(
      '--outside-address <url>',
      'a service that answers with the address it is asked from, which is compared with site.public_ip',
    )
    .option(
      '--for <purpose>',
      'print the smallest rights for plan, apply or drift, and what the credentials lack',
    )
    .option('--no-check', 'with --for: print them, and ask nobody')
    .option('--out <file>', 'with --for: write them to a file as JSON');

  addAffected(program, add);
  addDrift(program, add);
  addDrawCommand(program, add);
  addReviewCommand(program, add);
  addExplainCommand(program, add);
  addNodeCommands(program, add);
  addSandboxCommands(program, add);
  addVaultCommands(program, add);
  addCompletionCommands(program, add);
  addHelpTexts(program);
  return program;
}

/** The project of a command line. With a folder of catalogs that is named, it is where the command was called. */
function projectOf(flags: Readonly<Record<string, unknown>>, isShown: boolean): Project {
  if (flags.catalog !== undefined || (process.env.KAKEHASHI_CATALOG ?? '') !== '') return here();
  const project = enterProject(process.env);
  if (isShown && project.folder !== project.calledIn) {
    process.stderr.write(`project   ${path.relative(project.calledIn, project.folder)}, where paths begin\n`);
  }
  return project;
}

/** The folder where the command was called, as a project. */
function here(): Project {
  const folder = process.cwd();
  return { calledIn: folder, folder };
}

/** The flags, with the paths in them as seen from the project's folder. */
function inProject(flags: Record<string, unknown>, project: Project): Record<string, unknown> {
  for (const name of ['out', 'state', 'terraformBin', 'env', 'export', 'reviewed', 'previous']) {
    const value = flags[name];
    if (
      typeof value === 'string' &&
      (((name === 'out' || name === 'state' || name === 'export' || name === 'previous') && value !== '-') ||
        isPath(value))
    )
      flags[name] = fromProject(project, value);
    else if (name === 'out' && Array.isArray(value))
      flags[name] = value.map((file: string) => fromProject(project, file));
  }
  return flags;
}

/** The operands, with the paths of environments in them as seen from the project's folder. */
function operandsOf(command: Command, project: Project): readonly string[] {
  const { registeredArguments, args } = command;
  return args.map((operand, index) => {
    const name = (registeredArguments[index] ?? registeredArguments.at(-1))?.name() ?? '';
    return /^(env(ironments?)?|sources)$/.test(name) && isPath(operand)
      ? fromProject(project, operand)
      : operand;
  });
}

/** The option of commands that can do a part of an environment on each of several machines. */
const SHARD = ['--shard <i/n>', 'only the stacks of this part of N: 2/5'] as const;

/** The option of commands that act on several environments. */
const ALL = ['--all', 'all environments of the folder of catalogs'] as const;

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
