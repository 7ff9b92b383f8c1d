import { Failure } from '../../../base/errors';
import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Vault } from '../../../catalog/kinds/vault/vault';
import { userKind } from '../../../model/vault/roles';
import { Journal } from '../../../terraform/journal';
import type { Attributes, ScrubbedChange } from '../../../terraform/plan/scrub';
import type { VaultClient } from '../../../vault/client';
import { appRolePath, policyPath, tokenRolePath } from '../../../vault/existing';
import { neededRules } from '../../../vault/needed-rule';
import { VaultError } from '../../../vault/vault-error';
import type { FirstWrites } from '../kind';
import { differencesOf, policyDifference } from './differences';

/** Something that a plan writes for the first time. */
interface Write {
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

/** Something that is there already. */
interface Taken extends Write {
  readonly differences: readonly string[];
}

/**
 * Looks at the server for what a plan writes for the first time, because policies, token roles and AppRoles are replaced
 * without asking, and would be destroyed with the environment.
 *
 * What is there is let through where it is as the catalog has it, where the catalog says `adopt`, and where the last run of
 * the stack did not end, so that it may have made it.
 *
 * @returns what is taken over, a sentence each
 * @throws {@link Failure} that names what somebody else made, and what the token may not look at; VaultError
 */
export async function lookAtTakenNames(writes: FirstWrites<'vault'>): Promise<readonly string[]> {
  const { session, stack, loaded } = writes;
  const { vault } = loaded.catalog.kinds;
  if (vault === undefined) return [];
  const created = (await writes.changes()).filter(({ actions }) => actions.includes('create'));
  const planned = created.flatMap((change) => writeOf(change, vault, loaded));
  if (planned.length === 0) return [];
  const taken = await lookAtAll(stack.id, await session.vaults.client(vault), planned);
  const isLeft = new Journal(session.folders.journal).unfinished.includes(stack.id);
  const refused = isLeft ? [] : taken.filter(({ adopt, differences }) => !adopt && differences.length > 0);
  if (refused.length > 0) throw notOurs(stack.id, refused);
  return taken.map((one) => sentence(one));
}

async function lookAtAll(
  stack: string,
  client: VaultClient,
  planned: readonly Write[],
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  const denied: string[] = [];
  for (const write of planned) {
    try {
      const differences = await write.look(client);
      if (differences !== undefined) taken.push({ ...write, differences });
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'denied') throw error;
      if (write.isOnce !== true) denied.push(write.path);
    }
  }
  if (denied.length === 0) return taken;
  const requests = denied.map((path) => ({ method: 'GET', path }));
  throw new Failure(
    `${stack}: the token may not read ${denied.length} of the ${counted(planned.length, 'place')} that an apply writes, so that what is there already is not known: ${listed(denied)}\n  help: ${neededRules(requests)}`,
  );
}

function writeOf({ type, after }: ScrubbedChange, vault: Vault, loaded: Loaded): readonly Write[] {
  const name = String(after.name ?? after.role_name ?? '');
  const own = ownerOf(name, vault, loaded.catalog.environment);
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

function notOurs(stack: string, taken: readonly Taken[]): Failure {
  const [them, these] = taken.length === 1 ? ['it', 'this'] : ['them', 'these'];
  const isReplaced = taken.some(({ isOnce }) => isOnce !== true);
  const isRefused = taken.some(({ isOnce }) => isOnce === true);
  return new Failure(
    [
      `${stack}: the server has ${these} already, and not from here${isReplaced ? `; an apply would replace ${them}, and a destroy delete ${them}` : ''}:`,
      ...taken.map(({ what, key, differences, isOnce }) =>
        isOnce === true ? `${key}: ${what}` : `${key}: ${what}, with ${otherWords(differences)}`,
      ),
      ...(isReplaced
        ? ['help: choose another name, or take it over: write adopt: true beside its create']
        : []),
      ...(isRefused
        ? [
            'help: leave out the create of a mount or log-in method that exists: the server makes no second one at a path',
          ]
        : []),
    ].join('\n  '),
  );
}

function sentence({ what, adopt, differences, kept }: Taken): string {
  const secretIds = what.startsWith('AppRole') ? '; secret ids that others have of it go on working' : '';
  if (differences.length === 0) {
    return `${what} exists already, as the catalog has it: from now on it is managed here${secretIds}`;
  }
  const why = adopt ? 'adopt: true' : 'the last run did not end, and may have made it';
  const left = kept(differences);
  const rest = left.length === 0 ? '' : `, but for ${listed(left)}, which the plan after it resets`;
  return `${what} exists already, with ${otherWords(differences)}: REPLACED (${why})${rest}${secretIds}`;
}

function otherWords(differences: readonly string[]): string {
  return `other ${listed(differences)}`;
}
