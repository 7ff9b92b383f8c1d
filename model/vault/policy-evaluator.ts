import type { Capability, Policy, PolicyRule, RequestLimits } from './policy';
import { couldMatch, isTemplated, withoutTemplates } from './policy-templates';
import {
  dependsOnRequest,
  type LimitedRequest,
  limitsOf,
  mergedLimits,
  passesLimits,
} from './request-limits';

/** What the rules of one path grant together, and what of the requests they let through. */
interface Granted {
  readonly capabilities: ReadonlySet<Capability>;
  readonly limits: RequestLimits;
}

const NOTHING: Granted = { capabilities: new Set(), limits: {} };
const DENIED: Granted = { capabilities: new Set<Capability>(['deny']), limits: {} };

/** How a server looks a path up that ends in a slash. Before OpenBao 2.6 and Vault 2.0.3 it was the other way (CVE-2026-63131). */
export type SlashOrder = 'as-asked-first' | 'without-slash-first';

/** Whether a policy allows something; `depends` where it is the request's parameters or the token's owner that decide. */
export type Decision = 'yes' | 'no' | 'depends';

/** A rule whose pattern matches a path, with what Vault compares to find the one that counts. */
interface Match {
  /** Where the first `+` or the final `*` stands. */
  readonly wildcardAt: number;
  readonly endsInGlob: boolean;
  readonly segmentWildcards: number;
  /** The pattern without its final `*`. */
  readonly pattern: string;
  readonly granted: Granted;
}

/**
 * What Vault's `sys/capabilities` answers for a path and a token that has exactly these policies: sorted, `deny` alone
 * where nothing is allowed.
 *
 * The algorithm is the server's: rules of the same path are merged over all policies, and `deny` wins among them; then
 * only one path counts, the exact one or the pattern of the highest priority (Vault's documentation, "Policies",
 * "Priority matching"). A rule without capabilities counts too, and allows nothing. As the server does for a request to
 * list, a path that ends in `/` is also looked up without the slash: among the exact rules before any pattern, among the
 * patterns only where none matches it as it stands (since OpenBao 2.6 and Vault 2.0.3; before, CVE-2026-63131, the other
 * way round, so that a `deny` on `a/b/*` was passed over for `a/*`). The server refuses an empty path; here it is one
 * that only `*` and an empty rule match.
 */
export function capabilitiesOn(policies: readonly Policy[], path: string): readonly Capability[] {
  const { capabilities } = grantedOn(policies, path, true);
  return capabilities.size === 0 || capabilities.has('deny') ? ['deny'] : [...capabilities].sort();
}

/**
 * Whether the server lets a request through. To list or to scan is to ask with a slash at the end, whether it is written or not;
 * any other request is about the path as it stands. Rules with templates count for nobody: they are of tokens with an entity.
 *
 * @param request its parameters and its wrap. @default - the limits of rules are not looked at
 */
export function isAllowed(
  policies: readonly Policy[],
  capability: Capability,
  path: string,
  request?: LimitedRequest,
): boolean {
  const { capabilities, limits } = grantedOn(policies, askedPath(capability, path), isListing(capability));
  if (capability === 'deny' || !capabilities.has(capability)) return false;
  return request === undefined || passesLimits(limits, capability, request);
}

/** The path of a request: to list or to scan is to ask with a slash at the end. */
export function askedPath(capability: Capability, path: string): string {
  return isListing(capability) && !path.endsWith('/') ? `${path}/` : path;
}

/**
 * Whether every token with these policies may do something, or none may, whatever the parameters of its request are.
 *
 * @param order how the server looks up a path to list. @default - as current servers do
 */
export function decide(
  policies: readonly Policy[],
  capability: Capability,
  path: string,
  order: SlashOrder = 'as-asked-first',
): Decision {
  const asked = askedPath(capability, path);
  const listing = isListing(capability);
  const { capabilities, limits } = grantedOn(policies, asked, listing, order);
  const allows = capabilities.has(capability);
  const templated = policies.flat().filter(isTemplated);
  const others = templated.filter(
    (rule) => couldMatch(rule, asked) || (listing && couldMatch(rule, asked.replace(/\/$/, ''))),
  );
  const grants = (rule: PolicyRule): boolean =>
    rule.capabilities.includes(capability) && !rule.capabilities.includes('deny');
  if (others.some((rule) => grants(rule) !== allows)) return 'depends';
  if (!allows) return 'no';
  return [limits, ...others.map(limitsOf)].some((one) => dependsOnRequest(one, capability))
    ? 'depends'
    : 'yes';
}

function isListing(capability: Capability): boolean {
  return capability === 'list' || capability === 'scan';
}

function grantedOn(
  policies: readonly Policy[],
  path: string,
  lists: boolean,
  order: SlashOrder = 'as-asked-first',
): Granted {
  const rules = new MergedRules(policies.map(withoutTemplates));
  const asked = bytes(path.replace(/^\/+/, ''));
  const withoutSlash = lists && asked.endsWith('/') ? asked.slice(0, -1) : asked;
  const [first, second] = order === 'as-asked-first' ? [asked, withoutSlash] : [withoutSlash, asked];
  return (
    rules.exact.get(asked) ??
    rules.exact.get(withoutSlash) ??
    rules.ofBestPattern(first) ??
    rules.ofBestPattern(second) ??
    NOTHING
  );
}

/** The rules of all policies of a token, those of one path merged: Vault's access control list. */
class MergedRules {
  readonly exact = new Map<string, Granted>();
  /** By the pattern without its `*`. */
  private readonly globs = new Map<string, Granted>();
  /** Patterns with a `+` that is a segment, or begins one (Vault takes `a/+b` for such a pattern too). */
  private readonly segmented = new Map<string, Granted>();

  constructor(policies: readonly Policy[]) {
    for (const rule of policies.flat()) this.add(rule);
  }

  private add(rule: PolicyRule): void {
    const { path, capabilities } = rule;
    const pattern = bytes(path.replace(/^\//, ''));
    const granted: Granted = capabilities.includes('deny')
      ? DENIED
      : { capabilities: new Set(capabilities), limits: limitsOf(rule) };
    if (pattern === '+' || pattern.startsWith('+/') || pattern.includes('/+')) {
      merge(this.segmented, pattern, granted);
    } else if (pattern.endsWith('*')) {
      merge(this.globs, pattern.slice(0, -1), granted);
    } else {
      merge(this.exact, pattern, granted);
    }
  }

  /** What the pattern grants that counts for a path; undefined where none matches. */
  ofBestPattern(path: string): Granted | undefined {
    const matches = [...this.segmented].flatMap(([pattern, granted]) => segmentMatch(pattern, granted, path));
    const glob = [...this.globs.keys()]
      .filter((prefix) => path.startsWith(prefix))
      .sort(byLength)
      .at(-1);
    if (glob !== undefined) {
      const granted = this.globs.get(glob) ?? DENIED;
      matches.push({
        wildcardAt: glob.length,
        endsInGlob: true,
        segmentWildcards: 0,
        pattern: glob,
        granted,
      });
    }
    return matches.sort(byPriority).at(-1)?.granted;
  }
}

function merge(rules: Map<string, Granted>, path: string, granted: Granted): void {
  const before = rules.get(path);
  if (before === undefined) rules.set(path, granted);
  else if (before.capabilities.has('deny') || granted.capabilities.has('deny')) rules.set(path, DENIED);
  else {
    const capabilities = new Set([...before.capabilities, ...granted.capabilities]);
    rules.set(path, { capabilities, limits: mergedLimits(before.limits, granted.limits) });
  }
}

function segmentMatch(full: string, granted: Granted, path: string): readonly Match[] {
  const endsInGlob = full.endsWith('*');
  const pattern = endsInGlob ? full.slice(0, -1) : full;
  const wanted = pattern.split('/');
  const segments = path.split('/');
  if (endsInGlob ? segments.length < wanted.length : segments.length !== wanted.length) return [];
  const fits = wanted.every((part, index) => {
    const segment = segments[index] ?? '';
    const last = endsInGlob && index === wanted.length - 1;
    return part === '+' || part === segment || (last && segment.startsWith(part));
  });
  if (!fits) return [];
  const segmentWildcards = wanted.filter((part) => part === '+').length;
  return [{ wildcardAt: full.indexOf('+'), endsInGlob, segmentWildcards, pattern, granted }];
}

/** Ascending: what comes last counts. */
function byPriority(a: Match, b: Match): number {
  return (
    a.wildcardAt - b.wildcardAt ||
    Number(b.endsInGlob) - Number(a.endsInGlob) ||
    b.segmentWildcards - a.segmentWildcards ||
    a.pattern.length - b.pattern.length ||
    (a.pattern < b.pattern ? -1 : 1)
  );
}

function byLength(a: string, b: string): number {
  return a.length - b.length;
}

/** One character per byte of UTF-8: the server counts and compares bytes. */
function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
