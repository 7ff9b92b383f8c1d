/** Ports of the host at which the portable controller is reached (docs/reference/vcp.md, "Ports"). */
export interface ControllerPorts {
  /** The REST API, TLS. */
  readonly api: number;
  /** TLS. */
  readonly vault: number;
  readonly grafana: number;
  readonly serfRpc: number;
  /** TCP and UDP. */
  readonly serf: number;
  readonly jupyter: number;
}

export const USUAL_PORTS: ControllerPorts = {
  api: 443,
  vault: 8443,
  grafana: 8080,
  serfRpc: 7373,
  serf: 7947,
  jupyter: 8888,
};

/** Folders of the host. */
export interface ControllerFolders {
  /** What outlives the container. */
  readonly data: string;
  /** What the controller reads when it is initialized: `vpn_catalog.yml`. */
  readonly config: string;
  /** `occtr_cert.pem`, `occtr_key.pem`, `ca.pem`. */
  readonly cert: string;
}
