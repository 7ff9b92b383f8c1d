import { UsageError } from '../../base/errors';
import type { Stack } from '../../catalog/kinds/registry';

/**
 * The stacks whose ids match one of the globs (`*`, `?`, `[a-z]`); without a glob, all of them.
 *
 * @throws {@link UsageError} for a glob that matches no stack
 */
export function selectStacks(stacks: readonly Stack[], globs: readonly string[]): readonly Stack[] {
  if (globs.length === 0) return stacks;
  const patterns = globs.map((glob) => {
    const pattern = globPattern(glob);
    if (!stacks.some((stack) => pattern.test(stack.id))) {
      throw new UsageError(
        `--stack: "${glob}" matches none of ${stacks.map((stack) => stack.id).join(', ')}`,
      );
    }
    return pattern;
  });
  return stacks.filter((stack) => patterns.some((pattern) => pattern.test(stack.id)));
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/\[!?[\w-]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace('[!', '[^');
    return part.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
