import { Failure } from '../../../base/errors';
import type { Stack } from '../../../catalog/kinds/registry';
import type { UnsuccessfulApplies } from '../../../terraform/journal';
import type { ScrubbedChange, ScrubbedPlan } from '../../../terraform/plan/scrub';
import type { AdoptedObject } from '../../../terraform/plan/stack-plan';
import type { Attributes } from '../../../terraform/state/state-file';
import { TerraformError } from '../../../terraform/terraform';
import type { LeftKnown, LeftTarget, LeftType, LeftTypes } from '../../kinds/left';
import { bearsTags } from '../../kinds/left-owner';
import { driverOf } from '../../kinds/registry';
import { stackFolder } from '../../session/folders';
import { readConfiguration } from '../adopt/configuration';
import { writeImportBlocks } from '../adopt/import-blocks';
import { newInstances, OwnState } from '../adopt/own-state';
import { type MadePlan, makePlan, type PlanStackOptions } from '../make-plan';
import { planDetails } from '../plan-details';
import type { PlanningRun } from '../plan-variables';
import { Candidates } from './candidates';
import { failedImports } from './failed-imports';
import { Finder } from './finder';
import { ambiguousText, foreignText, olderSentences } from './words';

/** Plans again and again, each time with what was found: more than enough for the depth of any stack. */
const MOST_PLANS = 30;

/** A plan, with what a killed apply had made in it. */
export interface FoundLeft extends MadePlan {
  readonly adopted: readonly AdoptedObject[];
  /** Sentences about what is somebody else's. */
  readonly foreign: readonly string[];
}

/**
 * Looks for what an apply of a stack made that was killed, or that failed, and no state has.
 *
 * The plan says what would be created. For each of it the kind's table says by which ids the object may be imported; those that follow
 * from others are known as soon as the others are imported, so it is planned until nothing more is found. An import of what does
 * not exist fails, and is left out.
 */
export class LeftSearch {
  private readonly folder: string;
  private readonly candidates = new Candidates();
  private readonly finder: Finder;
  private readonly written = new Map<string, Attributes>();
  private readonly types: LeftTypes;
  /** What bore the tags before: somebody else's. */
  private readonly before: ReadonlySet<string>;
  private readonly foreign = new Map<string, LeftTarget>();
  private readonly options: PlanStackOptions;

  constructor(
    private readonly run: PlanningRun,
    private readonly stack: Stack,
    options: PlanStackOptions,
    private readonly left: UnsuccessfulApplies,
  ) {
    // Of a plan that does not know yet what is found, warnings are about nothing.
    this.options = { ...options, quiet: true };
    this.folder = stackFolder(run.session.folders, stack.id);
    this.before = new Set(left.before);
    this.finder = new Finder(run.session, stack.id);
    this.types = driverOf(stack).left ?? {};
  }

  /** @throws TerraformError; Failure for what is somebody else's, and where two objects fit one resource */
  async plan(): Promise<FoundLeft> {
    const { run, stack, options } = this;
    try {
      let made = await makePlan(run, stack, options);
      for (let plans = 1; plans < MOST_PLANS; plans += 1) {
        if (!made.messages.resources.some(({ action, address }) => this.concerns(action, address))) break;
        const details = await planDetails(run.session, this.folder);
        const judged = this.judge(details);
        const found = await this.lookFor(details);
        if (!judged && !found) break;
        made = await this.planImporting();
      }
      this.refuse();
      run.session.terraform.tell(stack.id, made.messages.remarks);
      const foreign = olderSentences(
        [...this.foreign].map(([id, { address }]) => ({ id, removal: this.removal(address)?.(id) })),
      );
      return { ...made, adopted: this.adopted, foreign };
    } finally {
      this.finder.remove();
    }
  }

  /** The objects that were found. */
  private get adopted(): readonly AdoptedObject[] {
    const { at } = this.left;
    return [
      ...this.candidates
        .with('there')
        .map(({ address, id }) => ({ address, id, how: 'import' as const, at })),
      ...[...this.written].map(([address, { id }]) => ({
        address,
        id: String(id),
        how: 'state' as const,
        at,
      })),
    ].sort((one, other) => (one.address < other.address ? -1 : 1));
  }

  private concerns(action: string, address: string): boolean {
    return (
      (action === 'create' && this.isOfRun(address)) ||
      this.candidates.imports.some((one) => one.address === address)
    );
  }

  /** Whether the applies that did not succeed were to make it: what else is there is nobody's but its owner's. */
  private isOfRun(address: string): boolean {
    return this.left.creates?.has(address) ?? true;
  }

  /** Takes what the plan says of the imports in it. @returns whether other imports follow from it */
  private judge(details: ScrubbedPlan): boolean {
    const byAddress = new Map(resourcesOf(details).map((one) => [one.address, one]));
    const before = JSON.stringify(this.candidates.imports);
    for (const tried of this.candidates.imports) {
      const resource = byAddress.get(tried.address);
      if (resource === undefined || !this.candidates.isOpen(tried)) continue;
      const row = this.types[resource.type];
      const isOurs = (row?.how === 'import' ? row.isOurs : undefined) ?? bearsTags;
      this.candidates.mark(tried, isOurs(resource.before, resource.after) ? 'there' : 'foreign');
    }
    return JSON.stringify(this.candidates.imports) !== before;
  }

  /** Looks for what the plan creates. @returns whether anything new is to be tried */
  private async lookFor(details: ScrubbedPlan): Promise<boolean> {
    const targets = details.changes.flatMap((change) => this.targetOf(change));
    await this.finder.ask(
      targets.flatMap(({ target, row }) => ('questions' in row ? (row.questions?.(target) ?? []) : [])),
    );
    const known = this.knownFrom(details);
    const tried = await Promise.all(targets.map((one) => this.lookForOne(one.target, one.row, known)));
    await this.writeNew();
    return this.addRefused(details) || tried.includes(true);
  }

  /** Adds the ids that refusals named. @returns whether any is new */
  private addRefused({ changes }: ScrubbedPlan): boolean {
    const created = new Set(changes.flatMap((one) => this.targetOf(one)).map(({ target }) => target.address));
    const named = this.left.refused.filter(({ address }) => created.has(address));
    return named.map(({ address, id }) => this.candidates.add(address, [id])).includes(true);
  }

  private async lookForOne(target: LeftTarget, row: LeftType, known: LeftKnown): Promise<boolean> {
    if (row.how === 'import') {
      const looked = (await row.look?.(target, this.place)) ?? [];
      const ids = [...row.ids(target, known), ...looked];
      for (const id of ids) if (this.before.has(id)) this.foreign.set(id, target);
      return this.candidates.add(
        target.address,
        ids.filter((id) => !this.before.has(id)),
      );
    }
    if (row.how !== 'state' || this.written.has(target.address)) return false;
    const attributes = row.attributes(target, known);
    if (attributes === undefined) return false;
    this.written.set(target.address, attributes);
    return this.options.writesState === true;
  }

  private get place() {
    const { session, loaded } = this.run;
    return { session, loaded, stack: this.stack };
  }

  /** A resource that is created, and how it is looked for. */
  private targetOf({ address, type, actions, after }: ScrubbedChange) {
    const row = this.types[type];
    if (actions.join() !== 'create' || row === undefined || !this.isOfRun(address)) return [];
    return [{ target: { address, type, planned: after }, row }];
  }

  private knownFrom(details: ScrubbedPlan): LeftKnown {
    const existing = resourcesOf(details).filter(({ actions }) => actions.join() !== 'create');
    return {
      objects: (type) => existing.filter((one) => one.type === type).map(({ before }) => before),
      answer: (question) => this.finder.answer(question),
    };
  }

  /** Writes into the state what can't be imported. */
  private async writeNew(): Promise<void> {
    const { session } = this.run;
    if (this.options.writesState !== true || this.written.size === 0) return;
    const own = await OwnState.pull(session, this.stack.id);
    const has = new Set(own.instances.map(({ address }) => address));
    const configuration = readConfiguration(this.folder);
    const fresh = [...this.written].flatMap(([address, attributes]) => {
      if (has.has(address)) return [];
      const [type, name] = splitAddress(address);
      return [{ type, name, config: {}, object: { how: 'written' as const, attributes } }];
    });
    const source = driverOf(this.stack).provider?.source;
    if (fresh.length === 0 || source === undefined) return;
    await own.push(own.with(newInstances(configuration, fresh, []), source));
  }

  /** Plans with the imports, without those of what does not exist. @throws TerraformError for any other error */
  private async planImporting(): Promise<MadePlan> {
    for (;;) {
      const tried = this.candidates.imports;
      writeImportBlocks(
        this.folder,
        tried.map(({ address, id }) => {
          const [type, name] = splitAddress(address);
          return { type, name, id };
        }),
      );
      try {
        return await makePlan(this.run, this.stack, this.options);
      } catch (error) {
        const absent = error instanceof TerraformError ? failedImports(errorsOf(error), tried) : undefined;
        if (absent === undefined) throw error;
        for (const one of absent) this.candidates.mark(one, 'absent');
      }
    }
  }

  /** @throws Failure for what must not be adopted */
  private refuse(): void {
    const { ambiguous } = this.candidates;
    const foreign = this.candidates.with('foreign');
    const lines = [
      ...ambiguous.map(({ address, ids }) => ambiguousText(address, ids, this.removal(address))),
      ...foreign.map(({ address, id }) => foreignText({ address, id }, this.removal(address))),
    ];
    if (lines.length > 0)
      throw new Failure(
        [
          `${this.stack.id}: the cloud has what is in no state and can't be told to be this stack's:`,
          ...lines,
        ].join('\n  '),
      );
  }

  private removal(address: string): ((id: string) => string) | undefined {
    const row = this.types[splitAddress(address)[0]];
    return row?.how === 'import' ? row.remove : undefined;
  }
}

function errorsOf({ diagnostics }: TerraformError) {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

function resourcesOf({ changes, unchanged }: ScrubbedPlan): readonly ScrubbedChange[] {
  return [...changes, ...unchanged];
}

/** `aws_instance.Nodes["n1"]`: its type, and the rest. */
export function splitAddress(address: string): readonly [type: string, name: string] {
  const dot = address.indexOf('.');
  return [address.slice(0, dot), address.slice(dot + 1)];
}
