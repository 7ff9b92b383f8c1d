const ROOMS_BELOW_SCRIPTS = 'base model catalog terraform vault gateway sandbox rules draw review scaffold';
const PLUGIN = 'base model terraform/plugin';
const SIMULATED = `${PLUGIN} sandbox/schemas sandbox/store sandbox/protocol sandbox/configuration`;
const VAULT_CORE = `${SIMULATED} sandbox/provider sandbox/vault/store sandbox/vault/request sandbox/vault/core`;
const CATALOG_VALUES = 'base model catalog/ground catalog/source catalog/shape';

/*
 * Which part of the program may import which. What is not listed is refused, also for types only.
 *
 * A part is a folder, or a file of its room's root. It is found by the longest name in the table that its path begins with.
 */
const IMPORTS = {
  // What has no domain; values; and what is made of values.
  base: '',
  model: 'base',
  'catalog/ground': 'base model',
  'catalog/source': 'base model catalog/ground',
  'catalog/shape': 'base model catalog/ground catalog/source',
  'catalog/adopted': CATALOG_VALUES,
  'catalog/site': CATALOG_VALUES,
  'catalog/ingress': `${CATALOG_VALUES} catalog/site`,
  'catalog/nodes': CATALOG_VALUES,
  'catalog/kinds': `${CATALOG_VALUES} catalog/adopted catalog/site catalog/ingress catalog/nodes`,
  'catalog/environment': `${CATALOG_VALUES} catalog/adopted catalog/site catalog/ingress catalog/nodes catalog/kinds`,
  'catalog/out': `${CATALOG_VALUES} catalog/adopted catalog/site catalog/ingress catalog/nodes catalog/kinds catalog/environment`,
  catalog: 'base model catalog',
  constructs: 'base model',
  stacks: 'base model catalog constructs nodes',

  // What runs on a node of a cloud, as text.
  nodes: 'base model',
  'nodes/aws': 'base model nodes',
  'nodes/azure': 'base model nodes',

  // The programs and servers that a run speaks to.
  terraform: 'base model catalog',
  'terraform/plugin': 'base',
  vault: 'base model catalog',

  // The on-premises end: first as text, then as a folder that is written, checked and observed.
  'gateway/host': 'base model',
  'gateway/daemons': 'base model gateway/host',
  'gateway/host-programs': 'base model gateway/host',
  'gateway/render': 'base model gateway/host gateway/daemons gateway/host-programs',
  'gateway/folder': 'base model catalog terraform vault gateway/host gateway/render',
  'gateway/check': 'base model catalog terraform vault gateway/host gateway/folder',
  'gateway/status': 'base model catalog terraform vault gateway/host',

  // What is said of a plan before it is applied: judged by rules, drawn, and put together to a review.
  rules: 'base model catalog',
  draw: 'base model catalog',
  'review/record': 'base model catalog terraform gateway rules draw review/both-ends',
  'review/page':
    'base model catalog terraform gateway rules draw review/both-ends review/record review/review',
  'review/post': 'base model catalog terraform rules review/record review/review review/page',
  review: 'base model catalog terraform gateway rules draw review',

  // The files of a new project.
  scaffold: 'base model catalog',

  // A simulated provider is built on what all of them share; a Vault, from its store to its doors.
  'sandbox/schemas': PLUGIN,
  'sandbox/store': PLUGIN,
  'sandbox/protocol': `${PLUGIN} sandbox/schemas`,
  'sandbox/configuration': PLUGIN,
  'sandbox/provider': SIMULATED,
  'sandbox/aws': `${SIMULATED} sandbox/provider`,
  'sandbox/azure': `${SIMULATED} sandbox/provider`,
  'sandbox/docker': `${SIMULATED} sandbox/provider`,
  'sandbox/vault/store': `${SIMULATED} sandbox/provider`,
  'sandbox/vault/request': `${SIMULATED} sandbox/provider sandbox/vault/store`,
  'sandbox/vault/core': VAULT_CORE,
  'sandbox/vault/engine': VAULT_CORE,
  'sandbox/vault/token': VAULT_CORE,
  'sandbox/vault/provider': VAULT_CORE,
  'sandbox/vault/http': VAULT_CORE,
  'sandbox/vault/approle': `${VAULT_CORE} sandbox/vault/token`,
  'sandbox/vault/sys': `${VAULT_CORE} sandbox/vault/engine sandbox/vault/approle`,
  'sandbox/vault': `${VAULT_CORE} sandbox/vault`,
  sandbox: `${PLUGIN} sandbox`,

  'scripts/report': ROOMS_BELOW_SCRIPTS,
  'scripts/session': `${ROOMS_BELOW_SCRIPTS} scripts/report`,
  'scripts/kinds': `${ROOMS_BELOW_SCRIPTS} scripts/report scripts/session`,
  'scripts/run': `${ROOMS_BELOW_SCRIPTS} scripts/report scripts/session scripts/kinds`,
  'scripts/doctor': `${ROOMS_BELOW_SCRIPTS} scripts/report scripts/session scripts/kinds scripts/run`,
  'scripts/commands': `${ROOMS_BELOW_SCRIPTS} scripts/report scripts/session scripts/kinds scripts/run scripts/doctor`,
  'scripts/cli': `${ROOMS_BELOW_SCRIPTS} scripts/report scripts/session scripts/kinds scripts/run scripts/doctor scripts/commands`,
  scripts: 'scripts/cli',

  tools: ROOMS_BELOW_SCRIPTS,
};

const parts = Object.keys(IMPORTS);
const ROOMS =
  '^(base|model|catalog|constructs|stacks|terraform|vault|gateway|nodes|sandbox|rules|draw|review|scaffold|scripts|tools)/';

/** The paths of a part, without those of a part inside of it that has a line of its own. */
function pathsOf(part) {
  const inner = parts
    .filter((other) => other.startsWith(`${part}/`))
    .map((other) => other.slice(part.length + 1));
  return inner.length === 0 ? `^${part}[/.]` : `^${part}(?!/(${inner.join('|')})[/.])[/.]`;
}

function allowedPaths(part) {
  const names = IMPORTS[part].split(' ').filter((name) => name !== '');
  return [pathsOf(part), ...names.map((name) => `^${name}[/.]`)];
}

function arrows(part) {
  return {
    name: `imports-of-${part.replaceAll('/', '-')}`,
    severity: 'error',
    comment: `${part} may import: ${IMPORTS[part] || 'nothing but itself'}`,
    from: { path: pathsOf(part) },
    to: { path: ROOMS, pathNot: allowedPaths(part) },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...parts.map(arrows),
    {
      name: 'no-circles',
      severity: 'error',
      comment:
        'files that need each other, even for a type, are one idea: split them, or let the lower one own the interface',
      from: {},
      to: { circular: true },
    },
    {
      name: 'a-kind-knows-no-other',
      severity: 'error',
      comment:
        'a kind of stack is a room of its own; what the kinds of one cloud share has the name of the cloud',
      from: { path: '^(catalog|scripts|stacks)/kinds/(([^/-]+)[^/]*)/' },
      to: { path: '^$1/kinds/[^/]+/', pathNot: '^$1/kinds/($2|$3)/' },
    },
    {
      name: 'cdktf-in-constructs-and-stacks-only',
      severity: 'error',
      comment: 'cdktf takes most of the time of a synthesis: the driver runs it in a process of its own',
      from: { path: ROOMS, pathNot: '^(constructs|stacks)/' },
      to: { path: 'node_modules/(cdktf|constructs|@cdktf)/' },
    },
    {
      name: 'yaml-in-catalog-only',
      severity: 'error',
      comment: 'constructs take values of model/, never YAML',
      from: { path: '^(model|constructs|stacks)/' },
      to: { path: 'node_modules/yaml/' },
    },
    {
      name: 'no-provider-index',
      severity: 'error',
      comment: "importing one resource's file costs a tenth of the index",
      from: {},
      to: { path: 'node_modules/@cdktf/provider-[a-z]+/lib/index' },
    },
    {
      name: 'no-development-dependency',
      severity: 'error',
      comment: 'the package would lack it',
      from: { path: ROOMS, pathNot: '^tools/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer', 'type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
