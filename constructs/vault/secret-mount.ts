import { Mount } from '@cdktf/provider-vault/lib/mount';
import { Construct } from 'constructs';
import type { KvMount } from '../../model/vault/kv-paths';
import { PropsError } from '../props-error';
import { checkMountPath } from './names';

export interface SecretMountProps {
  /** Without slashes at its ends. A change moves the secrets along. @default 'secret' */
  readonly path?: string;
  /** Of the KV engine. From 1 to 2 changes in place; back there is no way but a new mount. @default 1 */
  readonly version?: 1 | 2;
  /** What it is for. @default - none */
  readonly description?: string;
}

/** Paths at which nothing can be mounted, with the reason: servers answer 400. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  [
    'cubbyhole',
    'every token has its own, which no administrator can make, share or keep, and which vanishes with it; use another path for what users share',
  ],
  ['sys', "it is the server's own interface"],
  ['auth', 'log-in methods are there'],
  ['identity', "it is the server's own engine of entities and groups"],
  ['audit', 'audit devices are there'],
]);

/**
 * A KV secrets engine: where users of one controller share secrets (domain.md §2A A1).
 *
 * Always of type `kv` with its version as an option: a server reads `kv-v2` back as `kv`, so that type would replace the
 * mount, and delete its secrets, with the next plan (facts.md §7). Destroying a mount deletes what is in it.
 *
 * @throws {@link PropsError} for a path that the server keeps for itself, `cubbyhole` before all
 */
export class SecretMount extends Construct implements KvMount {
  readonly path: string;
  readonly version: 1 | 2;

  constructor(scope: Construct, id: string, props: SecretMountProps = {}) {
    super(scope, id);
    this.path = props.path ?? 'secret';
    this.version = props.version ?? 1;
    this.check();
    new Mount(this, 'Resource', {
      path: this.path,
      type: 'kv',
      options: { version: String(this.version) },
      description: props.description,
    });
  }

  private check(): void {
    const [first = ''] = this.path.replace(/^\/+/, '').split('/');
    const reason = RESERVED.get(first);
    if (reason !== undefined) {
      throw new PropsError(
        this.node.path,
        `path: must not be ${first}: ${reason}, got ${JSON.stringify(this.path)}`,
      );
    }
    checkMountPath(this, 'path', this.path);
    if (this.version !== 1 && this.version !== 2) {
      throw new PropsError(this.node.path, `version: must be 1 or 2, got ${String(this.version)}`);
    }
  }
}
