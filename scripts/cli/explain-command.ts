import type { Command } from 'commander';
import type { AddCommand } from './vault-commands';

/** Adds `kakehashi explain`. */
export function addExplainCommand(program: Command, add: AddCommand): void {
  add(
    program,
    'explain [rules...]',
    'say what a rule wants, why, and how to make it hold; without a rule, list all',
    (settings, ids, flags) =>
      (require('../commands/explain') as typeof import('../commands/explain')).explain(settings, ids, {
        markdown: flags.markdown === true,
      }),
  ).option('--markdown', 'print all rules of kakehashi as a page');
}
