import type { PolicyRule } from '../../../model/vault/policy';
import type { Mounts } from '../core/mounts';
import { type Backend, type Call, param } from '../core/route';
import type { Token } from '../core/tokens';
import { permissionDenied, VaultError } from '../request/exchange';
import { mountView } from './mounts';

/**
 * The route that answers which mount serves a path, for clients that need to know the mount's type (measured on Vault 1.21.4).
 *
 * It needs no capability of its own: every token that may do anything below the mount gets the answer, and any other gets the same
 * refusal as for a mount that does not exist.
 */
export const SYS_PREFLIGHT: Backend = [
  {
    path: /^internal\/ui\/mounts\/?$/,
    open: true,
    read: (call) => {
      const caller = call.vault.tokens.find(call.request.token);
      const visible = (mounts: Mounts, prefix: string) =>
        Object.fromEntries(
          mounts
            .all()
            .filter(({ path, listing_visibility }) =>
              caller === undefined
                ? listing_visibility === 'unauth'
                : reachesBelow(call, caller, prefix + path),
            )
            .map((mount) => [mount.path, mountView(mount)]),
        );
      return { data: { auth: visible(call.vault.auths, 'auth/'), secret: visible(call.vault.mounts, '') } };
    },
  },
  {
    path: /^internal\/ui\/mounts\/(?<path>.+)$/,
    open: true,
    read: (call) => {
      const caller = call.vault.tokens.find(call.request.token);
      if (caller === undefined) throw permissionDenied();
      const path = param(call, 'path');
      const isLogIn = path.startsWith('auth/');
      const mount = isLogIn
        ? call.vault.auths.serving(`${path.slice('auth/'.length).replace(/\/*$/, '')}/`)
        : call.vault.mounts.serving(path);
      if (mount === undefined || !reachesBelow(call, caller, `${isLogIn ? 'auth/' : ''}${mount.path}`)) {
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

/** Whether a rule's path can match a path below a mount. */
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
