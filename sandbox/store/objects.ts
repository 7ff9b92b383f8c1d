import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../base/make-folder';
import type { PidLock } from '../../base/pid-lock';
import { Creation, type ObjectKey } from './creation';
import { type LogLine, parseLog } from './objects-lines';
import { holdLog } from './objects-lock';
import { SandboxError } from './sandbox-error';
import type { SandboxObject } from './sandbox-object';

export { SandboxError } from './sandbox-error';
export type { SandboxObject } from './sandbox-object';

function keyOf(object: ObjectKey): string {
  return `${object.type} ${object.region} ${object.id}`;
}

/** An object of a cloud that was deleted. */
interface DeletedObject {
  readonly object: SandboxObject;
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface Replayed {
  /** The objects that exist, in the order of their creation. */
  readonly objects: Map<string, SandboxObject>;
  readonly deleted: Map<string, DeletedObject>;
}

/** The objects after all the lines of a log. */
function replay(lines: readonly LogLine[]): Replayed {
  const objects = new Map<string, SandboxObject>();
  const deleted = new Map<string, DeletedObject>();
  for (const line of lines) {
    if (line.op === 'put') {
      objects.set(keyOf(line.object), line.object);
      deleted.delete(keyOf(line.object));
    } else if (line.op === 'delete') {
      const object = objects.get(keyOf(line));
      if (object !== undefined && hasArn(object)) deleted.set(keyOf(line), { object, at: line.at ?? 0 });
      objects.delete(keyOf(line));
    }
  }
  return { objects, deleted };
}

/** Whether it is an object of a cloud that can be found by its ARN. Nothing else is remembered after it was deleted: it may be a secret. */
function hasArn({ attributes }: SandboxObject): boolean {
  return typeof attributes.arn === 'string';
}

/**
 * The simulated objects, in an append-only file of JSON lines that one process at a time owns.
 *
 * A line is written before the change is acknowledged, so a kill loses no acknowledged change. A last line without a newline is
 * an interrupted write of a change that was not acknowledged; it is cut off. The file holds pre-shared keys, so its mode is 0600.
 */
export class ObjectLog {
  /** The same objects by type: nearly every rule of the cloud looks for the objects of one type. */
  private readonly byType = new Map<string, Map<string, SandboxObject>>();

  private constructor(
    private readonly lock: PidLock,
    private readonly descriptor: number,
    private readonly replayed: Replayed,
    private readonly usedIds: Set<string>,
  ) {
    for (const object of replayed.objects.values()) this.index(object);
  }

  /** @throws {@link SandboxError} when another living process owns the file, or a line of it cannot be read */
  static open(file: string): ObjectLog {
    makeFolder(dirname(file), 0o700);
    const lock = holdLog(file);
    try {
      const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
      const { lines, length } = parseLog(bytes, file);
      const descriptor = openSync(file, 'a', 0o600);
      fchmodSync(descriptor, 0o600);
      if (length < bytes.length) ftruncateSync(descriptor, length);
      const ids = lines.map((line) => (line.op === 'put' ? line.object.id : line.id));
      return new ObjectLog(lock, descriptor, replay(lines), new Set(ids));
    } catch (failure) {
      lock.release();
      throw failure;
    }
  }

  private get objects(): Map<string, SandboxObject> {
    return this.replayed.objects;
  }

  /** The objects of a cloud that were deleted since a time, in milliseconds since 1970. */
  deletedSince(time: number): readonly SandboxObject[] {
    return [...this.replayed.deleted.values()].filter(({ at }) => at >= time).map(({ object }) => object);
  }

  get(type: string, region: string, id: string): SandboxObject | undefined {
    return this.objects.get(keyOf({ type, region, id }));
  }

  all(): readonly SandboxObject[] {
    return [...this.objects.values()];
  }

  /** The objects of some types, oldest first. */
  ofTypes(types: readonly string[]): readonly SandboxObject[] {
    const [only, ...others] = types
      .map((type) => this.byType.get(type))
      .filter((found) => found !== undefined);
    if (others.length === 0) return [...(only?.values() ?? [])];
    return this.all().filter((object) => types.includes(object.type));
  }

  /** Whether an object of this file has, or had, an id. */
  isUsed(id: string): boolean {
    return this.usedIds.has(id);
  }

  put(object: SandboxObject): void {
    const made = this.get(object.type, object.region, object.id) === undefined && this.isResource(object);
    this.append({ op: 'put', object, made });
    this.usedIds.add(object.id);
    this.objects.set(keyOf(object), object);
    this.replayed.deleted.delete(keyOf(object));
    this.index(object);
  }

  /** Notes that Terraform is about to be told of an object that it asked for. @param as its id in the state */
  answered({ type, region, id }: ObjectKey, as: string): void {
    this.append({ op: 'answered', type, id, region, as });
  }

  delete(type: string, region: string, id: string): void {
    const object = this.get(type, region, id);
    if (object !== undefined && hasArn(object)) {
      const at = Date.now();
      this.append({ op: 'delete', type, id, region, at });
      this.replayed.deleted.set(keyOf({ type, region, id }), { object, at });
    } else this.append({ op: 'delete', type, id, region });
    this.objects.delete(keyOf({ type, region, id }));
    this.byType.get(type)?.delete(keyOf({ type, region, id }));
  }

  close(): void {
    closeSync(this.descriptor);
    this.lock.release();
  }

  /** Whether a new object is the resource whose creation is under way. */
  private isResource({ type, region, id }: SandboxObject): boolean {
    return Creation.current?.take({ type, region, id }, this) ?? false;
  }

  private index(object: SandboxObject): void {
    const ofType = this.byType.get(object.type) ?? new Map<string, SandboxObject>();
    ofType.set(keyOf(object), object);
    this.byType.set(object.type, ofType);
  }

  private append(line: LogLine): void {
    const written =
      line.op === 'put'
        ? { op: line.op, ...line.object, ...(line.made === true ? { made: true } : {}) }
        : line;
    appendWhole(this.descriptor, Buffer.from(`${JSON.stringify(written)}\n`));
  }
}

/** Appends all of the bytes or none. On a full disk a write may be partial, and the next line would continue the partial one. */
function appendWhole(descriptor: number, bytes: Buffer): void {
  const { size } = fstatSync(descriptor);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  } catch (failure) {
    ftruncateSync(descriptor, size);
    throw failure;
  }
}

/** The objects of a file, also while another process owns it; none if the file does not exist. */
export function listObjects(file: string, type?: string): readonly SandboxObject[] {
  if (!existsSync(file)) return [];
  const objects = [...replay(parseLog(readFileSync(file), file).lines).objects.values()];
  return type === undefined ? objects : objects.filter((object) => object.type === type);
}

/**
 * Removes all objects.
 *
 * @param before is called when it is sure that they are removed
 * @throws {@link SandboxError} if a running process owns the file
 */
export function resetObjects(file: string, before: () => void = () => undefined): void {
  if (!existsSync(file)) return;
  const lock = holdLog(file);
  try {
    before();
    rmSync(file, { force: true });
  } finally {
    lock.release();
  }
}
