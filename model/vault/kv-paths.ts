import type { Capability, Policy, PolicyRule } from './policy';
import { limitsOf } from './request-limits';

/** A secret mount, as far as its paths are concerned. */
export interface KvMount {
  /** Without slashes at its ends. */
  readonly path: string;
  /** Of the KV engine. */
  readonly version: 1 | 2;
}

/** What of a rule is about a secret's values, and what about its name, its versions and its end (Vault's KV v2 API). */
const SIDES = {
  data: ['create', 'read', 'update', 'delete', 'patch', 'sudo', 'deny'],
  metadata: ['read', 'delete', 'list', 'deny', 'scan'],
} as const satisfies Record<string, readonly Capability[]>;

type Side = keyof typeof SIDES;

/**
 * A policy's rules as the server needs them, from rules that name secrets as KV v1 has them.
 *
 * A rule below a KV v2 mount becomes one for `data/` (the values) and one for `metadata/` (list, the versions, and the
 * end of all of them); all others stay. So `secret/aws/*` means the same in both versions of the engine. Rules that cover
 * a mount from above (`*`, `sec*`) cover both sides as they are; one with a `+` in the place of the mount is left alone.
 *
 * @param hides whether a side that allows nothing is kept, because it hides rules of less priority. @default - where there is
 *   more than one rule
 */
export function kvRules(rules: Policy, mounts: readonly KvMount[], hides = rules.length > 1): Policy {
  return rules.flatMap((rule): Policy => {
    const mount = versionedMountOf(rule.path, mounts);
    if (!mount) return [rule];
    return [sideRule(rule, mount, 'data'), sideRule(rule, mount, 'metadata')].filter(
      // That a server takes an empty list, and lets it hide other rules, is inferred from Vault's source.
      ({ capabilities }) => capabilities.length > 0 || hides,
    );
  });
}

/** The server's paths on which a request needs a capability, to be allowed what the catalog's path says. */
export function kvPaths(
  capability: Capability,
  path: string,
  mounts: readonly KvMount[],
): readonly [string, ...string[]] {
  const mount = versionedMountOf(`${path}/`, mounts);
  if (!mount) return [path];
  const below = path.slice(mount.path.length);
  const at = (side: Side): string => `${mount.path}/${side}${below}`;
  if (capability === 'list' || capability === 'scan') return [at('metadata')];
  // What is deleted in KV v1 is gone: of a KV v2 secret that takes all versions with it.
  return capability === 'delete' ? [at('data'), at('metadata')] : [at('data')];
}

/** The mount that a path is below; mounts do not overlap. */
export function mountOf<Mount extends { readonly path: string }>(
  path: string,
  mounts: readonly Mount[],
): Mount | undefined {
  return mounts.find((mount) => path.startsWith(`${mount.path}/`));
}

function versionedMountOf(path: string, mounts: readonly KvMount[]): KvMount | undefined {
  const mount = mountOf(path, mounts);
  return mount?.version === 2 ? mount : undefined;
}

/** Parameters that a rule limits are those of a request about the values: `data`, `options`. */
function sideRule(rule: PolicyRule, mount: KvMount, side: Side): PolicyRule {
  const known: readonly Capability[] = SIDES[side];
  const { minWrappingTtlSeconds, maxWrappingTtlSeconds } = rule;
  return {
    path: `${mount.path}/${side}${rule.path.slice(mount.path.length)}`,
    capabilities: rule.capabilities.filter((capability) => known.includes(capability)),
    ...limitsOf(side === 'data' ? rule : { minWrappingTtlSeconds, maxWrappingTtlSeconds }),
  };
}
