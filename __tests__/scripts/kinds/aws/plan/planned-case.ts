import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loaded } from '../../../../../catalog/environment/catalog';
import { loadEnvironment } from '../../../../../catalog/load';
import { changeEffects, changeWords } from '../../../../../scripts/kinds/aws/plan/change-sentences';
import { outputEffects, outputWords } from '../../../../../scripts/kinds/aws/plan/output-effects';
import { textsOf } from '../../../../../terraform/plan/effect';
import { scrubPlan } from '../../../../../terraform/plan/scrub';
import { TerraformFolder } from '../../../../sandbox/terraform-folder';
import { temporaryFolder } from '../../../../support/catalog-folder';

/** A change between the applied network and the planned one. */
export interface CaseChange {
  /** Texts in the catalog: file, old, new. */
  readonly edits?: readonly (readonly [file: string, from: string, to: string])[];
  /** A resource that is marked as failed. */
  readonly taint?: string;
  /** A resource that the state no longer has, as after a deletion outside of Terraform. */
  readonly forget?: string;
  /** Changes the synthesized configuration, for what no catalog can say. */
  readonly configure?: (resources: Resources) => void;
  /** Arguments of `terraform plan`. */
  readonly args?: readonly string[];
}

/** The resources of a synthesized configuration, by type and name. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

export interface CaseResult {
  readonly changes: readonly string[];
  /** Resources of which no row of the table says anything. */
  readonly rest: readonly string[];
  /** With public addresses as `address 1`, `address 2`, in the order of their first place. */
  readonly sentences: readonly string[];
}

type Files = Readonly<Record<string, string>>;

/** The first stack of an environment, applied by the real Terraform in the sandbox; each case plans a change of it. */
export class AppliedNetwork {
  private readonly terraform = new TerraformFolder();

  constructor(
    readonly environment: string,
    private readonly files: Files,
  ) {}

  /** @param cloud - what was applied before it, in whose cloud it is; it sees none of what comes later */
  async apply(cloud?: AppliedNetwork): Promise<void> {
    this.synthesize(this.files);
    if (cloud !== undefined) copyFileSync(cloud.terraform.objectsFile, this.terraform.objectsFile);
    await this.terraform.serve();
    await this.terraform.expect(0, 'init');
    await this.terraform.expect(0, 'apply', '-auto-approve');
  }

  async remove(): Promise<void> {
    await this.terraform.stopServing();
    this.terraform.remove();
  }

  async plan({ edits = [], taint, forget, configure, args = [] }: CaseChange): Promise<CaseResult> {
    const loaded = this.synthesize(edited(this.files, edits), configure);
    const state = join(this.terraform.path, 'terraform.tfstate');
    const kept = readFileSync(state);
    if (taint !== undefined) await this.terraform.expect(0, 'taint', taint);
    if (forget !== undefined) await this.terraform.expect(0, 'state', 'rm', forget);
    try {
      await this.terraform.expect(0, 'plan', '-out=plan', ...args);
    } finally {
      writeFileSync(state, kept);
    }
    const shown = await this.terraform.expect(0, 'show', '-json', 'plan');
    const text = shown.split('\n').find((line) => line.startsWith('{"format_version"')) ?? '';
    const plan = scrubPlan(text, () => undefined);
    if (plan.changes.length === 0) {
      const outputs = { names: plan.outputs, values: plan.outputValues };
      return result(outputEffects(outputs), [], textsOf(outputWords(outputs)));
    }
    const { effects, rest } = changeEffects(plan, loaded);
    return result(
      effects,
      rest.map(({ address }) => address),
      textsOf(changeWords(plan, loaded)),
    );
  }

  /** Writes the configuration of the environment's first stack, with its state beside it. */
  private synthesize(files: Files, configure: (resources: Resources) => void = () => undefined): Loaded {
    const { synthesize } =
      require('../../../../../stacks/synthesize') as typeof import('../../../../../stacks/synthesize');
    const directory = temporaryFolder(files);
    const outDirectory = join(directory, 'out');
    mkdirSync(outDirectory);
    const loaded = loadEnvironment({ directory, environment: this.environment });
    synthesize([loaded], { sandbox: true, outDirectory });
    const stack = loaded.stacks[0]?.id ?? '';
    const configuration = JSON.parse(
      readFileSync(join(outDirectory, 'stacks', stack, 'cdk.tf.json'), 'utf8'),
    );
    delete configuration.terraform.backend;
    configure(configuration.resource);
    writeFileSync(join(this.terraform.path, 'main.tf.json'), JSON.stringify(configuration));
    return loaded;
  }
}

function edited(files: Files, edits: NonNullable<CaseChange['edits']>): Files {
  const texts = { ...files };
  for (const [file, from, to] of edits) {
    const text = texts[file] ?? '';
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    texts[file] = text.replaceAll(from, () => to);
  }
  return texts;
}

function result(
  effects: readonly { readonly change: string }[],
  rest: readonly string[],
  sentences: readonly string[],
): CaseResult {
  const addresses: string[] = [];
  const named = (address: string): string => {
    if (!addresses.includes(address)) addresses.push(address);
    return `address ${addresses.indexOf(address) + 1}`;
  };
  return {
    changes: [...new Set(effects.map(({ change }) => change))].sort(),
    rest,
    sentences: sentences.map((sentence) => sentence.replace(/\b198\.1[89]\.\d+\.\d+\b/g, named)),
  };
}
