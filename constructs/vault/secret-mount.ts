import { Mount } from '@cdktf/provider-vault/lib/mount';
import type { Construct } from 'constructs';
import { GrantableMount, type ISecretMount } from './grantable-mount';

export type { ISecretMount } from './grantable-mount';

export interface SecretMountProps {
  /** Without slashes at its ends. A change moves the secrets along. @default 'secret' */
  readonly path?: string;
  /** KV secrets engine version. 1 becomes 2 in place; a 2 never becomes 1 again. @default 1 */
  readonly version?: 1 | 2;
  /** What it is for. @default - none */
  readonly description?: string;
}

/**
 * A KV secrets engine: where users of one controller share secrets.
 *
 * It is always of type `kv` with its version as an option: a server reads `kv-v2` back as `kv`, so that type would
 * replace the mount, and delete its secrets, with the next plan (docs/reference/vault.md). Destroying a mount deletes
 * what is in it.
 *
 * @throws {@link PropsError} for a path that the server keeps for itself, `cubbyhole` before all
 */
export class SecretMount extends GrantableMount {
  /** A mount that something else made. Its version decides what grants must say: a wrong one grants nothing. */
  static fromMountPath(scope: Construct, id: string, path: string, version: 1 | 2): ISecretMount {
    return new GrantableMount(scope, id, path, version);
  }

  readonly mount: Mount;

  constructor(scope: Construct, id: string, props: SecretMountProps = {}) {
    const { path = 'secret', version = 1, description } = props;
    super(scope, id, path, version);
    this.mount = new Mount(this, 'Resource', {
      path,
      type: 'kv',
      options: { version: String(version) },
      description,
    });
  }
}
