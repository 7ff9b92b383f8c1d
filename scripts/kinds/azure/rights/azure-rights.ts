import { compareTexts } from '../../../../base/text/compare-texts';
import type { JsonMap } from '../../../../catalog/ground/json';
import type { AskedRights, KindRights } from '../../rights';
import { AZURE_TYPE_RIGHTS } from './types';

/** What begins an operation on data, and not on resources. */
const DATA = 'data:';

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

/** The smallest role for what a catalog makes on Azure. */
export const AZURE_RIGHTS: KindRights = {
  title: 'Azure: a role definition',
  types: AZURE_TYPE_RIGHTS,
  document: roleDefinition,
  remarks: [
    'connections/sharedKey/action is needed for a plan, too: the provider reads the key of each connection',
    'a state in a storage account that is reached with its key needs Microsoft.Storage/storageAccounts/listKeys/action in place of the rights on blobs',
  ],
  backend: 'azurerm',
};

function roleDefinition({ environment, purpose, needs, states }: AskedRights): JsonMap {
  const all = needs.flatMap(({ actions }) => actions);
  // Drift lists connections and local network gateways of the resource groups.
  const own = needs.length === 0 ? [] : ['Microsoft.Resources/subscriptions/resourceGroups/resources/read'];
  const blobs = [`${BLOBS}/read`, ...(purpose === 'drift' ? [] : [`${BLOBS}/write`])];
  const actions = [...all.filter((one) => !one.startsWith(DATA)), ...own];
  const data = all.flatMap((one) => (one.startsWith(DATA) ? [one.slice(DATA.length)] : []));
  return {
    Name: `kakehashi-${environment}-${purpose}`,
    IsCustom: true,
    Description: `What kakehashi ${purpose} needs for ${environment}`,
    Actions: sorted(actions),
    NotActions: [],
    DataActions: sorted([...data, ...(states.length === 0 ? [] : blobs)]),
    NotDataActions: [],
    AssignableScopes: scopesOf(needs.map(({ provider }) => provider)),
  };
}

/** The subscriptions that the catalog names; where it names none, one to fill in. */
function scopesOf(providers: readonly JsonMap[]): readonly string[] {
  const ids = providers.map(({ subscription_id: id }) =>
    typeof id === 'string' && !id.includes('$') ? id : 'SUBSCRIPTION',
  );
  return sorted(ids.map((id) => `/subscriptions/${id}`));
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareTexts);
}
