import { UsageError } from '../../base/errors';
import type { Stack } from '../../catalog/kinds/registry';

/**
 * The stacks whose ids match one of the globs (`*`, `?`, `[a-z]`); without a glob, all of them.
 *
 * @throws {@link UsageError} for a glob that matches no stack
 */
export function selectStacks(stacks: readonly Stack[], globs: readonly string[]): readonly Stack[] {
  refuseIdleGlobs(stacks, globs);
  return matchingStacks(stacks, globs);
}

/** The same for one of several environments, which may have none that matches. */
export function matchingStacks(stacks: readonly Stack[], globs: readonly string[]): readonly Stack[] {
  if (globs.length === 0) return stacks;
  const patterns = globs.map(globPattern);
  return stacks.filter((stack) => patterns.some((pattern) => pattern.test(stack.id)));
}

/** @throws {@link UsageError} for a glob that matches no stack */
export function refuseIdleGlobs(stacks: readonly Stack[], globs: readonly string[]): void {
  const idle = globs.find((glob) => !stacks.some((stack) => globPattern(glob).test(stack.id)));
  if (idle === undefined) return;
  throw new UsageError(`--stack: "${idle}" matches none of ${stacks.map((stack) => stack.id).join(', ')}`);
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
