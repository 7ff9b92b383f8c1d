import { type Diagnostic, error } from '../protocol/diagnostics';
import type { ObjectValue } from '../protocol/values';

/** A demand that attributes are set together, read from the recorded words. */
interface Together {
  readonly subject?: string;
  readonly mode: 'all' | 'at least one' | 'exactly one';
  readonly attributes: readonly string[];
}

const LEGACY = /^[^"]*"([^"]+)": (all|one) of `([^`]+)` must be specified$/;
const FRAMEWORK = /Exactly one of these attributes must be configured: \[([^\]]+)\]/;

function parse(words: string): Together | undefined {
  const legacy = words.match(LEGACY);
  if (legacy !== null) {
    const attributes = (legacy[3] ?? '').split(',');
    return { subject: legacy[1] ?? '', mode: legacy[2] === 'all' ? 'all' : 'at least one', attributes };
  }
  const framework = words.match(FRAMEWORK);
  return framework === null
    ? undefined
    : { mode: 'exactly one', attributes: (framework[1] ?? '').split(',') };
}

function broken(together: Together, config: ObjectValue): boolean {
  const set = together.attributes.filter((name) => (config[name] ?? null) !== null);
  if (together.mode === 'all') {
    const asked = (config[together.subject ?? ''] ?? null) !== null;
    return asked && set.length < together.attributes.length;
  }
  return together.mode === 'exactly one' ? set.length !== 1 : set.length === 0;
}

/** Summary and detail of recorded words, which join them with a colon. */
export function split(words: string): readonly [summary: string, detail: string | undefined] {
  const at = words.match(
    /^(Missing required argument|Missing Attribute Configuration|Invalid Attribute Value): /,
  );
  return at === null ? [words, undefined] : [at[1] ?? words, words.slice(at[0].length)];
}

/** Complaints about attributes that the real provider wants together, each of its words once. */
export function togetherProblems(
  recorded: Readonly<Record<string, string>>,
  config: ObjectValue,
): Diagnostic[] {
  return [...new Set(Object.values(recorded))].flatMap((words) => {
    const together = parse(words);
    if (together === undefined || !broken(together, config)) return [];
    const [summary, detail] = split(words);
    return [error(summary, detail, together.subject === undefined ? undefined : [together.subject])];
  });
}
