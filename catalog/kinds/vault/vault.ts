import type { Policy } from '../../../model/vault/policy';
import type { SecretReference } from '../../../model/vault/secret-reference';
import type { PolicyClaim } from './formats';

/** A Vault or OpenBao server: the section `vault`. What has no `create` exists already and is not managed. */
export interface Vault {
  /** The server's URL, `https://10.0.2.15:8443`, without a path. */
  readonly address: string;
  readonly namespace?: string;
  /** A PEM file with the authority that signed its certificate, as the catalog gives it: relative to the project. */
  readonly caFile?: string;
  readonly server: 'vault' | 'openbao';
  readonly auth: { readonly method: 'token' } | { readonly method: 'approle'; readonly roleId: string };
  /** By path, sorted; `secret` as KV v1 where the catalog names none. */
  readonly mounts: readonly VaultMount[];
  readonly policies: readonly VaultPolicy[];
  readonly users: readonly VaultUser[];
  readonly approles: readonly VaultAppRole[];
  readonly audits: readonly VaultAudit[];
  /** The folder that holds the connections' keys: `vault://secret/vpn`. */
  readonly presharedKeys?: SecretReference;
}

export interface VaultMount {
  readonly path: string;
  /** Version of the KV secrets engine. */
  readonly version: 1 | 2;
  readonly description?: string;
  readonly create: boolean;
  /** Its path before, of which it goes on with all secrets: `formerly`. */
  readonly formerly?: string;
  /** The path that it was made with: the address of its resource bears it. @default - its path */
  readonly born?: string;
}

export interface VaultPolicy {
  readonly name: string;
  /** As the catalog has them: below a KV v2 mount without `data/` and `metadata/`. */
  readonly rules: Policy;
  /** Lines like `read secret/aws/access_key` that must hold. */
  readonly may: readonly PolicyClaim[];
  /** The same, for what must be refused. */
  readonly mayNot: readonly PolicyClaim[];
  readonly create: boolean;
  /** Whether something of this name that the server has already is taken over. */
  readonly adopt: boolean;
}

export interface VaultUser {
  readonly name: string;
  readonly role: 'super' | 'regular';
  readonly api: 'fullaccess' | 'readonly';
  /** Whether the policy and the token role of its kind are made; one per environment and kind, `<env>-<role>-<api>`. */
  readonly create: boolean;
  /** Whether something of this name that the server has already is taken over. */
  readonly adopt: boolean;
}

export interface VaultAppRole {
  readonly name: string;
  readonly policies: readonly string[];
  /** How long a token of the role lives, in seconds. */
  readonly tokenTtlSeconds: number;
  /** How long a secret id of the role lives, in seconds. */
  readonly secretIdTtlSeconds: number;
  readonly create: boolean;
  /** Whether something of this name that the server has already is taken over. */
  readonly adopt: boolean;
}

export interface VaultAudit {
  readonly path: string;
  readonly type: 'file' | 'syslog' | 'socket';
  readonly options: { readonly [key: string]: string };
  readonly create: boolean;
}

/** The mount that users share secrets in: `secret`, or where the catalog has none of that name, its first. */
export function sharedMount(mounts: Vault['mounts']): string {
  return (mounts.find(({ path }) => path === 'secret') ?? mounts[0])?.path ?? 'secret';
}

/** What the section creates, as `vault/mounts/secret`; nothing where there is no `create` in it. */
export function vaultMembers({ mounts, policies, users, approles, audits }: Creations): readonly string[] {
  const created = (kind: string, things: readonly { create: boolean; name: string }[]): readonly string[] =>
    things.filter(({ create }) => create).map(({ name }) => `vault/${kind}/${name}`);
  const byPath = <T extends { path: string }>(things: readonly T[]) =>
    things.map((thing) => ({ ...thing, name: thing.path }));
  return [
    ...created('mounts', byPath(mounts)),
    ...created('policies', policies),
    ...created('users', users),
    ...created('approles', approles),
    ...created('audits', byPath(audits)),
  ];
}

interface Creations extends Pick<Vault, 'mounts' | 'policies' | 'users' | 'approles'> {
  readonly audits: readonly Pick<VaultAudit, 'path' | 'create'>[];
}
