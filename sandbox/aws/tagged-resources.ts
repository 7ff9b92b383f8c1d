import { isObject, type ObjectValue } from '../protocol/values';
import { type Attributes, objects, text, texts } from '../provider/attributes';
import type { Cloud, CloudObject } from './cloud';

/** How long the tagging service goes on listing what was deleted. AWS names no time; this is of the order that is seen. */
const REMEMBERED_MS = 10 * 60 * 1000;

function tagsOf({ attributes }: CloudObject): ObjectValue {
  const tags = attributes.tags_all ?? null;
  return isObject(tags) ? tags : {};
}

/** The type of a resource in the form of the tagging service, `ec2:vpc`, from its ARN. */
function resourceType(arn: string): string {
  const [, , service = '', , , ...rest] = arn.split(':');
  const [kind = ''] = rest.join(':').split(/[/:]/);
  return `${service}:${kind}`;
}

function matches(object: CloudObject, config: Attributes): boolean {
  const arn = text(object.attributes, 'arn');
  const [arns, types] = [texts(config, 'resource_arn_list'), texts(config, 'resource_type_filters')];
  const type = resourceType(arn);
  const isOfType = types.length === 0 || types.some((each) => each === type || type.startsWith(`${each}:`));
  const tags = tagsOf(object);
  const hasTags = objects(config, 'tag_filter').every((filter) => {
    const value = tags[text(filter, 'key')];
    const values = texts(filter, 'values');
    return typeof value === 'string' && (values.length === 0 || values.includes(value));
  });
  return (arns.length === 0 || arns.includes(arn)) && isOfType && hasTags;
}

/**
 * The tagged resources of a region, also those that were deleted a while ago: the tagging service lists them for some time
 * (GetResources in the Resource Groups Tagging API reference).
 */
export function taggedResources(cloud: Cloud, config: Attributes, types: readonly string[]): Attributes {
  const all = [...cloud.all(...types), ...cloud.deletedSince(Date.now() - REMEMBERED_MS)];
  const found = all
    .filter((object) => text(object.attributes, 'arn') !== '' && Object.keys(tagsOf(object)).length > 0)
    .filter((object) => matches(object, config))
    .map((object) => ({
      resource_arn: text(object.attributes, 'arn'),
      tags: tagsOf(object),
      compliance_details: [],
    }))
    .sort((one, other) => (one.resource_arn < other.resource_arn ? -1 : 1));
  return { id: cloud.region, resource_tag_mapping_list: found };
}
