import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makePrivate, writeExactly } from '../../base/files';
import { PLAN_FILE } from '../../terraform/plan/saved-plan';
import type { Attributes } from '../../terraform/state/state-file';
import { stackFolder } from '../session/folders';
import { Initializer, type InitSession } from '../session/init';
import { readConfiguration, withLocalState, withoutDefaultTags } from './adopt/configuration';

/** The folder of questions, in that of the configuration: what a killed run leaves there is not committed. */
const FOLDER = 'look';

/** Without it Terraform would download the providers once more. */
const DEPENDENCY_LOCK = '.terraform.lock.hcl';

/** The parts of a configuration that ask. */
export interface Questions {
  readonly data: Attributes;
  readonly output?: Attributes;
  /** Providers in the place of those of the stack. @default - the stack's, without default tags */
  readonly provider?: Attributes;
}

/** A folder in which the provider of an initialised stack is asked by data sources, with its credentials and without its state. */
export class QuestionFolder {
  private readonly session: InitSession;
  private readonly folder: string;

  constructor(
    private readonly own: InitSession,
    private readonly stack: string,
  ) {
    const { folders } = own;
    this.session = { ...own, folders: { ...folders, out: path.join(folders.out, FOLDER) } };
    this.folder = stackFolder(this.session.folders, stack);
  }

  /** Asks, and applies nothing. @returns what `terraform show -json <plan>` prints @throws TerraformError */
  async plan(questions: Questions): Promise<string> {
    const { terraform } = this.session;
    const own = stackFolder(this.own.folders, this.stack);
    const configuration = readConfiguration(own);
    makePrivate(this.folder);
    const whole = {
      terraform: withLocalState(configuration),
      provider: withoutDefaultTags(configuration),
      ...questions,
    };
    writeExactly(path.join(this.folder, 'cdk.tf.json'), `${JSON.stringify(whole, null, 2)}\n`, 0o600);
    const lock = path.join(own, DEPENDENCY_LOCK);
    if (existsSync(lock)) copyFileSync(lock, path.join(this.folder, DEPENDENCY_LOCK));
    await new Initializer(this.session).init(this.stack);
    await terraform.plan(this.folder, PLAN_FILE, { destroy: false }, () => undefined);
    return terraform.show(this.folder, path.join(this.folder, PLAN_FILE));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
