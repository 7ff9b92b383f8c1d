import { Random } from './random';
import type { PhaseSeconds, Reference } from './reference';

/** The processes that can be killed. `driver+provider` is one process that is both, which `--sandbox` alone makes. */
export const TARGETS = ['driver', 'driver+provider', 'terraform', 'provider', 'all'] as const;
export type Target = (typeof TARGETS)[number];

/** The faults that are injected. */
export const FAULTS = ['error', 'throttle', 'partial', 'drop', 'crash'] as const;
export type FaultName = (typeof FAULTS)[number];

/** An object that is being created: the n-th of its type. */
export interface Moment {
  readonly type: string;
  readonly call: number;
}

/** When something is killed: while the answer about an object is held back, or after a part of the undisturbed time of a phase. */
export type Trigger =
  | ({ readonly kind: 'object'; readonly delayMs: number } & Moment)
  | { readonly kind: keyof PhaseSeconds; readonly seconds: number };

export type Attack =
  | {
      readonly kind: 'kill';
      readonly target: Target;
      readonly signal: NodeJS.Signals;
      readonly trigger: Trigger;
    }
  | ({ readonly kind: 'fault'; readonly fault: FaultName } & Moment);

export interface Case {
  /** From 1. */
  readonly number: number;
  readonly reference: Reference;
  readonly attack: Attack;
}

export interface Wanted {
  readonly seed: number;
  readonly runs: number;
  readonly targets: readonly Target[];
  readonly faults: boolean;
  readonly signal: NodeJS.Signals;
}

/** The cases that follow from a seed: every type of an environment once before any a second time. */
export function casesOf(references: readonly Reference[], wanted: Wanted): readonly Case[] {
  const random = new Random(wanted.seed);
  const types = new Map(references.map((reference) => [reference, endlessTypes(reference, random)]));
  return Array.from({ length: wanted.runs }, (_, index) => {
    const reference = chosen(references, random);
    const moment = (): Moment => {
      const type = types.get(reference)?.next().value ?? '';
      return { type, call: 1 + random.below(reference.created.get(type) ?? 1) };
    };
    return { number: index + 1, reference, attack: attackOf(reference, wanted, index, moment, random) };
  });
}

/** Larger environments have more runs. */
function chosen(references: readonly Reference[], random: Random): Reference {
  const weights = references.map(({ created }) => created.size);
  let left = random.below(weights.reduce((sum, weight) => sum + weight, 0));
  const index = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  const found = references[index];
  if (found === undefined) throw new Error('no environment to choose from');
  return found;
}

function* endlessTypes({ created }: Reference, random: Random): Generator<string, string> {
  for (;;) yield* random.shuffled([...created.keys()]);
}

/** How often each kind of moment comes: that of a moment before Terraform applies anything loses nothing. */
const KINDS = ['object', 'object', 'apply', 'object', 'object', 'apply', 'before'] as const;

function attackOf(
  reference: Reference,
  wanted: Wanted,
  index: number,
  moment: () => Moment,
  random: Random,
): Attack {
  const targets = wanted.targets.filter((target) => isPossible(target, reference));
  const choices = targets.length + (wanted.faults ? 1 : 0);
  const target = targets[index % choices];
  const turn = Math.floor(index / choices);
  if (target === undefined) {
    const fault = FAULTS[turn % FAULTS.length] ?? 'error';
    return { kind: 'fault', fault, ...moment() };
  }
  const kind = KINDS[turn % KINDS.length] ?? 'object';
  const trigger: Trigger =
    kind === 'object'
      ? { kind, ...moment(), delayMs: random.below(60) }
      : { kind, seconds: reference.seconds[kind] * random.next() };
  return { kind: 'kill', target, signal: wanted.signal, trigger };
}

/** A driver that serves the providers itself can't be killed apart from them. */
export function isPossible(target: Target, { environment }: Pick<Reference, 'environment'>): boolean {
  return environment.apart || (target !== 'driver' && target !== 'provider');
}

/** `driver`, `fault` */
export function whatOf(attack: Attack): string {
  return attack.kind === 'fault' ? 'fault' : attack.target;
}

/** `object`, `apply`, `before`; of a fault its name. */
export function phaseOf(attack: Attack): string {
  return attack.kind === 'fault' ? attack.fault : attack.trigger.kind;
}

/** `aws_vpc 2 +13 ms`, `1.32 s` */
export function momentText(attack: Attack): string {
  if (attack.kind === 'fault') return `${attack.type} ${attack.call}`;
  const { trigger } = attack;
  return trigger.kind === 'object'
    ? `${trigger.type} ${trigger.call} +${trigger.delayMs} ms`
    : `${trigger.seconds.toFixed(2)} s`;
}
