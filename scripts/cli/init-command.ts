import { type Command, Option } from 'commander';
import { CI_SYSTEMS } from '../../scaffold/record';
import { offering } from './offering';
import type { AddCommand } from './vault-commands';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Adds `init`, which begins a project. */
export function addInitCommand(program: Command, add: AddCommand): void {
  add(
    program,
    'init',
    'begin a project in this folder: catalog, schema, editor, pipelines; then build it in the sandbox',
    (settings, _, flags) =>
      (require('../commands/init') as typeof import('../commands/init')).init(settings, {
        set: (flags.set ?? []) as readonly string[],
        cdktn: flags.cdktn === true,
        run: flags.run !== false,
        dryRun: flags.dryRun === true,
        ...(flags.from === undefined ? {} : { from: String(flags.from) }),
        ...(flags.ci === undefined ? {} : { ci: String(flags.ci) }),
      }),
    { alone: true },
  )
    .option('--from <file>', "take the entries of a controller's vpn_catalog.yml over")
    .option(
      '--set <key=value>',
      'answer a question beforehand (can be repeated); docs/start.md has the keys',
      collect,
    )
    .addOption(offering(new Option('--ci <system>', 'write its pipelines: review, apply, drift'), CI_SYSTEMS))
    .option('--cdktn', 'use cdktn, the fork of cdktf')
    .option('--no-run', 'do not build it in the sandbox')
    .option('--dry-run', 'show what would be written and write nothing; exit with 2 if anything would');
}
