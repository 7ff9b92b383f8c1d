import type { Attributes, StateInstance } from '../../../terraform/state/state-file';
import type { AdoptionReading, KnownObject } from '../../kinds/adoption';
import { type Configuration, resolved } from './configuration';

/** A resource of our configuration and the object that it stands for. */
export interface Adopted {
  readonly type: string;
  readonly name: string;
  readonly object: KnownObject;
  /** The arguments, with the ids of other adopted objects in them. */
  readonly config: Attributes;
}

/**
 * Finds the objects of a configuration's resources, those first to which others refer.
 *
 * @param idOf - the id of an object that is imported
 */
export function knownObjects(
  configuration: Configuration,
  reading: AdoptionReading,
  answers: Attributes,
): readonly Adopted[] {
  const found = new Map<string, Adopted>();
  const ids = new Map<string, string>();
  const open = Object.entries(configuration.resources).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => ({ type, name, block })),
  );
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { type, name, block } of open) {
      const address = `${type}.${name}`;
      if (found.has(address)) continue;
      const config = resolved(block, ids);
      const object = reading.find({ type, name, config }, answers);
      if (object === undefined) continue;
      found.set(address, { type, name, object, config });
      const id = idOf(object);
      if (id !== undefined) ids.set(address, id);
    }
  }
  // In the order of the configuration; an object that was found early may lack references that were found later.
  return open.flatMap(({ type, name, block }) => {
    const one = found.get(`${type}.${name}`);
    return one === undefined ? [] : [{ ...one, config: resolved(block, ids) }];
  });
}

function idOf(object: KnownObject): string | undefined {
  switch (object.how) {
    case 'taken':
      return textId(object.instance);
    case 'imported':
      return object.id;
    case 'written':
      return typeof object.attributes.id === 'string' ? object.attributes.id : undefined;
  }
}

function textId({ attributes }: StateInstance): string | undefined {
  return typeof attributes.id === 'string' ? attributes.id : undefined;
}
