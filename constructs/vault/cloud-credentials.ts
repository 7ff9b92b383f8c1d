import { Construct } from 'constructs';
import { CLOUD_SECRETS, type Cloud, cloudSecretPaths } from '../../model/vault/cloud-secrets';
import type { KvMount } from '../../model/vault/kv-paths';
import type { Policy } from '../../model/vault/policy';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { AccessPolicy } from './access-policy';
import { checkMountPath } from './names';

export interface CloudCredentialsProps {
  /** Name of the policy. */
  readonly name: string;
  /** The mount where users share secrets. A cubbyhole needs no policy of its own: its token has it to itself. */
  readonly mount: KvMount;
  /** The clouds whose secrets may be read. */
  readonly clouds: readonly Cloud[];
}

/**
 * A policy that lets exactly the secrets of some clouds be read (`secret/aws/access_key`, …): not one
 * beside them, and none listed or written.
 *
 * @throws {@link PropsError}
 */
export class CloudCredentials extends Construct {
  readonly policy: AccessPolicy;
  readonly policyName: string;

  constructor(scope: Construct, id: string, props: CloudCredentialsProps) {
    super(scope, id);
    checkCore(this);
    const clouds = [...new Set(props.clouds)].sort();
    const unknown = clouds.find((cloud) => !Object.hasOwn(CLOUD_SECRETS, cloud));
    if (unknown !== undefined || clouds.length === 0) {
      const known = Object.keys(CLOUD_SECRETS).join(', ');
      refuse(this, `clouds: must be some of ${known}, got ${unknown ?? 'none'}`);
    }
    // A `+` in it would reach the credentials in every mount.
    checkMountPath(this, 'mount', props.mount.path);
    const rules: Policy = clouds
      .flatMap(cloudSecretPaths)
      .map((path) => ({ path: `${props.mount.path}/${path}`, capabilities: ['read'] }));
    this.policy = new AccessPolicy(this, 'Policy', { name: props.name, rules, mounts: [props.mount] });
    this.policyName = props.name;
  }
}
