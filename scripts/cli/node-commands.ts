import type { Command } from 'commander';
import type { AddCommand } from './vault-commands';

const OVER_CEILING = [
  '--over-ceiling',
  'pass the ceilings of nodes and of their price that the catalog sets',
] as const;

/** The option of commands that may make nodes. */
export function addOverCeiling(command: Command): Command {
  return command.option(...OVER_CEILING);
}

/** Adds `nodes` with what is done with nodes, and `renew`. */
export function addNodeCommands(program: Command, add: AddCommand): void {
  const nodesCommand = add(
    program,
    'nodes [env] [groups...]',
    'show node groups and their nodes, from what is applied',
    (settings, operands, flags) =>
      (require('../commands/nodes') as typeof import('../commands/nodes')).nodes(settings, operands, {
        refresh: flags.refresh === true,
        wait: flags.wait === true,
        newImage: flags.newImage === true,
      }),
  )
    .option('--refresh', 'ask the cloud for the state of each node')
    .option('--wait', 'wait until sshd answers on all nodes, as seen from here; 1 where it does not in time')
    .option('--new-image', 'give the nodes of the named groups the newest image, which replaces them');
  addOverCeiling(nodesCommand);
  add(
    nodesCommand,
    'ssh-config [environment]',
    'write an SSH configuration of all nodes, with their host keys',
    (settings, [name], flags) =>
      (require('../commands/nodes-ssh-config') as typeof import('../commands/nodes-ssh-config')).sshConfig(
        settings,
        name,
        flags.jump === undefined ? undefined : String(flags.jump),
      ),
  ).option('--jump <user@host>', 'the host over which the nodes are reached');
  add(
    nodesCommand,
    'cleanup <environment> <unit-group>',
    "end the nodes of all groups of one UnitGroup (the groups' key group)",
    (settings, operands) =>
      (require('../commands/nodes-cleanup') as typeof import('../commands/nodes-cleanup')).cleanup(
        settings,
        operands,
      ),
  );
  addOverCeiling(
    add(
      program,
      'renew <env> <groups...>',
      'restart the lease of node groups from now; after its end they get new nodes',
      (settings, operands, flags) =>
        (require('../commands/renew') as typeof import('../commands/renew')).renew(
          settings,
          operands,
          flags.lease === undefined ? undefined : String(flags.lease),
        ),
    ).option('--lease <time>', 'the lease as you expect it: it must be what the catalog says'),
  );
}
