import type { NodeCloud } from '../cloud';
import { nodeFileText } from '../node-file-text';

/** Nodes on Azure: the instance metadata service, Key Vault, Resource Manager. */
export const AZURE_NODE: NodeCloud = {
  name: 'Azure',
  library: () => nodeFileText('azure/files/cloud.sh'),
  // The metadata service; and what the Azure agent asks for its goals, at the address that is also the resolver's
  // (learn.microsoft.com, "What is IP address 168.63.129.16?").
  rootOnly: ['ip daddr 169.254.169.254', 'ip daddr 168.63.129.16 tcp dport { 80, 32526 }'],
  hasStoredObjects: false,
};
