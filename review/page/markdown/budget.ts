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
 * The page with all parts as full as the budget allows: they are shortened in the given order until it fits. With the last level of each part
 * it must fit into every budget.
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
  let text = frame(false, bodies);
  const reached = new Map<string, number>();
  for (const [name, level] of order) {
    if (fits(text, budget)) break;
    const index = parts.findIndex((part) => part.name === name);
    const make = parts[index]?.levels[level];
    if (make === undefined) continue;
    bodies[index] = make();
    reached.set(name, level);
    text = frame(true, bodies);
  }
  for (const [index, { name, mixed }] of parts.entries()) {
    const level = reached.get(name);
    if (level === undefined || mixed === undefined) continue;
    const pageWith = (fuller: number) => {
      const body = mixed.lines(level, fuller);
      const page = frame(
        true,
        bodies.map((one, at) => (at === index ? body : one)),
      );
      return fits(page, budget) ? { body, page } : undefined;
    };
    const best = largest(mixed.items, pageWith);
    if (best !== undefined) {
      bodies[index] = best.body;
      text = best.page;
    }
  }
  return text;
}

/** What is made of the largest number up to a limit of which it can be made; if of one, then of all smaller ones. */
function largest<Made>(most: number, make: (number: number) => Made | undefined): Made | undefined {
  let [low, high] = [0, most];
  let best: Made | undefined;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const made = make(middle);
    if (made === undefined) high = middle - 1;
    else {
      best = made;
      low = middle;
    }
  }
  return best;
}
