import type { Position } from '../../catalog/ground/problem';

/** The kinds of change that a pull request is labelled with, the most important first. */
export const CHANGE_KINDS = ['outage', 'destroyed', 'replaced', 'widened', 'changes', 'none'] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Markdown of at most so many characters; it is called again with less where a server refuses the length. */
export type Render = (budget: number) => string;

/** The review of one environment, ready to be posted. */
export interface Posting {
  readonly environment: string;
  /** The ids of its stacks. */
  readonly stacks: readonly string[];
  readonly simulated: boolean;
  /**
   * - `nothing`: there is nothing to review
   * - `changes`: an apply would change something, or stacks are deferred
   * - `refused`: a finding refuses the apply
   * - `failed`: a plan failed, or records are missing
   */
  readonly outcome: 'nothing' | 'changes' | 'refused' | 'failed';
  /** The result in one line, for the commit status. */
  readonly headline: string;
  /** What an apply would do. */
  readonly kinds: readonly ChangeKind[];
  /** Of the plans' meaning, as `apply --reviewed` takes it. @default - nothing was planned */
  readonly digest?: string;
  readonly annotations: readonly Annotation[];
  readonly render: Render;
}

/** A remark at a line of a file, which the server shows in the change itself. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly text: string;
  /** @default - it is about no line */
  readonly position?: Position;
  /** The rule that it comes from. @default - it comes from no rule */
  readonly rule?: string;
}

/** An issue that is open as long as something is wrong with an environment. */
export interface IssueReport {
  readonly environment: string;
  readonly kind: 'drift';
  readonly title: string;
  /** Whether nothing is wrong any more. */
  readonly clean: boolean;
  readonly render: Render;
}

/** What became of a posting. The texts are sentences without a full stop. */
export interface Posted {
  readonly done: readonly string[];
  /** What could not be done and does not matter for the exit code. */
  readonly notes: readonly string[];
  /** What could not be done; any makes the command fail. */
  readonly failures: readonly string[];
}
