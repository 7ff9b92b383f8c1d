import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOCKER_FILES } from '../../../sandbox/docker/files';
import { dockerProvider } from '../../../sandbox/docker/provider/provider';
import { DOCKER_VALUES } from '../../../sandbox/docker/provider/values';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import { completed } from '../../../sandbox/provider/normalize';
import { planChange } from '../../../sandbox/provider/plan';
import { typesOf } from '../../../sandbox/provider/resource-type';
import {
  isSession,
  type Session,
  type SimulatedProvider,
  Unfinished,
} from '../../../sandbox/provider/simulated-provider';
import { NO_TAGS } from '../../../sandbox/provider/tags';
import { ObjectLog } from '../../../sandbox/store/objects';
import { proposal } from '../../../tools/fidelity/samples';

/** What a change leaves in the state, and the provider's words if it is refused. */
interface Changed {
  readonly state: ObjectValue | null;
  readonly refused: string;
}

/** The engine of one host, behind the simulated provider. Types are named without `docker_`. */
export class DockerHost {
  private readonly session: Session;

  constructor(
    private readonly provider: SimulatedProvider,
    readonly log: ObjectLog,
    readonly host: string,
  ) {
    const session = provider.configure(completed(DOCKER_FILES.schema.provider.block, { host }));
    if (!isSession(session)) throw new Error(session.summary);
    this.session = session;
  }

  /** Plans and makes an object, or changes the one of a state. */
  async change(type: string, prior: ObjectValue | null, given: ObjectValue): Promise<Changed> {
    const resource = typesOf(DOCKER_FILES)(`docker_${type}`);
    const { block } = resource.schema;
    const config = completed(block, given);
    const proposed = prior === null ? config : proposal(block, prior, config);
    const planned = planChange(resource, { prior, proposed, config }, NO_TAGS, DOCKER_VALUES).planned ?? {};
    try {
      const state =
        prior === null
          ? await this.session.create(resource, { planned, config })
          : await this.session.update(resource, { prior, planned, config });
      return { state, refused: '' };
    } catch (failure) {
      const isPartial = failure instanceof Unfinished;
      return {
        state: isPartial ? failure.state : prior,
        refused: this.words(isPartial ? failure.reason : failure),
      };
    }
  }

  /** Makes an object. @throws Error with the provider's words if it is refused */
  async make(type: string, given: ObjectValue): Promise<ObjectValue> {
    const { state, refused } = await this.change(type, null, given);
    if (refused !== '' || state === null) throw new Error(refused);
    return state;
  }

  /** The provider's words about an object that it does not make; empty if it makes it. */
  async refusal(type: string, given: ObjectValue): Promise<string> {
    return (await this.change(type, null, given)).refused;
  }

  read(type: string, state: ObjectValue): ObjectValue | null {
    return this.session.read(typesOf(DOCKER_FILES)(`docker_${type}`), state);
  }

  /** Removes the object of a state. @returns the provider's words if it refuses, else an empty text */
  async remove(type: string, state: ObjectValue): Promise<string> {
    try {
      await this.session.delete(typesOf(DOCKER_FILES)(`docker_${type}`), state);
      return '';
    } catch (failure) {
      return this.words(failure);
    }
  }

  /** A container of an image that was loaded by hand. */
  container(name: string, more: ObjectValue = {}): Promise<ObjectValue> {
    return this.make('container', { name, image: LOADED, ...more });
  }

  /** The provider's words about such a container. */
  refusedContainer(more: ObjectValue): Promise<string> {
    return this.refusal('container', { name: 'refused', image: LOADED, ...more });
  }

  /** The names of the engine's objects of a type, or their ids where they have none. */
  names(type: string): readonly string[] {
    return this.log
      .ofTypes([`docker_${type}`])
      .filter(({ region }) => region === this.host)
      .map(({ id, attributes }) => String(attributes.name ?? id));
  }

  private words(failure: unknown): string {
    const diagnostic = this.provider.diagnosticFor('', 'create', '', failure);
    if (diagnostic === undefined) throw failure;
    return diagnostic.summary;
  }
}

/** The id of an image that somebody has loaded on each host. */
export const LOADED = `sha256:${'ab'.repeat(32)}`;

/** Hosts with a common log of objects, in a temporary folder. */
export class DockerHosts {
  private readonly folder = mkdtempSync(join(tmpdir(), 'kakehashi-docker-'));
  private readonly log = ObjectLog.open(join(this.folder, 'objects.jsonl'));
  private readonly provider = dockerProvider(this.log);

  host(address = 'unix:///var/run/docker.sock'): DockerHost {
    return new DockerHost(this.provider, this.log, address);
  }

  remove(): void {
    this.log.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
