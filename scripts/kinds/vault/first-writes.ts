import type { Vault } from '../../../catalog/kinds/vault/vault';
import { userKind } from '../../../model/vault/roles';
import type { Attributes, ScrubbedChange } from '../../../terraform/plan/scrub';
import type { VaultClient } from '../../../vault/client';
import { appRolePath, policyPath, tokenRolePath } from '../../../vault/existing';
import { differencesOf, policyDifference } from './differences';

/** Something that a plan writes for the first time. */
export interface Write {
  /** As sentences call it: `policy deploy`. */
  readonly what: string;
  /** The key of the catalog that makes it. */
  readonly key: string;
  readonly adopt: boolean;
  /** Its path in the server's API. */
  readonly path: string;
  /** Whether the server refuses a second one, so that nothing is replaced and nothing can be taken over. */
  readonly isOnce?: boolean;
  /** Fields of it that the provider leaves as they are, because the plan says nothing of them. */
  readonly kept: (differences: readonly string[]) => readonly string[];
  /** How what is there differs; undefined where nothing is there, empty where it is the same. */
  readonly look: (client: VaultClient) => Promise<readonly string[] | undefined>;
}

/** What is created under a name that the stack does not have yet: one that it replaces, or moves, is its own. */
export function newNames(changes: readonly ScrubbedChange[]): readonly ScrubbedChange[] {
  const own = new Set(
    changes
      .filter(({ actions }) => actions.includes('delete'))
      .map(({ type, before }) => nameIn(type, before)),
  );
  return changes.filter(
    ({ actions, type, after }) => actions.includes('create') && !own.has(nameIn(type, after)),
  );
}

function nameIn(type: string, { name, role_name, backend, path }: Attributes): string {
  return JSON.stringify([type, name ?? role_name ?? path, backend ?? null]);
}

/** What the server may have already where a resource is created; nothing for one that writes no name. */
export function writeOf(
  { type, after }: ScrubbedChange,
  vault: Vault,
  environment: string,
): readonly Write[] {
  const name = String(after.name ?? after.role_name ?? '');
  const own = ownerOf(name, vault, environment);
  if (type === 'vault_policy') {
    const text = String(after.policy ?? '');
    const look = async (client: VaultClient) => policyDifference(await client.existing.policy(name), text);
    return [{ what: `policy ${name}`, path: policyPath(name), ...own.policy, kept: none, look }];
  }
  if (type === 'vault_token_auth_backend_role') {
    const look = async (client: VaultClient) => difference(await client.existing.tokenRole(name), after);
    return [{ what: `token role ${name}`, path: tokenRolePath(name), ...own.policy, kept: none, look }];
  }
  if (type === 'vault_approle_auth_backend_role') {
    const mount = String(after.backend ?? 'approle');
    const look = async (client: VaultClient) => difference(await client.existing.appRole(mount, name), after);
    const kept = (differences: readonly string[]) =>
      differences.filter((field) => after[field] === undefined || after[field] === null);
    return [{ what: `AppRole ${name}`, path: appRolePath(mount, name), ...own.appRole, kept, look }];
  }
  const mount = mountOf(type, String(after.path ?? ''));
  if (mount === undefined) return [];
  const look = async (client: VaultClient) =>
    (await client.existing.hasMount(mount.path)) ? ['content'] : undefined;
  return [{ ...mount, path: `sys/mounts/${mount.path}`, adopt: false, isOnce: true, kept: none, look }];
}

const none = (): readonly string[] => [];

/** What is mounted once at a path: an engine, or below `auth/` a log-in method. */
function mountOf(type: string, path: string): Pick<Write, 'what' | 'key' | 'path'> | undefined {
  if (type === 'vault_mount') return { what: `mount ${path}`, key: `vault.mounts.${path}`, path };
  if (type === 'vault_auth_backend')
    return { what: `log-in method ${path}`, key: 'vault.approles', path: `auth/${path}` };
  return undefined;
}

/** The keys of the catalog that make a policy, a token role or an AppRole of a name. */
function ownerOf(name: string, { policies, users, approles }: Vault, environment: string) {
  const ofKind = users.filter(({ create, role, api }) => create && userKind(environment, role, api) === name);
  const policy = policies.find((one) => one.create && one.name === name);
  const [user] = ofKind;
  const appRole = approles.find((one) => one.create && one.name === name);
  return {
    policy:
      user === undefined
        ? { key: `vault.policies.${name}`, adopt: policy?.adopt === true }
        : { key: `vault.users.${user.name}`, adopt: ofKind.some(({ adopt }) => adopt) },
    appRole: { key: `vault.approles.${name}`, adopt: appRole?.adopt === true },
  };
}

function difference(there: Attributes | undefined, planned: Attributes): readonly string[] | undefined {
  return there === undefined ? undefined : differencesOf(there, planned);
}
