import { pattern } from '../../shape/shapes';

export const HUB_NAME = pattern(
  'a name of a lower-case letter and up to 26 lower-case letters, digits and -',
  '^[a-z][a-z0-9-]{0,26}$',
  'main',
);

/** The table of a hub that packets from the site look up. It is made beside those of the catalog. */
export const SITE_TABLE = 'site';

export const ROUTE_TABLE_NAME = pattern(
  'a name of a lower-case letter and up to 26 lower-case letters, digits and - other than site, which every hub has',
  `^(?!${SITE_TABLE}$)[a-z][a-z0-9-]{0,26}$`,
  'dev',
);

/** The tag by which a hub's route table is found, beside the entry of the hub. Its value is the name of the table. */
export const ROUTE_TABLE_TAG = 'kakehashi:route-table';
