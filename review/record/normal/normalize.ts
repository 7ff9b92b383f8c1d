import { PENDING_TEXT } from '../../../model/net/address';
import { MASK } from '../../../terraform/masks';
import type { Attributes, ScrubbedChange, ScrubbedPlan } from '../../../terraform/plan/scrub';
import { canonicalJson } from '../canonical';
import type { NormalAttribute, NormalChange, NormalOutput, NormalPlan } from '../normal-plan';
import { normalValue } from './normal-value';
import { movingTimes, type TimeWords } from './plan-times';
import { RECORDED_TYPES } from './recorded-types';

/** What a plan without changes means. */
export const NO_PLAN: NormalPlan = { changes: [], outputs: [] };

/**
 * A plan in its normal form. It is to be masked before it is
 * recorded.
 */
export function normalPlan(plan: ScrubbedPlan): NormalPlan {
  const times = movingTimes(plan);
  const changes = [...plan.changes, ...plan.unchanged.filter(isMoved)]
    .filter(({ actions }) => actions.join() !== 'read')
    .map((change) => normalChange(change, plan, times));
  return {
    changes: changes.sort(byText(({ address, action }) => `${address} ${action}`)),
    outputs: normalOutputs(plan, times),
  };
}

/** Nothing of the object changes, but the state does. */
function isMoved({ address, previousAddress, imports }: ScrubbedChange): boolean {
  return imports !== undefined || (previousAddress !== undefined && previousAddress !== address);
}

function normalChange(change: ScrubbedChange, plan: ScrubbedPlan, times: TimeWords): NormalChange {
  const { address, type, reason, previousAddress, imports } = change;
  const [sets = '', computed = ''] = Object.hasOwn(RECORDED_TYPES, type) ? (RECORDED_TYPES[type] ?? []) : [];
  const paths = { sets: new Set(sets.split(' ')), computed: new Set(computed.split(' ')) };
  const action = actionOf(change);
  return {
    address,
    type,
    action,
    ...(reason === undefined ? {} : { reason }),
    ...(previousAddress === undefined || previousAddress === address ? {} : { from: previousAddress }),
    ...(imports === undefined ? {} : { imports }),
    replacedBy: [...new Set(change.replacedBy.map((path) => withoutPositions(path, paths.sets)))].sort(),
    attributes: change.changed
      .filter((name) => isMeant(change, name, plan, paths.computed))
      .map((name) => normalAttribute(change, name, paths, times.of(change.address, name)))
      .filter(({ name, before, after }) => isDifference(name, before, after))
      .sort(byText(({ name }) => name)),
  };
}

function actionOf({ actions, imports }: ScrubbedChange): NormalChange['action'] {
  if (actions.length > 1) return 'replace';
  const [action] = actions;
  if (action === 'create' || action === 'delete' || action === 'forget') return action;
  if (action === 'no-op') return imports === undefined ? 'move' : 'import';
  return 'update';
}

/** Whether somebody means an attribute's change, and the provider does not only compute it. */
function isMeant(
  change: ScrubbedChange,
  name: string,
  { references }: ScrubbedPlan,
  computed: ReadonlySet<string>,
): boolean {
  if (computed.has(name)) return false;
  if (!isWhollyUnknown(change, name)) return true;
  const configured = references[change.address.replace(/\[[^[\]]*\]$/, '')];
  return configured !== undefined && Object.hasOwn(configured, name);
}

/** A value that the apply gives, and nothing of it is known before; also where it is a secret. */
function isWhollyUnknown({ after, planned }: ScrubbedChange, name: string): boolean {
  const shown = planned?.[name] ?? null;
  return (after[name] ?? null) === null && (shown === PENDING_TEXT || shown === MASK);
}

function normalAttribute(
  { before, after, planned = after }: ScrubbedChange,
  name: string,
  paths: { readonly sets: ReadonlySet<string>; readonly computed: ReadonlySet<string> },
  time: (value: unknown) => unknown,
): NormalAttribute {
  const was = normalValue(withoutRepeated(before, name), name, paths);
  const is = time(normalValue(withoutRepeated(planned, name), name, paths));
  return {
    name,
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
  };
}

/** In `tags_all` the provider repeats `tags`, with the default tags, which alone are kept. */
function withoutRepeated(values: Attributes, name: string): unknown {
  const { tags, tags_all: all } = values;
  if (name !== 'tags_all' || !isMap(tags) || !isMap(all)) return values[name];
  return Object.fromEntries(Object.entries(all).filter(([key, value]) => tags[key] !== value));
}

/** Whether anything is left of a change, when its values are in their normal form. */
function isDifference(name: string, before: unknown, after: unknown): boolean {
  if (before === undefined && after === undefined) return false;
  return name !== 'tags_all' || canonicalJson(before ?? {}) !== canonicalJson(after ?? {});
}

function isMap(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Positions in a set mean nothing; those in a list do. */
function withoutPositions(path: string, sets: ReadonlySet<string>): string {
  const steps = path.split('.');
  const names = steps.filter((step) => !/^\d+$/.test(step));
  const isBelowSet = names.some((_, index) => sets.has(names.slice(0, index + 1).join('.')));
  return isBelowSet ? names.join('.') : path;
}

function normalOutputs({ outputs, outputValues }: ScrubbedPlan, times: TimeWords): readonly NormalOutput[] {
  return outputs
    .map((name): NormalOutput => {
      const { before, after } = outputValues[name] ?? {};
      const was = normalValue(before, name);
      const is = times.inOutput(normalValue(after, name));
      return {
        name,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      };
    })
    .sort(byText(({ name }) => name));
}

/** By code units of the text, then by all that there is: two changes of one address stand in a fixed order too. */
function byText<T>(textOf: (one: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [first, second] = [textOf(a), textOf(b)];
    if (first !== second) return first < second ? -1 : 1;
    return canonicalJson(a) < canonicalJson(b) ? -1 : 1;
  };
}
