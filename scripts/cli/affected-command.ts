import type { Command } from 'commander';
import type { AddCommand } from './vault-commands';

/** Adds `affected`. */
export function addAffected(program: Command, add: AddCommand): void {
  add(
    program,
    'affected',
    'name the environments and stacks that a change of the project touches, for instance for a CI matrix',
    (settings, _, flags) =>
      (require('../commands/affected') as typeof import('../commands/affected')).affected(settings, {
        ...(flags.base === undefined ? {} : { base: String(flags.base) }),
        ...(flags.shardSize === undefined ? {} : { shardSize: String(flags.shardSize) }),
      }),
  )
    .option(
      '--base <revision>',
      'the commit to compare with (default: what the CI system says, else the merge base with the default branch)',
    )
    .option('--shard-size <n>', 'split environments into parts of about so many stacks, for plan --shard');
}
