import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Behaviour, FurtherBehaviour, ProviderSchema } from './schema';
import { AWS_PROVIDER_VERSION } from './types';

interface SchemaFile {
  readonly provider: string;
  readonly version: string;
  readonly schema: ProviderSchema;
}

interface BehaviourFile {
  readonly provider: string;
  readonly version: string;
  readonly behaviour: Readonly<Record<string, Behaviour>>;
}

interface StatesFile {
  readonly unset: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
}

interface FurtherFile {
  readonly further: Readonly<Record<string, FurtherBehaviour>>;
}

/** The package's own folder, both from the sources and from `dist/`. */
function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) || dirname(from) === from) return from;
  return packageRoot(dirname(from));
}

/** Where the JSON files of the schemas lie; `tsc` does not copy them to `dist/`. */
export function schemaFile(name: 'schema' | 'behaviour' | 'further' | 'states'): string {
  const file = `aws-${AWS_PROVIDER_VERSION}${name === 'schema' ? '' : `.${name}`}.json`;
  return join(packageRoot(__dirname), 'sandbox', 'schemas', file);
}

let loadedSchema: ProviderSchema | undefined;
let loadedStates: StatesFile | undefined;
let loadedFurther: Readonly<Record<string, FurtherBehaviour>> | undefined;
let loadedBehaviour: Readonly<Record<string, Behaviour>> | undefined;

/** The pruned schema of the AWS provider, read once per process. */
export function awsSchema(): ProviderSchema {
  loadedSchema ??= (JSON.parse(readFileSync(schemaFile('schema'), 'utf8')) as SchemaFile).schema;
  return loadedSchema;
}

/** The recorded behaviour of the AWS provider for the same types, read once per process. */
export function awsBehaviour(): Readonly<Record<string, Behaviour>> {
  loadedBehaviour ??= (JSON.parse(readFileSync(schemaFile('behaviour'), 'utf8')) as BehaviourFile).behaviour;
  return loadedBehaviour;
}

/** What else was asked of the AWS provider (`record.ts`), read once per process; nothing while it is being recorded. */
export function awsFurther(): Readonly<Record<string, FurtherBehaviour>> {
  loadedFurther ??= readFurther(schemaFile('further'));
  return loadedFurther;
}

function readFurther(file: string): FurtherFile['further'] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FurtherFile).further : {};
}

/** What a state of the real provider holds, after an apply against moto, for arguments that were not set. */
export function awsUnset(type: string): Readonly<Record<string, string | number | boolean>> {
  loadedStates ??= JSON.parse(readFileSync(schemaFile('states'), 'utf8')) as StatesFile;
  return loadedStates.unset[type] ?? {};
}
