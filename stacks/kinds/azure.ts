import { AzurermProvider, type AzurermProviderFeatures } from '@cdktf/provider-azurerm/lib/provider';
import type { Construct } from 'constructs';
import type { AzureSettings } from '../../catalog/kinds/azure/settings';
import { CatalogStack, type CatalogStackProps } from '../catalog-stack';

export interface AzureProviderStackProps extends CatalogStackProps {
  readonly azure: AzureSettings;
  /** Whether its resources are nodes, in a resource group of their own. @default false */
  readonly hasNodes?: boolean;
}

/** What the provider registers in the subscription: azurerm 5 registers nothing by itself, and 4 everything. */
const NAMESPACES = ['Microsoft.Network', 'Microsoft.Compute'];

/** What nodes need beside: what ends a lease, the identity with which they end themselves, and the store of their secrets. */
const NODE_NAMESPACES = [
  'Microsoft.Automation',
  'Microsoft.Insights',
  'Microsoft.KeyVault',
  'Microsoft.ManagedIdentity',
];

/** A disk that lost its machine must not keep the group of the nodes from going. */
const NODE_FEATURES: AzurermProviderFeatures = {
  resourceGroup: [{ preventDeletionIfContainsResources: false }],
  virtualMachine: [{ deleteOsDiskOnDeletion: true }],
};

/** A stack on Azure: its backend and its provider. Secrets are never part of it: they come from the environment. */
export class AzureProviderStack extends CatalogStack {
  constructor(scope: Construct, id: string, props: AzureProviderStackProps) {
    super(scope, id, props);
    const { azure, hasNodes = false } = props;
    const { subscriptionId, tenantId, clientId, auth, version } = azure;
    new AzurermProvider(this, 'azurerm', {
      features: [hasNodes ? NODE_FEATURES : {}],
      subscriptionId,
      tenantId,
      clientId,
      useCli: auth === 'cli',
      useMsi: auth === 'msi',
      useOidc: auth === 'oidc',
      resourceProviderRegistrations: 'none',
      resourceProvidersToRegister: hasNodes ? [...NAMESPACES, ...NODE_NAMESPACES] : NAMESPACES,
    });
    this.addOverride('terraform.required_providers.azurerm.version', version);
  }
}
