import { Failure } from '../../../../base/errors';
import type { Session } from '../../../session/session';
import type { TunnelTelemetry } from '../status/telemetry';
import { lastRotation } from './rotations';

/**
 * Refuses to change a tunnel's key while another tunnel of its connection got a new one and is not reported up since then:
 * both would be down. That it is up counts only if it came up after the change.
 *
 * @param tunnels - refreshed just now
 * @throws {@link Failure}
 */
export function guardRotation(
  session: Session,
  network: string,
  insideCidr: string,
  tunnels: readonly TunnelTelemetry[],
): void {
  for (const other of tunnels.filter((tunnel) => tunnel.insideCidr !== insideCidr)) {
    const changed = lastRotation(session.folders, network, other.insideCidr);
    const isUp = other.status === 'UP';
    if (changed === undefined) {
      if (!isUp)
        session.report.note(
          'warn',
          `${network}: the other tunnel ${other.insideCidr} is ${other.status}: nothing passes while this one changes its key`,
        );
      continue;
    }
    if (isUp && other.since !== undefined && Date.parse(other.since) > Date.parse(changed)) continue;
    const state = isUp ? `UP since ${other.since ?? 'an unknown time'}, before that` : other.status;
    throw new Failure(
      `${network}: not rotated: tunnel ${other.insideCidr} got its new key at ${changed} and is not reported up since (${state}); bring it up on the gateway first, or pass --i-checked`,
    );
  }
}
