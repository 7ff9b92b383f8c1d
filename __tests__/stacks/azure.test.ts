import '../../stacks/fast-tokens';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { azureCatalog } from '../fixtures/azure-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { expectGolden } from '../support/golden';
import { addresses, type Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

function stackOf(text: string): Synthesized {
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': text }), ['lab']);
  const stack = stacks['lab-azure-default'];
  if (stack === undefined) throw new Error('no stack');
  return stack;
}

const CASES: Readonly<Record<string, string>> = {
  bgp: azureCatalog(),
  static: azureCatalog('{ crypto: compatible }', '      egress: none\n      ingress: controller\n'),
  'gateway-subnet': azureCatalog(
    '{ routing: bgp, bgp_peering: gateway-subnet, active_active: false, sku: VpnGw4AZ }',
  ),
  selectors: azureCatalog(
    '{ mode: policy-based, crypto: seed }',
    '      resource_group: existing\n',
    '    azure_resource_group_name: theirs\n',
  ),
  nat: azureCatalog(
    '{ sku: VpnGw2AZ, nat_rules: { in: { mode: IngressSnat, internal: 10.0.2.0/24, external: 10.9.2.0/24 },  out: { mode: EgressSnat, internal: 172.21.1.0/24, external: 10.9.1.0/24 } } }',
  ),
  alone: azureCatalog(
    'none',
    '      dns: { servers: [10.0.2.53] }\n      nat: { zone: "1", idle_timeout_minutes: 10 }\n',
  ),
};

it.each(Object.entries(CASES))('synthesizes the network %s to its golden file', (name, text) => {
  expectGolden(`azure-${name}.golden.json`, `${JSON.stringify(stackOf(text), null, 2)}\n`);
});

it('keeps every resource address: a change here replaces real infrastructure', () => {
  const list = Object.entries(CASES).flatMap(([name, text]) =>
    addresses(stackOf(text)).map((address) => `${name} ${address}`),
  );
  expectGolden('azure-addresses.golden.json', `${JSON.stringify(list, null, 2)}\n`);
});

it('a rule that is added moves no other one', () => {
  const rule = (port: number) => `{ protocol: tcp, ports: ${port}, from: site }`;
  const priorities = (text: string) =>
    Object.fromEntries(
      Object.values(stackOf(text).resource.azurerm_network_security_rule ?? {}).map((one) => [
        one.name,
        one.priority,
      ]),
    );
  const before = priorities(azureCatalog('none', `      ingress: [${rule(22)}, ${rule(80)}]\n`));
  const after = priorities(azureCatalog('none', `      ingress: [${rule(22)}, ${rule(80)}, ${rule(443)}]\n`));
  expect(after).toEqual(expect.objectContaining(before));
  expect(after['deny-all-inbound']).toBe(4096);
});

/** What the schema of azurerm knows of a block. */
interface Block {
  readonly attributes?: Readonly<
    Record<string, { readonly type: unknown; readonly required?: boolean; readonly optional?: boolean }>
  >;
  readonly block_types?: Readonly<
    Record<string, { readonly block: Block; readonly min_items?: number; readonly max_items?: number }>
  >;
}

const META = ['lifecycle', 'depends_on', 'count', 'for_each', 'provider'];

function problemsIn(value: Readonly<Record<string, unknown>>, block: Block, at: string): readonly string[] {
  const { attributes = {}, block_types = {} } = block;
  const unknown = Object.keys(value).filter(
    (name) => !META.includes(name) && attributes[name] === undefined && block_types[name] === undefined,
  );
  const settable = Object.keys(value).filter((name) => {
    const attribute = attributes[name];
    return attribute !== undefined && !attribute.required && !attribute.optional;
  });
  const missing = Object.entries(attributes).filter(
    ([name, { required }]) => required && value[name] === undefined,
  );
  const wrong = Object.entries(value).filter(([name, given]) => {
    const type = attributes[name]?.type;
    if (type === undefined || (typeof given === 'string' && given.includes('${'))) return false;
    if (Array.isArray(type)) return type[0] === 'map' ? typeof given !== 'object' : !Array.isArray(given);
    return type === 'bool'
      ? typeof given !== 'boolean'
      : type === 'number'
        ? typeof given !== 'number'
        : typeof given !== 'string';
  });
  const nested = Object.entries(block_types).flatMap(([name, { block: inner, min_items = 0, max_items }]) => {
    const given = value[name];
    const items = given === undefined ? [] : Array.isArray(given) ? given : [given];
    const count =
      items.length < min_items || (max_items !== undefined && items.length > max_items)
        ? [`${at}.${name}: ${items.length} blocks`]
        : [];
    return [...count, ...items.flatMap((item) => problemsIn(item, inner, `${at}.${name}`))];
  });
  return [
    ...unknown.map((name) => `${at}.${name}: unknown`),
    ...settable.map((name) => `${at}.${name}: computed`),
    ...missing.map(([name]) => `${at}.${name}: missing`),
    ...wrong.map(([name]) => `${at}.${name}: wrong type`),
    ...nested,
  ];
}

it('writes nothing that the schema of the real provider does not have, and leaves nothing out that it needs', () => {
  const file = join(__dirname, '../../sandbox/schemas/azurerm-4.55.0.json');
  const { schema } = JSON.parse(readFileSync(file, 'utf8')) as {
    schema: { resource_schemas: Readonly<Record<string, { block: Block }>> };
  };
  const types = new Set<string>();
  const problems = Object.values(CASES).flatMap((text) =>
    Object.entries(stackOf(text).resource).flatMap(([type, named]) => {
      types.add(type);
      const block = schema.resource_schemas[type]?.block;
      return block === undefined
        ? [`${type}: no schema`]
        : Object.entries(named).flatMap(([name, value]) => problemsIn(value, block, `${type}.${name}`));
    }),
  );
  expect(problems).toEqual([]);
  expect(types.size).toBeGreaterThan(14);
});
