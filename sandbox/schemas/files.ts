import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Behaviour, EMPTY_BEHAVIOUR, type FurtherBehaviour, type ProviderSchema } from './schema';
import {
  AWS_PROVIDER_VERSION,
  DATA_TYPES,
  MANAGED_TYPES,
  VAULT_DATA_TYPES,
  VAULT_EPHEMERAL_TYPES,
  VAULT_MANAGED_TYPES,
  VAULT_PROVIDER_VERSION,
} from './types';

/** The package's own folder, both from the sources and from `dist/`. */
function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) || dirname(from) === from) return from;
  return packageRoot(dirname(from));
}

type FileKind = 'schema' | 'behaviour' | 'further' | 'states';

/** Values of a state for arguments that were not set, by their names. */
type Unset = Readonly<Record<string, string | number | boolean>>;

type ByType<T> = Readonly<Record<string, T>>;

/** A provider's types that the sandbox simulates; everything else of it is left out of the files. */
export interface SimulatedTypes {
  readonly managed: readonly string[];
  readonly data: readonly string[];
  readonly ephemeral: readonly string[];
}

/** One provider's files in this folder: its pruned schema and what was recorded of it. Each is read once, when it is needed. */
export class ProviderFiles {
  private readonly read = new Map<FileKind, unknown>();

  constructor(
    /** `aws` or `vault`, as the provider's own types begin. */
    readonly name: string,
    readonly version: string,
    readonly types: SimulatedTypes,
  ) {}

  /** The provider's name and version, for display: `hashicorp/aws 5.100.0`. */
  get title(): string {
    return `hashicorp/${this.name} ${this.version}`;
  }

  /** Terraform and OpenTofu resolve the short name to their own registry; both must find the provider attached. */
  get addresses(): readonly string[] {
    return ['registry.terraform.io', 'registry.opentofu.org'].map((host) => `${host}/hashicorp/${this.name}`);
  }

  get schema(): ProviderSchema {
    return this.content<{ schema: ProviderSchema }>('schema').schema;
  }

  /** What the real provider answered about each type (facts.md §6). */
  get behaviour(): ByType<Behaviour> {
    return this.content<{ behaviour: ByType<Behaviour> }>('behaviour').behaviour;
  }

  /** What else was asked of the real provider (`record.ts`); nothing where it was not, or is being recorded. */
  get further(): ByType<FurtherBehaviour> {
    return this.content<{ further?: ByType<FurtherBehaviour> }>('further').further ?? {};
  }

  /** What a state of the real provider holds for arguments that were not set; nothing where it was not looked at. */
  unset(type: string): Unset {
    return this.content<{ unset?: ByType<Unset> }>('states').unset?.[type] ?? {};
  }

  /** Whether the file is there; schema and behaviour always are. */
  has(kind: FileKind): boolean {
    return existsSync(this.file(kind));
  }

  /** Where a file lies; `tsc` does not copy them to `dist/`. */
  file(kind: FileKind): string {
    const name = `${this.name}-${this.version}${kind === 'schema' ? '' : `.${kind}`}.json`;
    return join(packageRoot(__dirname), 'sandbox', 'schemas', name);
  }

  /** What the recording says about a resource type. */
  recorded(type: string): { readonly behaviour: Behaviour; readonly further: FurtherBehaviour } {
    const behaviour = this.behaviour[type] ?? EMPTY_BEHAVIOUR;
    return { behaviour, further: this.further[type] ?? demandsIn(behaviour) };
  }

  private content<T>(kind: FileKind): T {
    const isOptional = kind === 'further' || kind === 'states';
    const known =
      this.read.get(kind) ??
      (isOptional && !this.has(kind) ? {} : JSON.parse(readFileSync(this.file(kind), 'utf8')));
    this.read.set(kind, known);
    return known as T;
  }
}

/** The groups of attributes that are wanted together, as the recorded words name them; for a provider that was asked no further. */
function demandsIn({ together = {} }: Behaviour): FurtherBehaviour {
  const groups = Object.entries(together).flatMap(([name, words]) => {
    const group = /: all of `([^`]+)` must be specified/.exec(words)?.[1]?.split(',');
    return group === undefined ? [] : [[name, group] as const];
  });
  return groups.length === 0 ? {} : { allOf: Object.fromEntries(groups) };
}

export const AWS_FILES = new ProviderFiles('aws', AWS_PROVIDER_VERSION, {
  managed: MANAGED_TYPES,
  data: DATA_TYPES,
  ephemeral: [],
});

export const VAULT_FILES = new ProviderFiles('vault', VAULT_PROVIDER_VERSION, {
  managed: VAULT_MANAGED_TYPES,
  data: VAULT_DATA_TYPES,
  ephemeral: VAULT_EPHEMERAL_TYPES,
});

export const ALL_FILES = [AWS_FILES, VAULT_FILES] as const;

/** The files of the provider that a type belongs to. */
export function filesOf(type: string): ProviderFiles {
  return ALL_FILES.find(({ name }) => type.startsWith(`${name}_`)) ?? AWS_FILES;
}
