import { rmSync } from 'node:fs';
import { Failure } from '../../../../base/errors';
import { writeAtomically } from '../../../../base/files';
import type { GatewayConnection } from '../../../../model/gateway/host';
import { presharedKeyCidr } from '../../../../model/gateway/preshared-key-cidr';
import { newPresharedKey } from '../../../kinds/new-key';
import type { Session } from '../../../session/session';
import { type RotatedTunnel, tunnelsWithKey } from './requirements';
import { type PendingRotation, pendingFile, pendingRotation } from './rotations';

/** The key of a rotation, which lies in its file. */
export interface BegunRotation {
  readonly key: string;
  /** Whether an earlier run made the key, so that the cloud may have it already. */
  readonly isResumed: boolean;
}

/**
 * Takes the key of an unfinished rotation of this tunnel, or else makes a new one. It is in its file before any other place
 * gets it, so that a killed run loses no key that the cloud has.
 *
 * @param connections - those that are applied
 * @throws {@link Failure} where a rotation of another tunnel is unfinished
 */
export function beginRotation(
  session: Session,
  { network: key, identity: network, insideCidr: tunnel }: RotatedTunnel,
  { cloud }: GatewayConnection,
  connections: readonly GatewayConnection[],
): BegunRotation {
  const { folders, report, environment } = session;
  const insideCidr = presharedKeyCidr(cloud, tunnel);
  const begun = stillApplied(session, pendingRotation(folders, cloud.presharedKey), connections);
  if (begun !== undefined && (begun.network !== network || begun.insideCidr !== insideCidr)) {
    const begunKey = begun.network === network ? key : begun.network;
    throw new Failure(
      `a rotation of ${begunKey}, tunnel ${begun.insideCidr}, was begun and not finished; finish it first: kakehashi gateway rotate ${environment} ${begunKey} --tunnel ${begun.insideCidr}`,
    );
  }
  const pending = begun ?? { network, insideCidr, key: newPresharedKey() };
  report.log.masks.add(pending.key);
  writeAtomically(pendingFile(folders), `${JSON.stringify(pending)}\n`, 0o600);
  return { key: pending.key, isResumed: begun !== undefined };
}

/** Removes what a rotation needs while it runs: its key's file, and the gateway's folder with the new key. */
export function endRotation({ folders }: Session, nextFolder: string): void {
  rmSync(nextFolder, { recursive: true, force: true });
  rmSync(pendingFile(folders), { force: true });
}

/** An unfinished rotation, if its tunnel is still applied. One of a tunnel that is gone can't be finished. */
function stillApplied(
  { environment, report }: Session,
  begun: PendingRotation | undefined,
  connections: readonly GatewayConnection[],
): PendingRotation | undefined {
  const isApplied = connections.some(
    (connection) =>
      connection.environment === environment &&
      connection.network === begun?.network &&
      tunnelsWithKey(connection, begun.insideCidr).length > 0,
  );
  if (begun === undefined || isApplied) return begun;
  report.note(
    'warn',
    `a rotation of ${begun.network}, tunnel ${begun.insideCidr}, was begun; that tunnel is gone, and its key with it`,
  );
  return undefined;
}
