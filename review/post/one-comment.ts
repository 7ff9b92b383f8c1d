import type { Note, Notes } from './code-host';
import { PostFailure } from './failure';
import { writeFitted } from './fitted';
import { isSame, type Marker, markerLine, markerOf } from './marker';
import type { Render } from './posting';

/** What one comment is to become. */
export interface WantedComment {
  readonly marker: Marker;
  readonly render: Render;
  /** The newest commit of the pull request, where it is known. */
  readonly newest?: string;
}

export type CommentResult = 'added' | 'updated' | 'closed' | 'none' | 'superseded';

/** How long a new comment may be absent from the list, in milliseconds: the waits between the looks. */
const LOOKS = [0, 500, 1500, 3000] as const;

/**
 * Keeps the one comment of an environment. It is found by its marker and its author: whoever else writes our marker keeps his
 * text. The new text is always there before anything is deleted.
 *
 * Two jobs at once may both add one. So each looks again after that, and what is not the oldest gives way to the oldest.
 */
export async function keepOneComment(
  notes: Notes,
  self: string,
  longest: number,
  wanted: WantedComment,
  wait: (ms: number) => Promise<void>,
): Promise<CommentResult> {
  const { marker } = wanted;
  const write = (note: Note) => rewrite(notes, note, longest, wanted);
  const own = ownOf(await notes.list(), self, marker);
  const [oldest, ...rest] = own;
  if (oldest !== undefined) {
    if (isNewer(oldest, wanted)) return 'superseded';
    if (await unlessMissing(write(oldest))) {
      for (const note of rest) await unlessMissing(notes.remove(note));
      return marker.closed ? 'closed' : 'updated';
    }
  }
  if (marker.closed) return 'none';
  const added = await writeFitted(markerLine(marker), wanted.render, longest, (body) => notes.add(body));
  const first = await oldestBeside(added, notes, marker, wait);
  if (first.id === added.id) return 'added';
  if (isNewer(first, wanted)) {
    await unlessMissing(notes.remove(added));
    return 'superseded';
  }
  if (!(await unlessMissing(write(first)))) return 'added';
  await unlessMissing(notes.remove(added));
  return 'updated';
}

function ownOf(all: readonly Note[], self: string, marker: Marker): readonly Note[] {
  return all
    .filter(({ author, body }) => {
      const other = author === self ? markerOf(body) : undefined;
      return other !== undefined && isSame(other, marker);
    })
    .sort((one, other) => one.id - other.id);
}

/** The oldest comment like one that was just added. A list that does not show the new one may lack others too. */
async function oldestBeside(
  added: Note,
  notes: Notes,
  marker: Marker,
  wait: (ms: number) => Promise<void>,
): Promise<Note> {
  for (const look of LOOKS) {
    await wait(look);
    const own = ownOf(await notes.list(), added.author, marker);
    if (own.some(({ id }) => id === added.id)) return own[0] ?? added;
  }
  return added;
}

/** Whether a comment is already about the newest commit, and what is to be posted about an older one. */
function isNewer(note: Note, { marker, newest }: WantedComment): boolean {
  return newest !== undefined && marker.head !== newest && markerOf(note.body)?.head === newest;
}

async function rewrite(notes: Notes, note: Note, longest: number, wanted: WantedComment): Promise<void> {
  const { marker, render } = wanted;
  const wasClosed = markerOf(note.body)?.closed === true;
  await writeFitted(markerLine(marker), render, longest, (body) => notes.rewrite(note, body));
  if (wasClosed !== marker.closed) await notes.fold(note, marker.closed);
}

/** False where somebody deleted it meanwhile. */
async function unlessMissing(done: Promise<void>): Promise<boolean> {
  try {
    await done;
    return true;
  } catch (error) {
    if (error instanceof PostFailure && error.code === 'missing') return false;
    throw error;
  }
}
