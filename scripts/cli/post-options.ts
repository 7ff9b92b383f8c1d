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
    .option('--code-quality <file>', 'write findings as a code quality report of GitLab')
    .option(
      '--close-others',
      'these are all environments that the pull request affects: close the comments of the others',
    )
    .option(
      '--untrusted',
      'with --post github: the records are those of a job of a fork, so trust nothing in them (docs/post.md)',
    );
}

/** @throws UsageError */
export function postOptionsOf(flags: Readonly<Record<string, unknown>>): PostOptions | undefined {
  const to = CODE_HOSTS.find((name) => name === flags.post);
  const { pr, untrusted, closeOthers } = flags;
  if (to === undefined) {
    if (pr !== undefined) throw new UsageError('--pr: is for --post github or --post gitlab');
    if (untrusted === true) throw new UsageError('--untrusted: is for --post github');
    if (closeOthers === true) throw new UsageError('--close-others: is for --post github or --post gitlab');
    return undefined;
  }
  if (untrusted === true && to !== 'github') throw new UsageError('--untrusted: is for --post github');
  if (untrusted === true && closeOthers === true)
    throw new UsageError('--close-others: is not for --untrusted, which trusts no list of environments');
  const options = {
    to,
    ...(untrusted === true ? { untrusted } : {}),
    ...(closeOthers === true ? { closeOthers } : {}),
  };
  if (pr === undefined) return options;
  if (!/^[1-9]\d{0,9}$/.test(String(pr)))
    throw new UsageError(`--pr: must be the number of a pull request, got ${JSON.stringify(pr)}`);
  return { ...options, request: Number(pr) };
}
