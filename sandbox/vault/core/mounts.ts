import { badRequest } from '../request/exchange';
import { mountAccessor, newUuid } from '../store/identifiers';
import type { VaultStore } from '../store/vault-store';

/** Settings of a mount that can be changed. Times are seconds, 0 for the server's own. */
export interface MountSettings {
  readonly description: string;
  readonly options: Readonly<Record<string, string>> | null;
  readonly default_lease_ttl_seconds: number;
  readonly max_lease_ttl_seconds: number;
  readonly listing_visibility: string;
  readonly token_type: string;
  readonly audit_non_hmac_request_keys: readonly string[];
  readonly audit_non_hmac_response_keys: readonly string[];
  readonly passthrough_request_headers: readonly string[];
  readonly allowed_response_headers: readonly string[];
}

/** Something mounted at a path, which ends in a slash. */
export interface Mount extends MountSettings {
  readonly path: string;
  readonly type: string;
  readonly accessor: string;
  readonly uuid: string;
  readonly local: boolean;
  readonly seal_wrap: boolean;
  readonly external_entropy_access: boolean;
}

export const PLAIN_SETTINGS: MountSettings = {
  description: '',
  options: null,
  default_lease_ttl_seconds: 0,
  max_lease_ttl_seconds: 0,
  listing_visibility: '',
  token_type: '',
  audit_non_hmac_request_keys: [],
  audit_non_hmac_response_keys: [],
  passthrough_request_headers: [],
  allowed_response_headers: [],
};

/** Types of which the server has one each, made by itself. */
const SINGLE = ['cubbyhole', 'identity', 'system', 'token'];

/** Everything about a new mount but what the server makes itself. */
export type NewMount = Omit<Mount, 'accessor' | 'uuid'>;

/** Two kinds of mounts: secret engines, and ways to log in below `auth/`. */
export interface MountKind {
  /** The type of the records. */
  readonly record: 'vault_mount' | 'vault_auth_backend';
  /** What is always there, and what only the server itself may mount: path to type and description. */
  readonly builtIn: Readonly<Record<string, readonly [type: string, description: string]>>;
  readonly reserved: readonly string[];
  /** Types that can be mounted; `kv-v2` is turned into `kv` before. */
  readonly types: readonly string[];
}

export const SECRET_ENGINES: MountKind = {
  record: 'vault_mount',
  builtIn: {
    'cubbyhole/': ['cubbyhole', 'per-token private secret storage'],
    'identity/': ['identity', 'identity store'],
    'sys/': ['system', 'system endpoints used for control, policy and debugging'],
  },
  reserved: ['audit/', 'auth/', 'sys/', 'cubbyhole/', 'identity/'],
  types: ['kv'],
};

export const AUTH_METHODS: MountKind = {
  record: 'vault_auth_backend',
  builtIn: { 'token/': ['token', 'token based credentials'] },
  reserved: [],
  types: ['approle'],
};

/** The mounts of one kind. */
export class Mounts {
  private readonly builtIn: readonly Mount[];

  constructor(
    private readonly store: VaultStore,
    private readonly kind: MountKind,
  ) {
    this.builtIn = Object.entries(kind.builtIn).map(([path, [type, description]]) => ({
      ...PLAIN_SETTINGS,
      description,
      path,
      type,
      accessor: mountAccessor(type),
      uuid: newUuid(),
      local: type === 'cubbyhole',
      seal_wrap: false,
      external_entropy_access: false,
      ...(type === 'token' ? { token_type: 'default-service' } : {}),
    }));
  }

  all(): readonly Mount[] {
    const own = this.store.all(this.kind.record).map(({ attributes }) => attributes as unknown as Mount);
    return [...this.builtIn, ...own].sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  at(path: string): Mount | undefined {
    return this.all().find((mount) => mount.path === path);
  }

  /** The mount that serves a path: no mount lies within another. */
  serving(path: string): Mount | undefined {
    return this.all().find((mount) => path.startsWith(mount.path) || `${path}/` === mount.path);
  }

  isBuiltIn({ path }: Mount): boolean {
    return path in this.kind.builtIn;
  }

  /** @throws {@link VaultError} 400 for a path that is reserved or taken, or a type that is not there */
  mount(wanted: NewMount): Mount {
    const { path, type } = wanted;
    if (type === '') throw badRequest('backend type must be specified as a string');
    if (path === '/' || path.includes('//')) throw badRequest(`invalid mount path ${JSON.stringify(path)}`);
    if (this.kind.reserved.some((reserved) => path.startsWith(reserved)))
      throw badRequest(`cannot mount "${path}"`);
    if (SINGLE.includes(type)) throw badRequest(`mount type of "${type}" is not mountable`);
    if (!this.kind.types.includes(type)) throw badRequest(`plugin not found in the catalog: ${type}`);
    const taken = this.all().find((mount) => path.startsWith(mount.path) || mount.path.startsWith(path));
    if (taken !== undefined) throw badRequest(`path is already in use at ${taken.path}`);
    return this.put({ ...wanted, accessor: mountAccessor(type), uuid: newUuid() });
  }

  change(mount: Mount, settings: Partial<MountSettings>): void {
    if (!this.isBuiltIn(mount)) this.put({ ...mount, ...settings });
  }

  /** Takes a mount away; what lies in it is the caller's to delete. */
  unmount(path: string): Mount | undefined {
    const mount = this.at(path);
    if (mount === undefined) return undefined;
    if (mount.type === 'token') throw badRequest('token credential backend cannot be disabled');
    if (this.isBuiltIn(mount)) throw badRequest(`cannot unmount "${path}"`);
    this.store.delete(this.kind.record, recordId(path));
    return mount;
  }

  /** Gives a mount another path; what lies in it is the caller's to move. */
  move(from: string, to: string): void {
    const mount = this.unmount(from);
    if (mount === undefined) throw badRequest(`no matching mount at "${from}"`);
    try {
      if (this.at(to) !== undefined) throw badRequest(`path already in use at "${to}"`);
      this.mount({ ...mount, path: to });
      this.put({ ...mount, path: to });
    } catch (failure) {
      this.put(mount);
      throw failure;
    }
  }

  private put(mount: Mount): Mount {
    this.store.put(this.kind.record, recordId(mount.path), { ...mount });
    return mount;
  }
}

/** A record's id is what Terraform has as the resource's: the path without its slash. */
function recordId(path: string): string {
  return path.replace(/\/$/, '');
}
