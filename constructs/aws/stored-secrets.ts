import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { checkKeys } from './names';
import type { NodeProfile } from './node-profile';
import { checkTags, type Tags, tagsOf } from './tags';

export interface StoredSecretsProps {
  /** What names of the secrets begin with: `dev-nodes-workers`. */
  readonly name: string;
  /** By a key that is part of resource addresses. */
  readonly secrets: Readonly<Record<string, StoredSecret>>;
  /** Tags of every secret; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

export interface StoredSecret {
  /** The key of the value in the variable `registry_auth`. */
  readonly value: string;
  /** Another number has the value written anew: Terraform can't see that a write-only value changed. 1 to 2147483647. */
  readonly version: number;
}

/** The oldest Terraform that has write-only attributes. */
const TERRAFORM = '>= 1.11.0';

/**
 * Secrets of Secrets Manager that nodes fetch themselves. Their values are in no state and no plan: they come from the ephemeral variable
 * `registry_auth`, which the stack must declare by {@link StoredSecrets.valuesVariable}, and go into a write-only attribute, for which
 * Terraform 1.11 is required.
 *
 * @throws {@link PropsError}
 */
export class StoredSecrets extends Construct {
  /** The variable `registry_auth`: values by key. @param scope - the stack, whose child it must be to keep its name */
  static valuesVariable(scope: Construct): TerraformVariable {
    const variable = new TerraformVariable(scope, 'registry_auth', {
      type: 'map(string)',
      default: {},
      nullable: false,
      sensitive: true,
      description: 'Values of secrets that nodes fetch',
    });
    // No typed form in cdktf 0.21.
    variable.addOverride('ephemeral', true);
    return variable;
  }

  /** The names of the secrets at AWS, by key. */
  readonly names: Readonly<Record<string, string>>;
  private readonly secrets: Readonly<Record<string, SecretsmanagerSecret>>;
  private readonly versions: SecretsmanagerSecretVersion[] = [];

  constructor(scope: Construct, id: string, { name, secrets, tags }: StoredSecretsProps) {
    super(scope, id);
    checkCore(this);
    checkKeys(this, 'secrets', secrets);
    checkTags(this, 'tags', tags);
    TerraformStack.of(this).addOverride('terraform.required_version', TERRAFORM);
    this.names = Object.fromEntries(Object.keys(secrets).map((key) => [key, `${name}/${key}`]));
    this.secrets = Object.fromEntries(
      Object.entries(secrets).map(([key, secret]) => [key, this.secret(key, `${name}/${key}`, secret, tags)]),
    );
  }

  private secret(
    key: string,
    name: string,
    { value, version }: StoredSecret,
    tags: Tags | undefined,
  ): SecretsmanagerSecret {
    if (!Number.isSafeInteger(version) || version < 1)
      refuse(this, `secrets.${key}.version: must be a whole number from 1 on, got ${version}`);
    const secret = new SecretsmanagerSecret(this, key, {
      name,
      // A secret that waits for its deletion keeps its name from the next one.
      recoveryWindowInDays: 0,
      tags: tagsOf(name, tags),
    });
    this.versions.push(
      new SecretsmanagerSecretVersion(this, `${key}-Value`, {
        secretId: secret.id,
        // Without a value nothing is written: AWS refuses an empty secret, and an unchanged version sends none.
        secretStringWo: `\${lookup(var.registry_auth, "${value}", "")}`,
        secretStringWoVersion: version,
      }),
    );
    return secret;
  }

  /** Lets nodes read these secrets, and no others. */
  grantRead(profile: NodeProfile): void {
    profile.grant('Secrets', {
      Action: 'secretsmanager:GetSecretValue',
      Resource: Object.values(this.secrets).map(({ arn }) => arn),
    });
    profile.grants.push(...this.versions);
  }
}
