/** An object in a bucket of the same cloud, which the node fetches with its own role and checks. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** VCP's `docker_opt`. */
export interface DockerOptions {
  readonly dns?: readonly string[];
  readonly dnsSearch?: readonly string[];
  /** `name:address`. */
  readonly addHost?: readonly string[];
  readonly hostname?: string;
  /** `all`, or how many. */
  readonly gpus?: 'all' | number;
  /** Further arguments of `docker run`, each a word. */
  readonly options?: readonly string[];
}

/** The container that makes a VC node of a host. */
export interface BaseContainer {
  /** The reference that Docker pulls, with its registry. */
  readonly image: string;
  /** Base containers need it; another image may not. */
  readonly privileged: boolean;
  /** VCP's `params.v`: `/data:/data`. */
  readonly volumes: readonly string[];
  /** VCP's `params.e`. `AUTHORIZED_KEYS` is made of the group's SSH keys unless it is here. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables whose values are secrets: the id of each in the cloud's secret store. */
  readonly secretEnvironment: Readonly<Record<string, string>>;
  readonly options: DockerOptions;
  /** Log-in at the registry; user and password are ids in the cloud's secret store. @default - none is needed */
  readonly registry?: { readonly host: string; readonly user: string; readonly password: string };
  /** The image as a file of `docker save`, for nodes that reach no registry. @default - pulled */
  readonly bundle?: StoredObject;
  /** VCP's `user_init_command`: a script that runs on the host, as root, after each start of the container. @default - none */
  readonly userInit?: { readonly text: string } | { readonly s3: StoredObject };
}
