/** What a job posts to. */
export interface Target {
  /** The number of the pull request. @default - there is none; the status of the commit is all that can be set */
  readonly request?: number;
  /** The commit whose status is set. @default - the newest of the pull request */
  readonly commit?: string;
  /** Whether only the status is set: a merge queue has no pull request of its own. */
  readonly statusOnly: boolean;
  /** The page of the job that posts. @default - unknown */
  readonly link?: string;
}
