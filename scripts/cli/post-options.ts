import { type Command, Option } from 'commander';
import { UsageError } from '../../base/errors';
import { CODE_HOSTS } from '../../review/post/code-host-name';
import type { PostOptions } from '../run/post-results';

/** Adds the options of a command that posts. */
export function addPostOptions(command: Command, what: string): Command {
  return command.addOption(
    new Option('--post <server>', `${what}; the job's own variables say where`).choices([...CODE_HOSTS]),
  );
}

/** Adds those of a command that posts to a pull request. */
export function addRequestOptions(command: Command): Command {
  return addPostOptions(
    command,
    'keep a comment on the pull request, its labels and the status of the commit',
  )
    .option('--pr <number>', 'the pull or merge request (default: the one that the job runs for)')
    .option(
      '--untrusted',
      'with --post github: the records are those of a job of a fork, so trust nothing in them (docs/post.md)',
    );
}

/** @throws UsageError */
export function postOptionsOf(flags: Readonly<Record<string, unknown>>): PostOptions | undefined {
  const to = CODE_HOSTS.find((name) => name === flags.post);
  const { pr, untrusted } = flags;
  if (to === undefined) {
    if (pr !== undefined) throw new UsageError('--pr: is for --post github or --post gitlab');
    if (untrusted === true) throw new UsageError('--untrusted: is for --post github');
    return undefined;
  }
  if (untrusted === true && to !== 'github') throw new UsageError('--untrusted: is for --post github');
  const options = { to, ...(untrusted === true ? { untrusted } : {}) };
  if (pr === undefined) return options;
  if (!/^[1-9]\d{0,9}$/.test(String(pr)))
    throw new UsageError(`--pr: must be the number of a pull request, got ${JSON.stringify(pr)}`);
  return { ...options, request: Number(pr) };
}
