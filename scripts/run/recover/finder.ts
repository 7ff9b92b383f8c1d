import { plannedAnswers } from '../../../terraform/plan/answers';
import { TerraformError } from '../../../terraform/terraform';
import type { LeftQuestion } from '../../kinds/left';
import type { Session } from '../../session/session';
import { QuestionFolder } from '../question-folder';

/** Asks a stack's cloud by data sources, with the stack's own provider and credentials; its state is not touched. */
export class Finder {
  private readonly folder: QuestionFolder;
  private readonly answers = new Map<string, unknown>();

  constructor(session: Session, stack: string) {
    this.folder = new QuestionFolder(session, stack);
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
    this.folder.remove();
  }

  private async plan(
    open: readonly { readonly name: string; readonly question: LeftQuestion }[],
  ): Promise<Readonly<Record<string, unknown>>> {
    const data: Record<string, Record<string, unknown>> = {};
    const output: Record<string, { readonly value: string }> = {};
    for (const { name, question } of open) {
      const named = JSON.parse(JSON.stringify(question).replaceAll('NAME', name)) as LeftQuestion;
      for (const [type, config] of Object.entries(named.data)) data[type] = { ...data[type], [name]: config };
      output[name] = { value: named.value };
    }
    return plannedAnswers(await this.folder.plan({ data, output }));
  }
}

function keyOf(question: LeftQuestion): string {
  return JSON.stringify(question);
}

/** The name of a data source: of `data.aws_eips.q3` it is `q3`. */
function nameIn(address: string | undefined): string | undefined {
  return address?.split(/[.[]/)[2];
}
