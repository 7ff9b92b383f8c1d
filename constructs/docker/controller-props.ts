import type { ControllerFolders, ControllerPorts } from '../../model/docker/controller-host';
import type { IContainerImage } from './container-image';
import type { ServiceSecrets } from './service-container';

export interface PortableControllerProps {
  /** The container's name and that of its network: `dev-controller`. A change replaces both. */
  readonly name: string;
  readonly image: IContainerImage;
  /** The controller's address in the site, which nodes reach, with the prefix length: `10.0.2.15/24`. */
  readonly privateIpmask: string;
  /** The address of the host at which its ports are published: whoever reaches it reaches them, whatever the host's input rules say. */
  readonly bind: string;
  /** @default - VCP's own numbers */
  readonly ports?: Partial<ControllerPorts>;
  /** Absolute paths on the host, which must be there. */
  readonly folders: ControllerFolders;
  /** A text that is another one for each certificate, so that a new one is a new container: the old one has the old one read. */
  readonly certificateFingerprint: string;
  /** Further variables. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: VersionedSecrets;
  /** The variable TZ. @default - none */
  readonly timeZone?: string;
  /** How long a container may take to end before it is killed. @default 60 */
  readonly stopSeconds?: number;
  /** @default - none */
  readonly notebook?: NotebookProps;
  /** Of containers and network. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface VersionedSecrets extends ServiceSecrets {
  /** A text that is another one for other values and says nothing of them: a change replaces the container. */
  readonly version: string;
}

/** The notebook from which the controller is used. */
export interface NotebookProps {
  /** The container's name. A change replaces it. */
  readonly name: string;
  readonly image: IContainerImage;
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: VersionedSecrets;
  /** Whether the folder of the certificate has the authority's own, `ca.pem`, which the notebook gets. @default true */
  readonly hasAuthority?: boolean;
}
