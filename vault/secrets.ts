import { SecretFolder } from '../model/vault/secret-folder';
import type { SecretReference } from '../model/vault/secret-reference';
import { type Answer, type JsonObject, objectOf, texts } from './answer';
import { type EngineKind, Engines, fullPath, type Mount } from './engines';
import * as failure from './secret-failure';
import { encoded, type VaultServer } from './server';
import { VaultError } from './vault-error';

/** The one field of a secret that the controller reads (docs/reference/vault.md). */
const FIELD = 'value';

export interface SecretsOptions {
  /** KV version by mount, as the catalog declares it. */
  readonly declared: ReadonlyMap<string, 1 | 2>;
  /** Whether each log-in gets a new token, so that nothing in its cubbyhole is ever found again. */
  readonly newTokenEachTime: boolean;
}

type Place = SecretReference | SecretFolder;

/** A request at a place. A KV v2 engine keeps values and names in two trees, `data` and `metadata`. */
interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly act: string;
  readonly part: 'data' | 'metadata';
  /** Whether it lists the names below the place. @default false */
  readonly list?: boolean;
  readonly value?: string;
}

const READ: Operation = { method: 'GET', act: 'reading it', part: 'data' };
const LIST: Operation = { method: 'GET', act: 'listing it', part: 'metadata', list: true };
const REMOVE: Operation = { method: 'DELETE', act: 'removing it', part: 'metadata' };

/** The secrets of a server by reference: one at each path, in its field `value`. */
export class Secrets {
  private readonly engines: Engines;

  constructor(
    private readonly server: VaultServer,
    private readonly options: SecretsOptions,
  ) {
    this.engines = new Engines(server, options.declared);
  }

  /** @throws {@link VaultError}, also when there is no such secret, or it has no text in `value` */
  async read(reference: SecretReference): Promise<string> {
    const value = await this.readIfThere(reference);
    if (value !== undefined) return value;
    throw await this.absence(reference);
  }

  /** The error for a reference without a secret: nothing is there, or a folder. */
  private async absence(reference: SecretReference): Promise<VaultError> {
    const names = await this.namesIn(SecretFolder.parse(reference.toString())).catch(() => undefined);
    return names === undefined
      ? failure.missing(reference)
      : failure.folderNotSecret(reference, names.length);
  }

  /** The value; undefined where there is no secret. @throws {@link VaultError} for all other errors */
  async readIfThere(reference: SecretReference): Promise<string | undefined> {
    const { kind, answer } = await this.act(reference, READ);
    if (answer.status === 404) {
      const metadata = objectOf(answer.data.metadata);
      if (metadata !== undefined) throw failure.deleted(reference, metadata);
      return undefined;
    }
    const data = kind === 'kv2' ? objectOf(answer.data.data) : answer.data;
    const value = data?.[FIELD];
    if (typeof value !== 'string' || value === '') throw failure.noValue(reference, value, data ?? {});
    this.server.options.masks.add(value);
    return value;
  }

  /** Writes a secret, or overwrites it. Returns the version that a KV v2 engine gave it. @throws {@link VaultError} */
  async write(reference: SecretReference, value: string): Promise<number | undefined> {
    this.server.options.masks.add(value);
    const { kind, answer } = await this.act(reference, {
      method: 'POST',
      act: 'writing it',
      part: 'data',
      value,
    });
    const { version } = answer.data;
    if (kind === 'kv2' && typeof version !== 'number') throw failure.notVersioned(reference);
    return typeof version === 'number' ? version : undefined;
  }

  /** Lists the names in a folder, sorted; those that end in `/` are folders. @throws {@link VaultError}, also for an empty folder */
  async list(folder: SecretFolder): Promise<readonly string[]> {
    const names = await this.namesIn(folder);
    if (names !== undefined) return names;
    throw (await this.isSecret(folder)) ? failure.secretNotFolder(folder) : failure.emptyFolder(folder);
  }

  /**
   * Removes a secret, in KV v2 with all its versions.
   *
   * @throws {@link VaultError}, also when there is no such secret and the token may read there: the server would answer as
   * after a removal, and a wrong name would not be noticed
   */
  async remove(reference: SecretReference): Promise<void> {
    if (await this.isAbsent(reference)) throw await this.absence(reference);
    await this.act(reference, REMOVE);
  }

  /** Whether there is no secret; false as well where the token may remove and not read. */
  private async isAbsent(reference: SecretReference): Promise<boolean> {
    try {
      const { answer } = await this.act(reference, READ);
      return answer.status === 404 && objectOf(answer.data.metadata) === undefined;
    } catch (error) {
      if (error instanceof VaultError && error.code === 'denied') return false;
      throw error;
    }
  }

  private async namesIn(folder: SecretFolder): Promise<readonly string[] | undefined> {
    const { answer } = await this.act(folder, LIST);
    return answer.status === 404 ? undefined : [...texts(answer.data.keys)].sort();
  }

  private async isSecret(folder: SecretFolder): Promise<boolean> {
    if (folder.path === '') return false;
    const answer = await this.act(folder, READ).catch((): undefined => undefined);
    return answer?.answer.status === 200;
  }

  /** Sends a request at a place, once the engine's kind is known. A 404 that it returns is about the secret. */
  private async act(
    place: Place,
    operation: Operation,
  ): Promise<{ readonly kind: EngineKind; readonly answer: Answer }> {
    if (place.isCubbyhole && this.options.newTokenEachTime) throw failure.lostCubbyhole(place);
    const mount = await this.engines.mountOf(place);
    const { kind } = mount;
    const asked = { what: place.toString(), act: operation.act };
    const answer = await this.server.ask(operation.method, pathOf(place, mount, operation), asked, {
      accept: [404],
      ...(operation.value === undefined ? {} : { body: bodyOf(kind, operation.value) }),
    });
    if (answer.status !== 404) return { kind, answer };
    if (kind === 'kv1' && answer.warnings.some((warning) => /versioned K\/V/i.test(warning))) {
      this.engines.noteVersioned(mount);
      return this.act(place, operation);
    }
    const unexpected = failure.noEngine(place, answer);
    if (unexpected !== undefined) throw unexpected;
    return { kind, answer };
  }
}

function pathOf(place: Place, mount: Mount, { part, list = false }: Operation): string {
  const below = fullPath(place).slice(mount.path.length + 1);
  const parts = [mount.path, ...(mount.kind === 'kv2' ? [part] : []), ...(below === '' ? [] : [below])];
  // The same as the method LIST, which some proxies refuse.
  return list ? `${encoded(...parts)}/?list=true` : encoded(...parts);
}

function bodyOf(kind: EngineKind, value: string): JsonObject {
  return kind === 'kv2' ? { data: { [FIELD]: value } } : { [FIELD]: value };
}
