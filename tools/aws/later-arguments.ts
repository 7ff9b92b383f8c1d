import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AWS_FILES } from '../../sandbox/aws/files';
import type { ProviderFiles, SchemaTable } from '../../sandbox/schemas/provider-files';
import type { Type } from '../../sandbox/schemas/schema';

type Names = Record<string, Type>;

const SIMPLE: Readonly<Record<string, Type>> = { string: 'string', boolean: 'bool', number: 'number' };

/** The type behind the words with which generated bindings describe an argument. */
function typeOf(kind: string, storage: string): Type {
  if (kind === 'simple') return SIMPLE[storage] ?? 'dynamic';
  const [, element = '', container = ''] = /^(string|number|boolean)(List|Map)$/.exec(storage) ?? [];
  const member = SIMPLE[element];
  if (member === undefined) return 'dynamic';
  return [container === 'Map' ? 'map' : kind === 'set' ? 'set' : 'list', member];
}

/** The arguments that are no blocks, in the source of a resource's or data source's bindings. */
function argumentsIn(source: string): Names {
  const body = source.slice(source.lastIndexOf('synthesizeHclAttributes() {'));
  const found = body.matchAll(
    /^ {12}(\w+): \{\n\s+value: .*\n\s+isBlock: false,\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)"/gm,
  );
  return Object.fromEntries(
    [...found].map(([, name = '', kind = '', storage = '']) => [name, typeOf(kind, storage)]),
  );
}

/** The attributes of a data source that are texts: its getters read them by name. */
function textsIn(source: string): Names {
  const main = source.slice(source.lastIndexOf('TerraformDataSource {'));
  return Object.fromEntries(
    [...main.matchAll(/this\.getStringAttribute\('(\w+)'\)/g)].map(([, name = '']) => [name, 'string']),
  );
}

/** What a provider's bindings have, and its version that is simulated has not. */
export function laterArguments(files: ProviderFiles): {
  readonly version: string;
  readonly names: Record<'resource_schemas' | 'data_source_schemas', Record<string, Names>>;
} {
  const manifest = require.resolve(`@cdktf/provider-${files.name}/package.json`);
  const lib = join(dirname(manifest), 'lib');
  let version = '';
  const names: Record<'resource_schemas' | 'data_source_schemas', Record<string, Names>> = {
    resource_schemas: {},
    data_source_schemas: {},
  };
  for (const folder of readdirSync(lib).sort()) {
    const source = folder.includes('.') ? '' : readFileSync(join(lib, folder, 'index.js'), 'utf8');
    const type = /\.tfResourceType = "(\w+)"/.exec(source)?.[1];
    if (type === undefined) continue;
    version ||= /providerVersion: '([\d.]+)'/.exec(source)?.[1] ?? '';
    const isData = source.includes('extends cdktf.TerraformDataSource');
    const table: SchemaTable = isData ? 'data_source_schemas' : 'resource_schemas';
    const schema = files.schema[table]?.[type] ?? files.other(table, type);
    if (schema === undefined) continue;
    const { attributes = {}, block_types = {} } = schema.block;
    const all = Object.entries({ ...(isData ? textsIn(source) : {}), ...argumentsIn(source) });
    const added = all.filter(([name]) => !(name in attributes) && !(name in block_types));
    if (added.length > 0) names[table][type] = Object.fromEntries(added);
  }
  return { version, names };
}

/** The table as JSON with one line for each type, so that a renewal shows which types changed. */
function lines(names: Readonly<Record<string, Names>>): string {
  return Object.entries(names)
    .map(([type, added]) => `   ${JSON.stringify(type)}: ${JSON.stringify(added)}`)
    .join(',\n');
}

if (require.main === module) {
  const { version, names } = laterArguments(AWS_FILES);
  const tables = Object.entries(names).map(
    ([table, types]) => `  ${JSON.stringify(table)}: {\n${lines(types)}\n  }`,
  );
  const about = `"provider": "registry.terraform.io/hashicorp/aws",\n "version": ${JSON.stringify(version)}`;
  writeFileSync(AWS_FILES.file('later'), `{\n ${about},\n "names": {\n${tables.join(',\n')}\n }\n}\n`);
}
