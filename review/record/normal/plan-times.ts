import { PENDING_TEXT } from '../../../model/net/address';
import type { ScrubbedPlan } from '../../../terraform/plan/scrub';

/** Replaces times that follow from the time of the plan, and are others in each plan, by their distance to it. */
export interface TimeWords {
  /** For the values of an attribute. */
  readonly of: (address: string, attribute: string) => (value: unknown) => unknown;
  /** For the values of an output. */
  readonly inOutput: (value: unknown) => unknown;
}

const same = (value: unknown): unknown => value;

/**
 * The times of a plan that move with it. They are those of a resource that takes the time of the plan itself, as a lease does
 * that begins with it, and those in attributes whose configuration refers to such a resource.
 */
export function movingTimes({ changes, references, planTime }: ScrubbedPlan): TimeWords {
  const start = planTime === undefined ? Number.NaN : Date.parse(planTime);
  const clocks = new Set(
    Number.isNaN(start)
      ? []
      : changes
          .filter(({ changed, after }) => changed.some((name) => isAt(after[name], start)))
          .map(({ address }) => address),
  );
  if (clocks.size === 0) return { of: () => same, inOutput: same };
  const refers = (address: string, attribute: string): boolean => {
    const configured = references[address.replace(/\[[^[\]]*\]$/, '')]?.[attribute] ?? [];
    return configured.some((one) => clocks.has(one));
  };
  return {
    of: (address, attribute) => {
      if (clocks.has(address)) return (value) => (isAt(value, start) ? 'the time of the plan' : value);
      // Clouds take full minutes: the distance of one to the time of the plan differs by seconds.
      return refers(address, attribute) ? (value) => withDistances(value, start, 60) : same;
    },
    inOutput: (value) => withDistances(value, start, 1),
  };
}

function isAt(value: unknown, time: number): boolean {
  return typeof value === 'string' && TIME.test(value) && Date.parse(value) === time;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** A time in a text, also one of a scheduler, which has no zone. */
const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?/g;

function withDistances(value: unknown, start: number, unit: number): unknown {
  if (typeof value === 'string') {
    if (value === PENDING_TEXT) return value;
    return value.replace(TIMES, (time) => {
      const at = Date.parse(/[Z+]|-\d\d:\d\d$/.test(time) ? time : `${time}Z`);
      if (Number.isNaN(at) || at < start - MINUTE) return time;
      return `(${Math.floor((at - start) / (1000 * unit)) * unit} s after the plan)`;
    });
  }
  if (Array.isArray(value)) return value.map((part) => withDistances(part, start, unit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withDistances(part, start, unit)]),
  );
}

const MINUTE = 60_000;
