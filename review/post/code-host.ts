import type { SourceBranch } from './target';

/** A comment of a pull request, or an issue. */
export interface Note {
  readonly id: number;
  /** The login of its author. */
  readonly author: string;
  readonly body: string;
  /** The name by which the server's other API knows it. @default - it has none */
  readonly node?: string;
}

export interface Issue extends Note {
  readonly open: boolean;
}

export interface Label {
  readonly name: string;
  readonly description: string;
  /** Six hexadecimal digits. */
  readonly colour: string;
}

export interface CommitStatus {
  readonly context: string;
  readonly state: 'success' | 'failure' | 'pending';
  readonly description: string;
  /** @default - it leads nowhere */
  readonly link?: string;
}

/** A pull request, as far as posting needs it. */
export interface ChangeRequest {
  /** Its newest commit. */
  readonly head: string;
  /** Whether it comes from another repository, whose runs have a token that may only read. */
  readonly fork: boolean;
  readonly labels: readonly string[];
}

/**
 * A server with pull requests. Each function asks it, and throws a {@link PostFailure} that says what to do.
 *
 * The words are GitHub's; at GitLab a pull request is a merge request, and a comment is a note.
 */
export interface CodeHost {
  readonly name: 'GitHub' | 'GitLab';
  /** The longest body of a comment or an issue, in characters. */
  readonly longest: number;
  /** The login that writes in this token's name. */
  self(): Promise<string>;
  changeRequest(number: number): Promise<ChangeRequest>;
  /** The number of the open pull request from a branch at a commit; undefined where there is none. */
  requestFrom(source: SourceBranch): Promise<number | undefined>;
  readonly comments: (number: number) => Notes;
  readonly issues: Issues;
  addLabels(number: number, labels: readonly Label[]): Promise<void>;
  removeLabel(number: number, name: string): Promise<void>;
  setStatus(commit: string, status: CommitStatus): Promise<void>;
}

/** The comments of one pull request. */
export interface Notes {
  /** All of them, the oldest first. */
  list(): Promise<readonly Note[]>;
  add(body: string): Promise<Note>;
  rewrite(note: Note, body: string): Promise<void>;
  remove(note: Note): Promise<void>;
  /** Folds it, or unfolds it. Does nothing where the server has no such thing. */
  fold(note: Note, folded: boolean): Promise<void>;
}

export interface Issues {
  /** Those that a login has opened, or that have a label; closed ones too, the oldest first. */
  list(by: { readonly author: string } | { readonly label: string }): Promise<readonly Issue[]>;
  add(title: string, body: string, labels: readonly Label[]): Promise<Issue>;
  rewrite(issue: Issue, title: string, body: string, open: boolean): Promise<void>;
}
