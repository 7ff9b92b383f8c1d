import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../base/errors';
import { makePrivate, readIfThere, writeExactly } from '../../../base/files';
import { counted } from '../../../base/text/counted';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { PLAN_FILE, type PlanRecord } from '../../../terraform/plan/saved-plan';
import { type ScrubbedPlan, scrubPlan } from '../../../terraform/plan/scrub';
import { type Attributes, parseState, type StateInstance } from '../../../terraform/state/state-file';
import type { GivenObject, Questions } from '../../kinds/adoption';
import { stackFolder } from '../../session/folders';
import { Initializer } from '../../session/init';
import type { Session } from '../../session/session';
import { planStack } from '../plan-stack';
import { type Configuration, withLocalState, withoutDefaultTags } from './configuration';
import { type ImportBlock, onlyImporting, removeImportBlocks, writeImportBlocks } from './import-blocks';
import type { Adopted } from './known-objects';

const STATE_FILE = 'terraform.tfstate';

/**
 * A folder in which a stack's provider is asked, imports, and plans, on a state in the folder itself: with the stack's own
 * credentials, and without touching its state.
 */
export class TrialFolder {
  private readonly session: Session;
  private readonly folder: string;

  constructor(
    scratch: Session,
    private readonly stack: Stack,
    private readonly configuration: Configuration,
  ) {
    const { folders } = scratch;
    this.session = { ...scratch, folders: { ...folders, out: path.join(folders.out, 'trial') } };
    this.folder = stackFolder(this.session.folders, stack.id);
    makePrivate(this.folder);
  }

  /** The answers of data sources, by the names of their outputs. @throws TerraformError */
  async ask({ data, outputs }: Questions): Promise<Attributes> {
    if (Object.keys(outputs).length === 0) return {};
    this.write({
      provider: withoutDefaultTags(this.configuration),
      data,
      output: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
    });
    await this.plan();
    await this.apply();
    const answers: Record<string, unknown> = {};
    for (const name of Object.keys(outputs))
      answers[name] = await this.session.terraform.output(this.folder, name);
    return answers;
  }

  /** Imports objects that are in no state, and changes nothing. @throws TerraformError; Failure where more would be done */
  async import(adopted: readonly Adopted[]): Promise<readonly StateInstance[]> {
    return this.importBlocks(
      adopted.flatMap(({ type, name, config, object }) =>
        object.how === 'imported' ? [{ type, name, config, id: object.id }] : [],
      ),
    );
  }

  /** Imports objects of which only the ids are known. @throws TerraformError */
  async importGiven(given: readonly GivenObject[]): Promise<readonly StateInstance[]> {
    const instances = await this.importBlocks(
      given.map(({ type, id, needs, leaves }, index) => ({
        type,
        name: `given_${index}`,
        config: needs,
        id,
        ...(leaves === undefined ? {} : { leaves }),
      })),
    );
    // Nobody has given these an address.
    return instances.map((instance) => ({
      ...instance,
      address: `${instance.type} ${String(instance.attributes.id)}`,
    }));
  }

  private async importBlocks(
    blocks: readonly (ImportBlock & { readonly config: Attributes; readonly leaves?: readonly string[] })[],
  ): Promise<readonly StateInstance[]> {
    if (blocks.length === 0) return [];
    this.write({ provider: withoutDefaultTags(this.configuration), resource: onlyImporting(blocks) });
    writeImportBlocks(this.folder, blocks);
    await this.plan();
    const { changes } = await this.shown();
    const more = changes.filter(({ actions }) => actions.join() !== 'no-op');
    if (more.length > 0) {
      throw new Failure(
        `${more.map(({ address, actions }) => `${address}: ${actions.join(' and ')}`).join(', ')}: an import must change nothing; report it`,
      );
    }
    await this.apply();
    removeImportBlocks(this.folder);
    const { instances } = parseState(readFileSync(path.join(this.folder, STATE_FILE), 'utf8'), STATE_FILE);
    if (instances.length !== blocks.length)
      throw new Failure(`${counted(blocks.length, 'object')} had to be imported, got ${instances.length}`);
    return instances;
  }

  /** Plans the stack on this state. @throws TerraformError, Failure */
  async rehearse(loaded: Loaded, state: string): Promise<PlanRecord> {
    this.write({ ...this.configuration.raw });
    writeExactly(path.join(this.folder, STATE_FILE), state, 0o600);
    await this.init();
    const run = { session: this.session, loaded, initializer: new Initializer(this.session) };
    return planStack(run, this.stack, { destroy: false });
  }

  /** What the last plan changes, with the reasons. */
  async shown(): Promise<ScrubbedPlan> {
    const { terraform, report } = this.session;
    const text = await terraform.show(this.folder, PLAN_FILE);
    return scrubPlan(text, (secret) => report.log.masks.add(secret));
  }

  private async plan(): Promise<void> {
    await this.init();
    await this.session.terraform.plan(this.folder, PLAN_FILE, { destroy: false }, () => undefined);
  }

  /** Of a plan that changes no object of the cloud. */
  private apply(): Promise<void> {
    const output = { outputFile: path.join(this.folder, 'apply.out'), onStart: () => undefined };
    return this.session.terraform.apply(this.folder, PLAN_FILE, output, () => undefined);
  }

  private init(): Promise<void> {
    return new Initializer(this.session).init(this.stack.id);
  }

  /** Begins anew, with this configuration and no state. */
  private write(configuration: Attributes): void {
    for (const name of [STATE_FILE, `${STATE_FILE}.backup`, PLAN_FILE])
      rmSync(path.join(this.folder, name), { force: true });
    const whole = { ...configuration, terraform: withLocalState(this.configuration) };
    const file = path.join(this.folder, 'cdk.tf.json');
    const text = `${JSON.stringify(whole, null, 2)}\n`;
    if (readIfThere(file) !== text) writeExactly(file, text, 0o600);
  }
}
