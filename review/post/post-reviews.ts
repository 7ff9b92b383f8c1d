import { Interrupted } from '../../base/interrupted';
import { leftOpen, unaffected } from './close-others';
import type { ChangeRequest, CodeHost } from './code-host';
import { isGeneral, PostFailure } from './failure';
import { labelChange } from './labels';
import { type Marker, stackSet } from './marker';
import { type CommentResult, keepOneComment } from './one-comment';
import type { OpenCodeHost } from './open-code-host';
import type { ChangeKind, Posted, Posting } from './posting';
import { statusOf } from './status-text';
import { pause } from './web/patient-fetch';

export interface PostAround {
  /** The folder of the project in its repository; empty for the repository's own. */
  readonly project: string;
  readonly stop: AbortSignal;
  /**
   * Whether a stranger's job made what is posted. Then no label is set, and no status says success: both would be taken for a plan's.
   *
   * @default false
   */
  readonly untrusted?: boolean;
  /**
   * Whether these are all environments that the pull request affects, so that the open comments of others are closed.
   *
   * @default false
   */
  readonly closeOthers?: boolean;
}

/**
 * Posts reviews: for each environment one comment, its labels, and the status of the commit. What fails does not keep the rest
 * from being posted, unless every further request would fail as well.
 *
 * @throws {@link Interrupted} when it is stopped
 */
export async function postReviews(
  { host, target }: OpenCodeHost,
  postings: readonly Posting[],
  around: PostAround,
): Promise<Posted> {
  const lines = { done: [] as string[], notes: [] as string[], failures: [] as string[] };
  try {
    const { statusOnly, link, from } = target;
    const { untrusted = false } = around;
    const request = target.request ?? (from === undefined ? undefined : await host.requestFrom(from));
    const change = request === undefined ? undefined : await host.changeRequest(request);
    const commit = target.commit ?? change?.head;
    if (untrusted && (change === undefined || change.head !== from?.commit)) {
      lines.notes.push(change === undefined ? NO_SUCH_REQUEST : OUTDATED);
      return lines;
    }
    if (request === undefined && commit === undefined) {
      lines.failures.push(NOWHERE);
      return lines;
    }
    if (request === undefined && !statusOnly) lines.notes.push(NO_REQUEST);
    const others =
      around.closeOthers === true && request !== undefined && !statusOnly
        ? await leftOpen(host, request, postings, around.project)
        : [];
    for (const posting of [...postings, ...others.map(unaffected)]) {
      const attempt = attempts(posting.environment, change, lines);
      if (request !== undefined && change !== undefined) {
        let isCurrent = true;
        await attempt.needed(async () => {
          const result = await comment(host, request, posting, change, { ...around, commit, link });
          isCurrent = result !== 'superseded';
          return RESULTS[result];
        });
        if (!untrusted && isCurrent) await attempt.asked(() => labels(host, request, posting, change.labels));
      }
      if (commit === undefined) continue;
      const set = async () => {
        const status = statusOf(posting, link, untrusted);
        await host.setStatus(commit, status);
        return `status ${status.state}`;
      };
      await (statusOnly ? attempt.needed(set) : attempt.asked(set));
    }
  } catch (error) {
    if (!(error instanceof PostFailure)) throw error;
    lines.failures.push(error.message);
  }
  return lines;
}

const NO_REQUEST =
  'this job runs for no pull request, so only the status of its commit is set; name one: --pr <number>';

const NOWHERE =
  'nothing is posted: the variables of this job name no pull request and no commit; name a pull request: --pr <number>';

const NO_SUCH_REQUEST = 'no open pull request is at the commit whose records these are, so nothing is posted';
const OUTDATED =
  'the pull request has another commit than that whose records these are, so nothing is posted; the run of its newest commit does it';

interface CommentAround extends PostAround {
  readonly commit: string | undefined;
  readonly link: string | undefined;
}

const RESULTS: Readonly<Record<CommentResult, string>> = {
  added: 'comment added',
  updated: 'comment updated',
  closed: 'comment closed, since nothing is left to review',
  none: 'nothing to review, so there is no comment',
  superseded: 'comment left as it is, since it is about a newer commit',
};

async function comment(
  host: CodeHost,
  request: number,
  posting: Posting,
  change: ChangeRequest,
  { project, commit, stop, link }: CommentAround,
): Promise<CommentResult> {
  const { environment, stacks, outcome, render } = posting;
  const closed = outcome === 'nothing';
  const marker: Marker = {
    kind: 'review',
    environment,
    project,
    stacks: stackSet(stacks),
    ...(commit === undefined ? {} : { head: commit }),
    closed,
  };
  const text = closed ? () => nothingLeft(posting, commit, link) : render;
  const wanted = { marker, render: text, newest: change.head };
  const self = await host.self();
  const wait = (ms: number) => (ms === 0 ? Promise.resolve() : pause(ms, stop));
  return keepOneComment(host.comments(request), self, host.longest, wanted, wait);
}

/** The text of a comment that is closed. Its earlier texts are in its history. */
function nothingLeft(
  { environment, simulated, stacks }: Posting,
  commit: string | undefined,
  link?: string,
): string {
  const at = commit === undefined ? '' : ` of ${commit.slice(0, 12)}`;
  return [
    `### ${environment.replace(/[^\p{L}\p{N}._-]/gu, ' ')}${simulated ? ' (SIMULATED)' : ''}: nothing left to review`,
    '',
    `${stacks.length === 0 ? `The pull request${at} affects nothing of it any more` : `The plan${at} changes nothing`}${link === undefined ? '' : ` ([job](${link}))`}. What this comment said before is in its history.`,
  ].join('\n');
}

async function labels(
  host: CodeHost,
  request: number,
  { environment, outcome, kinds, stacks }: Posting,
  present: readonly string[],
): Promise<string> {
  if (outcome === 'failed') return '';
  const wanted: readonly ChangeKind[] = outcome !== 'nothing' ? kinds : stacks.length === 0 ? [] : ['none'];
  const { add, remove } = labelChange(environment, wanted, present);
  if (add.length > 0) await host.addLabels(request, add);
  for (const name of remove) await host.removeLabel(request, name);
  const said = [...add.map(({ name }) => `+ ${name}`), ...remove.map((name) => `- ${name}`)];
  return said.length === 0 ? '' : `labels ${said.join(', ')}`;
}

interface Lines {
  readonly done: string[];
  readonly notes: string[];
  readonly failures: string[];
}

/**
 * What is needed fails the command; what is only asked for leaves a note where the token may not do it. A run of a fork has a token
 * that may only read, which is no failure of the run.
 */
function attempts(environment: string, change: ChangeRequest | undefined, lines: Lines) {
  const attempt = async (act: () => Promise<string>, isNeeded: boolean): Promise<void> => {
    try {
      const said = await act();
      if (said !== '') lines.done.push(`${environment}: ${said}`);
    } catch (error) {
      if (error instanceof Interrupted || !(error instanceof PostFailure) || isGeneral(error)) throw error;
      const mayNot = error.code === 'forbidden' || error.code === 'missing';
      if (mayNot && change?.fork === true) noteFork(lines);
      else if (mayNot && !isNeeded) lines.notes.push(`${environment}: ${error.message}`);
      else lines.failures.push(`${environment}: ${error.message}`);
    }
  };
  return {
    needed: (act: () => Promise<string>) => attempt(act, true),
    asked: (act: () => Promise<string>) => attempt(act, false),
  };
}

function noteFork({ notes }: Lines): void {
  if (!notes.includes(FORK)) notes.push(FORK);
}

const FORK =
  'the pull request comes from a fork, whose job may not write; the review is in the summary of this job, and a second workflow can post it (docs/post.md)';
