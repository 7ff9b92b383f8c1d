import type { IConstruct } from 'constructs';
import { MOST_TAGS } from '../../model/clouds/aws/names';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';

/** Tags as a prop; values may be tokens. */
export type Tags = Readonly<Record<string, string>>;

/** Characters that every service takes: IAM is the strictest (IAM API reference, Tag). */
const KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/**
 * The tags of a resource: its default `Name`, over which the written tags go, the later ones over the earlier.
 *
 * The provider's default tags are weaker than all of them: the provider itself merges them so.
 */
export function tagsOf(name: string, ...written: readonly (Tags | undefined)[]): Record<string, string> {
  return Object.assign({ Name: name }, ...written);
}

/** @throws {@link PropsError} for tags that a service would refuse */
export function checkTags(construct: IConstruct, prop: string, tags: Tags | undefined): void {
  if (tags === undefined) return;
  if (!isKnown(tags)) refuse(construct, `${prop}: must be a map whose keys are known, got a token`);
  const names = Object.keys(tags);
  if (new Set([...names, 'Name']).size > MOST_TAGS)
    refuse(construct, `${prop}: must be at most ${MOST_TAGS} together with Name, got ${names.length}`);
  for (const [key, value] of Object.entries(tags)) {
    if (!KEY.test(key)) {
      refuse(
        construct,
        `${prop}: must have keys of 1 to 128 letters, digits, spaces and _ . : / = + - @ that do not begin with aws:, got ${JSON.stringify(key)}`,
      );
    }
    if (isKnown(value) && !VALUE.test(value)) {
      refuse(
        construct,
        `${prop}.${key}: must have at most 256 letters, digits, spaces and _ . : / = + - @, got ${JSON.stringify(value)}`,
      );
    }
  }
}
