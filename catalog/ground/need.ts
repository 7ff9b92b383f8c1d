/** Something at a server that an environment needs, whoever made it. */
export interface Need {
  /** The server, with all that tells it from another: `Vault (https://10.0.2.15:8443, namespace team)`. */
  readonly server: string;
  readonly what: 'mount' | 'log-in method' | 'transit gateway';
  /** What it needs there: a log-in method, a mount, or a path in one, such as `secret/aws/access_key`; the name of a hub. */
  readonly path: string;
  /** The key of the catalog that needs it, with its value where that tells more: `vault.preshared_keys (vault://secret/vpn)`. */
  readonly key: string;
}

/** What another environment of the folder needs. */
export interface NeighbourNeeds {
  readonly environment: string;
  readonly needs: readonly Need[];
  /** Sections of its catalog with errors, which may hide more; '' where the file as a whole can't be read. */
  readonly broken: readonly string[];
}

/** Whether an environment's needs are all that these sections of its catalog say. */
export function isComplete({ broken }: NeighbourNeeds, sections: readonly string[]): boolean {
  return !broken.some((section) => ['', 'extends', ...sections].includes(section));
}
