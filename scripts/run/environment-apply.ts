import { Failure } from '../../base/errors';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Kind, Stack } from '../../catalog/kinds/registry';
import type { NormalPlan } from '../../review/record/normal-plan';
import type { PlannedResource } from '../../rules/configuration';
import { Journal } from '../../terraform/journal';
import type { ResourceChange } from '../../terraform/messages';
import type { PlannedOutputs } from '../../terraform/plan/planned-outputs';
import { freshnessOf, type PlanRecord } from '../../terraform/plan/saved-plan';
import { hasChanges } from '../../terraform/plan/stack-plan';
import { driverOf } from '../kinds/registry';
import { confirm } from '../session/confirm';
import { stackFolder } from '../session/folders';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import { applyWave, reportSkipped } from './apply-wave';
import type { EndsBefore } from './ends/applied-ends';
import { collectEnds } from './ends/collect-ends';
import { showEnds } from './ends/show-ends';
import { refuseFindings } from './judge-run';
import { confirmCeilings } from './nodes/ceilings';
import { requestsNodes, requestText } from './nodes/group-words';
import { lookBefore } from './plan-stack';
import { planWave, type WavePart } from './plan-wave';
import { showDeferred, showPlans, showRenames } from './show-plan';
import { stackHooks } from './stack-hooks';
import { Waves } from './waves';

export interface AppliedAll {
  /** The `catalog` outputs that the applies printed, by stack. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Whether anything was applied. */
  readonly changed: boolean;
  /** How both ends were before, where any output changed. */
  readonly before?: EndsBefore;
  /** The planned outputs of what was applied, by stack. */
  readonly planned: ReadonlyMap<string, PlannedOutputs>;
  /** The resources that were changed, by stack. */
  readonly resources: ReadonlyMap<string, readonly ResourceChange[]>;
  /** Whether every stack is as the catalog says now. */
  readonly complete: boolean;
}

/**
 * The apply of one environment's stacks, wave by wave. A wave's saved plans are used where they are fresh, the others are
 * made; all of them are shown before the first is applied.
 */
export class EnvironmentApply implements WavePart {
  readonly waves: Waves;
  private readonly journal: Journal;
  private readonly outputs = new Map<string, unknown>();
  private readonly values = new Map<string, PlannedOutputs>();
  private readonly resources = new Map<string, readonly ResourceChange[]>();
  private before: EndsBefore | undefined;
  private changed = false;
  private ceilingsPassed = false;
  /** The values of the plans that were made, for the rules. */
  readonly judged = new Map<string, readonly PlannedResource[]>();
  private reused: ReadonlyMap<string, PlanRecord> = new Map();
  private planned: readonly PlanRecord[] = [];
  private held: ReadonlySet<string> | undefined;
  private again: ((done: number) => string) | undefined;
  /** What its plans mean, and why some failed, by stack. */
  readonly normal = new Map<string, NormalPlan>();
  readonly failures = new Map<string, readonly string[]>();

  constructor(
    readonly session: Session,
    readonly loaded: Loaded,
    readonly stacks: readonly Stack[],
    readonly initializer: Initializer,
    unmet: readonly string[] = [],
  ) {
    this.waves = new Waves(stacks, unmet);
    this.journal = new Journal(session.folders.journal);
    const { unfinished } = this.journal;
    if (unfinished.length > 0) {
      session.report.note(
        'warn',
        `the last run was stopped while it applied ${unfinished.join(', ')}: planning anew`,
      );
    }
  }

  /** Finds the saved plans of the next wave. @throws {@link Failure} for one that must not be applied */
  async findSaved(): Promise<void> {
    const ready = this.stacks.filter(({ id }) => this.waves.ready.includes(id));
    this.reused = await savedPlans(this.session, this.loaded, this.journal, ready);
  }

  saved(stack: string): PlanRecord | undefined {
    return this.reused.get(stack);
  }

  /** Whether a stack's plan failed, or its apply did. */
  get hasFailed(): boolean {
    return this.stacks.some(({ id }) => this.waves.stateOf(id).kind === 'failed');
  }

  /**
   * Keeps to what was reviewed: what waits for these plans is not planned after them, and not applied.
   *
   * @param held - stacks that are planned and were not reviewed: they are not applied either
   * @param again - as in {@link StackHooks}
   */
  keepToReviewed(held: readonly string[], again: (done: number) => string): void {
    this.held = new Set(held);
    this.again = again;
    for (const stack of held) this.waves.set(stack, { kind: 'waiting' });
  }

  /** When the last apply of a stack failed or was stopped, of those where it did. */
  get unfinishedApplies(): ReadonlyMap<string, string> {
    return new Map(
      this.stacks.flatMap(({ id }) => {
        const at = this.journal.unsuccessful(id)?.at;
        return at === undefined ? [] : [[id, at] as const];
      }),
    );
  }

  /** Stacks that are left for another run, because a review or another machine's part holds them back. */
  get left(): readonly string[] {
    return this.stacks.map(({ id }) => id).filter((id) => this.waves.stateOf(id).kind === 'waiting');
  }

  /** Takes the plans of a wave, and shows them with both ends. @returns whether they change anything */
  async show(planned: readonly PlanRecord[]): Promise<boolean> {
    const { session, loaded, initializer, waves, reused, held } = this;
    this.planned = planned.filter(({ summary }) => !held?.has(summary.stack));
    const plans = this.planned.map((record) => record.summary);
    showPlans(session, plans, new Set(reused.keys()));
    if (!plans.some(hasChanges)) return false;
    await refuseFindings(session, loaded, this.judged, [...reused.keys()]);
    const { deferred } = waves;
    showDeferred(session, deferred);
    const found = await collectEnds({ session, loaded, initializer }, { plans, deferred, destroy: false });
    showEnds(session, found.ends);
    this.before = merged(this.before, found.before);
    showRenames(session, loaded, plans);
    if (reused.size > 0)
      session.report.say(
        `\nplans     saved by an earlier plan, used as they are: ${[...reused.keys()].join('  ')}`,
      );
    return true;
  }

  /**
   * What must be confirmed beside the plans: ceilings of the catalog, once, before anything of it is applied.
   *
   * @throws {@link Declined}
   */
  async confirmCeilings(): Promise<void> {
    if (this.ceilingsPassed || !this.makesNodes()) return;
    await confirmCeilings(this.session, this.loaded.catalog, 'applied');
    this.ceilingsPassed = true;
  }

  /** Says what node groups will request, before the question. */
  showRequests(): void {
    const { session, loaded, planned, stacks } = this;
    const making = new Set(
      planned.filter(({ summary }) => requestsNodes(summary.resources)).map(({ summary }) => summary.stack),
    );
    const keys = new Set(stacks.filter(({ id }) => making.has(id)).flatMap(({ group }) => group ?? []));
    if (keys.size > 0) session.report.say();
    for (const group of loaded.catalog.groups)
      if (keys.has(group.key)) session.report.say(requestText(group));
  }

  /** Whether a stack with a node group makes something, or waits for what makes its network. */
  private makesNodes(): boolean {
    const waiting = new Set(this.waves.deferred.map(({ stack }) => stack));
    const making = this.planned.filter(({ summary }) => requestsNodes(summary.resources));
    return this.stacks.some(
      ({ id, group }) =>
        group !== undefined && (waiting.has(id) || making.some(({ summary }) => summary.stack === id)),
    );
  }

  /** Applies the plans that were shown. @throws {@link Interrupted} */
  async applyShown(): Promise<void> {
    const { session, waves, journal } = this;
    const changing = this.planned.filter((record) => hasChanges(record.summary));
    if (changing.length > 0) {
      this.changed = true;
      const { again } = this;
      const hooks = { ...stackHooks(session, this.loaded), ...(again === undefined ? {} : { again }) };
      const applied = await applyWave(session, waves, journal, changing, 'apply', hooks);
      for (const { stack, catalog } of applied) {
        this.outputs.set(stack, catalog);
        const record = changing.find(({ summary }) => summary.stack === stack);
        if (record === undefined) continue;
        this.values.set(stack, record.summary.outputValues);
        this.resources.set(stack, record.summary.resources);
      }
    }
    reportSkipped(session, waves);
  }

  /** Plans, shows, confirms and applies the waves that are left. @throws {@link Declined}, {@link Interrupted}, {@link Failure} */
  async finish(): Promise<AppliedAll> {
    const { session, waves } = this;
    while (this.held === undefined && waves.ready.length > 0) {
      await this.findSaved();
      const planned = await planWave([this], { destroy: false, writesState: true });
      if (await this.show(planned.get(this) ?? [])) {
        await this.confirmCeilings();
        this.showRequests();
        await confirm(session, { done: 'applied', text: "Type 'yes' to apply:", answer: 'yes' });
      }
      await this.applyShown();
    }
    const complete = this.stacks.every((stack) => waves.stateOf(stack.id).kind === 'settled');
    const { outputs, changed, before, values: planned, resources } = this;
    return { outputs, changed, planned, resources, ...(before === undefined ? {} : { before }), complete };
  }
}

/** The first wave saw how its own stacks were; the first that touches the gateway, how its other environments are. */
function merged(first: EndsBefore | undefined, next: EndsBefore | undefined): EndsBefore | undefined {
  if (first === undefined || next === undefined) return first ?? next;
  return first.others.length > 0 ? first : { ...first, others: next.others };
}

async function savedPlans(
  session: Session,
  loaded: Loaded,
  journal: Journal,
  stacks: readonly Stack[],
): Promise<ReadonlyMap<string, PlanRecord>> {
  const saved = new Map<string, PlanRecord>();
  for (const stack of stacks) {
    const record = savedPlan(session, journal, stack.id);
    if (record === undefined) continue;
    const stale = whyStale(session, loaded, stack);
    if (stale !== undefined) {
      session.report.note('info', unusedText(stack.id, stale));
      continue;
    }
    // This catalog or another may need since then what the plan destroys: the stack itself is the same.
    const { resources } = record.summary;
    driverOf(stack).refuseLoss?.({ session, stack, loaded, resources, destroy: false });
    // And somebody may have made since then what the plan creates.
    await lookBefore(session, loaded, stack, resources, undefined);
    saved.set(stack.id, record);
  }
  return saved;
}

/**
 * The plan saved for a stack, if it can be applied as it is.
 *
 * @throws {@link Failure} in a real run for a plan that was made in the sandbox: nobody should believe that it was reviewed
 */
function savedPlan(session: Session, journal: Journal, stack: string): PlanRecord | undefined {
  const freshness = freshnessOf(stackFolder(session.folders, stack), session.circumstances, journal);
  if (freshness.kind === 'fresh') return freshness.record;
  if (freshness.kind === 'none') return undefined;
  if (freshness.simulated) {
    throw new Failure(
      `${stack}: its saved plan is simulated, and is never applied for real; run: kakehashi plan ${session.environment}`,
    );
  }
  if (!journal.unfinished.includes(stack)) {
    session.report.note('info', unusedText(stack, freshness.because));
  }
  return undefined;
}

function unusedText(stack: string, because: string): string {
  return `${stack}: its saved plan is not used: ${because}; planning anew`;
}

function whyStale<K extends Kind>(session: Session, loaded: Loaded, stack: Stack<K>): string | undefined {
  return driverOf<K>(stack).whyStale?.({ session, loaded, stack });
}
