import { Failure } from '../../../../base/errors';
import { listed } from '../../../../base/text/listed';
import type { TunnelTelemetry } from '../../../../gateway/status/tunnel-telemetry';

/** A tunnel that is to get a new key, among the tunnels of its network. */
export interface GuardedRotation {
  /** `aws/default`. */
  readonly network: string;
  readonly insideCidr: string;
  /** The tunnels that get the same key with it, itself among them. @default - it alone */
  readonly together?: readonly string[];
  /** Inside CIDRs of the tunnels that come up only when the preferred one fails. */
  readonly standby: ReadonlySet<string>;
  /** All tunnels of the network, refreshed just now. */
  readonly tunnels: readonly TunnelTelemetry[];
  /** When a tunnel's key was last rotated, ISO 8601; undefined where it never was. */
  readonly lastRotation: (insideCidr: string) => string | undefined;
}

/**
 * Refuses to change a tunnel's key while another tunnel of its network got a new one and has not come up since: the traffic
 * could lose its last tunnel. A tunnel counts as up only if it came up after its own change. A standby is down as long as the
 * preferred tunnel is up, so it is warned of and holds nothing.
 *
 * @returns warnings: of a standby whose new key nothing has proved, and where nothing will pass during the change
 * @throws {@link Failure}
 */
export function guardRotation(rotation: GuardedRotation): readonly string[] {
  const { network, together = [rotation.insideCidr] } = rotation;
  const others = rotation.tunnels.filter(({ insideCidr }) => !together.includes(insideCidr));
  const unproved = others.flatMap((other) => unfinished(rotation, other));
  const isUp = others.some(({ status }) => status === 'UP');
  if (isUp) return unproved;
  return [
    ...unproved,
    together.length > 1 && others.length === 0
      ? `${network}: its ${together.length} tunnels have one key: nothing passes from the change until the gateway has the new key too`
      : outageWarning(network, others),
  ];
}

/** @returns a warning of a standby that has not come up since its change; none of any other tunnel, which is refused */
function unfinished(
  { network, standby, lastRotation }: GuardedRotation,
  { insideCidr, status, since }: TunnelTelemetry,
): readonly string[] {
  const changed = lastRotation(insideCidr);
  if (changed === undefined) return [];
  const isUp = status === 'UP';
  if (isUp && since !== undefined && Date.parse(since) > Date.parse(changed)) return [];
  if (standby.has(insideCidr)) {
    return [
      `${network}: the standby ${insideCidr} got its new key at ${changed}, and nothing has proved it since: look on the gateway whether it comes up before this tunnel's key changes`,
    ];
  }
  const state = isUp ? `UP since ${since ?? 'an unknown time'}, before that` : status;
  throw new Failure(
    `${network}: not rotated: tunnel ${insideCidr} got its new key at ${changed} and is not reported up since (${state}); bring it up on the gateway first, or pass --i-checked`,
  );
}

function outageWarning(network: string, others: readonly TunnelTelemetry[]): string {
  const unknown = others.filter(({ status }) => status === 'UNKNOWN').map(({ insideCidr }) => insideCidr);
  if (unknown.length > 0 && unknown.length === others.length)
    return `${network}: whether ${listed(unknown)} ${unknown.length === 1 ? 'is' : 'are'} up is not reported: if not, nothing passes while this one changes its key`;
  const states = others.map(({ insideCidr, status }) => `${insideCidr} is ${status}`).join(' and ');
  const reason =
    others.length === 0
      ? 'it has no other tunnel'
      : others.length === 1
        ? `the other tunnel ${states}`
        : `no other tunnel is up (${states})`;
  return `${network}: ${reason}: nothing passes while this one changes its key`;
}
