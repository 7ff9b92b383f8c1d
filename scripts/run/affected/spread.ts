import { sharesAddress } from '../../../catalog/environment/neighbours';
import type { SurveyedEnvironment } from '../../../catalog/environment/survey';
import type { Reasons } from './model';
import type { Revision } from './revision';

/** Adds what depends on stacks that are affected: by `requires`, at the same gateway, and on the same hub. */
export function spread(base: Revision, head: Revision, reasons: Reasons): void {
  const own = new Map(
    reasons.names.map((name) => [name, new Set(reasons.stacksOf(name).map(({ id }) => id))] as const),
  );
  const addIfOwnless = (environment: string, stack: string, reason: string) => {
    if (own.get(environment)?.has(stack) !== true) reasons.addStack(environment, stack, reason);
  };
  for (const [environment, changed] of own) {
    const sides = [base, head].flatMap(({ environments }) => environments.get(environment) ?? []);
    spreadToNeighbours({ environment, changed, sides }, head, addIfOwnless);
  }
  for (const environment of reasons.names) {
    const reading = head.read(environment);
    if ('loaded' in reading) spreadToDependents(environment, reading.loaded.stacks, reasons);
  }
}

/** The stacks that require an affected one, directly or through others. */
function spreadToDependents(
  environment: string,
  stacks: readonly { readonly id: string; readonly requires: readonly string[] }[],
  reasons: Reasons,
): void {
  const reached = new Set(reasons.stacksOf(environment).map(({ id }) => id));
  for (const id of reached) {
    for (const stack of stacks.filter(({ requires }) => requires.includes(id))) {
      if (!reached.has(stack.id)) reasons.addStack(environment, stack.id, `requires ${id}`);
      reached.add(stack.id);
    }
  }
}

/** An environment with affected stacks, as it is in both revisions. */
interface Origin {
  readonly environment: string;
  readonly changed: ReadonlySet<string>;
  readonly sides: readonly SurveyedEnvironment[];
}

/** Environments whose tunnels end at a gateway where something changes: its files are made of all of them. And those on its hubs. */
function spreadToNeighbours(
  { environment, changed, sides }: Origin,
  head: Revision,
  add: (environment: string, stack: string, reason: string) => void,
): void {
  const ends = sides.flatMap((side) => connectedStacks(side).filter((id) => changed.has(id)));
  const hubs = new Set(sides.flatMap((side) => hubsOf(side, changed)));
  for (const [name, other] of head.environments) {
    if (name === environment || other.draft === undefined) continue;
    const own = other.draft;
    const shares = sides.some(({ draft }) => draft !== undefined && sharesAddress(own, draft));
    if (ends.length > 0 && shares) {
      const address = own.publicIps.find((one) => sides.some(({ draft }) => draft?.publicIps.includes(one)));
      for (const id of connectedStacks(other))
        add(name, id, `ends at the gateway ${address}, where ${environment} changes`);
    }
    const named = own.claims.hubs.filter((hub) => hub.environment === environment && hubs.has(hub.name));
    for (const { key, hub } of own.claims.attachments) {
      if (named.some((one) => one.name === hub))
        add(name, other.identities.idOf(key), `is on the hub ${hub} of ${environment}`);
    }
  }
}

/** The stacks of an environment with tunnels to the site. */
function connectedStacks({ draft, identities }: SurveyedEnvironment): readonly string[] {
  return [...new Set((draft?.connections ?? []).map(({ network }) => identities.idOf(network)))];
}

/** The hubs that an environment makes with one of these stacks. */
function hubsOf({ draft, identities }: SurveyedEnvironment, stacks: ReadonlySet<string>): readonly string[] {
  return (draft?.claims.hubs ?? [])
    .filter((hub) => hub.environment === undefined && stacks.has(identities.idOf(`hub/${hub.name}`)))
    .map(({ name }) => name);
}
