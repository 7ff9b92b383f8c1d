import type { PolicyRule } from '../../../model/vault/policy';
import { type Backend, type Call, param } from '../core/route';
import type { Token } from '../core/tokens';
import { permissionDenied, VaultError } from '../request/exchange';
import { mountView } from './mounts';

/**
 * Which mount serves a path, for clients that must know its kind before they ask it (Vault 1.21.4, as it answered).
 *
 * No policy lets it through: whoever may do anything below the mount is told, and nobody learns whether there is another.
 */
export const SYS_PREFLIGHT: Backend = [
  {
    path: /^internal\/ui\/mounts\/(?<path>.+)$/,
    open: true,
    read: (call) => {
      const caller = call.vault.tokens.find(call.request.token);
      if (caller === undefined) throw permissionDenied();
      const path = param(call, 'path');
      const mount = call.vault.mounts.serving(path);
      if (mount === undefined || !reachesBelow(call, caller, mount.path)) {
        throw new VaultError(
          403,
          `preflight capability check returned 403, please ensure client's policies grant access to path ${JSON.stringify(path.replace(/\/*$/, '/'))}`,
        );
      }
      return { data: { ...mountView(mount), path: mount.path } };
    },
  },
];

function reachesBelow({ vault }: Call, { policies }: Token, mount: string): boolean {
  if (policies.includes('root')) return true;
  const rules = vault.policies.of(policies).flat();
  return rules.some((rule) => !rule.capabilities.includes('deny') && isAbout(rule, mount));
}

/** Whether a rule's path can fit something below a mount. */
function isAbout({ path }: PolicyRule, mount: string): boolean {
  const glob = path.endsWith('*');
  const parts = (glob ? path.slice(0, -1) : path).split('/');
  const segments = mount.replace(/\/$/, '').split('/');
  return segments.every((segment, at) => {
    const part = parts[at];
    if (part === undefined) return glob;
    return part === '+' || part === segment || (glob && at === parts.length - 1 && segment.startsWith(part));
  });
}
