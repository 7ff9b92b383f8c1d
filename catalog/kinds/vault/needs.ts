import type { Claims } from '../../ground/claims';
import type { Need } from '../../ground/need';
import { pathText } from '../../ground/path';
import { refusal } from '../../shape/read';
import { SECRET_REFERENCE } from '../../shape/reference-formats';
import type { Place } from '../../source/place';
import { serverOf } from './claims';
import type { VaultDraft } from './read';
import { sharedMount } from './vault';

/**
 * What an environment needs in its Vault, whoever made it there: the mounts in which its credentials and keys are kept, and
 * those that its policies, its users and its own list of mounts name; and the log-in method that it uses.
 *
 * @param root - the whole catalog
 * @param claims - of the whole catalog, because credentials are referred to elsewhere
 */
export function vaultNeeds(vault: VaultDraft, root: Place, claims: Claims): readonly Need[] {
  const server = serverOf(vault);
  if (server === undefined) return [];
  const mount = (path: string, key: string): Need => ({ server, what: 'mount', path, key });
  const { place, mounts, policies, users, auth } = vault;
  const listed = place.below('mounts').names;
  const made = new Set(mounts.filter(({ create }) => create).map(({ path }) => path));
  return [
    ...claims.references.map(({ reference, where }) =>
      mount(`${reference.engine}/${reference.path}`, `${pathText(where.path)} (${reference})`),
    ),
    ...gatewayKeys(root).map(([path, key]) => mount(path, key)),
    ...policies
      .filter(({ create }) => create)
      .flatMap(({ name, rules }) => rules.map(({ path }) => mount(path, `vault.policies.${name} (${path})`))),
    ...users
      .filter(({ create }) => create)
      .map(({ name }) => mount(sharedMount(mounts), `vault.users.${name}`)),
    // A mount that the catalog makes itself is no need; the default one, which it does not name, neither.
    ...listed.filter((path) => !made.has(path)).map((path) => mount(path, `vault.mounts.${path}`)),
    ...(auth?.method === 'approle'
      ? [{ server, what: 'log-in method', path: 'approle', key: 'vault.auth' } as const]
      : []),
  ];
}

/** The folder from which the gateway's host reads its keys itself. */
function gatewayKeys(root: Place): readonly (readonly [path: string, key: string])[] {
  const gateways = [
    ['gateway'],
    ...root.below('site', 'gateways').names.map((name) => ['gateways', name]),
  ] as const;
  return gateways.flatMap((steps): (readonly [string, string])[] => {
    const { text } = root.below('site', ...steps, 'key_reference');
    if (text === undefined || refusal(text, SECRET_REFERENCE)) return [];
    const { engine, path } = SECRET_REFERENCE.parse(text);
    return [[`${engine}/${path}`, `site.${steps.join('.')}.key_reference (${text})`]];
  });
}
