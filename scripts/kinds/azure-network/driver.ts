import { azureVariables } from '../azure/credentials';
import { checkAzureCredentials } from '../azure/credentials-check';
import { AZURE_DRIFT } from '../azure/drift/azure-drift';
import { AZURE_LEFT } from '../azure/left';
import { AZURE_RIGHTS } from '../azure/rights/azure-rights';
import type { DriverKind } from '../kind';
import { refuseGroupLoss } from './group-loss';
import { outputEffects, planSentences } from './plan-sentences';
import { azurePlanVariables } from './plan-variables';
import { AZURE_REMEDIES } from './remedies';
import { azureNetworkScene } from './scene';
import { AZURE_TUNNELS } from './tunnels';
import { azureValueWords } from './value-words';

/** What the driver does for a network on Azure. */
export const AZURE_NETWORK_DRIVER: DriverKind<'azure-network'> = {
  title: 'Azure',
  scene: azureNetworkScene,
  mainType: 'azurerm_virtual_network',
  // Nothing of what azurerm 4.55 reads of these resources moves by itself: neither the state of a tunnel nor a counter is in it.
  telemetry: {},
  effects: planSentences,
  valueWords: azureValueWords,
  outputEffects,
  usual: { azurerm_virtual_network_gateway: '30 to 60 minutes' },
  remedies: AZURE_REMEDIES,
  credentials: azureVariables,
  planVariables: azurePlanVariables,
  refuseLoss: refuseGroupLoss,
  checks: checkAzureCredentials,
  provider: { source: 'hashicorp/azurerm', megabytes: 400 },
  tunnels: AZURE_TUNNELS,
  left: AZURE_LEFT,
  drift: AZURE_DRIFT,
  rights: AZURE_RIGHTS,
};
