import { rmSync } from 'node:fs';
import path from 'node:path';
import { writeExactly } from '../../../base/files';
import type { Attributes } from '../../../terraform/state/state-file';

/** The file with the import blocks, beside a configuration. */
const IMPORT_FILE = 'adopt.tf.json';

/** A resource and the id by which the provider imports its object. */
export interface ImportBlock {
  readonly type: string;
  readonly name: string;
  readonly id: string;
}

/**
 * Writes import blocks beside a stack's configuration, readable for its owner only. A block for what the state has already is
 * without effect, so a run after a killed one may write them again.
 */
export function writeImportBlocks(folder: string, blocks: readonly ImportBlock[]): void {
  const imports = blocks.map(({ type, name, id }) => ({ to: `${type}.${name}`, id: literal(id) }));
  writeExactly(path.join(folder, IMPORT_FILE), `${JSON.stringify({ import: imports }, null, 2)}\n`, 0o600);
}

/** Removes them, after the apply that imported the objects. */
export function removeImportBlocks(folder: string): void {
  rmSync(path.join(folder, IMPORT_FILE), { force: true });
}

/**
 * The resources of a configuration that only imports: their arguments are valid, and none of them is ever planned as a
 * change.
 */
export function onlyImporting(
  resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly config: Attributes;
    /** Arguments that differ from what exists. @default - all */
    readonly leaves?: readonly string[];
  }[],
): Attributes {
  const byType: Record<string, Record<string, Attributes>> = {};
  for (const { type, name, config, leaves } of resources) {
    byType[type] = {
      ...byType[type],
      [name]: { ...config, lifecycle: [{ ignore_changes: leaves ?? 'all' }] },
    };
  }
  return byType;
}

function literal(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
}
