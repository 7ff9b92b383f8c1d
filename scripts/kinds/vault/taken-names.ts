import { Failure } from '../../../base/errors';
import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import { Journal } from '../../../terraform/journal';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import type { VaultClient } from '../../../vault/client';
import { neededRules } from '../../../vault/needed-rule';
import { VaultError } from '../../../vault/vault-error';
import type { FirstWrites } from '../kind';
import { newNames, type Write, writeOf } from './first-writes';

/** Something that is there already. */
interface Taken extends Write {
  readonly differences: readonly string[];
}

/**
 * Looks at the server for what a plan writes for the first time, because policies, token roles and AppRoles are replaced
 * without asking, and would be destroyed with the environment.
 *
 * What is there is let through where it is as the catalog has it, where the catalog says `adopt`, and where the last run of
 * the stack did not end, so that it may have made it.
 *
 * @returns what is taken over, a sentence each
 * @throws {@link Failure} that names what somebody else made, and what the token may not look at; VaultError
 */
export async function lookAtTakenNames(writes: FirstWrites<'vault'>): Promise<readonly PlanEffect[]> {
  const { session, stack, loaded } = writes;
  const { vault } = loaded.catalog.kinds;
  if (vault === undefined) return [];
  const planned = newNames(await writes.changes()).flatMap((change) =>
    writeOf(change, vault, loaded.catalog.environment),
  );
  if (planned.length === 0) return [];
  const taken = await lookAtAll(stack.id, await session.vaults.client(vault), planned);
  const isLeft = new Journal(session.folders.journal).unfinished.includes(stack.id);
  const refused = isLeft ? [] : taken.filter(({ adopt, differences }) => !adopt && differences.length > 0);
  if (refused.length > 0) throw notOurs(stack.id, refused);
  return taken.flatMap((one) =>
    weighed(one.differences.length === 0 ? 'changed' : 'replaced', [sentence(one)]),
  );
}

async function lookAtAll(
  stack: string,
  client: VaultClient,
  planned: readonly Write[],
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  const denied: string[] = [];
  for (const write of planned) {
    try {
      const differences = await write.look(client);
      if (differences !== undefined) taken.push({ ...write, differences });
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'denied') throw error;
      if (write.isOnce !== true) denied.push(write.path);
    }
  }
  if (denied.length === 0) return taken;
  const requests = denied.map((path) => ({ method: 'GET', path }));
  throw new Failure(
    `${stack}: the token may not read ${denied.length} of the ${counted(planned.length, 'place')} that an apply writes, so that what is there already is not known: ${listed(denied)}\n  help: ${neededRules(requests)}`,
  );
}

function notOurs(stack: string, taken: readonly Taken[]): Failure {
  const [them, these] = taken.length === 1 ? ['it', 'this'] : ['them', 'these'];
  const has = (test: (one: Taken) => boolean, line: string) => (taken.some(test) ? [line] : []);
  const isReplaced = taken.some(({ isOnce }) => isOnce !== true);
  return new Failure(
    [
      `${stack}: the server has ${these} already, and not from here${isReplaced ? `; an apply would replace ${them}, and a destroy delete ${them}` : ''}:`,
      ...taken.map(({ what, key, differences, isOnce }) =>
        isOnce === true ? `${key}: ${what}` : `${key}: ${what}, with ${otherWords(differences)}`,
      ),
      ...has(
        ({ isOnce }) => isOnce !== true,
        'help: choose another name, or take it over: write adopt: true beside its create',
      ),
      ...has(
        ({ key }) => key.startsWith('vault.mounts.'),
        'help: leave the create of the mount out: it is used as it is, and the server makes no second one there',
      ),
      ...has(
        ({ key }) => key === 'vault.approles',
        'help: leave the create of all AppRoles out: they are made where their log-in method was made',
      ),
    ].join('\n  '),
  );
}

function sentence({ what, adopt, differences, kept }: Taken): string {
  const secretIds = what.startsWith('AppRole') ? '; secret ids that others have of it go on working' : '';
  if (differences.length === 0) {
    return `${what} exists already, as the catalog has it: from now on it is managed here${secretIds}`;
  }
  const why = adopt ? 'adopt: true' : 'the last run did not end, and may have made it';
  const left = kept(differences);
  const rest = left.length === 0 ? '' : `, but for ${listed(left)}, which the plan after it resets`;
  return `${what} exists already, with ${otherWords(differences)}: REPLACED (${why})${rest}${secretIds}`;
}

function otherWords(differences: readonly string[]): string {
  return `other ${listed(differences)}`;
}
