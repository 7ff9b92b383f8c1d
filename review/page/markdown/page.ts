import type { Review } from '../../review';
import type { Part } from './budget';
import { clipped } from './text';

/**
 * How Markdown may be written.
 *
 * - `github`: with HTML that folds, as GitHub, GitLab and Forgejo show it
 * - `common`: CommonMark and tables alone, as every reader shows it
 */
export type Syntax = 'github' | 'common';

/** What a part of a page is made of. */
export interface PageOf {
  readonly review: Review;
  readonly syntax: Syntax;
}

/** Something that is folded where that is possible. The summary is Markdown's text without HTML. */
export function folded(syntax: Syntax, summary: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return syntax === 'github'
    ? ['', `<details><summary>${summary}</summary>`, '', ...lines, '', '</details>']
    : ['', `${summary}:`, '', ...lines];
}

/** The first items, and how many there are beside them. */
export function first<Item>(
  items: readonly Item[],
  most: number,
  more: (left: number) => string,
  lineOf: (item: Item) => string,
): readonly string[] {
  const shown = items.length <= most + 1 ? items : items.slice(0, most);
  const left = items.length - shown.length;
  return [...shown.map(lineOf), ...(left > 0 ? [more(left)] : [])];
}

/** A part with a heading, which is left out where there is nothing below it. */
export function section(name: string, heading: string, levels: Part['levels']): Part {
  return {
    name,
    levels: levels.map((make) => () => {
      const lines = make();
      return lines.length === 0 ? [] : ['', `## ${heading}`, '', ...withoutBlankStart(lines)];
    }),
  };
}

function withoutBlankStart(lines: readonly string[]): readonly string[] {
  return lines[0] === '' ? lines.slice(1) : lines;
}

/** Longer names are cut: a page shows whose something is, and the record has it whole. */
const LONGEST_NAME = 80;

export function nameText(name: string): string {
  return clipped(name, LONGEST_NAME);
}
