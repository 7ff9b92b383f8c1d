import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import type { Construct } from 'constructs';
import type { AzureSettings } from '../../catalog/kinds/azure/settings';
import { CatalogStack, type CatalogStackProps } from '../catalog-stack';

export interface AzureProviderStackProps extends CatalogStackProps {
  readonly azure: AzureSettings;
}

/** What the provider registers in the subscription: azurerm 5 registers nothing by itself, and 4 everything. */
const NAMESPACES = ['Microsoft.Network', 'Microsoft.Compute'];

/** A stack on Azure: its backend and its provider. Secrets are never part of it: they come from the environment. */
export class AzureProviderStack extends CatalogStack {
  constructor(scope: Construct, id: string, props: AzureProviderStackProps) {
    super(scope, id, props);
    const { subscriptionId, tenantId, clientId, auth, version } = props.azure;
    new AzurermProvider(this, 'azurerm', {
      features: [{}],
      subscriptionId,
      tenantId,
      clientId,
      useCli: auth === 'cli',
      useMsi: auth === 'msi',
      useOidc: auth === 'oidc',
      resourceProviderRegistrations: 'none',
      resourceProvidersToRegister: NAMESPACES,
    });
    this.addOverride('terraform.required_providers.azurerm.version', version);
  }
}
