import type { Attributes } from '../provider/attributes';
import { hex } from '../provider/derived';
import type { ObjectLog } from '../store/objects';
import type { SandboxObject } from '../store/sandbox-object';
import type { DockerManagedType } from './types';

/** An object of an engine, with the engine's own attributes: those of a Terraform state where it has the same ones. */
export interface EngineObject extends SandboxObject {
  readonly attributes: Attributes;
}

const ID_LENGTH = 64;

/** The simulated engine of one host. The objects of several hosts lie in one log, each in the region that has its host's address. */
export class Engine {
  constructor(
    private readonly log: ObjectLog,
    readonly host: string,
  ) {}

  get(type: DockerManagedType, id: string): EngineObject | undefined {
    return this.log.get(type, this.host, id) as EngineObject | undefined;
  }

  /** The objects of a type, oldest first. */
  all(type: DockerManagedType): readonly EngineObject[] {
    return (this.log.ofTypes([type]) as readonly EngineObject[]).filter(({ region }) => region === this.host);
  }

  /** Stores a new object, or one with changed attributes. */
  put(type: DockerManagedType, id: string, attributes: Attributes): EngineObject {
    const object = { type, id, region: this.host, attributes: { ...attributes, id } };
    this.log.put(object);
    return object;
  }

  remove({ type, id }: EngineObject): void {
    this.log.delete(type, this.host, id);
  }

  /** An id that no object of any engine has had. @param parts what the object is, so that equal runs give equal ids */
  newId(...parts: readonly string[]): string {
    const id = (count: number) => hex(ID_LENGTH, this.host, ...parts, String(count));
    let count = 0;
    while (this.log.isUsed(id(count))) count++;
    return id(count);
  }
}
