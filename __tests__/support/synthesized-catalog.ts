import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironment } from '../../catalog/load';
import { synthesize } from '../../stacks/synthesize';
import { temporaryFolder } from './catalog-folder';
import { type Synthesized, withoutComments } from './synthesized';

export interface SynthesizedCatalog {
  /** By stack id. */
  readonly stacks: Readonly<Record<string, Synthesized>>;
  /** Every file's bytes, by its path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Loads environments of a catalog folder and synthesizes them as the app does. */
export function synthesizedCatalog(
  directory: string,
  environments: readonly string[],
  options: { readonly sandbox?: boolean; readonly outDirectory?: string } = {},
): SynthesizedCatalog {
  const outDirectory = options.outDirectory ?? join(temporaryFolder(), 'cdktf.out');
  const loaded = environments.map((environment) => loadEnvironment({ directory, environment }));
  synthesize(loaded, { sandbox: options.sandbox ?? false, outDirectory });
  const names = readdirSync(outDirectory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const files = Object.fromEntries(
    names.map((name) => [name.slice(outDirectory.length + 1), readFileSync(name, 'utf8')]),
  );
  const stacks = Object.entries(files)
    .filter(([name]) => name.endsWith('cdk.tf.json'))
    .map(([name, text]) => [name.split('/')[1], withoutComments(JSON.parse(text))]);
  return { stacks: Object.fromEntries(stacks), files };
}
