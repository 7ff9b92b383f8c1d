import { type Command, Option } from 'commander';
import type { AddCommand } from './vault-commands';

/** Adds `draw`. */
export function addDrawCommand(program: Command, add: AddCommand): void {
  add(
    program,
    'draw [environments...]',
    'draw the networks, tunnels and nodes of one or more environments, without running Terraform',
    (settings, names, flags) =>
      (require('../commands/draw') as typeof import('../commands/draw')).draw(settings, names, 
        flags.out as string | undefined,
      ),
  )
    .addOption(new Option('--format <format>', 'svg, mermaid or dot').choices(['svg', 'mermaid', 'dot']))
    .option('--out <file>', 'write the picture to a file instead');
}
