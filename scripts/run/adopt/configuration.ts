import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Attributes } from '../../../terraform/state/state-file';

/** A stack's configuration as it is synthesized. */
export interface Configuration {
  readonly terraform: Attributes;
  readonly provider: Attributes;
  /** Arguments by resource type and name. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  /** All of it. */
  readonly raw: Attributes;
}

export function readConfiguration(folder: string): Configuration {
  const raw = object(JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')));
  const types = Object.entries(object(raw.resource)).map(([type, named]) => [
    type,
    Object.fromEntries(Object.entries(object(named)).map(([name, block]) => [name, object(block)])),
  ]);
  return {
    terraform: object(raw.terraform),
    provider: object(raw.provider),
    resources: Object.fromEntries(types),
    raw,
  };
}

/** The `terraform` block with a state in the folder itself. */
export function withLocalState({ terraform }: Configuration): Attributes {
  const { backend: _, cloud: __, ...rest } = terraform;
  return { ...rest, backend: { local: { path: 'terraform.tfstate' } } };
}

/** The providers without default tags, which would change whatever is imported. */
export function withoutDefaultTags({ provider }: Configuration): Attributes {
  return Object.fromEntries(
    Object.entries(provider).map(([name, blocks]) => [
      name,
      (Array.isArray(blocks) ? blocks : [blocks]).map((block) => {
        const { default_tags: _, ...rest } = object(block);
        return rest;
      }),
    ]),
  );
}

const REFERENCE = /\$\{([a-z][a-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_-]*)\.id\}/;
const WHOLE_REFERENCE = new RegExp(`^${REFERENCE.source}$`);

/** The arguments with the ids of known objects in the place of references; what refers to anything else is left out. */
export function resolved(block: Attributes, ids: ReadonlyMap<string, string>): Attributes {
  return Object.fromEntries(
    Object.entries(block).flatMap(([name, value]) => {
      if (name === '//' || name === 'depends_on' || name === 'lifecycle') return [];
      if (typeof value === 'string') {
        const [, type, resource] = WHOLE_REFERENCE.exec(value) ?? [];
        if (type === undefined) return value.includes('${') ? [] : [[name, value]];
        const id = ids.get(`${type}.${resource}`);
        return id === undefined ? [] : [[name, id]];
      }
      return JSON.stringify(value).includes('${') ? [] : [[name, value]];
    }),
  );
}

/** The addresses that a resource depends on, also through others, sorted as Terraform keeps them. */
export function dependenciesOf({ resources }: Configuration, type: string, name: string): readonly string[] {
  const all = new Set<string>();
  const visit = (from: Attributes): void => {
    const text = JSON.stringify(from);
    const words = text.match(/[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*/g) ?? [];
    for (const word of words) {
      const [of = '', resource = ''] = word.split('.');
      const block = resources[of]?.[resource];
      if (block === undefined || all.has(word)) continue;
      all.add(word);
      visit(block);
    }
  };
  const { '//': _, ...block } = resources[type]?.[name] ?? {};
  visit(block);
  all.delete(`${type}.${name}`);
  return [...all].sort();
}

export function object(value: unknown): Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
