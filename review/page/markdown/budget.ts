/** What a page may have at most. */
export interface Budget {
  /** GitHub takes comments of 65,536 characters. */
  readonly characters: number;
  /** @default - four for each character, as many as one can need */
  readonly bytes?: number;
}

export const GITHUB_COMMENT: Budget = { characters: 65_536 };

/** With less, not even the counts of a large environment fit. */
export const LEAST_CHARACTERS = 1_500;

/** Whether a text fits: by code units of UTF-16, of which there are never fewer than characters, and by bytes of UTF-8. */
export function fits(text: string, { characters, bytes = characters * 4 }: Budget): boolean {
  return text.length <= characters && Buffer.byteLength(text) <= bytes;
}

/** A part of a page that can be shortened. */
export interface Part {
  readonly name: string;
  /** Its lines at each level, the fullest first. */
  readonly levels: readonly (() => readonly string[])[];
  /** Where it is a list, its lines with the first items at the level before, so that what is left of the budget is used. */
  readonly mixed?: {
    readonly items: number;
    readonly lines: (level: number, fuller: number) => readonly string[];
  };
}

/** A part, and the level to which it is shortened. */
export type Shortening = readonly [part: string, level: number];

/**
 * The page with all parts as full as the budget allows: they are shortened in the given order until it fits, and those that were shortened more
 * than needed get their room back. With the last level of each part it must fit into every budget.
 *
 * @param frame - makes the page of the parts' lines
 */
export function fitted(
  parts: readonly Part[],
  order: readonly Shortening[],
  budget: Budget,
  frame: (isShort: boolean, bodies: readonly (readonly string[])[]) => string,
): string {
  const bodies = parts.map(({ levels }) => levels[0]?.() ?? []);
  const reached = parts.map(() => 0);
  let text = frame(false, bodies);
  const done: { readonly index: number; readonly before: number }[] = [];
  for (const [name, level] of order) {
    if (fits(text, budget)) break;
    const index = parts.findIndex((part) => part.name === name);
    const make = parts[index]?.levels[level];
    if (make === undefined) continue;
    done.push({ index, before: reached[index] ?? 0 });
    bodies[index] = make();
    reached[index] = level;
    text = frame(true, bodies);
  }
  /** Takes other lines for a part if the page fits with them. */
  const attempt = (index: number, body: readonly string[]): boolean => {
    const page = frame(
      true,
      bodies.map((one, at) => (at === index ? body : one)),
    );
    if (!fits(page, budget)) return false;
    bodies[index] = body;
    text = page;
    return true;
  };
  // The last shortening may have made room for what was shortened before it.
  for (const { index, before } of done.slice(0, -1).reverse()) {
    const isLater = before >= (reached[index] ?? 0);
    const body = isLater ? undefined : parts[index]?.levels[before]?.();
    if (body !== undefined && attempt(index, body)) reached[index] = before;
  }
  for (const [index, { mixed }] of parts.entries()) {
    const level = reached[index] ?? 0;
    if (level > 0 && mixed !== undefined)
      largest(mixed.items, (fuller) => attempt(index, mixed.lines(level, fuller)));
  }
  return text;
}

/** Looks for the largest number up to a limit that an attempt takes; if it takes one, then all smaller ones. */
function largest(most: number, attempt: (number: number) => boolean): void {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (attempt(middle)) low = middle;
    else high = middle - 1;
  }
}
