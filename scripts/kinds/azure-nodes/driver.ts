import { checkAzureCredentials } from '../azure/credentials-check';
import { AZURE_DRIFT } from '../azure/drift/azure-drift';
import { AZURE_LEFT } from '../azure/left';
import { AZURE_RIGHTS } from '../azure/rights/azure-rights';
import type { DriverKind } from '../kind';
import { refuseDiskLoss } from './loss';
import { AZURE_NODES } from './nodes';
import { planSentences } from './plan-sentences';
import { AZURE_NODES_REMEDIES } from './remedies';
import { nodeVariables } from './secret-values';

/** What the driver does for a node group on Azure. Checks are those of all stacks on Azure. */
export const AZURE_NODES_DRIVER: DriverKind<'azure-nodes'> = {
  title: 'Azure',
  mainType: 'azurerm_resource_group',
  telemetry: {},
  effects: planSentences,
  usual: {
    azurerm_linux_virtual_machine: '1 to 5 minutes',
    azurerm_orchestrated_virtual_machine_scale_set: '1 to 5 minutes',
    azurerm_automation_account: '1 minute',
  },
  remedies: AZURE_NODES_REMEDIES,
  credentials: nodeVariables,
  refuseLoss: refuseDiskLoss,
  checks: checkAzureCredentials,
  provider: { source: 'hashicorp/azurerm', megabytes: 400 },
  nodes: AZURE_NODES,
  left: AZURE_LEFT,
  drift: AZURE_DRIFT,
  rights: AZURE_RIGHTS,
};
