import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makePrivate, writeExactly } from '../../base/files';
import { PLAN_FILE } from '../../terraform/plan/saved-plan';
import type { PlanOptions } from '../../terraform/terraform';
import { stackFolder } from '../session/folders';
import { DEPENDENCY_LOCK, Initializer, type InitSession } from '../session/init';

/**
 * A private folder below that of the configuration, in which another configuration is planned with the providers of a stack. The stack's
 * own folder, with its saved plan, is not touched.
 */
export class ApartFolder {
  /** The stack's own folder. */
  readonly own: string;
  private readonly session: InitSession;
  private readonly folder: string;

  /** @param name - of the folder: what a killed run leaves there is not committed */
  constructor(
    session: InitSession,
    private readonly stack: string,
    name: string,
  ) {
    const { folders } = session;
    this.own = stackFolder(folders, stack);
    this.session = { ...session, folders: { ...folders, out: path.join(folders.out, name) } };
    this.folder = stackFolder(this.session.folders, stack);
  }

  /** @returns what `terraform show -json <plan>` prints: secrets in clear @throws TerraformError */
  async plan(configuration: object, options: PlanOptions): Promise<string> {
    const { terraform } = this.session;
    makePrivate(this.folder);
    const text = `${JSON.stringify(configuration, null, 2)}\n`;
    writeExactly(path.join(this.folder, 'cdk.tf.json'), text, 0o600);
    // Without it Terraform would download the providers once more.
    const lock = path.join(this.own, DEPENDENCY_LOCK);
    if (existsSync(lock)) copyFileSync(lock, path.join(this.folder, DEPENDENCY_LOCK));
    await new Initializer(this.session).init(this.stack);
    await terraform.plan(this.folder, PLAN_FILE, options, () => undefined);
    return terraform.show(this.folder, path.join(this.folder, PLAN_FILE));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
