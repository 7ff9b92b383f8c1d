import { compareTexts } from '../../../../base/text/compare-texts';
import type { JsonMap } from '../../../../catalog/ground/json';
import type { AskedRights, KindRights, Purpose } from '../../rights';
import { checkRoles } from './check';
import { AZURE_TYPE_RIGHTS } from './types';

/** What begins an operation on data, and not on resources. */
const DATA = 'data:';

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

/** The smallest role for what a catalog makes on Azure. */
export const AZURE_RIGHTS: KindRights = {
  title: 'Azure: a role definition',
  types: AZURE_TYPE_RIGHTS,
  documents: (asked) => [roleDefinition(asked)],
  remarks: [
    'connections/sharedKey/action is needed for a plan, too: the provider reads the key of each connection',
    'the first plan in a subscription registers resource providers, as an apply does: it needs the operations …/register/action of --for apply',
    'a state with use_azuread_auth needs rights on its blobs; another, on the key of its storage account, unless the key or a SAS token is given',
  ],
  backend: 'azurerm',
  check: (examined) => checkRoles(rolesByScope(examined), examined.ask),
};

/** What is needed in each subscription, which is less than the one role that is printed where states lie in another one. */
function rolesByScope(asked: AskedRights): ReadonlyMap<string, JsonMap> {
  const { needs, states } = asked;
  const scopes = scopesOf([...needs.map(({ provider }) => provider), ...states]);
  return new Map(
    scopes.map((scope) => {
      const isIn = (settings: JsonMap) => scopesOf([settings]).includes(scope);
      const own = needs.filter(({ provider }) => isIn(provider));
      return [scope, roleDefinition({ ...asked, needs: own, states: states.filter(isIn) })];
    }),
  );
}

function roleDefinition({ environment, purpose, needs, states }: AskedRights): JsonMap {
  const all = [...needs.flatMap(({ actions }) => actions), ...statesRights(states, purpose)];
  // Drift lists connections and local network gateways of the resource groups; the provider lists what is registered.
  const own =
    needs.length === 0
      ? []
      : [
          'Microsoft.Resources/subscriptions/providers/read',
          'Microsoft.Resources/subscriptions/resourceGroups/resources/read',
        ];
  const registers = purpose === 'apply' ? needs.flatMap(({ provider }) => registered(provider)) : [];
  const actions = [...all.filter((one) => !one.startsWith(DATA)), ...own, ...registers];
  const data = all.flatMap((one) => (one.startsWith(DATA) ? [one.slice(DATA.length)] : []));
  return {
    Name: `kakehashi-${environment}-${purpose}`,
    IsCustom: true,
    Description: `What kakehashi ${purpose} needs for ${environment}`,
    Actions: sorted(actions),
    NotActions: [],
    DataActions: sorted(data),
    NotDataActions: [],
    AssignableScopes: scopesOf([...needs.map(({ provider }) => provider), ...states]),
  };
}

/** What the provider registers in the subscription where it is not yet. */
function registered({ resource_providers_to_register: names }: JsonMap): readonly string[] {
  return Array.isArray(names)
    ? names.flatMap((name) => (typeof name === 'string' ? [`${name}/register/action`] : []))
    : [];
}

function statesRights(states: readonly JsonMap[], purpose: Purpose): readonly string[] {
  return states.flatMap(({ use_azuread_auth: isByIdentity }) => {
    if (isByIdentity !== true)
      return ['Microsoft.Storage/storageAccounts/read', 'Microsoft.Storage/storageAccounts/listKeys/action'];
    return [`${DATA}${BLOBS}/read`, ...(purpose === 'drift' ? [] : [`${DATA}${BLOBS}/write`])];
  });
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
