import type { MapNode, SourceNode } from '../source/node';

/** A file of the controller, or of ours, that is no catalog. */
export interface ForeignFile {
  readonly name: string;
  readonly fix: string;
}

const NAME_A_CATALOG = 'name a catalog, for instance config/vpn_catalog.yml';

/** Which other file this is, by what it holds; undefined where it may be a catalog. */
export function foreignFile(root: MapNode): ForeignFile | undefined {
  if (['cci_version', 'extends', 'site'].some((key) => root.keys.has(key))) return undefined;
  return FOREIGN.find(({ is }) => is(root));
}

interface Known extends ForeignFile {
  readonly is: (root: MapNode) => boolean;
}

/** Keys of the flavors of nodes, by which `vcp_flavor.yml` is known (docs/reference/vcp.md). */
const FLAVOR_KEYS = [
  'instance_type',
  'vm_size',
  'volume_size',
  'disk_size_gb',
  'managed_disk_type',
  'num_cores',
  'shape',
  'flavor_name',
];

const FOREIGN: readonly Known[] = [
  {
    name: 'sakura_config.yml',
    fix: 'validate the vpn_catalog.yml beside it, which checks both; or write it into a catalog, below sakura_config:',
    is: (root) => isEach(root, (value) => hasOnly(value, ['prefix_len', 'ip_addresses'])),
  },
  {
    name: 'vcp_config.yml',
    fix: "apply writes it; its references are checked by doctor, where they are the catalog's own",
    is: (root) => isMap(root.keys.get('vcc')?.value),
  },
  {
    name: 'vcp_flavor.yml',
    fix: NAME_A_CATALOG,
    is: (root) =>
      isEach(root, (provider) =>
        isEach(provider, (flavor) => isMap(flavor) && FLAVOR_KEYS.some((key) => flavor.keys.has(key))),
      ),
  },
  { name: 'docker-compose.yml', fix: NAME_A_CATALOG, is: (root) => isMap(root.keys.get('services')?.value) },
  { name: 'prometheus.yml', fix: NAME_A_CATALOG, is: (root) => root.keys.has('scrape_configs') },
  {
    name: 'a provisioning file of Grafana',
    fix: NAME_A_CATALOG,
    is: (root) => root.keys.has('apiVersion') && (root.keys.has('datasources') || root.keys.has('providers')),
  },
  { name: 'an OpenAPI schema', fix: NAME_A_CATALOG, is: (root) => root.keys.has('openapi') },
  {
    name: 'a lock file',
    fix: 'name the catalog whose stacks it lists',
    is: (root) => root.keys.has('version') && (root.keys.has('stacks') || root.keys.has('units')),
  },
];

function isMap(node: SourceNode | undefined): node is MapNode {
  return node?.kind === 'map';
}

/** Whether a node is a map with values, all of which fit. */
function isEach(node: SourceNode, fits: (value: SourceNode) => boolean): boolean {
  return isMap(node) && node.keys.size > 0 && [...node.keys.values()].every(({ value }) => fits(value));
}

function hasOnly(node: SourceNode, keys: readonly string[]): boolean {
  return isMap(node) && node.keys.size > 0 && [...node.keys.keys()].every((key) => keys.includes(key));
}
