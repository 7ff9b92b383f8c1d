import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { digestOf, digestOfFile, readIfThere } from '../../base/files';
import { atLeast } from '../../terraform/binary';
import { unitFolder } from './folders';
import type { Session } from './session';

const DEPENDENCY_LOCK = '.terraform.lock.hcl';

interface TerraformBlock {
  readonly required_providers?: unknown;
  readonly backend?: { readonly s3?: { readonly use_lockfile?: boolean } };
}

/**
 * `terraform init` where it is needed: a unit whose `terraform` block is the same as at its last init, by the same
 * Terraform, is ready already.
 *
 * Providers are downloaded once, into a plugin folder that all units share. Terraform must not fill that folder from two
 * inits at once, so the first unit with a set of providers warms it up alone, and hands its dependency lock on to the others:
 * without that, Terraform would not take a provider from the folder (facts.md §2).
 */
export class Initializer {
  /** The dependency lock of the warm-up, by set of providers. */
  private readonly warm = new Map<string, string>();

  constructor(private readonly session: Session) {}

  /** The units that must be initialised one after the other, before the rest can be in parallel. */
  warmUps(units: readonly string[]): readonly string[] {
    if (this.session.simulated) return [];
    const first = new Map<string, string>();
    for (const unit of units) {
      const key = this.providersOf(unit);
      if (this.isNeeded(unit) && !this.warm.has(key) && !first.has(key)) first.set(key, unit);
    }
    return [...first.values()];
  }

  /** Initialises a unit, if it needs to be. @throws TerraformError */
  async init(unit: string): Promise<void> {
    if (!this.isNeeded(unit)) return;
    const { session } = this;
    const folder = unitFolder(session.folders, unit);
    this.checkLockFileSupport(unit);
    const own = path.join(folder, DEPENDENCY_LOCK);
    const committed = path.join(session.folders.root, DEPENDENCY_LOCK);
    const readonlyLock = !session.simulated && existsSync(committed);
    const warm = this.warm.get(this.providersOf(unit));
    if (readonlyLock) copyFileSync(committed, own);
    else if (warm !== undefined && !existsSync(own)) copyFileSync(warm, own);
    await session.terraform.init(folder, { readonlyLock, env: this.pluginFolder() });
    if (existsSync(own) && warm === undefined) this.warm.set(this.providersOf(unit), own);
    mkdirSync(path.join(folder, '.terraform'), { recursive: true });
    writeFileSync(this.stampFile(unit), this.stamp(unit));
  }

  private isNeeded(unit: string): boolean {
    return readIfThere(this.stampFile(unit)) !== this.stamp(unit);
  }

  /** Inside `.terraform`, so that both go together. */
  private stampFile(unit: string): string {
    return path.join(unitFolder(this.session.folders, unit), '.terraform', 'kakehashi-init');
  }

  private stamp(unit: string): string {
    const { circumstances, folders } = this.session;
    const committed = digestOfFile(path.join(folders.root, DEPENDENCY_LOCK));
    return digestOf(JSON.stringify([this.block(unit), circumstances, committed ?? null]));
  }

  private providersOf(unit: string): string {
    return JSON.stringify(this.block(unit).required_providers ?? null);
  }

  private block(unit: string): TerraformBlock {
    const file = path.join(unitFolder(this.session.folders, unit), 'cdk.tf.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { terraform?: TerraformBlock }).terraform ?? {};
  }

  private pluginFolder(): NodeJS.ProcessEnv {
    const { session } = this;
    if (session.simulated || (session.variables.TF_PLUGIN_CACHE_DIR ?? '') !== '') return {};
    const folder = path.join(session.folders.root, session.folders.out, 'plugins');
    mkdirSync(folder, { recursive: true });
    return { TF_PLUGIN_CACHE_DIR: folder };
  }

  private checkLockFileSupport(unit: string): void {
    const { version } = this.session.terraform.binary;
    if (this.block(unit).backend?.s3?.use_lockfile === true && !atLeast(version, 1, 10)) {
      throw new Failure(
        `backend s3: lock files need 1.10 or newer, terraform is ${version}; set backend.use_lockfile: false and a dynamodb_table`,
      );
    }
  }
}
