import type { ProjectFile } from './project-file';

/** What the last `init` wrote: the digest of each file, by path. */
export type Written = Readonly<Record<string, string>>;

/** What becomes of a file of a project. */
export type Fate =
  /** It is not there yet. */
  | 'new'
  /** It is there, as it would be written. */
  | 'same'
  /** It is as the last `init` left it, and is written anew. */
  | 'updated'
  /** Somebody edited what an `init` wrote: it stays. */
  | 'edited'
  /** Somebody removed what an `init` wrote: it stays away. */
  | 'removed'
  /** Somebody else made it: it stays. */
  | 'foreign';

export interface Decision {
  readonly file: ProjectFile;
  readonly fate: Fate;
  /** The text that is there now. */
  readonly before?: string;
}

/**
 * Who owns a file: it is ours as long as its text is the one that an `init` wrote (decision 0057).
 *
 * @param before - the text that is there; undefined where there is none
 * @param written - the digest of what the last `init` wrote at this path
 * @param digest - digests of two texts are equal if the texts are the same but for their line ends
 */
export function decide(
  file: ProjectFile,
  before: string | undefined,
  written: string | undefined,
  digest: (text: string) => string,
): Decision {
  if (before === undefined)
    return { file, fate: written === undefined || file.generated === true ? 'new' : 'removed' };
  const there = digest(before);
  const fate: Fate =
    there === digest(file.text)
      ? 'same'
      : file.generated === true || there === written
        ? 'updated'
        : written === undefined
          ? 'foreign'
          : 'edited';
  return { file, fate, before };
}
