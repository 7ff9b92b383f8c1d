import type { ControllerFolders, ControllerPorts } from '../../../model/docker/controller-host';
import type { DockerHost } from '../../../model/docker/docker-host';
import type { SecretReference } from '../../../model/vault/secret-reference';
import type { PulledImage } from '../docker/registry';
import type { DockerSettings } from '../docker/settings';

/** What a catalog says of its controller's host. */
export interface ControllerCatalog {
  readonly settings: DockerSettings;
  /** Absent where the catalog has no `controller`, or one that exists already (`create: false`). */
  readonly controller?: Controller;
}

/** The portable VC controller on a Docker host. */
export interface Controller {
  /** The id of its stack. */
  readonly stack: string;
  readonly host: DockerHost;
  /** Its address in the site, which nodes reach, with the prefix: `10.0.2.15/24`. */
  readonly privateIpmask: { readonly address: string; readonly prefix: number };
  /** The address at which its ports are published. */
  readonly bind: string;
  readonly ports: ControllerPorts;
  /** Absolute, or, on the engine of this machine, relative to the project's folder. */
  readonly folders: ControllerFolders;
  readonly certificate: ControllerCertificate;
  readonly timeZone: string;
  readonly stopGraceSeconds: number;
  readonly occtr: ControllerContainer;
  /** The notebook. @default - none */
  readonly jupyter?: ControllerContainer;
}

export type ControllerCertificate =
  | {
      readonly mode: 'private-ca';
      readonly days: number;
      /** Names and addresses beside 127.0.0.1, localhost and the private address. */
      readonly names: readonly string[];
    }
  /** The user's own: files of the folder of catalogs, in PEM. */
  | {
      readonly mode: 'files';
      readonly certificate: string;
      readonly key: SecretReference;
      readonly ca?: string;
    };

/** One of the controller's containers. */
export interface ControllerContainer {
  /** The container's name: `dev-controller`. */
  readonly name: string;
  readonly image: PulledImage;
  /** Plain values. */
  readonly environment: Readonly<Record<string, string>>;
  /** Values that are kept in Vault: they reach the container by a file of the host that only root reads. */
  readonly secrets: Readonly<Record<string, SecretReference>>;
  /** The image's own entrypoint and command, which are started when the secrets have been read; empty without secrets. */
  readonly start: readonly string[];
}
