import { type Command, Option } from 'commander';
import { UsageError } from '../../base/errors';
import type { ReviewFormat } from '../commands/review';
import { addRequestOptions, postOptionsOf } from './post-options';
import type { AddCommand } from './vault-commands';

const FORMATS: readonly ReviewFormat[] = ['markdown', 'html', 'json', 'sarif'];
const SYNTAXES = ['github', 'common'] as const;

/** Adds `kakehashi review`. */
export function addReviewCommand(program: Command, add: AddCommand): void {
  const command = add(
    program,
    'review [sources...]',
    'put the records of plans together, of an environment or of folders with those of several machines, and show what a reviewer must know',
    (settings, sources, flags) => {
      const post = postOptionsOf(flags);
      return (require('../commands/review') as typeof import('../commands/review')).review(
        settings,
        sources,
        {
          out: (flags.out ?? []) as readonly string[],
          ...(flags.format === undefined ? {} : { format: flags.format as ReviewFormat }),
          ...(flags.budget === undefined ? {} : { characters: characters(String(flags.budget)) }),
          ...(flags.link === undefined ? {} : { link: address(String(flags.link)) }),
          ...(flags.sarifIn === undefined ? {} : { sarifIn: flags.sarifIn as readonly string[] }),
          ...(flags.syntax === undefined ? {} : { syntax: flags.syntax as (typeof SYNTAXES)[number] }),
          ...(post === undefined ? {} : { post }),
          ...(flags.codeQuality === undefined ? {} : { codeQuality: String(flags.codeQuality) }),
        },
      );
    },
  )
    .addOption(
      new Option('--format <format>', 'of what is printed (default: markdown)').choices([...FORMATS]),
    )
    .option(
      '--out <file>',
      'write it to a file instead, whose end says the format: .md, .html, .json, .sarif (can be repeated)',
      (file: string, all: readonly string[] = []) => [...all, file],
    )
    .option(
      '--sarif-in <file>',
      'findings of another tool as SARIF, which are shown at the lines of the catalog (can be repeated)',
      (file: string, all: readonly string[] = []) => [...all, file],
    )
    .option('--budget <characters>', 'the most characters of Markdown (default: 65536, a comment on GitHub)')
    .option('--link <url>', 'where the whole review is, for a page that is shortened')
    .addOption(
      new Option(
        '--syntax <syntax>',
        'github: with parts that fold, for GitHub and GitLab (the default); common: without HTML, for servers that do not fold',
      ).choices([...SYNTAXES]),
    );
  addRequestOptions(command);
}

/** @throws UsageError */
function characters(text: string): number {
  const { LEAST_CHARACTERS } =
    require('../../review/page/markdown/budget') as typeof import('../../review/page/markdown/budget');
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < LEAST_CHARACTERS)
    throw new UsageError(
      `--budget: must be a number of at least ${LEAST_CHARACTERS}, got ${JSON.stringify(text)}`,
    );
  return number;
}

/** @throws UsageError */
function address(text: string): string {
  if (!/^https?:\/\/[^\s<>"]+$/.test(text) || !URL.canParse(text))
    throw new UsageError(`--link: must be an address that begins with https://, got ${JSON.stringify(text)}`);
  return text;
}
