import { LONGEST_NAME, MOST_TAGS } from '../../../model/clouds/aws/names';
import type { ProblemList } from '../../ground/problem-list';
import type { AwsSettings } from '../aws/settings';
import { type NetworkDraft, subnetsOf } from './draft';

/** Tags that every resource has beside the catalog's. */
const OWN_TAGS = ['Name', 'environment', 'managed-by', 'kakehashi:entry'];

/** What is named after a subnet ends so: a subnet of that name would have its place in the configuration. */
const TAKEN_ENDING = '-Table';

/**
 * Checks what is made of names: those of the cloud, and of resources within a stack.
 *
 * @param name - the stack's id, of which the names in the cloud are made
 */
export function checkNames(
  name: string,
  network: NetworkDraft,
  { defaultTags }: AwsSettings,
  problems: ProblemList,
): void {
  const { place, draft } = network;
  if (name.length > LONGEST_NAME) {
    const statement = {
      must: `${name}, of which the names in the cloud are made, must have at most ${LONGEST_NAME} characters`,
      got: String(name.length),
    };
    problems.error('bad-name', place.keyAt(), statement, "shorten the entry's name, or the environment's");
  }
  const names = subnetsOf(network).map((subnet) => subnet.entry);
  for (const subnet of subnetsOf(network)) {
    const other = names.find((one) => subnet.entry === `${one}${TAKEN_ENDING}`);
    if (other === undefined) continue;
    const message = `is the name of what belongs to the subnet ${other} of the same network`;
    problems.error(
      'name-clash',
      subnet.place.keyAt(),
      message,
      `choose a name that does not end in ${TAKEN_ENDING}`,
    );
  }
  const tags = new Set([...Object.keys(defaultTags), ...Object.keys(draft.create?.tags ?? {}), ...OWN_TAGS]);
  if (tags.size <= MOST_TAGS) return;
  const statement = {
    must: `must be at most ${MOST_TAGS} together with providers.aws.default_tags and our own (${OWN_TAGS.join(', ')})`,
    got: String(tags.size),
  };
  problems.error('too-much', place.at('create', 'tags'), statement);
}
