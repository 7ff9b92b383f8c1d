import type { Attributes } from '../../terraform/state/state-file';
import type { InitSession } from '../session/init';
import { readConfiguration, withLocalState, withoutDefaultTags } from './adopt/configuration';
import { ApartFolder } from './apart-folder';

/** The parts of a configuration that ask. */
export interface Questions {
  readonly data: Attributes;
  readonly output?: Attributes;
  /** Providers in the place of those of the stack. @default - the stack's, without default tags */
  readonly provider?: Attributes;
}

/** A folder in which the provider of an initialised stack is asked by data sources, with its credentials and without its state. */
export class QuestionFolder {
  private readonly folder: ApartFolder;

  constructor(session: InitSession, stack: string) {
    this.folder = new ApartFolder(session, stack, 'look');
  }

  /** Asks, and applies nothing. @returns what `terraform show -json <plan>` prints @throws TerraformError */
  async plan(questions: Questions): Promise<string> {
    const configuration = readConfiguration(this.folder.own);
    const whole = {
      terraform: withLocalState(configuration),
      provider: withoutDefaultTags(configuration),
      ...questions,
    };
    return this.folder.plan(whole, { destroy: false });
  }

  remove(): void {
    this.folder.remove();
  }
}
