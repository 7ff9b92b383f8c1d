import '../../stacks/fast-tokens';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { listEnvironments } from '../../catalog/environment/folder';
import { KINDS, type Kind } from '../../catalog/kinds/registry';
import { driverOf } from '../../scripts/kinds/registry';
import { AZURE_CASES } from '../fixtures/azure-catalog';
import { AZURE_NODES_OPTIONS } from '../fixtures/azure-nodes';
import { CONTROLLER_CATALOG, LOCAL_CONTROLLER, PLAIN_CONTROLLER } from '../fixtures/controller-catalog';
import { DOCKER_CATALOG } from '../fixtures/docker-catalog';
import { AWS_BGP_LOGS, AWS_OPTIONS } from '../fixtures/options/aws';
import { AWS_NODE_OPTIONS, NODE_SCRIPTS } from '../fixtures/options/aws-nodes';
import { AZURE_OPTIONS } from '../fixtures/options/azure';
import { HUB_OPTIONS, LARGE_HUB } from '../fixtures/options/hub';
import { VAULT_OPTIONS } from '../fixtures/options/vault';
import { VAULT_CATALOG } from '../fixtures/vault-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { allOptions, optionsIn } from '../support/catalog-options';
import { constructStacks } from '../support/every-construct';
import { refusals } from '../support/schema-acceptance';
import type { Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const ROOT = join(__dirname, '../..');
const EXAMPLES = join(ROOT, 'catalog');

const OPTIONS = {
  ...AWS_OPTIONS,
  ...AZURE_OPTIONS,
  ...HUB_OPTIONS,
  ...AWS_NODE_OPTIONS,
  ...AZURE_NODES_OPTIONS,
  ...VAULT_OPTIONS,
  docker: DOCKER_CATALOG,
  controller: CONTROLLER_CATALOG,
  'controller on this machine': LOCAL_CONTROLLER,
  'controller in short': PLAIN_CONTROLLER,
};

/** Every catalog here is of the environment `lab`. */
const CATALOGS: Readonly<Record<string, string>> = {
  ...OPTIONS,
  ...AZURE_CASES,
  everything: VAULT_CATALOG,
};

const stacksOf = (text: string): readonly Synthesized[] =>
  Object.values(synthesizedCatalog(temporaryFolder({ ...NODE_SCRIPTS, 'lab.yml': text }), ['lab']).stacks);

const typesIn = ({ resource, data = {} }: Synthesized): readonly string[] => [
  ...Object.keys(resource),
  ...Object.keys(data).map((type) => `data_${type}`),
];

const seen = new Set<string>();

function expectAccepted(stacks: readonly Synthesized[]): void {
  expect(stacks.length).toBeGreaterThan(0);
  for (const type of stacks.flatMap(typesIn)) seen.add(type);
  expect(stacks.flatMap(refusals)).toEqual([]);
}

it.each(listEnvironments(EXAMPLES))(
  'the example %s is what the schemas of the real providers take',
  (name) => {
    expectAccepted(Object.values(synthesizedCatalog(EXAMPLES, [name]).stacks));
  },
);

it.each(Object.entries(CATALOGS))('so is the catalog %s', (_, text) => {
  expectAccepted(stacksOf(text));
});

it.each(Object.entries(constructStacks()))(
  'so are the constructs of %s with props that no catalog gives',
  (_, stack) => {
    expectAccepted([stack]);
  },
);

it('the logs of BGP alone need a later provider than that of the schema, which the stack says', () => {
  const stacks = stacksOf(AWS_BGP_LOGS);
  const argument = (tunnel: 1 | 2, name: string) =>
    `aws_vpn_connection.Vpn_Connection.tunnel${tunnel}_log_options.cloudwatch_log_options.bgp_log_${name}: unknown`;
  expect(stacks.flatMap(refusals)).toEqual([
    'required_providers.aws: >= 6.25.0, < 7.0.0, not 5.100.0',
    ...([1, 2] as const).flatMap((tunnel) =>
      ['enabled', 'group_arn', 'output_format'].map((name) => argument(tunnel, name)),
    ),
  ]);
});

it('so does the bandwidth of large tunnels', () => {
  expect(stacksOf(LARGE_HUB).flatMap(refusals)).toContain(
    'aws_vpn_connection.Vpn_Connection.tunnel_bandwidth: unknown',
  );
});

it('makes use of every option of a catalog', () => {
  const used = new Set(
    [...Object.values(OPTIONS), AWS_BGP_LOGS, LARGE_HUB].flatMap((text) => [...optionsIn(parse(text))]),
  );
  expect([...allOptions()].filter((option) => !used.has(option))).toEqual([
    // Refused: a rule of Azure has neither.
    'azure.*.create.ingress.icmp_type',
    'azure.*.create.ingress.icmp_code',
    // Refused: not built yet.
    'node_groups(azure).*.registry.bundle',
    // Needs a second environment, and adds nothing to what is synthesized.
    'hubs.*.environment',
    'hubs.*.create.vpn.inside_ip=ipv6',
  ]);
});

/** The types whose bindings constructs and stacks import: `vault_mount`, `data_aws_availability_zones`. */
function importedTypes(): readonly string[] {
  const sources = ['constructs', 'stacks'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  );
  const imports = sources.flatMap((text) => [...text.matchAll(/@cdktf\/provider-(\w+)\/lib\/([\w-]+)/g)]);
  const types = imports.map(([, provider, file = '']) =>
    file.startsWith('data-') ? file : `${provider}_${file}`,
  );
  const names = types.map((type) => type.replaceAll('-', '_')).filter((type) => !type.endsWith('_provider'));
  return [...new Set(names)].sort();
}

it('has seen every type that constructs and stacks make', () => {
  expect(importedTypes().length).toBeGreaterThan(45);
  // That one is built into Terraform, and no provider's.
  expect([...seen].filter((type) => type !== 'terraform_data').sort()).toEqual(importedTypes());
});

it('has a row for each of them that says how it is found after a killed apply', () => {
  const kinds = Object.keys(KINDS) as readonly Kind[];
  const rows = new Set(kinds.flatMap((kind) => Object.keys(driverOf({ kind }).left ?? {})));
  const managed = [...seen].filter((type) => !type.startsWith('data_'));
  expect(managed.length).toBeGreaterThan(100);
  expect(managed.filter((type) => !rows.has(type))).toEqual([]);
  const made = new Set(managed);
  expect([...rows].filter((type) => !made.has(type))).toEqual([]);
});

it('has a row for each of them that says which rights it needs', () => {
  const kinds = Object.keys(KINDS) as readonly Kind[];
  const tables = new Set(kinds.flatMap((kind) => driverOf({ kind }).rights ?? []));
  const rows = new Set([...tables].flatMap(({ types }) => Object.keys(types)));
  const asked = [...seen]
    .filter((type) => /^(data_)?(aws|azurerm)_/.test(type))
    .map((type) => type.replace(/^data_/, 'data.'));
  expect(asked.length).toBeGreaterThan(90);
  expect(asked.filter((type) => !rows.has(type))).toEqual([]);
  const made = new Set([...asked, 'terraform_data']);
  expect([...rows].filter((type) => !made.has(type))).toEqual([]);
  for (const { types } of tables)
    for (const [type, { read, write = [] }] of Object.entries(types)) {
      const all = [...read, ...write];
      expect({
        type,
        wrong: all.filter(
          (one) => !/^[a-z0-9]+:[A-Z][A-Za-z0-9]+$|^(data:)?Microsoft\.[A-Za-z]+(\/[A-Za-z]+)+$/.test(one),
        ),
      }).toEqual({ type, wrong: [] });
      // Who only reads can change nothing.
      expect(
        read.filter((one) =>
          /:(Create|Delete|Put|Modify|Update|Run|Attach|Detach|Associate|Authorize)|\/(write|delete)$/.test(
            one,
          ),
        ),
      ).toEqual([]);
    }
});
