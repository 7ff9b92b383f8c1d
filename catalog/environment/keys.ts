import { SAKURA_CONFIG } from '../adopted/sakura-shape';
import { CREATED_ENTRIES, KINDS } from '../kinds/registry';
import { FLAVORS } from '../nodes/flavors';
import { CATALOG_FILE } from '../shape/formats';
import type { Key } from '../shape/shape';
import { ANY, choice, either, list, optional, required, TEXT, text } from '../shape/shapes';
import { SITE } from '../site/keys';
import { DRIFT } from './drift';
import { POLICY } from './policy';

/** The keys of a catalog's root that are the environment's own. */
export const ENVIRONMENT_KEYS = {
  cci_version: required(choice('1.0'), "Version of the format: '1.0', in quotes"),
  environment: optional(TEXT, "The environment's name; default: the file's"),
  extends: optional(
    either('a file or a list of files', { text: text(CATALOG_FILE), list: list(text(CATALOG_FILE)) }),
    'Files of this folder that this one is laid over: maps merge, lists replace, null deletes',
  ),
  backend: optional(ANY, 'Where Terraform keeps its states'),
  providers: optional(ANY, 'Version, credentials and endpoints, by provider'),
  node_groups: optional(ANY, 'Groups of nodes in networks of the catalog, by name'),
  flavors: optional(FLAVORS, 'Sizes of nodes: current, vcp, or own ones by name and provider'),
  policy: optional(
    POLICY,
    'What an environment may have at most, and which findings of rules refuse an apply or are accepted',
  ),
  drift: optional(DRIFT, 'What may change behind the catalog without a report'),
  site: optional(SITE, 'The on-premises end of the tunnels'),
  sakura_config: optional(
    SAKURA_CONFIG,
    'Addresses for nodes on the Sakura cloud, by entry: what sakura_config.yml holds',
  ),
};

/** The sections of all kinds. */
export const KIND_SECTIONS: Readonly<Record<string, Key>> = Object.assign(
  {},
  ...Object.values(KINDS).map(({ sections }) => sections),
);

/** Every key of a catalog's root that is no provider. */
export const ROOT_KEYS: ReadonlySet<string> = new Set([
  ...Object.keys(ENVIRONMENT_KEYS),
  ...Object.keys(KIND_SECTIONS),
]);

/** Providers whose networks can be created. */
export const CREATING_PROVIDERS: readonly string[] = [
  ...new Set(CREATED_ENTRIES.map(({ provider }) => provider)),
];
