import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

/** The part of `.tsbuildinfo` that says which sources TypeScript compiled, and whether it has written all outputs. */
interface BuildInfo {
  /** Relative to the file's own folder. */
  readonly fileNames: readonly string[];
  /** SHA-256 of each file's text, by its place in `fileNames`. */
  readonly fileInfos: readonly (string | { readonly version: string })[];
  /** Files that were checked and not written, as `tsc --noEmit` leaves them. */
  readonly affectedFilesPendingEmit?: readonly unknown[];
}

let isChecked = false;

/**
 * The path of a compiled program: every test that starts one asks here.
 *
 * @throws where `dist` was not built from the sources as they are now
 */
export function compiled(program: string): string {
  const reason = isChecked ? undefined : staleness(ROOT);
  if (reason !== undefined) {
    const error = new Error(`${reason}; run npm run build`);
    // Jest shows the stack; where the test asked says nothing.
    error.stack = error.message;
    throw error;
  }
  isChecked = true;
  return path.join(ROOT, 'dist', program);
}

/** The path of the compiled command `kakehashi`. */
export function compiledCli(): string {
  return compiled('scripts/kakehashi.js');
}

/**
 * Why `dist` is not what the sources of a project would be compiled to; undefined where it is.
 *
 * Contents are compared and no times: `tsc` leaves an output alone that stays the same, and a checkout touches sources that
 * stay the same.
 */
export function staleness(root: string): string | undefined {
  const file = path.join(root, 'dist/.tsbuildinfo');
  if (!existsSync(file)) return 'dist was not built';
  const info = JSON.parse(readFileSync(file, 'utf8')) as BuildInfo;
  const built = builtSources(root, info);
  for (const source of sourcesOf(root)) {
    const digest = built.get(source);
    built.delete(source);
    if (digest === undefined) return `dist is older than ${source}, which is new`;
    const text = readFileSync(path.join(root, source), 'utf8');
    if (digest !== createHash('sha256').update(text).digest('hex')) return `dist is older than ${source}`;
    const output = `dist/${source.replace(/\.ts$/, '.js')}`;
    if (!existsSync(path.join(root, output))) return `${output} is missing`;
  }
  const [gone] = built.keys();
  if (gone !== undefined) return `dist was built from ${gone}, which is gone`;
  return (info.affectedFilesPendingEmit ?? []).length > 0 ? 'dist was checked, but not written' : undefined;
}

/** The digests of the project's own sources, by path. */
function builtSources(root: string, { fileNames, fileInfos }: BuildInfo): Map<string, string> {
  return new Map(
    fileNames.flatMap((name, index): [string, string][] => {
      const source = path.relative(root, path.resolve(root, 'dist', name));
      const info = fileInfos[index];
      if (info === undefined || source.startsWith('..') || source.startsWith('node_modules/')) return [];
      return [[source, typeof info === 'string' ? info : info.version]];
    }),
  );
}

/** The sources that `tsconfig.json` includes: whole folders, and `folder/*.ts`. */
function sourcesOf(root: string): readonly string[] {
  const { include } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8')) as {
    readonly include: readonly string[];
  };
  return include.flatMap((entry) => {
    const isFlat = entry.endsWith('/*.ts');
    const folder = isFlat ? path.dirname(entry) : entry;
    return readdirSync(path.join(root, folder), { recursive: !isFlat, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(folder, name));
  });
}
