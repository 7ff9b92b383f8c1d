import { CUBBYHOLE } from '../../model/secret-reference';
import { objectOf, textOf } from './answer';
import { encoded, type VaultServer } from './server';
import { shortened, VaultError } from './vault-error';

/** How secrets are read and written at a mount. */
export type EngineKind = 'cubbyhole' | 'kv1' | 'kv2';

/**
 * Which kind each mount is.
 *
 * The server is asked (`sys/internal/ui/mounts`, which any token may read that may do anything below the mount). Where it
 * does not tell, what the catalog declares holds, and else version 1, the controller's own kind.
 */
export class Engines {
  private readonly known = new Map<string, EngineKind>([[CUBBYHOLE, 'cubbyhole']]);

  constructor(
    private readonly server: VaultServer,
    /** KV versions by mount, as the catalog declares them. */
    private readonly declared: ReadonlyMap<string, 1 | 2>,
  ) {}

  /** @throws {@link VaultError} when another kind is mounted there, or another version than the catalog declares */
  async kindOf(engine: string): Promise<EngineKind> {
    const known = this.known.get(engine) ?? (await this.look(engine));
    this.known.set(engine, known);
    return known;
  }

  /** The server said, when it was spoken to as version 1, that the engine is versioned. @throws {@link VaultError} */
  isVersioned(engine: string): void {
    if (this.declared.get(engine) === 1) throw otherVersion(engine, 1);
    this.known.set(engine, 'kv2');
  }

  private async look(engine: string): Promise<EngineKind> {
    const declared = this.declared.get(engine);
    const found = await this.ask(engine);
    if (found === undefined) return declared === 2 ? 'kv2' : 'kv1';
    if (declared !== undefined && found !== `kv${declared}`) throw otherVersion(engine, declared);
    return found;
  }

  private async ask(engine: string): Promise<EngineKind | undefined> {
    const asked = { what: `vault://${engine}`, act: 'asking for its kind' };
    // A refusal is left to the request that follows, which says it about the secret itself.
    const accept = [400, 403, 404];
    const path = `sys/internal/ui/mounts/${encoded(engine)}`;
    const { status, data } = await this.server.ask('GET', path, asked, { accept });
    const type = textOf(data.type);
    if (status >= 400 || type === undefined) return undefined;
    if (type !== 'kv' && type !== 'generic') throw otherEngine(engine, type);
    return objectOf(data.options)?.version === '2' ? 'kv2' : 'kv1';
  }
}

function otherEngine(engine: string, type: string): VaultError {
  return new VaultError(
    'engine',
    `vault://${engine}: must be a kv engine or the cubbyhole, got an engine of type "${shortened(type, 40)}"; correct the first part of the reference`,
  );
}

/** The catalog declares another version than the server has. */
function otherVersion(engine: string, declared: 1 | 2): VaultError {
  return new VaultError(
    'engine',
    `vault.mounts.${engine}: must have the version of the server's engine, ${declared === 1 ? 2 : 1}, got ${declared}; correct it in the catalog`,
  );
}
