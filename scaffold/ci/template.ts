import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../base/package-root';

/** What stands for a name in a template: a part of a line, or lines for a line of its own; no lines remove that line. */
export type Parts = Readonly<Record<string, string | readonly string[]>>;

/**
 * Fills a template of `scaffold/files`: `@@name@@` is what a part says. The lines of a part are indented as the place is.
 *
 * @throws Error for a name that no part has
 */
export function fillTemplate(name: string, parts: Parts): string {
  const template = readFileSync(path.join(packageRoot(__dirname), 'scaffold/files', name), 'utf8');
  const partOf = (key: string): string | readonly string[] => {
    const part = parts[key];
    if (part === undefined) throw new Error(`${name}: nothing stands for @@${key}@@`);
    return part;
  };
  return template
    .split('\n')
    .flatMap((line) => {
      const [, alone] = /^@@([\w-]+)@@$/.exec(line) ?? [];
      const part = alone === undefined ? '' : partOf(alone);
      if (typeof part !== 'string') return part;
      return [line.replace(/@@([\w-]+)@@/g, (_, key: string) => String(partOf(key)))];
    })
    .join('\n');
}
