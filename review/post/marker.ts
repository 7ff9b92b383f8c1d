import { createHash } from 'node:crypto';
import { compareTexts } from '../../base/text/compare-texts';

/** What a comment or an issue of ours says of itself, in a hidden first line. */
export interface Marker {
  readonly kind: 'review' | 'drift';
  readonly environment: string;
  /** The folder of the project in its repository; empty for the repository's own. */
  readonly project: string;
  /** Of the ids of its stacks. */
  readonly stacks: string;
  /** The commit that it is about. @default - unknown */
  readonly head?: string;
  /** Whether nothing is left of what it is about. */
  readonly closed: boolean;
}

/** The version of what is encoded. A marker of another version is read as far as its keys are known. */
const VERSION = 1;
const LINE = /^<!-- kakehashi ([A-Za-z0-9_-]{1,4000}) -->(?:\r?\n|$)/;

/** The first line of a body. base64url has no character that Markdown, HTML or a `--` within a comment could break. */
export function markerLine(marker: Marker): string {
  const json = JSON.stringify({ version: VERSION, ...marker });
  return `<!-- kakehashi ${Buffer.from(json, 'utf8').toString('base64url')} -->`;
}

/** The marker of a body; undefined where its first line is none. A marker that is quoted further down is not meant. */
export function markerOf(body: string): Marker | undefined {
  const encoded = LINE.exec(body)?.[1];
  if (encoded === undefined) return undefined;
  const value = parsed(Buffer.from(encoded, 'base64url').toString('utf8'));
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, environment, project, stacks, head, closed } = value as Record<string, unknown>;
  if ((kind !== 'review' && kind !== 'drift') || typeof environment !== 'string') return undefined;
  return {
    kind,
    environment,
    project: typeof project === 'string' ? project : '',
    stacks: typeof stacks === 'string' ? stacks : '',
    ...(typeof head === 'string' ? { head } : {}),
    closed: closed === true,
  };
}

/** Whether two markers are of one comment. Its stacks and its commit change with the pull request, so they don't count. */
export function isSame(one: Marker, other: Marker): boolean {
  return one.kind === other.kind && one.environment === other.environment && one.project === other.project;
}

/** A short name of a set of stacks. */
export function stackSet(ids: readonly string[]): string {
  const text = [...new Set(ids)].sort(compareTexts).join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
