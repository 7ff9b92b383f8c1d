import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import type { SshHost } from '../../../model/docker/docker-host';
import type { Session } from '../../session/session';
import { prepareSsh } from './host-keys';
import { hostOf } from './host-of';

/** Writes OpenSSH's files for all hosts of the environment, and learns their keys. @throws Declined */
export async function makeHostsReady(
  session: Session,
  { stacks }: Loaded,
  chosen: readonly Stack<'docker-nodes'>[],
): Promise<void> {
  if (session.simulated) return;
  const isChosen = new Set(chosen.map(({ id }) => id));
  const hosts = stacks.flatMap((stack) =>
    stack.kind === 'docker-nodes' ? [{ id: stack.id, host: hostOf(stack) }] : [],
  );
  const overSsh = hosts.flatMap(({ id, host }): readonly { readonly id: string; readonly host: SshHost }[] =>
    host.kind === 'ssh' ? [{ id, host }] : [],
  );
  if (overSsh.length === 0) return;
  const asked = overSsh.filter(({ id }) => isChosen.has(id)).map(({ host }) => host);
  await prepareSsh(session, { all: overSsh.map(({ host }) => host), asked });
}
