import '../../stacks/fast-tokens';
import { temporaryFolder } from '../support/catalog-folder';
import type { Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';
import { done, OURS, plain, policyText, type TestServer } from './servers';

/** Two environments; their names have to be short, and are ours on a server that others use as well. */
export const LAB = `lab${process.pid}`;
export const DEV = `dev${process.pid}`;

/** Mounts of the server. */
export const COMMON = `${OURS}-common`;
export const MACHINES = `${OURS}-machines`;
export const VERSIONED = `${OURS}-versioned`;
export const THEIRS = `${OURS}-theirs`;
/** Somebody else's too: its name begins as that of the mount that lab's users share. */
export const ARCHIVE = `${COMMON}-archive`;

export const DEPLOY = `${OURS}-deploy`;
export const NIGHTLY = `${OURS}-nightly`;
export const CI = `${OURS}-ci`;

/** Somebody else's policy, which allows everything, and the token role and AppRole that give it. */
export const DEPLOYER = `${OURS}-prod-deployer`;
/** Somebody else's token role whose name begins as those of an environment. */
export const LOOKALIKE = `${LAB}-deployer`;
/** Somebody else's token role without limits: its tokens have what their maker asks for of its own. */
export const UNLIMITED = `${OURS}-unlimited`;

type Bodies = Readonly<Record<string, object>>;

/** What is on a server, by name, as its API takes it. */
export interface VaultContent {
  readonly mounts: Bodies;
  /** Texts. */
  readonly policies: Readonly<Record<string, string>>;
  readonly tokenRoles: Bodies;
  readonly appRoles: Bodies;
}

/** Their sections `vault`, without the address. */
export const SECTIONS: Readonly<Record<string, object>> = {
  [LAB]: {
    mounts: { [COMMON]: { create: {} }, [MACHINES]: { version: 2, create: {} } },
    policies: {
      [DEPLOY]: {
        rules: [
          { path: `${MACHINES}/aws/*`, capabilities: ['read'] },
          { path: `${COMMON}/vpn/*`, capabilities: ['create', 'read', 'update'] },
        ],
        create: {},
      },
    },
    users: {
      alice: { role: 'regular', create: {} },
      rose: { role: 'regular', api: 'readonly', create: {} },
      sue: { role: 'super', create: {} },
      bob: { role: 'super', api: 'readonly', create: {} },
    },
    approles: { [CI]: { policies: [DEPLOY], create: {} } },
  },
  // Not every kind of user, and a mount of version 2.
  [DEV]: {
    mounts: { [VERSIONED]: { version: 2, create: {} } },
    policies: {
      [NIGHTLY]: { rules: [{ path: `${VERSIONED}/aws/+`, capabilities: ['read', 'list'] }], create: {} },
    },
    users: { dan: { role: 'regular', create: {} }, dora: { role: 'super', api: 'readonly', create: {} } },
  },
};

/** What one of the two environments makes, synthesized from its catalog. */
export function environmentContent(environment: string): VaultContent {
  const vault = { address: 'http://127.0.0.1:8200', ...SECTIONS[environment] };
  const catalog = `cci_version: '1.0'\nvault: ${JSON.stringify(vault)}\n`;
  const folder = temporaryFolder({ [`${environment}.yml`]: catalog });
  const stack = synthesizedCatalog(folder, [environment]).stacks[`${environment}-vault`];
  if (stack === undefined) throw new Error(`${environment} makes nothing in its Vault`);
  return contentOf(stack);
}

/** What somebody else has there. */
export const STRANGER: VaultContent = {
  mounts: { [THEIRS]: { type: 'kv' }, [ARCHIVE]: { type: 'kv' } },
  policies: { [DEPLOYER]: policyText({ '*': ['create', 'read', 'update', 'delete', 'list', 'sudo'] }) },
  tokenRoles: {
    [DEPLOYER]: { allowed_policies: [DEPLOYER] },
    [LOOKALIKE]: { allowed_policies_glob: ['*'] },
    [UNLIMITED]: {},
  },
  appRoles: { [DEPLOYER]: { token_policies: [DEPLOYER] } },
};

/** Makes things on a server, through its API as the Terraform provider does. */
export async function make(server: TestServer, content: VaultContent): Promise<void> {
  await plain(server, 'POST', 'sys/auth/approle', { body: { type: 'approle' } });
  for (const [path, body] of requestsOf(content)) await done(server, 'POST', path, { body });
}

/** Takes them away again. */
export async function unmake(server: TestServer, content: VaultContent): Promise<void> {
  for (const [path] of requestsOf(content)) await plain(server, 'DELETE', path);
}

function requestsOf({ mounts, policies, tokenRoles, appRoles }: VaultContent): readonly [string, object][] {
  const below = (place: string, bodies: Bodies) =>
    Object.entries(bodies).map(([name, body]): [string, object] => [`${place}/${name}`, body]);
  return [
    ...below('sys/mounts', mounts),
    ...Object.entries(policies).map(([name, policy]): [string, object] => [
      `sys/policies/acl/${name}`,
      { policy },
    ]),
    ...below('auth/token/roles', tokenRoles),
    ...below('auth/approle/role', appRoles),
  ];
}

function contentOf({ resource }: Synthesized): VaultContent {
  const bodies = (type: string, key: string, left: readonly string[] = []): Bodies =>
    Object.fromEntries(
      Object.values(resource[type] ?? {}).map((block) => [
        String(block[key]),
        Object.fromEntries(Object.entries(block).filter(([name]) => name !== key && !left.includes(name))),
      ]),
    );
  return {
    mounts: bodies('vault_mount', 'path'),
    policies: Object.fromEntries(
      Object.values(resource.vault_policy ?? {}).map(({ name, policy }) => [String(name), String(policy)]),
    ),
    tokenRoles: bodies('vault_token_auth_backend_role', 'role_name'),
    appRoles: bodies('vault_approle_auth_backend_role', 'role_name', ['backend']),
  };
}
