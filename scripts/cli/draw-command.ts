import { type Command, Option } from 'commander';
import type { DrawOptions } from '../commands/draw';
import type { AddCommand } from './vault-commands';

/** Adds `draw`. */
export function addDrawCommand(program: Command, add: AddCommand): void {
  add(
    program,
    'draw [environments...]',
    'draw the networks, tunnels and nodes of one or more environments, without running Terraform',
    (settings, names, flags) =>
      (require('../commands/draw') as typeof import('../commands/draw')).draw(settings, names, {
        plan: flags.plan === true,
        ...(flags.out === undefined ? {} : { out: String(flags.out) }),
        ...(flags.format === undefined ? {} : { format: flags.format as NonNullable<DrawOptions['format']> }),
      }),
  )
    .addOption(
      new Option('--format <format>', "svg, mermaid or dot (default: by the file's name, else svg)").choices([
        'svg',
        'mermaid',
        'dot',
      ]),
    )
    .option('--out <file>', 'write the picture to a file instead of stdout')
    .option('--plan', 'mark what the saved plans add, change, destroy and interrupt');
}
