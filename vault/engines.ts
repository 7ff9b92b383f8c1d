import type { SecretFolder } from '../model/vault/secret-folder';
import { CUBBYHOLE, NO_ENGINES, type SecretReference } from '../model/vault/secret-reference';
import { objectOf, textOf } from './answer';
import { encoded, type VaultServer } from './server';
import { shortened } from './shortened';
import { VaultError } from './vault-error';

/** How secrets are read and written at a mount. */
export type EngineKind = 'cubbyhole' | 'kv1' | 'kv2';

/** A mount that holds secrets. Its path may have several segments, although a reference calls the first one the engine. */
export interface Mount {
  readonly path: string;
  readonly kind: EngineKind;
}

/**
 * The kinds of a server's mounts.
 *
 * The server is asked at `sys/internal/ui/mounts`, which a token may read if it may do anything below the mount. Where the
 * server does not answer that, the catalog's declaration holds, and else version 1, the kind that the controller uses.
 */
export class Engines {
  private readonly known: Mount[] = [{ path: CUBBYHOLE, kind: 'cubbyhole' }];

  constructor(
    private readonly server: VaultServer,
    /** KV versions by mount, as the catalog declares them. */
    private readonly declared: ReadonlyMap<string, 1 | 2>,
  ) {}

  /** @throws {@link VaultError} when another kind is mounted there, or another version than the catalog declares */
  async mountOf(place: SecretReference | SecretFolder): Promise<Mount> {
    if (NO_ENGINES.has(place.engine)) throw noEngine(place.engine);
    const known = this.known.find(({ path }) => isBelow(place, path));
    return known ?? this.learn(await this.look(place));
  }

  /** Notes that the server answered a request of version 1 with the warning that the engine is versioned. @throws {@link VaultError} */
  noteVersioned(mount: Mount): void {
    if (this.declared.get(mount.path) === 1) throw otherVersion(mount.path, 1);
    this.learn({ ...mount, kind: 'kv2' });
  }

  private learn(mount: Mount): Mount {
    this.known.unshift(mount);
    return mount;
  }

  private async look(place: SecretReference | SecretFolder): Promise<Mount> {
    const found = await this.ask(place);
    const [path, version] = [...this.declared].find(([mount]) => isBelow(place, mount)) ?? [];
    if (found === undefined) return { path: path ?? place.engine, kind: version === 2 ? 'kv2' : 'kv1' };
    const declared = this.declared.get(found.path);
    if (declared !== undefined && found.kind !== `kv${declared}`) throw otherVersion(found.path, declared);
    return found;
  }

  private async ask(place: SecretReference | SecretFolder): Promise<Mount | undefined> {
    const asked = { what: place.toString(), act: 'asking for its engine' };
    // A refusal is not an error here: the request that follows reports it about the secret itself.
    const accept = [400, 403, 404];
    const path = `sys/internal/ui/mounts/${encoded(fullPath(place))}`;
    const { status, data } = await this.server.ask('GET', path, asked, { accept });
    const type = textOf(data.type);
    const mount = textOf(data.path)?.replace(/\/$/, '') ?? place.engine;
    if (status >= 400 || type === undefined || !isBelow(place, mount)) return undefined;
    if (type !== 'kv' && type !== 'generic') throw otherEngine(mount, type);
    return { path: mount, kind: objectOf(data.options)?.version === '2' ? 'kv2' : 'kv1' };
  }
}

/** The path of a place in Vault's API: its engine and its path in one. */
export function fullPath({ engine, path }: SecretReference | SecretFolder): string {
  return path === '' ? engine : `${engine}/${path}`;
}

function isBelow(place: SecretReference | SecretFolder, mount: string): boolean {
  return `${fullPath(place)}/`.startsWith(`${mount}/`);
}

function noEngine(engine: string): VaultError {
  return new VaultError('engine', {
    where: `vault://${engine}`,
    summary: `must be a kv engine or the cubbyhole, and ${engine} is the server's own`,
    fixes: ['correct the first part of the reference'],
  });
}

function otherEngine(engine: string, type: string): VaultError {
  return new VaultError('engine', {
    where: `vault://${engine}`,
    summary: `must be a kv engine or the cubbyhole, got an engine of type "${shortened(type, 40)}"`,
    fixes: ['correct the first part of the reference'],
  });
}

/** The catalog declares another version than the server has. */
function otherVersion(engine: string, declared: 1 | 2): VaultError {
  return new VaultError('engine', {
    where: `vault.mounts.${engine}`,
    summary: `must have the version of the server's engine, ${declared === 1 ? 2 : 1}, got ${declared}`,
    fixes: ['correct it in the catalog'],
  });
}
