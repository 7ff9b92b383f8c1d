import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../base/package-root';
import { settableBelowSets } from './nested-paths';
import {
  type Behaviour,
  EMPTY_BEHAVIOUR,
  type FurtherBehaviour,
  type ProviderSchema,
  type RecordedImports,
  type RefusedValues,
  type Schema,
  type Type,
} from './schema';
import { longSchema, type ShortSchema } from './short-schema';

type FileKind = 'schema' | 'behaviour' | 'further' | 'refusals' | 'imports' | 'states' | 'others' | 'later';

/** Values that a state holds for arguments that are not set, by the names of the arguments. */
type Unset = Readonly<Record<string, string | number | boolean>>;

type ByType<T> = Readonly<Record<string, T>>;

/** The file of refused values. Many arguments have the same table, which stands in the file once. */
interface RefusalsFile {
  readonly tables?: readonly RefusedValues[string][];
  /** By type and path, the position of the table. */
  readonly refusals?: ByType<Readonly<Record<string, number>>>;
  readonly plans?: ByType<readonly string[]>;
}

/** The types of a provider that the sandbox simulates. The files hold these only. */
export interface SimulatedTypes {
  readonly managed: readonly string[];
  readonly data: readonly string[];
  readonly ephemeral: readonly string[];
}

/** Where a schema stands: resources, data sources or ephemeral resources. */
export type SchemaTable = 'resource_schemas' | 'data_source_schemas' | 'ephemeral_resource_schemas';

export const SCHEMA_TABLES: readonly SchemaTable[] = [
  'resource_schemas',
  'data_source_schemas',
  'ephemeral_resource_schemas',
];

type Others = Partial<Record<SchemaTable, ByType<ShortSchema>>>;

/** Arguments and attributes that only later versions of a provider have, with their types. */
interface Later {
  /** The version that they were read from, such as `6.25.0`. */
  readonly version: string;
  readonly names: Partial<Record<SchemaTable, ByType<Readonly<Record<string, Type>>>>>;
}

/** An argument, or the blocks of one name, in a provider's configuration. */
type Argument = string | boolean | readonly Readonly<Record<string, string | boolean>>[];

/** What a simulated provider says about itself. */
interface ProviderDescription {
  /** Who publishes the provider: the namespace in its source address. @default 'hashicorp' */
  readonly namespace?: string;
  /** The provider's name in its source address, with which the names of its types begin. */
  readonly name: string;
  readonly version: string;
  readonly types: SimulatedTypes;
  /** Types that are served although they are not simulated, where the configuration is not known. @default - all of the provider */
  readonly family?: RegExp;
  /** A configuration with which the real provider answers without credentials and network. @default - none is needed */
  readonly offline?: Readonly<Record<string, Argument>>;
  /**
   * What an object of the simulation holds: the attributes of a Terraform state, or a record of the simulated server, which has
   * attributes of its own. @default states
   */
  readonly objects?: 'states' | 'records';
  /** Behaviour that the provider's documentation or published source gives, of types that were not asked about it. @default - none */
  readonly documented?: ByType<FurtherBehaviour>;
}

/** A simulated provider's files in this folder: its pruned schema and the recordings. Each is read once, when it is needed. */
export class ProviderFiles {
  /** The provider's source address without its registry, which Terraform and OpenTofu fill in: `hashicorp/vault`. */
  readonly source: string;
  readonly name: string;
  readonly version: string;
  readonly types: SimulatedTypes;
  readonly family: RegExp;
  readonly offline: Readonly<Record<string, Argument>>;
  readonly objects: 'states' | 'records';
  private readonly documented: ByType<FurtherBehaviour>;
  private readonly read = new Map<FileKind, unknown>();
  private readonly refusedByType = new Map<string, RefusedValues>();

  constructor({
    namespace = 'hashicorp',
    name,
    version,
    types,
    family = /^/,
    offline = {},
    objects = 'states',
    documented = {},
  }: ProviderDescription) {
    this.source = `${namespace}/${name}`;
    this.name = name;
    this.version = version;
    this.types = types;
    this.family = family;
    this.offline = offline;
    this.objects = objects;
    this.documented = documented;
  }

  /** The provider's name and version, for display: `hashicorp/vault 5.6.0`. */
  get title(): string {
    return `${this.source} ${this.version}`;
  }

  /** Terraform and OpenTofu resolve an address without registry to their own one; both must find the provider attached. */
  get addresses(): readonly string[] {
    return ['registry.terraform.io', 'registry.opentofu.org'].map((host) => `${host}/${this.source}`);
  }

  get schema(): ProviderSchema {
    return this.content<{ schema: ProviderSchema }>('schema').schema;
  }

  /** What the real provider answered about each resource type (docs/reference/sandbox.md). */
  get behaviour(): ByType<Behaviour> {
    return this.content<{ behaviour: ByType<Behaviour> }>('behaviour').behaviour;
  }

  /** The recording of `tools/record-schema.ts`; empty for a provider that was not asked, and while it is recorded. */
  get further(): ByType<FurtherBehaviour> {
    return this.content<{ further?: ByType<FurtherBehaviour> }>('further').further ?? {};
  }

  /** The schema of a type of the provider that is not simulated. */
  other(table: SchemaTable, type: string): Schema | undefined {
    const found = this.content<Others>('others')[table]?.[type];
    return found && longSchema(found);
  }

  /** The names of the types that are not simulated and have a schema. */
  otherTypes(table: SchemaTable): readonly string[] {
    return Object.keys(this.content<Others>('others')[table] ?? {});
  }

  /** The version that {@link later} was read from; undefined if no later version was examined. */
  get laterVersion(): string | undefined {
    return this.content<Partial<Later>>('later').version;
  }

  /** The arguments and attributes of a type that only later versions of the provider have. */
  later(table: SchemaTable, type: string): Readonly<Record<string, Type>> {
    return this.content<Partial<Later>>('later').names?.[table]?.[type] ?? {};
  }

  /** The values that the real provider refused, by type; undefined for a type that was not asked about. */
  refused(type: string): RefusedValues | undefined {
    const { tables = [], refusals = {} } = this.content<RefusalsFile>('refusals');
    const known = this.refusedByType.get(type);
    const paths = refusals[type];
    if (known !== undefined || paths === undefined) return known;
    const refused = Object.fromEntries(
      Object.entries(paths).map(([path, table]) => [path, tables[table] ?? {}]),
    );
    this.refusedByType.set(type, refused);
    return refused;
  }

  /** The messages that the real provider gave about plans of a type whose arguments are legal one by one. */
  refusedPlans(type: string): readonly string[] {
    return this.content<RefusalsFile>('refusals').plans?.[type] ?? [];
  }

  /** What the real provider answered to imports of a type, by the id. */
  imports(type: string): RecordedImports {
    return this.content<{ imports?: ByType<RecordedImports> }>('imports').imports?.[type] ?? {};
  }

  /** Values that a state of the real provider holds for arguments that are not set; empty for a provider that was not examined. */
  unset(type: string): Unset {
    return this.content<{ unset?: ByType<Unset> }>('states').unset?.[type] ?? {};
  }

  /** Whether the provider has such a file. Every provider has a schema and a behaviour file. */
  has(kind: FileKind): boolean {
    return existsSync(this.file(kind));
  }

  /** The path of a file, in the sources also if this module runs from `dist/`, where there is no copy. */
  file(kind: FileKind): string {
    const name = `${this.name}-${this.version}${kind === 'schema' ? '' : `.${kind}`}.json`;
    return join(packageRoot(__dirname), 'sandbox', 'schemas', name);
  }

  /** What the recording says about a resource type. */
  recorded(type: string): {
    readonly behaviour: Behaviour;
    readonly further: FurtherBehaviour;
    readonly refused: RefusedValues | undefined;
    readonly refusedPlans: readonly string[];
    readonly imports: RecordedImports;
  } {
    const behaviour = this.behaviour[type] ?? EMPTY_BEHAVIOUR;
    // Nobody asked this provider what changes in place below sets of blocks: the more dangerous answer is taken for true.
    const unasked = () => {
      const setReplaces = settableBelowSets(this.schema.resource_schemas[type]?.block ?? {});
      return { ...demandsIn(behaviour), ...(setReplaces.length === 0 ? {} : { setReplaces }) };
    };
    return {
      behaviour,
      further: { ...(this.further[type] ?? unasked()), ...this.documented[type] },
      refused: this.refused(type),
      refusedPlans: this.refusedPlans(type),
      imports: this.imports(type),
    };
  }

  private content<T>(kind: FileKind): T {
    const isOptional = kind !== 'schema' && kind !== 'behaviour';
    const known =
      this.read.get(kind) ??
      (isOptional && !this.has(kind) ? {} : JSON.parse(readFileSync(this.file(kind), 'utf8')));
    this.read.set(kind, known);
    return known as T;
  }
}

/** The groups of attributes that must be set together, read from the recorded messages of a provider without further recordings. */
function demandsIn({ together = {} }: Behaviour): FurtherBehaviour {
  const groups = Object.entries(together).flatMap(([name, message]) => {
    const group = /: all of `([^`]+)` must be specified/.exec(message)?.[1]?.split(',');
    return group === undefined ? [] : [[name, group] as const];
  });
  const choices = Object.values(together).flatMap((message) => {
    const match = /^Invalid combination of arguments: "[^"]+": one of `([^`]+)` must be specified/.exec(
      message,
    );
    const group = match?.[1]?.split(',') ?? [];
    return group.map((name) => [name, group] as const);
  });
  return {
    ...(groups.length === 0 ? {} : { allOf: Object.fromEntries(groups) }),
    ...(choices.length === 0 ? {} : { exactlyOne: Object.fromEntries(choices) }),
  };
}
