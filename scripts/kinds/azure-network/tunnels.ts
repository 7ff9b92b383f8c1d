import { AZURE_VPN, cliNames } from '../../../model/clouds/azure/azure-vpn';
import type { CloudConnection } from '../../../model/tunnel/description';
import type { KindTunnels } from '../tunnels';
import { changesOnlyKey } from './key-change';

/**
 * The tunnels of a virtual network gateway's connections. Terraform's provider reports no state of a connection: azurerm 4.55
 * has no attribute for it.
 */
export const AZURE_TUNNELS: KindTunnels = {
  cloud: AZURE_VPN,
  changesOnlyKey,
  lateKey: { cloud: 'Azure', fixes },
};

/**
 * azurerm updates the whole connection before it sets the key, and can wait for that in vain until its time is over, though
 * Azure has finished it (azurerm issue 33102). The key is then not set, and a second attempt may end in the same way.
 */
function fixes(file: string, connection?: CloudConnection): readonly string[] {
  return [
    'Azure has the old key: the tunnels are as before. The new key is kept, and the same command goes on with it. One of:',
    '  run the same command again',
    `  set the key past Terraform, then run the same command again: az network vpn-connection shared-key update ${cliNames(connection, '--connection-name')} --value "$(jq -r .key ${file})" --output none`,
  ];
}
