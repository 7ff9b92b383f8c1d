import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { shownPath } from '../base/files';
import type { Judged } from './judge';
import type { Resource } from './resource';
import type { RuleContext } from './rule';
import { RulesThread, type ThreadOptions } from './user/rules-thread';
import type { RuleText } from './user/thread';
import type { UserRule } from './user/user-rule';

export type { UserRule };

/** The rules of a project. */
export interface UserRules {
  readonly rules: readonly RuleText[];
  /**
   * Judges resources. The order is that of {@link Judged} lists.
   *
   * @throws Failure for a rule that throws, or that gives no answer in time; Interrupted where the user stops it
   */
  readonly judge: (
    resources: readonly Resource[],
    around: Omit<RuleContext, 'resources'>,
  ) => Promise<readonly Judged[]>;
}

export const NO_USER_RULES: UserRules = { rules: [], judge: async () => [] };

/**
 * Calls `use` with the rules in the folder `policy` of a project, in the order of their files; with none where there is no such folder.
 *
 * They run in a thread of their own, which ends with `use`: it can be ended where a rule never does, and what a rule does to its
 * process or to a resource reaches nobody else.
 *
 * @throws Failure for a file that can't be loaded, and for a rule that is none
 */
export async function withUserRules<T>(
  project: string,
  options: ThreadOptions,
  use: (userRules: UserRules) => Promise<T>,
): Promise<T> {
  const folder = path.join(project, 'policy');
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.mjs'))
        .sort()
        .map((name) => ({ file: path.join(folder, name), shown: shownPath(path.join(folder, name)) }))
    : [];
  if (files.length === 0) return use(NO_USER_RULES);
  const thread = new RulesThread(files, options);
  try {
    const rules = await thread.load();
    return await use({ rules, judge: (resources, around) => thread.judge(resources, around) });
  } finally {
    await thread.end();
  }
}
