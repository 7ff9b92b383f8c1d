import { KvSecretV2 } from '@cdktf/provider-vault/lib/kv-secret-v2';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { ValueError } from '../../model/value-error';
import type { KvMount } from '../../model/vault/kv-paths';
import { SecretReference } from '../../model/vault/secret-reference';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { checkKnown, isKnown } from '../tokens';

export interface WriteOnlySecretProps {
  /** A mount of KV v2: v1 has no write-only attribute, so its secrets would lie in the state. There the driver writes. */
  readonly mount: KvMount;
  /** Path below the mount: `aws/access_key`. */
  readonly path: string;
  /** Name of the variable that brings the value, to plan as to apply: `TF_VAR_<name>`. */
  readonly variable: string;
  /** Count it up to have a new value written: Terraform can't see that a write-only value changed. @default 1 */
  readonly revision?: number;
}

/** The oldest Terraform that has write-only attributes. */
const TERRAFORM = '>= 1.11.0';

/**
 * A secret in KV v2, in its field `value`, that is in no state and no plan.
 *
 * Its value comes from an ephemeral variable and goes into a write-only attribute. Terraform 1.11 or newer is required
 * of the whole stack; the provider would refuse an older one only when it applies.
 *
 * @throws {@link PropsError} for KV v1
 */
export class WriteOnlySecret extends Construct {
  readonly variable: TerraformVariable;
  readonly secret: KvSecretV2;

  constructor(scope: Construct, id: string, props: WriteOnlySecretProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    this.variable = new TerraformVariable(this, 'Value', {
      type: 'string',
      sensitive: true,
      nullable: false,
      description: `Value of ${props.mount.path}/${props.path}`,
    });
    this.variable.overrideLogicalId(props.variable);
    // No typed form in cdktf 0.21.
    this.variable.addOverride('ephemeral', true);
    TerraformStack.of(this).addOverride('terraform.required_version', TERRAFORM);
    this.secret = new KvSecretV2(this, 'Resource', {
      mount: props.mount.path,
      name: props.path,
      dataJsonWo: `\${jsonencode({ value = var.${props.variable} })}`,
      dataJsonWoVersion: props.revision ?? 1,
    });
  }

  private check({ mount, path, variable, revision = 1 }: WriteOnlySecretProps): void {
    checkKnown(this, 'path', path, 'it says which policies allow the secret');
    if (mount.version !== 2) {
      refuse(
        this,
        'mount: must be of KV v2, because v1 would keep the value in the state; write it with the driver',
      );
    }
    try {
      SecretReference.parse(`vault://${mount.path}/${path}`);
    } catch (error) {
      if (error instanceof ValueError)
        refuse(this, `path: must be a path like aws/access_key, got ${JSON.stringify(path)}`);
      throw error;
    }
    if (!/^[a-z][a-z0-9_]*$/.test(variable)) {
      refuse(
        this,
        `variable: must be a name of small letters, digits and _, got ${JSON.stringify(variable)}`,
      );
    }
    if (isKnown(revision) && (!Number.isSafeInteger(revision) || revision < 1)) {
      refuse(this, `revision: must be a whole number from 1 on, got ${revision}`);
    }
  }
}
