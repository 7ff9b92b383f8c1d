import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { digestOf, digestOfFile, readIfThere } from '../../base/files';
import { makeFolder } from '../../base/make-folder';
import { atLeast } from '../../terraform/binary';
import type { Circumstances } from '../../terraform/plan/saved-plan';
import { type Folders, stackFolder } from './folders';
import type { Session } from './session';

export const DEPENDENCY_LOCK = '.terraform.lock.hcl';

/** The parts of the `terraform` block of a stack's configuration that matter here. */
interface TerraformBlock {
  readonly required_providers?: unknown;
  readonly backend?: { readonly s3?: { readonly use_lockfile?: boolean } };
}

/** What it needs of a session. */
export type InitSession = Pick<
  Session,
  'simulated' | 'folders' | 'circumstances' | 'terraform' | 'variables'
>;

/**
 * Runs `terraform init` where it is needed. A stack whose `terraform` block is the same as at its last init, by the same
 * Terraform, is ready.
 *
 * Providers are downloaded once, into a plugin folder that all stacks share. Two inits at once must not fill that folder, so
 * the first stack with a set of providers is initialised alone. The others get a copy of its dependency lock, without which
 * Terraform would not use a provider of the folder (docs/reference/terraform.md).
 */
export class Initializer {
  /** The dependency lock of the first stack, by set of providers. */
  private readonly warm = new Map<string, string>();

  constructor(private readonly session: InitSession) {}

  /** The stacks that must be initialised one after the other, before the others can be in parallel. */
  warmUps(stacks: readonly string[]): readonly string[] {
    if (this.session.simulated) return [];
    const first = new Map<string, string>();
    for (const stack of stacks) {
      const key = this.providersOf(stack);
      if (this.isNeeded(stack) && !this.warm.has(key) && !first.has(key)) first.set(key, stack);
    }
    return [...first.values()];
  }

  /** Initialises a stack, if it is needed. @throws TerraformError */
  async init(stack: string): Promise<void> {
    if (!this.isNeeded(stack)) return;
    const { session } = this;
    const folder = stackFolder(session.folders, stack);
    this.checkLockFileSupport(stack);
    const own = path.join(folder, DEPENDENCY_LOCK);
    const committed = path.join(session.folders.root, DEPENDENCY_LOCK);
    const readonlyLock = !session.simulated && existsSync(committed);
    const warm = this.warm.get(this.providersOf(stack));
    if (readonlyLock) copyFileSync(committed, own);
    else if (warm !== undefined && !existsSync(own)) copyFileSync(warm, own);
    await session.terraform.init(folder, { readonlyLock, env: this.pluginFolder() });
    if (existsSync(own) && warm === undefined) this.warm.set(this.providersOf(stack), own);
    makeFolder(path.join(folder, '.terraform'));
    writeFileSync(stampFile(session.folders, stack), this.stamp(stack));
  }

  private isNeeded(stack: string): boolean {
    return writtenStamp(this.session.folders, stack) !== this.stamp(stack);
  }

  private stamp(stack: string): string {
    const { circumstances, folders } = this.session;
    return initStamp(this.block(stack), circumstances, folders.root);
  }

  private providersOf(stack: string): string {
    return JSON.stringify(this.block(stack).required_providers ?? null);
  }

  private block(stack: string): TerraformBlock {
    const file = path.join(stackFolder(this.session.folders, stack), 'cdk.tf.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { terraform?: TerraformBlock }).terraform ?? {};
  }

  private pluginFolder(): NodeJS.ProcessEnv {
    const { session } = this;
    if (session.simulated || (session.variables.TF_PLUGIN_CACHE_DIR ?? '') !== '') return {};
    const folder = session.folders.plugins;
    makeFolder(folder);
    return { TF_PLUGIN_CACHE_DIR: folder };
  }

  private checkLockFileSupport(stack: string): void {
    const { version } = this.session.terraform.binary;
    if (this.block(stack).backend?.s3?.use_lockfile === true && !atLeast(version, 1, 10)) {
      throw new Failure({
        where: 'backend s3',
        summary: `lock files need Terraform 1.10 or newer, got ${version}`,
        fixes: ['set backend.use_lockfile: false and a dynamodb_table in the catalog'],
      });
    }
  }
}

/** What a stack's init depends on: its `terraform` block, the program, and the committed dependency lock. */
export function initStamp(block: object, circumstances: Circumstances, root: string): string {
  const committed = digestOfFile(path.join(root, DEPENDENCY_LOCK));
  return digestOf(JSON.stringify([block, circumstances, committed ?? null]));
}

/** What a stack was initialised with last; undefined where it was not. */
export function writtenStamp(folders: Folders, stack: string): string | undefined {
  return readIfThere(stampFile(folders, stack));
}

/** The file that says what a stack was initialised with; in `.terraform`, so that both are deleted together. */
function stampFile(folders: Folders, stack: string): string {
  return path.join(stackFolder(folders, stack), '.terraform', 'kakehashi-init');
}
