import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type ProviderFiles, SCHEMA_TABLES } from '../sandbox/schemas/provider-files';
import type { Schema } from '../sandbox/schemas/schema';
import { shortSchema } from '../sandbox/schemas/short-schema';
import { SIMULATED } from '../sandbox/simulated';
import { withRamAssociations } from './aws/ram-behaviour';
import { withoutUselessAnswers } from './aws/recording-repairs';
import { withResolverTypes } from './aws/resolver-behaviour';
import { withRuleDescriptions } from './aws/rule-descriptions';
import { withoutMisplacedAnswers, withSecurityRuleDescriptions } from './azure/recording-repairs';
import { withUnrecordedTypes } from './azure/unrecorded-behaviour';

type Json = Readonly<Record<string, unknown>>;

type Repair = (schemas: Json) => Json;

/** Repairs of known gaps in the schemas of resources. Each leaves the schemas of other providers unchanged. */
const RESOURCE_REPAIRS: readonly Repair[] = [withRuleDescriptions, withSecurityRuleDescriptions];

/** Repairs of known gaps in the schemas of data sources. */
const DATA_REPAIRS: readonly Repair[] = [withSecurityRuleDescriptions];

function repaired(schemas: Json, repairs: readonly Repair[]): Json {
  return repairs.reduce((current, repair) => repair(current), schemas);
}

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

/** JSON with one line per entry of the tables named in `opened`, so that a renewal shows which types changed. */
function lines(value: Json, opened: readonly string[], indent = ''): string {
  const inner = `${indent} `;
  const entries = Object.entries(value).map(([key, child]) => {
    const open = opened.includes(key) && typeof child === 'object' && child !== null;
    return `${inner}${JSON.stringify(key)}: ${open ? lines(child as Json, opened, inner) : JSON.stringify(child)}`;
  });
  return `{\n${entries.join(',\n')}\n${indent}}`;
}

/** Schemas above this size in characters are left out: dashboards and web filters, whose few types are half of a provider. */
const LARGEST = 100_000;

/** The schemas of the types that are not simulated, in their short form. */
function others(full: Json, simulated: Json): Json {
  const tables = SCHEMA_TABLES.filter((table) => full[table] !== undefined).map((table) => {
    const own = (simulated[table] ?? {}) as Json;
    const rest = Object.entries(full[table] as Readonly<Record<string, Schema>>).filter(
      ([type, schema]) => !(type in own) && JSON.stringify(schema).length <= LARGEST,
    );
    return [table, Object.fromEntries(rest.map(([type, schema]) => [type, shortSchema(schema)]))] as const;
  });
  return Object.fromEntries(tables);
}

/** The provider of a printed schema, and its part of the schema. */
function providerIn(schemaPath: string): { readonly files: ProviderFiles; readonly full: Json } {
  const providers = Object.entries((read(schemaPath).provider_schemas ?? {}) as Json);
  for (const { files } of SIMULATED) {
    const found = providers.find(([address]) => address.endsWith(`/${files.source}`));
    if (found !== undefined) return { files, full: found[1] as Json };
  }
  const names = SIMULATED.map(({ files }) => files.source).join(' or ');
  throw new Error(`${schemaPath}: no schema of ${names}`);
}

/**
 * Makes the pruned copies in `sandbox/schemas/` from the full ones, of whichever simulated provider they are.
 *
 * @param schemaPath what `terraform providers schema -json` printed, or that with gzip
 * @param behaviourPath the recorded answers (docs/reference/sandbox.md), or that with gzip
 * @param folder where they go. @default - `sandbox/schemas`
 */
export function renew(schemaPath: string, behaviourPath: string, folder?: string): void {
  const { files, full } = providerIn(schemaPath);
  const { managed, data, ephemeral } = files.types;
  const about = { provider: `registry.terraform.io/${files.source}`, version: files.version };
  const schema = {
    provider: full.provider,
    resource_schemas: repaired(pick(full.resource_schemas, managed, schemaPath), RESOURCE_REPAIRS),
    data_source_schemas: repaired(pick(full.data_source_schemas, data, schemaPath), DATA_REPAIRS),
    ...(ephemeral.length === 0
      ? {}
      : { ephemeral_resource_schemas: pick(full.ephemeral_resource_schemas, ephemeral, schemaPath) }),
  };
  const recorded = withUnrecordedTypes(withResolverTypes(withRamAssociations(read(behaviourPath))));
  const behaviour = withoutUselessAnswers(withoutMisplacedAnswers(pick(recorded, managed, behaviourPath)));
  const opened = [
    'schema',
    'resource_schemas',
    'data_source_schemas',
    'ephemeral_resource_schemas',
    'behaviour',
  ];
  for (const [kind, content] of [
    ['schema', { ...about, schema }] as const,
    ['behaviour', { ...about, behaviour }] as const,
    ['others', { ...about, ...others(full, schema) }] as const,
  ]) {
    const file = files.file(kind);
    writeFileSync(join(folder ?? dirname(file), basename(file)), `${lines(content, opened)}\n`);
  }
}

if (require.main === module) {
  const [schemaPath, behaviourPath] = process.argv.slice(2);
  if (schemaPath === undefined || behaviourPath === undefined) {
    process.stderr.write('usage: node dist/tools/renew-schema.js <schema.json[.gz]> <behaviour.json[.gz]>\n');
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
