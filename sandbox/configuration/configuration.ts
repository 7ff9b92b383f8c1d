import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { blocksOf, type SetBlock } from './hcl';
import { jsonBlocksOf, jsonRequirementsOf, type RequiredProvider, requirementsOf } from './json-blocks';
import { satisfies } from './version-constraint';

interface ConfigurationFile {
  /** The path from the folder of the root module. */
  readonly name: string;
  readonly text: string;
}

/** A constraint in `required_providers` that a version does not satisfy. */
export interface Unsatisfied {
  readonly constraint: string;
  readonly file: string;
}

const EXTENSIONS = /\.(tf|tofu|tftest\.hcl|tf\.json|tofu\.json|tftest\.json)$/;

/** What a folder of Terraform's holds as text: the root module, and the modules that `terraform init` installed or found. */
export class Configuration {
  constructor(private readonly files: readonly ConfigurationFile[]) {}

  /**
   * Reads a folder. @param dataFolder Terraform's `.terraform`
   * @returns undefined if no file of a configuration can be read there
   */
  static read(folder: string, dataFolder = '.terraform'): Configuration | undefined {
    const data = resolve(folder, dataFolder);
    const files = ['.', 'tests', ...moduleFolders(data)].flatMap((module) => filesIn(folder, module));
    return files.length === 0 ? undefined : new Configuration(files);
  }

  /** The words that begin with a provider's name, such as `aws_vpc`: among them all types that are named. */
  words(provider: string): ReadonlySet<string> {
    const pattern = new RegExp(`\\b${provider}_[a-z0-9_]+`, 'g');
    return new Set(this.files.flatMap(({ text }) => text.match(pattern) ?? []));
  }

  /** The names of the arguments and blocks that some resource, or data source, of a type sets. */
  setNames(kind: 'resource' | 'data', type: string): ReadonlySet<string> {
    const blocks = this.blocks().filter((block) => block.kind === kind && block.type === type);
    return new Set(blocks.flatMap(({ names }) => names));
  }

  /** Whether some expression refers to an attribute of a data source of a type. */
  refersTo(type: string, attribute: string): boolean {
    const pattern = new RegExp(`\\bdata\\.${type}\\.[\\w-]+(\\[[^\\]\\n]*\\])?\\.${attribute}\\b`);
    return this.files.some(({ text }) => pattern.test(text));
  }

  /** The first constraint of a provider that a version does not satisfy. */
  unsatisfied(source: string, version: string): Unsatisfied | undefined {
    for (const { name, text } of this.files) {
      const requirements = isJson(name) ? jsonRequirementsOf(text) : requirementsOf(text);
      const found = requirements.find((required) => concerns(required, source, version));
      if (found !== undefined) return { constraint: found.version, file: name };
    }
    return undefined;
  }

  private known: readonly SetBlock[] | undefined;

  private blocks(): readonly SetBlock[] {
    this.known ??= this.files.flatMap(({ name, text }) =>
      isJson(name) ? jsonBlocksOf(text) : blocksOf(text),
    );
    return this.known;
  }
}

function concerns(required: RequiredProvider, source: string, version: string): boolean {
  const own = required.source.split('/').slice(-2).join('/');
  return own === source && !satisfies(version, required.version);
}

function isJson(name: string): boolean {
  return name.endsWith('.json');
}

/** The folders of the modules below the root module, which Terraform lists in its data folder. */
function moduleFolders(data: string): readonly string[] {
  try {
    const listed: unknown = JSON.parse(readFileSync(join(data, 'modules', 'modules.json'), 'utf8'));
    const modules = (listed as { Modules?: readonly { Dir?: unknown }[] }).Modules ?? [];
    return modules.flatMap(({ Dir }) => (typeof Dir === 'string' && Dir !== '.' ? [Dir] : []));
  } catch {
    return [];
  }
}

function filesIn(root: string, module: string): readonly ConfigurationFile[] {
  const folder = resolve(root, module);
  try {
    const names = readdirSync(folder).filter((name) => EXTENSIONS.test(name));
    return names.sort().map((name) => ({
      name: join(module, name),
      text: readFileSync(join(folder, name), 'utf8'),
    }));
  } catch {
    return [];
  }
}
