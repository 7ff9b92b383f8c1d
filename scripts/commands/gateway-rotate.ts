import { UsageError } from '../../base/errors';
import { rotatedNetwork, rotatedStack } from '../run/gateway/rotation/requirements';
import { rotateKey } from '../run/gateway/rotation/rotate';
import { prepare } from '../run/prepare';
import { withSession } from '../run/with-session';
import { Initializer } from '../session/init';
import type { Settings } from '../session/settings';

export interface RotateFlags {
  /** Inside CIDRs of tunnels; the command takes exactly one. */
  readonly tunnels: readonly string[];
  /** The user has checked that the other tunnels are up: their telemetry is not read. */
  readonly iChecked: boolean;
}

/** `kakehashi gateway rotate`: gives one tunnel a new pre-shared key, at the cloud and in the gateway's files. */
export function rotate(
  settings: Settings,
  [position, network]: readonly string[],
  flags: RotateFlags,
): Promise<number> {
  const insideCidr = oneTunnel(flags.tunnels);
  return withSession({ command: 'gateway rotate' }, settings, position, async (session) => {
    const loaded = await prepare(session);
    const stack = rotatedStack(loaded, network);
    const { key, identity } = rotatedNetwork(loaded, stack);
    const tunnel = { environment: session.environment, network: key, identity, insideCidr };
    const own = { session, loaded, initializer: new Initializer(session) };
    return rotateKey(own, stack, tunnel, flags.iChecked);
  });
}

function oneTunnel([tunnel, ...more]: readonly string[]): string {
  if (tunnel === undefined)
    throw new UsageError(
      'gateway rotate: which tunnel? name it by its inside CIDR: --tunnel 169.254.100.0/30',
    );
  if (more.length === 0) return tunnel;
  throw new UsageError(
    `gateway rotate: one tunnel at a time, so that another one carries the traffic; got ${[tunnel, ...more].join(' and ')}`,
  );
}
