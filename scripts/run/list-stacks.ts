import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Journal } from '../../terraform/journal';
import { savedRecord } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/stack-plan';
import type { ListedStack } from '../report/events';
import { type Folders, stackFolder } from '../session/folders';
import { listedNodes } from './nodes/listed-nodes';

/** A stack of the catalog, or of the lock file. */
export interface KnownStack {
  readonly id: string;
  readonly isLocal: boolean;
  readonly isGone: boolean;
  readonly isLocked: boolean;
}

/**
 * What is known of an environment's stacks without Terraform: from states on this disk, from the journal of what was applied
 * from here, and from the plans that are saved here. A state in a remote backend is not looked at.
 */
export function listStacks(folders: Folders, stacks: readonly KnownStack[]): readonly ListedStack[] {
  const journal = new Journal(folders.journal);
  return stacks.map(({ id, isLocal, isGone, isLocked }) => {
    const file = path.join(folders.states, `${id}.tfstate`);
    const { state, outputs = {} } = isLocal ? localState(file) : { state: 'unknown' as const };
    const nodes = listedNodes(outputs);
    const isThere = state === 'applied' || state === 'empty';
    const at = journal.appliedAt(id) ?? (isThere ? statSync(file).mtime.toISOString() : undefined);
    const plan = savedRecord(stackFolder(folders, id));
    const planned =
      plan === undefined || plan.destroy
        ? {}
        : {
            planned: plan.made,
            drift: plan.summary.drift.length,
            changes: hasChanges(plan.summary),
          };
    return {
      stack: id,
      state,
      gone: isGone,
      locked: isLocked,
      ...(at === undefined || state === 'never_applied' ? {} : { at }),
      ...planned,
      ...(nodes === undefined ? {} : { nodes }),
      unfinished: journal.unfinished.includes(id),
    };
  });
}

/** The outputs of a state, as its file has them. */
type Outputs = Readonly<Record<string, { readonly value?: unknown }>>;

interface LocalState {
  readonly state: ListedStack['state'];
  readonly outputs?: Outputs;
}

/** A state without resources and outputs is what a destruction leaves. */
function localState(file: string): LocalState {
  if (!existsSync(file)) return { state: 'never_applied' };
  try {
    const { resources, outputs } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly resources?: readonly { readonly mode?: string }[];
      readonly outputs?: Outputs;
    };
    const managed = (resources ?? []).filter(({ mode }) => mode !== 'data');
    return managed.length === 0 && Object.keys(outputs ?? {}).length === 0
      ? { state: 'empty' }
      : { state: 'applied', ...(outputs === undefined ? {} : { outputs }) };
  } catch {
    return { state: 'unreadable' };
  }
}
