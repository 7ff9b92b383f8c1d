import type { Issue, Issues, Label } from './code-host';
import { writeFitted } from './fitted';
import { isSame, type Marker, markerLine, markerOf } from './marker';
import type { Render } from './posting';

/** What one issue is to become. */
export interface WantedIssue {
  readonly marker: Marker;
  readonly title: string;
  readonly labels: readonly Label[];
  readonly render: Render;
}

export type IssueResult = 'opened' | 'updated' | 'closed' | 'reopened' | 'none';

/**
 * Keeps the one issue of an environment: opened, updated, closed when nothing is wrong, and reopened. It is found as a comment
 * is, by its marker and its author. Of several open ones, which two jobs at once may have made, the oldest is kept, and the
 * others are closed.
 */
export async function keepOneIssue(
  issues: Issues,
  self: string,
  longest: number,
  wanted: WantedIssue,
): Promise<IssueResult> {
  const { marker, title, labels, render } = wanted;
  const first = markerLine(marker);
  const isWrong = !marker.closed;
  const own = await foundBy(issues, self, wanted);
  const kept = own.find(({ open }) => open) ?? own.at(-1);
  if (kept === undefined || (!kept.open && !isWrong)) {
    if (!isWrong) return 'none';
    const added = await writeFitted(first, render, longest, (body) => issues.add(title, body, labels));
    const all = await foundBy(issues, added.author, wanted);
    const oldest = all.find(({ open }) => open) ?? added;
    if (oldest.id !== added.id) await closeAgain(issues, added, title, oldest);
    return 'opened';
  }
  await writeFitted(first, render, longest, (body) => issues.rewrite(kept, title, body, isWrong));
  for (const other of own.filter(({ id, open }) => open && id !== kept.id))
    await closeAgain(issues, other, title, kept);
  if (!isWrong) return 'closed';
  return kept.open ? 'updated' : 'reopened';
}

/**
 * Our issues of an environment. Servers were seen that find none by its author where that is an app (renovatebot/renovate#44730), so
 * they are looked for by their label as well.
 */
async function foundBy(
  issues: Issues,
  self: string,
  { marker, labels }: WantedIssue,
): Promise<readonly Issue[]> {
  const own = ownOf(await issues.list({ author: self }), self, marker);
  const [label] = labels;
  if (own.length > 0 || label === undefined) return own;
  return ownOf(await issues.list({ label: label.name }), self, marker);
}

function ownOf(all: readonly Issue[], self: string, marker: Marker): readonly Issue[] {
  return all
    .filter(({ author, body }) => {
      const other = author === self ? markerOf(body) : undefined;
      return other !== undefined && isSame(other, marker);
    })
    .sort((one, other) => one.id - other.id);
}

/** Closes an issue that another one replaces, and takes the marker from it. */
function closeAgain(issues: Issues, issue: Issue, title: string, kept: Issue): Promise<void> {
  return issues.rewrite(issue, title, `Another job opened #${kept.id} for the same.`, false);
}
