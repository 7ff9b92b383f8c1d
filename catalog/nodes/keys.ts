import { pattern } from '../shape/shapes';

/** Names of node groups: stacks, tags and names in clouds bear them. */
export const GROUP_NAME = pattern(
  'a name of a small letter and up to 26 small letters, digits and -',
  '^[a-z][a-z0-9-]{0,26}$',
  'workers',
);
