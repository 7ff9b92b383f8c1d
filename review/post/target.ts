/** A branch, perhaps of a fork, at a commit. */
export interface SourceBranch {
  readonly owner: string;
  readonly branch: string;
  readonly commit: string;
}

/** What a job posts to. */
export interface Target {
  /** The number of the pull request. @default - there is none; the status of the commit is all that can be set */
  readonly request?: number;
  /** The commit whose status is set. @default - the newest of the pull request */
  readonly commit?: string;
  /** Whether only the status is set: a merge queue has no pull request of its own. */
  readonly statusOnly: boolean;
  /** Where the run before this one comes from, which the event says. @default - no run before this one */
  readonly from?: SourceBranch;
  /** The page of the job that posts. @default - unknown */
  readonly link?: string;
}
