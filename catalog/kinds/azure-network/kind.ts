import { NO_CLAIMS } from '../../ground/claims';
import type { Infer } from '../../shape/shape';
import { map, required, TEXT } from '../../shape/shapes';
import type { StackKind } from '../kind';
import type { AzureCatalog } from './network';

/** Where the resources of a network's stack are. */
const PLACE = map({ region: required(TEXT, "where the stack's resources are, in Azure's form: japaneast") });
export type AzurePlace = Infer<typeof PLACE>;

/** A virtual network on Azure, with its subnets, its security group and its VPN gateway. */
export const AZURE_NETWORK: StackKind<'azure-network', AzureCatalog, AzurePlace> = {
  name: 'azure-network',
  sections: {},
  read: () => ({
    identities: [],
    claims: NO_CLAIMS,
    check: () => undefined,
    finish: () => ({
      model: { settings: { version: '~> 4.55', auth: 'environment' }, networks: [] },
      networks: [],
      stacks: [],
      credentials: {},
    }),
  }),
  lock: {
    provider: 'azurerm',
    shape: PLACE,
    format: ({ region }) => `region: ${region}`,
    idPattern: (environment) => `${environment}-azure-<entry>`,
  },
};
