import { existsSync } from 'node:fs';
import { didYouMean } from '../base/text/nearest';
import type { Type } from './schemas/schema';
import { filesOf } from './simulated';
import { ObjectLog } from './store/objects';
import { SandboxError } from './store/sandbox-error';
import type { SandboxObject } from './store/sandbox-object';

type Json = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function conforms(type: Type, value: unknown): boolean {
  if (value === null || type === 'dynamic') return true;
  if (type === 'string') return typeof value === 'string';
  if (type === 'number') return typeof value === 'number';
  if (type === 'bool') return typeof value === 'boolean';
  if (type[0] === 'map')
    return isMap(value) && Object.values(value).every((member) => conforms(type[1], member));
  if (type[0] === 'object') {
    const members = type[1];
    return (
      isMap(value) &&
      Object.entries(value).every(([name, member]) => conforms(members[name] ?? 'string', member))
    );
  }
  if (type[0] === 'tuple') return Array.isArray(value);
  return Array.isArray(value) && value.every((member) => conforms(type[1], member));
}

function describe(type: Type): string {
  if (typeof type === 'string') return `a ${type}`;
  return type[0] === 'map' ? 'a map' : type[0] === 'object' ? 'an object' : `a ${type[0]}`;
}

function find(objects: readonly SandboxObject[], type: string, id: string): SandboxObject {
  const ofType = objects.filter((object) => object.type === type);
  if (ofType.length === 0) {
    const types = [...new Set(objects.map((object) => object.type))];
    throw new SandboxError(`${type}: no simulated object of this type${didYouMean(type, types)}`);
  }
  const [found, another] = ofType.filter((object) => object.id === id);
  if (found === undefined) {
    const ids = ofType.map((object) => object.id);
    const hint =
      didYouMean(id, ids) || `; there are: ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}`;
    throw new SandboxError(`${type}: no simulated object "${id}"${hint}`);
  }
  if (another === undefined) return found;
  throw new SandboxError(
    `${type}: "${id}" is in several regions (${found.region}, ${another.region}); reset one of them`,
  );
}

/** The changes that new `tags` mean: the cloud's tags are in `tags_all`, of which `tags` are the resource's own part. */
function tagChanges(attributes: Json, tags: unknown): Json {
  const own = isMap(attributes.tags) ? attributes.tags : {};
  const all = isMap(attributes.tags_all) ? Object.entries(attributes.tags_all) : [];
  const others = Object.fromEntries(all.filter(([key]) => !(key in own)));
  return { tags, tags_all: { ...others, ...(isMap(tags) ? tags : {}) } };
}

/** The object with the changes made, after checking them against the resource type's schema. */
function changedObject(
  objects: readonly SandboxObject[],
  type: string,
  id: string,
  changes: Json,
): SandboxObject {
  const object = find(objects, type, id);
  const files = filesOf(type);
  const block = files?.schema.resource_schemas[type]?.block ?? {};
  // A record of a server holds what the server knows; an attribute of the state would mean nothing there.
  const ofState = files?.objects === 'states' ? Object.keys(block.attributes ?? {}) : [];
  const names = [...new Set([...ofState, ...Object.keys(object.attributes)])];
  for (const [name, value] of Object.entries(changes)) {
    if (!names.includes(name)) {
      throw new SandboxError(`${type}.${name}: unknown attribute${didYouMean(name, names)}`);
    }
    const attributeType = block.attributes?.[name]?.type;
    if (name === 'id') throw new SandboxError(`${type}.id: must stay what it is`);
    if (attributeType !== undefined && !conforms(attributeType, value)) {
      const got = block.attributes?.[name]?.sensitive ? 'another type' : JSON.stringify(value);
      throw new SandboxError(`${type}.${name}: must be ${describe(attributeType)}, got ${got}`);
    }
  }
  const tags = 'tags' in changes ? tagChanges(object.attributes, changes.tags) : {};
  return { ...object, attributes: { ...object.attributes, ...changes, ...tags } };
}

/**
 * Changes attributes of a simulated object without Terraform, which shows as drift in the next plan.
 *
 * @param before is called when it is sure that the object is changed
 * @throws {@link SandboxError} for an unknown type, id or attribute, a value of the wrong type, or a file that a
 * running process owns
 */
export function editObject(
  file: string,
  type: string,
  id: string,
  changes: Readonly<Record<string, unknown>>,
  before: () => void = () => undefined,
): void {
  if (!existsSync(file))
    throw new SandboxError(`${file}: no simulated objects yet; apply something in the sandbox first`);
  const log = ObjectLog.open(file);
  try {
    const changed = changedObject(log.all(), type, id, changes);
    before();
    log.put(changed);
  } finally {
    log.close();
  }
}
