import { SecretFolder } from '../model/vault/secret-folder';
import type { SecretReference } from '../model/vault/secret-reference';
import { type Answer, type JsonObject, objectOf, texts } from './answer';
import { type EngineKind, Engines, fullPath, type Mount } from './engines';
import * as trouble from './secret-failure';
import { encoded, type VaultServer } from './server';
import { VaultError } from './vault-error';

/** The one field that the controller reads (domain.md §2A A3). */
const FIELD = 'value';

export interface SecretsOptions {
  /** KV versions by mount, as the catalog declares them. */
  readonly declared: ReadonlyMap<string, 1 | 2>;
  /** Whether each log-in is a new token, so that nothing that is put into its cubbyhole is ever found again. */
  readonly newTokenEachTime: boolean;
}

type Place = SecretReference | SecretFolder;

/** What is done at a place; a KV v2 engine keeps values and names in two trees. */
interface Deed {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly act: string;
  readonly part: 'data' | 'metadata';
  /** Lists what is below. @default false */
  readonly list?: boolean;
  readonly value?: string;
}

const READ: Deed = { method: 'GET', act: 'reading it', part: 'data' };
const LIST: Deed = { method: 'GET', act: 'listing it', part: 'metadata', list: true };
const REMOVE: Deed = { method: 'DELETE', act: 'removing it', part: 'metadata' };

/** Secrets of a server by reference: one a path, in its field `value` (domain.md §2A A3, A4). */
export class Secrets {
  private readonly engines: Engines;

  constructor(
    private readonly server: VaultServer,
    private readonly options: SecretsOptions,
  ) {
    this.engines = new Engines(server, options.declared);
  }

  /** @throws {@link VaultError} also when there is none, or none with a text in `value` */
  async read(reference: SecretReference): Promise<string> {
    const value = await this.readIfThere(reference);
    if (value !== undefined) return value;
    throw await this.absence(reference);
  }

  /** That there is no secret: nothing, or a folder. */
  private async absence(reference: SecretReference): Promise<VaultError> {
    const names = await this.namesIn(SecretFolder.parse(reference.toString())).catch(() => undefined);
    return names === undefined
      ? trouble.missing(reference)
      : trouble.folderNotSecret(reference, names.length);
  }

  /** The value, or undefined where there is no secret. @throws {@link VaultError} for all other troubles */
  async readIfThere(reference: SecretReference): Promise<string | undefined> {
    const { kind, answer } = await this.act(reference, READ);
    if (answer.status === 404) {
      const metadata = objectOf(answer.data.metadata);
      if (metadata !== undefined) throw trouble.deleted(reference, metadata);
      return undefined;
    }
    const data = kind === 'kv2' ? objectOf(answer.data.data) : answer.data;
    const value = data?.[FIELD];
    if (typeof value !== 'string' || value === '') throw trouble.noValue(reference, value, data ?? {});
    this.server.options.masks.add(value);
    return value;
  }

  /** Writes a secret over what is there; returns the version that a KV v2 engine gave it. @throws {@link VaultError} */
  async write(reference: SecretReference, value: string): Promise<number | undefined> {
    this.server.options.masks.add(value);
    const { kind, answer } = await this.act(reference, {
      method: 'POST',
      act: 'writing it',
      part: 'data',
      value,
    });
    const { version } = answer.data;
    if (kind === 'kv2' && typeof version !== 'number') throw trouble.notVersioned(reference);
    return typeof version === 'number' ? version : undefined;
  }

  /** Names in a folder, sorted; those that end in `/` are folders. @throws {@link VaultError} also when nothing is in it */
  async list(folder: SecretFolder): Promise<readonly string[]> {
    const names = await this.namesIn(folder);
    if (names !== undefined) return names;
    throw (await this.isSecret(folder)) ? trouble.secretNotFolder(folder) : trouble.emptyFolder(folder);
  }

  /**
   * Removes a secret, in KV v2 with all its versions.
   *
   * @throws {@link VaultError} also where there is none, as far as the token may look: the server would say the same as
   * after a removal, and a wrong name would pass for one
   */
  async remove(reference: SecretReference): Promise<void> {
    if (await this.isAbsent(reference)) throw await this.absence(reference);
    await this.act(reference, REMOVE);
  }

  /** False as well where the token may remove and not read. */
  private async isAbsent(reference: SecretReference): Promise<boolean> {
    try {
      const { answer } = await this.act(reference, READ);
      return answer.status === 404 && objectOf(answer.data.metadata) === undefined;
    } catch (error) {
      if (error instanceof VaultError && error.trouble === 'denied') return false;
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

  /** Does something at a place, and finds out the engine's kind on the way. A 404 that comes back is about the secret. */
  private async act(
    place: Place,
    deed: Deed,
  ): Promise<{ readonly kind: EngineKind; readonly answer: Answer }> {
    if (place.isCubbyhole && this.options.newTokenEachTime) throw trouble.lostCubbyhole(place);
    const mount = await this.engines.mountOf(place);
    const { kind } = mount;
    const asked = { what: place.toString(), act: deed.act };
    const answer = await this.server.ask(deed.method, pathOf(place, mount, deed), asked, {
      accept: [404],
      ...(deed.value === undefined ? {} : { body: bodyOf(kind, deed.value) }),
    });
    if (answer.status !== 404) return { kind, answer };
    if (kind === 'kv1' && answer.warnings.some((warning) => /versioned K\/V/i.test(warning))) {
      this.engines.isVersioned(mount);
      return this.act(place, deed);
    }
    const unexpected = trouble.noEngine(place, answer);
    if (unexpected !== undefined) throw unexpected;
    return { kind, answer };
  }
}

function pathOf(place: Place, mount: Mount, { part, list = false }: Deed): string {
  const below = fullPath(place).slice(mount.path.length + 1);
  const parts = [mount.path, ...(mount.kind === 'kv2' ? [part] : []), ...(below === '' ? [] : [below])];
  // The same as the method LIST, which not everything between here and there lets through.
  return list ? `${encoded(...parts)}/?list=true` : encoded(...parts);
}

function bodyOf(kind: EngineKind, value: string): JsonObject {
  return kind === 'kv2' ? { data: { [FIELD]: value } } : { [FIELD]: value };
}
