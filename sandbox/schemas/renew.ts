import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { schemaFile } from './files';
import { AWS_PROVIDER_VERSION, DATA_TYPES, MANAGED_TYPES } from './types';

type Json = Readonly<Record<string, unknown>>;

function read(file: string): Json {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Json;
}

function pick(from: unknown, types: readonly string[], where: string): Json {
  const table = (from ?? {}) as Json;
  const missing = types.filter((type) => !(type in table));
  if (missing.length > 0) throw new Error(`${where}: no ${missing.join(', ')}`);
  return Object.fromEntries(types.map((type) => [type, table[type]]));
}

const RULES = ['ingress', 'egress'];

/**
 * Gives the rules of security groups their `description` back: a schema whose prose was left out may have lost the
 * member of that name as well (the real provider wants 9 members, see `unasked` in the behaviour file).
 */
function withRuleDescriptions(schemas: Json): Json {
  const repaired = structuredClone(schemas) as Record<
    string,
    { block: { attributes: Record<string, { type: unknown }> } }
  >;
  for (const type of ['aws_security_group', 'aws_default_security_group']) {
    for (const rules of RULES) {
      const attribute = repaired[type]?.block.attributes[rules];
      if (attribute === undefined) throw new Error(`${type}: no ${rules}`);
      const [, [, members]] = attribute.type as [string, [string, Record<string, string>]];
      const sorted = Object.entries({ ...members, description: 'string' }).sort(([one], [other]) =>
        one < other ? -1 : 1,
      );
      attribute.type = ['set', ['object', Object.fromEntries(sorted)]];
    }
  }
  return repaired;
}

/** JSON with one line per entry of the tables named in `opened`, so that a renewal shows which types changed. */
function lines(value: Json, opened: readonly string[], indent = ''): string {
  const inner = `${indent} `;
  const entries = Object.entries(value).map(([key, child]) => {
    const open = opened.includes(key) && typeof child === 'object' && child !== null;
    return `${inner}${JSON.stringify(key)}: ${open ? lines(child as Json, opened, inner) : JSON.stringify(child)}`;
  });
  return `{\n${entries.join(',\n')}\n${indent}}`;
}

/**
 * Makes the pruned copies beside this file from the full ones.
 *
 * @param schemaPath what `terraform providers schema -json` printed, or that with gzip
 * @param behaviourPath the recorded answers (facts.md §6), or that with gzip
 * @param folder where they go. @default - beside this file's source
 */
export function renew(
  schemaPath: string,
  behaviourPath: string,
  folder = dirname(schemaFile('schema')),
): void {
  const providers = Object.values((read(schemaPath).provider_schemas ?? {}) as Json) as Json[];
  const full = providers.find((provider) => 'aws_vpc' in ((provider.resource_schemas ?? {}) as Json));
  if (full === undefined) throw new Error(`${schemaPath}: no schema of the AWS provider`);
  const about = { provider: 'registry.terraform.io/hashicorp/aws', version: AWS_PROVIDER_VERSION };
  const schema = {
    provider: full.provider,
    resource_schemas: withRuleDescriptions(pick(full.resource_schemas, MANAGED_TYPES, schemaPath)),
    data_source_schemas: pick(full.data_source_schemas, DATA_TYPES, schemaPath),
  };
  const behaviour = pick(read(behaviourPath), MANAGED_TYPES, behaviourPath);
  const opened = ['schema', 'resource_schemas', 'data_source_schemas', 'behaviour'];
  writeFileSync(join(folder, basename(schemaFile('schema'))), `${lines({ ...about, schema }, opened)}\n`);
  writeFileSync(
    join(folder, basename(schemaFile('behaviour'))),
    `${lines({ ...about, behaviour }, opened)}\n`,
  );
}

if (require.main === module) {
  const [schemaPath, behaviourPath] = process.argv.slice(2);
  if (schemaPath === undefined || behaviourPath === undefined) {
    process.stderr.write(
      'usage: node dist/sandbox/schemas/renew.js <schema.json[.gz]> <behaviour.json[.gz]>\n',
    );
    process.exitCode = 64;
  } else {
    try {
      renew(schemaPath, behaviourPath);
    } catch (failure) {
      process.stderr.write(`${(failure as Error).message}\n`);
      process.exitCode = 1;
    }
  }
}
