import type { Attributes } from '../../../terraform/state/state-file';
import { type Configuration, object } from '../adopt/configuration';

/** What of a stack's resources anything of ours depends on, by its configuration. */
export class Relevance {
  private readonly references = new Set<string>();

  constructor(private readonly configuration: Configuration) {
    const text = JSON.stringify(configuration.raw);
    for (const [, type, name, attribute] of text.matchAll(REFERENCE))
      this.references.add(`${type}.${name}.${attribute}`);
  }

  /**
   * Whether the configuration gives an attribute its value, or another resource, a data source or an output reads it. On a resource that
   * the configuration does not have any more nothing depends, and what the cloud filled in can't be told from what was set.
   */
  isRelevant(address: string, attribute: string): boolean {
    const block = this.blockOf(address);
    if (block === undefined) return false;
    if (ignoredBy(block).has(attribute)) return false;
    return this.isConfigured(block, attribute) || this.references.has(`${resourceOf(address)}.${attribute}`);
  }

  /** Whether the configuration has the resource, and gives one of its attributes a value. */
  sets(address: string, attribute: string): boolean {
    const block = this.blockOf(address);
    return block !== undefined && this.isConfigured(block, attribute);
  }

  private isConfigured(block: Attributes, attribute: string): boolean {
    // All tags of an object, with those that the provider adds by default.
    return block[attribute === 'tags_all' ? 'tags' : attribute] !== undefined || attribute === 'tags_all';
  }

  private blockOf(address: string): Attributes | undefined {
    const [type = '', name = ''] = resourceOf(address).split('.');
    return this.configuration.resources[type]?.[name];
  }
}

const REFERENCE =
  /\b([a-z][a-z0-9]*_[a-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_-]*)(?:\[[^\]]*\])?\.([a-z][a-z0-9_]*)/g;

/** `aws_instance.Nodes["n1"]` without its key. */
function resourceOf(address: string): string {
  return address.replace(/\[.*$/, '');
}

/** Attributes that Terraform is told to leave as they are: a schedule or a group changes them. */
function ignoredBy({ lifecycle }: Attributes): ReadonlySet<string> {
  const blocks = Array.isArray(lifecycle) ? lifecycle : [lifecycle];
  const names = blocks.flatMap((block) => {
    const { ignore_changes: ignored } = object(block);
    return Array.isArray(ignored) ? ignored.map((name) => String(name).split(/[.[]/)[0] ?? '') : [];
  });
  return new Set(names);
}
