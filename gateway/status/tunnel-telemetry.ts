/** One tunnel as the cloud reports it. */
export interface TunnelTelemetry {
  readonly insideCidr: string;
  readonly outsideAddress: string;
  /** The cloud's address inside the tunnel. */
  readonly cloudInsideAddress: string;
  /** The cloud's id of the connection: `vpn-0abc…`. */
  readonly connection: string;
  /** `UP`, or whatever other word the cloud has for a tunnel that does not carry traffic. */
  readonly status: string;
  /** `IPSEC IS DOWN`; empty where the cloud gives no reason. */
  readonly message: string;
  /** When the status last changed, ISO 8601; undefined where the cloud does not report it. */
  readonly since?: string;
  readonly acceptedRoutes: number;
  /** The command that asks the cloud itself; absent where what Terraform's provider reports is here. */
  readonly ask?: string;
}

/** One tunnel of an environment, as the cloud reports it. */
export interface TunnelStatus {
  /** `aws/default`. */
  readonly network: string;
  readonly cloud: TunnelTelemetry;
}
