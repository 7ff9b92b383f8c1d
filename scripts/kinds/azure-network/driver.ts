import type { DriverKind } from '../kind';

/** What the driver does for a network on Azure. */
export const AZURE_NETWORK_DRIVER: DriverKind<'azure-network'> = {
  title: 'Azure',
  mainType: 'azurerm_virtual_network',
  telemetry: {},
  sentences: () => [],
  remedies: [],
};
