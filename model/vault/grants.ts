import type { Capability, Policy, PolicyRule } from './policy';
import { limitsOf } from './request-limits';

/**
 * Rules for grants, sorted by path, such that no grant takes away what a written rule or another grant allows.
 *
 * Of all rules that match a path the server takes the most specific alone. A grant on `secret/aws/*` would hide a rule
 * on `secret/*`; a granted path therefore carries what the wider patterns allow as well. A written
 * rule that denies a path still denies it, but for what is granted below it.
 *
 * @param rules written rules; those with a `+` or a template are not considered, and none that limits requests may cover a
 *   grant (see {@link limitedAbove})
 * @param grants rules whose paths are exact, or end in `*` and have no other wildcard
 */
export function grantedRules(rules: Policy, grants: Policy): Policy {
  const paths = [...new Set(grants.map(({ path }) => path))].sort();
  const all = [...rules, ...grants];
  return paths.map((path) => ({ path, capabilities: capabilitiesFor(path, all) }));
}

/** A written rule whose limits of requests a grant below its pattern would lift; undefined where there is none. */
export function limitedAbove(rules: Policy, { path }: PolicyRule): PolicyRule | undefined {
  return rules.find((rule) => Object.keys(limitsOf(rule)).length > 0 && covers(rule.path, path));
}

function capabilitiesFor(path: string, rules: readonly PolicyRule[]): readonly Capability[] {
  const granted = rules.flatMap((rule): readonly Capability[] => {
    if (covers(rule.path, path)) return rule.capabilities;
    // A request to list `a/` is decided by the exact path `a` before any pattern.
    return covers(rule.path, `${path}/`) && rule.capabilities.includes('list') ? ['list'] : [];
  });
  return [...new Set(granted)].filter((capability) => capability !== 'deny').sort();
}

/** Whether the first pattern matches all that the second one matches. */
function covers(wider: string, path: string): boolean {
  return wider === path || (wider.endsWith('*') && path.startsWith(wider.slice(0, -1)));
}
