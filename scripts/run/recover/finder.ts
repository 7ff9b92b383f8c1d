import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makePrivate, writeExactly } from '../../../base/files';
import { plannedAnswers } from '../../../terraform/plan/answers';
import { PLAN_FILE } from '../../../terraform/plan/saved-plan';
import { TerraformError } from '../../../terraform/terraform';
import type { LeftQuestion } from '../../kinds/left';
import { stackFolder } from '../../session/folders';
import { Initializer } from '../../session/init';
import type { Session } from '../../session/session';
import { readConfiguration, withLocalState, withoutDefaultTags } from '../adopt/configuration';

/** The folder of questions, beside the stacks' folders. */
const FOLDER = 'look';

/** The dependency lock: without it the providers would be downloaded once more. */
const DEPENDENCY_LOCK = '.terraform.lock.hcl';

/** Asks a stack's cloud by data sources, with the stack's own provider and credentials; its state is not touched. */
export class Finder {
  private readonly session: Session;
  private readonly folder: string;
  private readonly answers = new Map<string, unknown>();

  constructor(
    private readonly own: Session,
    private readonly stack: string,
  ) {
    const { folders } = own;
    this.session = { ...own, folders: { ...folders, out: path.join(folders.out, FOLDER) } };
    this.folder = stackFolder(this.session.folders, stack);
  }

  answer(question: LeftQuestion): unknown {
    return this.answers.get(keyOf(question));
  }

  /** Asks what was not asked yet. @throws TerraformError */
  async ask(questions: readonly LeftQuestion[]): Promise<void> {
    const fresh = new Map(questions.map((one) => [keyOf(one), one]));
    for (const key of this.answers.keys()) fresh.delete(key);
    let open = [...fresh].map(([key, question], index) => ({ key, name: `q${index}`, question }));
    while (open.length > 0) {
      try {
        const answers = await this.plan(open);
        for (const { key, name } of open) this.answers.set(key, answers[name]);
        return;
      } catch (error) {
        if (!(error instanceof TerraformError)) throw error;
        const names = new Set(error.diagnostics.map(({ address }) => nameIn(address)));
        const failed = open.filter(({ name, question }) => question.failsWithout && names.has(name));
        if (failed.length === 0 || failed.length < names.size) throw error;
        for (const { key } of failed) this.answers.set(key, undefined);
        open = open.filter((one) => !failed.includes(one));
      }
    }
  }

  remove(): void {
    rmSync(path.join(this.own.folders.root, this.own.folders.out, FOLDER, 'stacks', this.stack), {
      recursive: true,
      force: true,
    });
  }

  private async plan(
    open: readonly { readonly name: string; readonly question: LeftQuestion }[],
  ): Promise<Readonly<Record<string, unknown>>> {
    const { terraform } = this.session;
    const configuration = readConfiguration(stackFolder(this.own.folders, this.stack));
    makePrivate(this.folder);
    const data: Record<string, Record<string, unknown>> = {};
    const output: Record<string, { readonly value: string }> = {};
    for (const { name, question } of open) {
      const named = JSON.parse(JSON.stringify(question).replaceAll('NAME', name)) as LeftQuestion;
      for (const [type, config] of Object.entries(named.data)) data[type] = { ...data[type], [name]: config };
      output[name] = { value: named.value };
    }
    const whole = {
      terraform: withLocalState(configuration),
      provider: withoutDefaultTags(configuration),
      data,
      output,
    };
    writeExactly(path.join(this.folder, 'cdk.tf.json'), `${JSON.stringify(whole, null, 2)}\n`, 0o600);
    const lock = path.join(stackFolder(this.own.folders, this.stack), DEPENDENCY_LOCK);
    if (existsSync(lock)) copyFileSync(lock, path.join(this.folder, DEPENDENCY_LOCK));
    await new Initializer(this.session).init(this.stack);
    await terraform.plan(this.folder, PLAN_FILE, { destroy: false }, () => undefined);
    return plannedAnswers(await terraform.show(this.folder, PLAN_FILE));
  }
}

function keyOf(question: LeftQuestion): string {
  return JSON.stringify(question);
}

/** The name of a data source: of `data.aws_eips.q3` it is `q3`. */
function nameIn(address: string | undefined): string | undefined {
  return address?.split(/[.[]/)[2];
}
