import type { Loaded } from '../../catalog/environment/catalog';
import type { TunnelTelemetry } from '../../gateway/status/tunnel-telemetry';
import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import type { CloudConnection, NetworkTunnels } from '../../model/tunnel/description';
import type { StateResource } from '../../terraform/plan/prior-resources';
import type { ScrubbedChange } from '../../terraform/plan/scrub';
import type { Session } from '../session/session';

/** What the gateway's commands need from a kind of stack that has tunnels. */
export interface KindTunnels {
  readonly cloud: CloudVpn;
  /**
   * The tunnels that a resource of the state reports; none for a resource that is no VPN connection. Absent where Terraform's
   * provider reports no state of tunnels.
   */
  readonly telemetryOf?: (resource: StateResource) => readonly TunnelTelemetry[];
  /** Whether a planned change gives the tunnel with this inside CIDR a new key and does nothing else. */
  readonly changesOnlyKey: (change: ScrubbedChange, insideCidr: string) => boolean;
  /** Absent where a key change that fails has not reached the cloud. */
  readonly lateKey?: LateKey;
  /** Absent where Terraform's state always has the keys. */
  readonly keySource?: KeySource;
}

/** A cloud whose provider gives up on a key change that the cloud goes on with. */
export interface LateKey {
  /** `AWS`. */
  readonly cloud: string;
  /**
   * What to do while the cloud has the old key, line by line.
   *
   * @param file - has the new key, as `key` of a JSON object
   * @param connection - as the cloud's commands name it
   */
  readonly fixes: (file: string, connection?: CloudConnection) => readonly string[];
}

/** A cloud's own store of pre-shared keys, for connections whose keys are not in Terraform's state. */
export interface KeySource {
  /**
   * The keys of a network's tunnels, by inside CIDR.
   *
   * @throws Failure; no key is in its message
   */
  readonly read: (session: Session, request: KeyRequest) => Promise<Readonly<Record<string, string>>>;
  /** Why `gateway rotate` can't change a key in this store, and what does: a sentence after the network's name. */
  readonly rotation: (environment: string) => string;
}

/** The network whose keys are read. */
export interface KeyRequest {
  readonly loaded: Loaded;
  /** The key that it had when it was made: `aws/default`. */
  readonly network: string;
  readonly description: NetworkTunnels;
}
