import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { type ITerraformDependable, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { VAULT_NAME } from '../../model/clouds/azure/virtual-machines';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import type { NodeIdentity } from './node-identity';
import type { ResourceGroup } from './resource-group';
import type { Tags } from './tags';

export interface StoredSecretsProps {
  readonly resourceGroup: ResourceGroup;
  /** The key vault's name, of 3 to 24 letters, digits and -, unique in all of Azure. */
  readonly name: string;
  /** Who may read the secrets. */
  readonly identity: NodeIdentity;
  /** By name, of letters, digits and -. */
  readonly secrets: Readonly<Record<string, StoredSecret>>;
  /** @default - none */
  readonly tags?: Tags;
}

export interface StoredSecret {
  /** The key of the value in the variable `registry_auth`. */
  readonly value: string;
  /** Another number has the value written anew: Terraform can't see that a write-only value changed. */
  readonly version: number;
}

/** The oldest Terraform that has write-only attributes. */
const TERRAFORM = '>= 1.11.0';

/** What the login of the apply needs to write secrets, and to remove them for good. */
const WRITER = ['Get', 'Set', 'Delete', 'Recover', 'Purge'];

/**
 * A key vault with secrets that nodes fetch themselves. Their values are in no state and no plan: they come from the ephemeral variable
 * `registry_auth`, which the stack must declare by {@link StoredSecrets.valuesVariable}, and go into a write-only attribute, for which
 * Terraform 1.11 is required.
 *
 * Access policies say who may do what, because a role would take minutes to hold, and the secrets are written in the same apply.
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

  /** What must be there before a node fetches them. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: StoredSecretsProps) {
    super(scope, id);
    checkCore(this);
    const { resourceGroup, name, identity, secrets, tags } = props;
    if (isKnown(name) && !VAULT_NAME.test(name))
      refuse(this, `name: must be 3 to 24 letters, digits and -, beginning with a letter, got ${name}`);
    TerraformStack.of(this).addOverride('terraform.required_version', TERRAFORM);
    const login = new DataAzurermClientConfig(this, 'Login');
    const policy = (objectId: string, secretPermissions: readonly string[]) => ({
      tenantId: login.tenantId,
      objectId,
      secretPermissions: [...secretPermissions],
      // The provider takes whole objects alone here.
      applicationId: '',
      keyPermissions: [],
      certificatePermissions: [],
      storagePermissions: [],
    });
    const vault = new KeyVault(this, 'Resource', {
      name,
      location: resourceGroup.location,
      resourceGroupName: resourceGroup.groupName,
      tenantId: login.tenantId,
      skuName: 'standard',
      softDeleteRetentionDays: 7,
      accessPolicy: [policy(login.objectId, WRITER), policy(identity.principalId, ['Get'])],
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    });
    this.ready = Object.entries(secrets).map(([key, { value, version }]) => {
      if (!/^[A-Za-z0-9-]{1,127}$/.test(key))
        refuse(this, `secrets: names must be of letters, digits and -, got ${key}`);
      const secret = new KeyVaultSecret(this, key, {
        name: key,
        keyVaultId: vault.id,
        contentType: 'text/plain',
        valueWoVersion: version,
      });
      secret.addOverride('value_wo', `\${lookup(var.registry_auth, "${value}", null)}`);
      return secret;
    });
  }
}

/** Where nodes fetch a secret, which is known before the vault is made. */
export function secretUrl(vault: string, name: string): string {
  return `https://${vault}.vault.azure.net/secrets/${name}`;
}
