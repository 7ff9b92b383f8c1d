import type { Command } from 'commander';
import type { CodeHostName } from '../../review/post/code-host-name';
import { addPostOptions } from './post-options';
import type { AddCommand } from './vault-commands';

/** Adds `drift`. */
export function addDrift(program: Command, add: AddCommand): void {
  const command = add(
    program,
    'drift [environments...]',
    'show what somebody changed behind the catalog, in all environments or some; changes nothing',
    (settings, names, flags) =>
      (require('../commands/drift') as typeof import('../commands/drift')).drift(settings, names, {
        out: (flags.out ?? []) as readonly string[],
        ...(flags.export === undefined ? {} : { export: String(flags.export) }),
        ...(flags.previous === undefined ? {} : { previous: String(flags.previous) }),
        ...(flags.post === undefined ? {} : { post: flags.post as CodeHostName }),
      }),
  )
    .option('--export <dir>', "write each environment's report as JSON, Markdown and HTML to a folder")
    .option('--out <file>', 'write one report; .json, .md or .html (can be repeated)', collect)
    .option(
      '--previous <file>',
      'the last report, or a folder of reports (default: that of the output folder)',
    );
  addPostOptions(command, 'keep one issue an environment, open while something drifts');
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
