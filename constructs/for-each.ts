import type { TerraformResource } from 'cdktf';

/**
 * A resource for each key of an expression. cdktf's iterators take lists that are known, or one attribute; what lives as long as a lease
 * is neither.
 *
 * @param collection - an expression without `${}`: a map, or a set of texts
 */
export function forEach(resource: TerraformResource, collection: string): void {
  resource.addOverride('for_each', `\${${collection}}`);
}

/** A resource with `for_each` as part of an expression: a map of what is made, by key. */
export function allOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

/** An attribute of the resource that has the same key. @param attribute - `id` */
export function eachOf(resource: TerraformResource, attribute: string): string {
  return `\${${allOf(resource)}[each.key].${attribute}}`;
}
