import { satisfies } from '../../sandbox/configuration/version-constraint';
import type { ProviderFiles, SchemaTable } from '../../sandbox/schemas/provider-files';
import type { Attribute, Block, NestedBlock, Type } from '../../sandbox/schemas/schema';
import { filesOf, SIMULATED } from '../../sandbox/simulated';

type Json = Readonly<Record<string, unknown>>;

/** Where a kind of block stands in a configuration, and in a provider's schema. */
const SECTIONS = [
  ['resource', 'resource_schemas'],
  ['data', 'data_source_schemas'],
  ['ephemeral', 'ephemeral_resource_schemas'],
] as const;

/** Terraform's own arguments, which no schema has. */
const OF_TERRAFORM: readonly string[] = [
  ...['lifecycle', 'depends_on', 'count', 'for_each', 'provider', 'provisioner', 'connection'],
];
const OF_TERRAFORM_IN_PROVIDERS: readonly string[] = ['alias', 'version'];

/**
 * What a configuration holds that the recorded schemas of its providers (`sandbox/schemas/`) refuse: a line for each fault, with the
 * place. Types are compared as they are written: Terraform would also take the text `"5"` for a number. An expression has any type.
 */
export function refusals(configuration: Json): readonly string[] {
  return [
    ...providerRefusals(configuration),
    ...SECTIONS.flatMap((of) => sectionRefusals(configuration, of)),
    ...referenceRefusals(configuration),
  ];
}

function providerRefusals({ terraform, provider }: Json): readonly string[] {
  const needed = Object.entries(mapOf(mapOf(terraform).required_providers)).flatMap(([name, requirement]) =>
    requirementRefusals(name, mapOf(requirement)),
  );
  const configured = Object.entries(mapOf(provider)).flatMap(([name, configurations]) => {
    const files = filesNamed(name);
    if (files === undefined) return [`provider.${name}: no schema`];
    const { block } = files.schema.provider;
    return listOf(configurations).flatMap((one) =>
      blockRefusals(mapOf(one), block, `provider.${name}`, OF_TERRAFORM_IN_PROVIDERS),
    );
  });
  return [...needed, ...configured];
}

function requirementRefusals(name: string, { source, version }: Json): readonly string[] {
  const files = filesNamed(name);
  if (files === undefined) return [`required_providers.${name}: no schema`];
  const at = `required_providers.${name}`;
  const isShort = source === name && files.source === `hashicorp/${name}`;
  return [
    ...(isShort || source === files.source ? [] : [`${at}: source ${source}`]),
    ...(satisfies(files.version, String(version)) ? [] : [`${at}: ${version}, not ${files.version}`]),
  ];
}

function filesNamed(name: string): ProviderFiles | undefined {
  return SIMULATED.find(({ files }) => files.name === name)?.files;
}

function sectionRefusals(
  configuration: Json,
  [section, table]: (typeof SECTIONS)[number],
): readonly string[] {
  const prefix = section === 'resource' ? '' : `${section}.`;
  return Object.entries(mapOf(configuration[section])).flatMap(([type, named]) => {
    const block = blockOf(table, type);
    if (block === undefined) return [`${prefix}${type}: no schema`];
    return Object.entries(mapOf(named)).flatMap(([name, value]) =>
      blockRefusals(mapOf(value), block, `${prefix}${type}.${name}`, OF_TERRAFORM),
    );
  });
}

/** `aws_vpc.Vpc.id` or `data.aws_region.Here.name`, within an expression. */
const REFERENCE = /(?<![\w.-])(data\.)?([a-z]+_\w+)\.([\w-]+)\.([a-z]\w*)/g;

/** Expressions about what is not configured, and about attributes that it does not have. */
function referenceRefusals(configuration: Json): readonly string[] {
  const expressions = textsIn(configuration).flatMap((text) => text.match(/(?<!\$)\$\{[^}]*\}/g) ?? []);
  const references = expressions.flatMap((text) => [...text.matchAll(REFERENCE)]);
  const wrong = references.flatMap(([text, data, type = '', name = '', attribute = '']) => {
    const [section, table] = SECTIONS[data === undefined ? 0 : 1];
    if (!(name in mapOf(mapOf(configuration[section])[type]))) return [`\${${text}}: not configured`];
    const { attributes = {}, block_types = {} } = blockOf(table, type) ?? {};
    return attribute in attributes || attribute in block_types ? [] : [`\${${text}}: unknown`];
  });
  return [...new Set(wrong)];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The resource that is built into Terraform and OpenTofu (Terraform language, "The terraform_data managed resource type"). */
const TERRAFORM_DATA: Block = {
  attributes: {
    id: { type: 'string', computed: true },
    input: { type: 'dynamic', optional: true },
    output: { type: 'dynamic', computed: true },
    triggers_replace: { type: 'dynamic', optional: true },
  },
};

function blockOf(table: SchemaTable, type: string): Block | undefined {
  if (table === 'resource_schemas' && type === 'terraform_data') return TERRAFORM_DATA;
  const files = filesOf(type);
  return files && (files.schema[table]?.[type] ?? files.other(table, type))?.block;
}

function blockRefusals(
  value: Json,
  { attributes = {}, block_types = {} }: Block,
  at: string,
  free: readonly string[] = [],
): readonly string[] {
  const unknown = Object.keys(value)
    .filter((name) => !free.includes(name) && !(name in attributes) && !(name in block_types))
    .map((name) => `${at}.${name}: unknown`);
  const inAttributes = Object.entries(attributes).flatMap(([name, attribute]) =>
    attributeRefusals(value[name], attribute, `${at}.${name}`),
  );
  const inBlocks = Object.entries(block_types).flatMap(([name, nested]) =>
    nestedRefusals(value[name], nested, `${at}.${name}`),
  );
  return [...unknown, ...inAttributes, ...inBlocks];
}

function attributeRefusals(value: unknown, attribute: Attribute, at: string): readonly string[] {
  const { required = false, optional = false, type } = attribute;
  if (value === undefined || value === null) return required ? [`${at}: missing`] : [];
  if (!required && !optional) return [`${at}: computed`];
  return typeRefusals(value, type, at);
}

function nestedRefusals(value: unknown, nested: NestedBlock, at: string): readonly string[] {
  const { nesting_mode, block, min_items = 0, max_items = 0 } = nested;
  if (nesting_mode === 'map')
    return Object.entries(mapOf(value)).flatMap(([key, item]) =>
      blockRefusals(mapOf(item), block, `${at}.${key}`),
    );
  const items = listOf(value);
  const most = nesting_mode === 'single' || nesting_mode === 'group' ? 1 : max_items;
  const isCounted = items.length >= min_items && (most === 0 || items.length <= most);
  return [
    ...(isCounted ? [] : [`${at}: ${items.length} blocks`]),
    ...items.flatMap((item) => (isMap(item) ? blockRefusals(item, block, at) : [`${at}: no block`])),
  ];
}

function typeRefusals(value: unknown, type: Type, at: string): readonly string[] {
  if (type === 'dynamic' || isExpression(value)) return [];
  const wrong = [`${at}: not a ${typeof type === 'string' ? type : type[0]}`];
  if (typeof type === 'string') return typeof value === (type === 'bool' ? 'boolean' : type) ? [] : wrong;
  switch (type[0]) {
    case 'list':
    case 'set':
      return Array.isArray(value) ? value.flatMap((item) => typeRefusals(item, type[1], `${at}[]`)) : wrong;
    case 'map':
      return isMap(value)
        ? Object.entries(value).flatMap(([key, item]) => typeRefusals(item, type[1], `${at}.${key}`))
        : wrong;
    case 'object':
      return isMap(value) ? blockRefusals(value, membersOf(type[1]), at) : wrong;
    case 'tuple':
      return Array.isArray(value) && value.length === type[1].length
        ? type[1].flatMap((of, index) => typeRefusals(value[index], of, `${at}[${index}]`))
        : wrong;
  }
}

/** An object of Terraform's type system has all of its members. */
function membersOf(types: Readonly<Record<string, Type>>): Block {
  return {
    attributes: Object.fromEntries(
      Object.entries(types).map(([name, type]) => [name, { type, required: true }]),
    ),
  };
}

/** Whether Terraform evaluates it to something of a type that the text does not show. */
function isExpression(value: unknown): boolean {
  return typeof value === 'string' && /^\$\{[\s\S]*\}$/.test(value);
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapOf(value: unknown): Json {
  return isMap(value) ? value : {};
}

/** Blocks of one name: in JSON one may stand by itself, without a list. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
