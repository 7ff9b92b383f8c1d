import { CAPABILITIES, type Capability, type Policy, type PolicyRule } from './policy';
import { type Decision, decide } from './policy-evaluator';
import { limitsOf } from './request-limits';

/** What a policy that is changed lets its tokens do otherwise on the paths of one pattern. */
export interface AccessChange {
  /** As a policy writes it: `secret/data/team/*`. */
  readonly path: string;
  /** What some tokens may do that none of them could before. */
  readonly gained: readonly Capability[];
  readonly lost: readonly Capability[];
  /** Whether the same may be done, and with other parameters or wraps of the request. */
  readonly isLimitedOtherwise: boolean;
}

const RANKS: Readonly<Record<Decision, number>> = { no: 0, depends: 1, yes: 2 };

/** A segment that no rule names. */
const ANY = 'a-segment-that-no-rule-names';

/** With more patterns, their intersections are not looked at one by one. */
const MOST_PATTERNS = 80;

/**
 * The paths on which a changed policy lets its tokens do something else, as the server decides: by the most specific of its rules. Each
 * pattern of both policies is asked for a path that it matches and no longer rule names, and so are the paths that two patterns share.
 */
export function accessChanges(before: Policy, after: Policy): readonly AccessChange[] {
  const patterns = [...new Set([...before, ...after].map(({ path }) => path.replace(/^\//, '')))].sort();
  const found = patterns.flatMap((pattern) => changeOn(pattern, before, after));
  const shared = patterns.length > MOST_PATTERNS ? [] : sharedPatterns(patterns);
  const told = new Set(found.flatMap(words));
  // What two patterns share is told where neither of them tells the same.
  const further = shared
    .flatMap((pattern) => changeOn(pattern, before, after))
    .filter((change) => words(change).some((word) => !told.has(word)));
  return [...found, ...further];
}

/** What was gained and lost, whatever the path is. */
function words({ gained, lost, isLimitedOtherwise }: AccessChange): readonly string[] {
  return [
    ...gained.map((one) => `+${one}`),
    ...lost.map((one) => `-${one}`),
    ...(isLimitedOtherwise ? ['limits'] : []),
  ];
}

function changeOn(pattern: string, before: Policy, after: Policy): readonly AccessChange[] {
  const deepest = Math.max(...[...before, ...after].map(({ path }) => path.split('/').length));
  const paths = examplesOf(pattern, deepest + 1);
  const rank = (policy: Policy, capability: Capability, path: string) =>
    RANKS[decide([policy], capability, path)];
  const asked = CAPABILITIES.filter((capability) => capability !== 'deny');
  const gained = asked.filter((capability) =>
    paths.some((path) => rank(after, capability, path) > rank(before, capability, path)),
  );
  const lost = asked.filter((capability) =>
    paths.some((path) => rank(after, capability, path) < rank(before, capability, path)),
  );
  const isLimitedOtherwise =
    gained.length + lost.length === 0 && limitsOn(pattern, before) !== limitsOn(pattern, after);
  return gained.length + lost.length === 0 && !isLimitedOtherwise
    ? []
    : [{ path: pattern, gained, lost, isLimitedOtherwise }];
}

function limitsOn(pattern: string, policy: Policy): string {
  const own = policy.filter(({ path }) => path.replace(/^\//, '') === pattern);
  return JSON.stringify(own.filter(hasLimits).map(limitsOf));
}

function hasLimits(rule: PolicyRule): boolean {
  return Object.keys(limitsOf(rule)).length > 0;
}

/** Paths that a pattern matches, of each depth that a rule tells apart: of those that only it matches, if there are any. */
function examplesOf(pattern: string, deepest: number): readonly string[] {
  const first = pattern
    .replace(/\{\{.*?\}\}/gs, ANY)
    .replace(/(^|\/)\+(?=\/|$)/g, `$1${ANY}`)
    .replace(/\*$/, ANY);
  if (!pattern.endsWith('*')) return [first];
  const more = Math.max(0, deepest - first.split('/').length);
  return Array.from({ length: more + 1 }, (_, depth) => first + `/${ANY}`.repeat(depth));
}

/** The patterns that match what two patterns match both, where at least one has a `+`; of others one is the longer, and counts. */
function sharedPatterns(patterns: readonly string[]): readonly string[] {
  const shared = patterns.flatMap((one, index) =>
    patterns.slice(index + 1).flatMap((other) => {
      if (!hasSegmentWildcard(one) && !hasSegmentWildcard(other)) return [];
      const both = intersection(one, other);
      return both === undefined || patterns.includes(both) ? [] : [both];
    }),
  );
  return [...new Set(shared)].sort();
}

function hasSegmentWildcard(pattern: string): boolean {
  return pattern.split('/').includes('+');
}

function intersection(one: string, other: string): string | undefined {
  const [a, b] = [one.split('/'), other.split('/')];
  const segments: string[] = [];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [left, right] = [a[index], b[index]];
    const [leftGlob, rightGlob] = [isLastGlob(a, index), isLastGlob(b, index)];
    if (left === undefined || right === undefined) return undefined;
    if (leftGlob && fits(left, right)) return [...segments, ...b.slice(index)].join('/');
    if (rightGlob && fits(right, left)) return [...segments, ...a.slice(index)].join('/');
    const same = left === '+' ? right : right === '+' || left === right ? left : undefined;
    if (same === undefined) return undefined;
    segments.push(same);
  }
  return segments.join('/');
}

function isLastGlob(segments: readonly string[], index: number): boolean {
  return index === segments.length - 1 && segments[index]?.endsWith('*') === true;
}

/** Whether a last segment with `*` matches what begins with another segment. */
function fits(glob: string, segment: string): boolean {
  const prefix = glob.slice(0, -1);
  return prefix === '' || segment.startsWith(prefix);
}
