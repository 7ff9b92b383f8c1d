import type { SetBlock } from './hcl';

type Json = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a value in Terraform's JSON, where one block may stand for a list of one. */
function maps(value: unknown): readonly Json[] {
  return (Array.isArray(value) ? value : [value]).filter(isMap);
}

function parsed(source: string): readonly Json[] {
  try {
    return maps(JSON.parse(source));
  } catch {
    return [];
  }
}

/** The resources and data sources of a file in Terraform's JSON. Terraform checks the syntax itself. */
export function jsonBlocksOf(source: string): readonly SetBlock[] {
  return parsed(source).flatMap((file) =>
    ['resource', 'data'].flatMap((kind) =>
      maps(file[kind]).flatMap((types) =>
        Object.entries(types).flatMap(([type, named]) =>
          maps(named)
            .flatMap((blocks) => Object.values(blocks))
            .flatMap(maps)
            .map((block) => ({ kind, type, names: Object.keys(block) })),
        ),
      ),
    ),
  );
}

/** A provider that a module requires. */
export interface RequiredProvider {
  readonly name: string;
  readonly source: string;
  readonly version: string;
}

function required(name: string, source: unknown, version: unknown): RequiredProvider {
  return {
    name,
    source: typeof source === 'string' ? source : `hashicorp/${name}`,
    version: typeof version === 'string' ? version : '',
  };
}

export function jsonRequirementsOf(source: string): readonly RequiredProvider[] {
  return parsed(source)
    .flatMap((file) => maps(file.terraform))
    .flatMap((block) => maps(block.required_providers))
    .flatMap((providers) => Object.entries(providers))
    .map(([name, value]) =>
      isMap(value) ? required(name, value.source, value.version) : required(name, undefined, value),
    );
}

/** The required providers of a file in Terraform's language. */
export function requirementsOf(source: string): readonly RequiredProvider[] {
  const bodies = [...source.matchAll(/\brequired_providers\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g)];
  return bodies.flatMap(([, body = '']) =>
    [...body.matchAll(/([A-Za-z_][\w-]*)\s*=\s*(?:\{([^{}]*)\}|"([^"]*)")/g)].map(
      ([, name = '', members, version]) => {
        const member = (key: string) => new RegExp(`\\b${key}\\s*[=:]\\s*"([^"]*)"`).exec(members ?? '')?.[1];
        return required(name, member('source'), members === undefined ? version : member('version'));
      },
    ),
  );
}
