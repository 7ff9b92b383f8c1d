import { badRequest } from '../request/exchange';
import { mountAccessor, newUuid } from '../store/identifiers';
import type { VaultStore } from '../store/vault-store';
import { unsimulatedMount } from './unsimulated';

/** Settings of a mount that can be changed. Times are in seconds; 0 stands for the server's default. */
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

/** A secrets engine or auth method that is mounted at a path. The path ends in a slash. */
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

/** Types that cannot be mounted, because every server has exactly one mount of each. */
const SINGLE = ['cubbyhole', 'identity', 'system', 'token'];

/** A mount without the parts that the server generates. */
export type NewMount = Omit<Mount, 'accessor' | 'uuid'>;

/** One of the two kinds of mounts: secrets engines, and auth methods, whose paths are below `auth/`. */
export interface MountKind {
  /** The type under which mounts of this kind are stored. */
  readonly record: 'vault_mount' | 'vault_auth_backend';
  /** The type and the description of the mounts that every server has, by path. */
  readonly builtIn: Readonly<Record<string, readonly [type: string, description: string]>>;
  readonly reserved: readonly string[];
  /** Types that can be mounted. `kv-v1` and `kv-v2` are changed to `kv` before they are looked at; `generic` is KV v1 by its older name. */
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
  types: ['kv', 'generic'],
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

  /** The mount that serves a path. There is at most one, because no mount lies within another. */
  serving(path: string): Mount | undefined {
    return this.all().find((mount) => path.startsWith(mount.path) || `${path}/` === mount.path);
  }

  isBuiltIn({ path }: Mount): boolean {
    return path in this.kind.builtIn;
  }

  /** Adds a mount. @throws {@link VaultError} 400 for a path that is reserved or in use, or an unknown type */
  mount(wanted: NewMount): Mount {
    const { path, type } = wanted;
    if (type === '') throw badRequest('backend type must be specified as a string');
    if (path === '/' || path.includes('//')) throw badRequest(`invalid mount path ${JSON.stringify(path)}`);
    if (this.kind.reserved.some((reserved) => path.startsWith(reserved)))
      throw badRequest(`cannot mount "${path}"`);
    if (SINGLE.includes(type)) throw badRequest(`mount type of "${type}" is not mountable`);
    if (!this.kind.types.includes(type))
      throw (
        unsimulatedMount(this.kind.record, type) ?? badRequest(`plugin not found in the catalog: ${type}`)
      );
    const taken = this.all().find((mount) => path.startsWith(mount.path) || mount.path.startsWith(path));
    if (taken !== undefined) throw badRequest(`path is already in use at ${taken.path}`);
    return this.put({ ...wanted, accessor: mountAccessor(type), uuid: newUuid() });
  }

  change(mount: Mount, settings: Partial<MountSettings>): void {
    if (!this.isBuiltIn(mount)) this.put({ ...mount, ...settings });
  }

  /** Removes a mount. The caller deletes its contents. */
  unmount(path: string): Mount | undefined {
    const mount = this.at(path);
    if (mount === undefined) return undefined;
    if (mount.type === 'token') throw badRequest('token credential backend cannot be disabled');
    if (this.isBuiltIn(mount)) throw badRequest(`cannot unmount "${path}"`);
    this.store.delete(this.kind.record, recordId(path));
    return mount;
  }

  /** Moves a mount to another path. The caller moves its contents. */
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

/** The id of a mount's record, which is also the id of its Terraform resource: the path without its slash. */
function recordId(path: string): string {
  return path.replace(/\/$/, '');
}
