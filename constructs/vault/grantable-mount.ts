import { Construct, type IConstruct } from 'constructs';
import type { KvMount } from '../../model/vault/kv-paths';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { checkKnown } from '../tokens';
import { type AccessPolicy, POLICY_IS_READABLE } from './access-policy';
import { checkMountPath } from './names';

/**
 * A KV secrets engine, made by this app or by something else.
 *
 * A grant is about paths as KV v1 has them, exact or with a `*` at the end; what a mount of version 2 needs for them
 * follows. Grants add up: none takes away what another one allows.
 */
export interface ISecretMount extends IConstruct, KvMount {
  /** Lets secrets be read. @param path below the mount. @default '*' */
  grantRead(policy: AccessPolicy, path?: string): void;
  /** Lets the names of secrets and folders be listed: `aws` or `aws/*` for those in `aws/`. @default '*' */
  grantList(policy: AccessPolicy, path?: string): void;
  /** Lets secrets be created and changed, not read. @default '*' */
  grantWrite(policy: AccessPolicy, path?: string): void;
  /** Lets secrets be deleted; of version 2 with all their versions. @default '*' */
  grantDelete(policy: AccessPolicy, path?: string): void;
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
 * A mount's path and version, with its grants.
 *
 * @throws {@link PropsError} for a path that the server keeps for itself, `cubbyhole` before all
 */
export class GrantableMount extends Construct implements ISecretMount {
  constructor(
    scope: Construct,
    id: string,
    readonly path: string,
    readonly version: 1 | 2,
  ) {
    super(scope, id);
    checkCore(this);
    checkKnown(this, 'path', path, POLICY_IS_READABLE);
    this.checkReserved();
    checkMountPath(this, 'path', path);
    if (version !== 1 && version !== 2) refuse(this, `version: must be 1 or 2, got ${String(version)}`);
  }

  grantRead(policy: AccessPolicy, path = '*'): void {
    policy.addGrant(this, path, ['read']);
  }

  grantList(policy: AccessPolicy, path = '*'): void {
    policy.addGrant(this, path, ['list']);
  }

  grantWrite(policy: AccessPolicy, path = '*'): void {
    policy.addGrant(this, path, this.version === 2 ? ['create', 'update', 'patch'] : ['create', 'update']);
  }

  grantDelete(policy: AccessPolicy, path = '*'): void {
    policy.addGrant(this, path, ['delete']);
  }

  private checkReserved(): void {
    const [first = ''] = this.path.replace(/^\/+/, '').split('/');
    const reason = RESERVED.get(first);
    if (reason !== undefined)
      refuse(this, `path: must not be ${first}: ${reason}, got ${JSON.stringify(this.path)}`);
  }
}
