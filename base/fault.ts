/** Something that the user can do, as a clause; a command of ours that does it is kept apart, so that options can be added. */
export type Fix = string | CommandFix;

export interface CommandFix {
  /** The clause that introduces the command: `store it`. */
  readonly text: string;
  /** The command without `kakehashi`: `secret put vault://secret/a`. */
  readonly command: string;
  /** What to do after it. */
  readonly next?: CommandFix;
}

/** What is wrong, in its parts. Only what prints it joins them to a text. */
export interface Fault {
  /** What it is about: a key of the catalog, a file, a server, a reference. */
  readonly where?: string;
  /** What must hold and what was found; never a secret. */
  readonly summary: string;
  /** What the user can do: one of these. */
  readonly fixes?: readonly Fix[];
}

/** A fault in one line: `where: summary; fix, or fix`. */
export function faultText({ where, summary, fixes = [] }: Fault): string {
  const place = where === undefined ? '' : `${where}: `;
  return `${place}${summary}${fixes.length === 0 ? '' : `; ${fixesText(fixes)}`}`;
}

/**
 * Several fixes as alternatives in one line.
 *
 * @param called - how a command is to be called, for instance with the environment in question
 */
export function fixesText(
  fixes: readonly Fix[],
  called = (command: string) => `kakehashi ${command}`,
): string {
  return fixes.map((fix) => (typeof fix === 'string' ? fix : commandText(fix, called))).join(', or ');
}

function commandText({ text, command, next }: CommandFix, called: (command: string) => string): string {
  const after = next === undefined ? '' : `, then ${commandText(next, called)}`;
  return `${text}: ${called(command)}${after}`;
}
