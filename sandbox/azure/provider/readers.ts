import { type Attributes, text } from '../../provider/attributes';
import { ProviderError } from '../azure-error';
import type { Cloud, CloudObject, NamedType } from '../cloud';
import { describeId, ID_FORMS } from '../resource-id';
import { rulesOf } from '../rules-by-type';
import type { Caller } from './caller';

/** Finds the attributes that a data source's configuration does not give. */
export type Reader = (cloud: Cloud, config: Attributes, caller: Caller) => Attributes;

/** An object with the attributes that follow from other objects. */
export function whole(cloud: Cloud, object: CloudObject): Attributes {
  return { ...object.attributes, ...rulesOf(object.type)?.derive?.(cloud, object), id: object.id };
}

/**
 * The object that a configuration names.
 *
 * @param noun the provider's word for it, if it is not that of the resource. @throws {@link ProviderError} if there is none
 */
export function named(
  cloud: Cloud,
  type: NamedType,
  config: Attributes,
  {
    parents = [],
    noun = ID_FORMS[type].noun,
  }: { readonly parents?: readonly string[]; readonly noun?: string } = {},
): CloudObject {
  const id = cloud.id(type, text(config, 'resource_group_name'), ...parents, text(config, 'name'));
  const found = cloud.find(type, id);
  if (found === undefined)
    throw new ProviderError(`${describeId({ ...ID_FORMS[type], noun }, id)} was not found`);
  return found;
}

/** Reads an object by its group and name. @param more attributes of the data source that the resource has not */
export function byName(
  type: NamedType,
  more: (cloud: Cloud, object: CloudObject) => Attributes = () => ({}),
): Reader {
  return (cloud, config) => {
    const object = named(cloud, type, config);
    return { ...whole(cloud, object), ...more(cloud, object) };
  };
}
