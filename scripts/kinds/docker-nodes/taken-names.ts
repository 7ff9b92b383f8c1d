import { Failure } from '../../../base/errors';
import { Journal } from '../../../terraform/journal';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import type { Engine } from '../docker/engine';
import { engineOf } from '../docker/stacks';
import type { FirstWrites } from '../kind';
import { nodeOf } from './node-of';

/** A name that a plan takes on a host. */
interface Wanted {
  readonly kind: 'container' | 'volume';
  readonly name: string;
}

/** Something of that name that is there. */
interface Taken extends Wanted {
  /** Whether its labels are those of this very node: a run that was killed may have made it. */
  readonly isOurs: boolean;
}

const TYPES: Readonly<Record<string, Wanted['kind']>> = {
  docker_container: 'container',
  docker_volume: 'volume',
};

/**
 * Looks on the host for what a plan makes for the first time: the provider would take a volume of the same name over silently, and
 * delete it later with all that is in it.
 *
 * @returns sentences about what is taken over
 * @throws {@link Failure} that names what somebody else made
 */
export async function lookAtTakenNames(writes: FirstWrites<'docker-nodes'>): Promise<readonly PlanEffect[]> {
  const { session, stack, loaded } = writes;
  const found = nodeOf(loaded, stack);
  if (session.simulated || found === undefined) return [];
  const changes = await writes.changes();
  const wanted = changes.flatMap(({ type, actions, after }): readonly Wanted[] => {
    const kind = TYPES[type];
    const isNew = actions.includes('create') && !actions.includes('delete');
    return kind !== undefined && isNew ? [{ kind, name: String(after.name ?? '') }] : [];
  });
  const engine = engineOf(session, stack);
  const labels = {
    'kakehashi:group': `${loaded.catalog.environment}/${found.group.name}`,
    'kakehashi:node': found.node.key,
  };
  const taken = (await Promise.all(wanted.map((one) => lookFor(engine, one, labels)))).flatMap(
    (one) => one ?? [],
  );
  const isLeft = new Journal(session.folders.journal).unfinished.includes(stack.id);
  const refused = taken.filter(({ kind, isOurs }) => !isOurs || kind === 'container');
  if (refused.length > 0) throw notOurs(stack.id, refused, isLeft);
  return weighed(
    'changed',
    taken.map(
      ({ name }) =>
        `volume ${name} is on the host already, with the labels of this node: it is taken over with what is in it`,
    ),
  );
}

async function lookFor(
  engine: Engine,
  { kind, name }: Wanted,
  labels: Readonly<Record<string, string>>,
): Promise<Taken | undefined> {
  const format = kind === 'container' ? '{{json .Config.Labels}}' : '{{json .Labels}}';
  const answer = await engine.docker([kind, 'inspect', '--format', format, name]);
  if (answer.exitCode !== 0) {
    if (answer.lines.some((line) => /no such (container|volume)/i.test(line))) return undefined;
    throw engine.failure(answer);
  }
  const own: unknown = JSON.parse(answer.stdout.trim() || 'null');
  const has = new Map(Object.entries(typeof own === 'object' && own !== null ? own : {}));
  return { kind, name, isOurs: Object.entries(labels).every(([label, value]) => has.get(label) === value) };
}

function notOurs(stack: string, taken: readonly Taken[], isLeft: boolean): Failure {
  const ours = taken.every(({ isOurs }) => isOurs);
  const what = taken.map(({ kind, name }) => `${kind} ${name}`).join(', ');
  const commands = taken
    .map(({ kind, name }) => `docker ${kind} rm ${kind === 'container' ? '-f ' : ''}${name}`)
    .join('; ');
  if (ours)
    return new Failure({
      where: stack,
      summary: `the host has ${what} with the labels of this node, and the state does not have ${taken.length === 1 ? 'it' : 'them'}, as after ${isLeft ? 'the last run, which was killed' : 'a killed run'}`,
      fixes: [`remove what is left there, and run this again: ${commands}`],
    });
  const volumes = taken.some(({ kind }) => kind === 'volume')
    ? '; the provider would take the volume over, and delete it later with what is in it'
    : '';
  return new Failure({
    where: stack,
    summary: `the host has ${what} already, and not from here${volumes}`,
    fixes: ['give the group or the host another name', `remove it there where nobody needs it: ${commands}`],
  });
}
