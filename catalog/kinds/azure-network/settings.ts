import type { SecretReference } from '../../../model/vault/secret-reference';

/** How to reach Azure: `providers.azurerm`. */
export interface AzureSettings {
  /** Terraform version constraint. */
  readonly version: string;
  readonly subscriptionId?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  /** Where the provider takes its credentials from. */
  readonly auth: 'cli' | 'environment' | 'msi' | 'oidc';
  /** Where the driver reads the credentials, just before it starts Terraform: by the names that VCP's SDK gives them. */
  readonly credentials?: Readonly<Record<string, SecretReference>>;
}
