import { didYouMean } from '../../base/text/nearest';
import { filesOf } from '../schemas/files';
import type { Type } from '../schemas/schema';
import { SandboxError } from './sandbox-error';
import type { SandboxObject } from './sandbox-object';

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

/** `tags` is what the resource has of its own; what the cloud holds is `tags_all`, so both change. */
function tagChanges(attributes: Json, tags: unknown): Json {
  const own = isMap(attributes.tags) ? attributes.tags : {};
  const all = isMap(attributes.tags_all) ? Object.entries(attributes.tags_all) : [];
  const others = Object.fromEntries(all.filter(([key]) => !(key in own)));
  return { tags, tags_all: { ...others, ...(isMap(tags) ? tags : {}) } };
}

/** The object with the changes made, after checking them against the resource type's schema. */
export function changedObject(
  objects: readonly SandboxObject[],
  type: string,
  id: string,
  changes: Json,
): SandboxObject {
  const object = find(objects, type, id);
  const block = filesOf(type).schema.resource_schemas[type]?.block ?? {};
  // What Vault keeps is not a state but what the server holds, so nothing can be added to it.
  const ofState = type.startsWith('vault_') ? [] : Object.keys(block.attributes ?? {});
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
