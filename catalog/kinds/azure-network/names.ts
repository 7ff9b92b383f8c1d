import type { SiteGateway } from '../../../model/gateway/site-gateway';
import type { JsonMap } from '../../ground/json';
import type { ProblemList } from '../../ground/problem-list';
import { baseName, networkNames } from '../azure/names';
import type { Around } from '../kind';
import { type NetworkDraft, type SubnetDraft, subnetsOf } from './draft';
import type { AzureNetwork } from './network';

/** The longest name that other names are made of: `<name>-gateway-2` must fit into 80 characters. */
const LONGEST = 64;

/** The names of a network in Azure: those of the catalog, else made of the environment and the entry at its birth. */
export function namesOf(
  network: NetworkDraft,
  { environment, identities }: Pick<Around<unknown>, 'environment' | 'identities'>,
): Pick<AzureNetwork, 'resourceGroup' | 'vnetName' | 'securityGroupName'> {
  const names = networkNames(givenNames(network), baseName(environment, identities, network.key));
  return {
    resourceGroup: {
      name: names.resourceGroup,
      create: network.draft.create?.resourceGroup !== 'existing',
    },
    vnetName: names.vnet,
    securityGroupName: names.securityGroup,
  };
}

/** The names that the entry of a network gives, by its keys. */
export function givenNames({ draft }: NetworkDraft): JsonMap {
  const { azureResourceGroupName, azureVnetName, azureSecurityGroupName } = draft;
  return {
    ...(azureResourceGroupName === undefined ? {} : { azure_resource_group_name: azureResourceGroupName }),
    ...(azureVnetName === undefined ? {} : { azure_vnet_name: azureVnetName }),
    ...(azureSecurityGroupName === undefined ? {} : { azure_security_group_name: azureSecurityGroupName }),
  };
}

/** The VPN gateway of a network, by the id of its stack. */
export function gatewayNameOf(stack: string): string {
  return `${stack}-gateway`;
}

/** A connection of it: `dev-azure-default`, or `dev-azure-default-east` to a gateway of the site with a name. */
export function connectionNameOf(stack: string, { name }: Pick<SiteGateway, 'name'>): string {
  return name === undefined ? stack : `${stack}-${name}`;
}

export function subnetNameOf({ name }: SubnetDraft, born: string, environment: string): string {
  return name ?? `${environment}-${born}`;
}

/** Checks names of which Azure has one only, and that two networks of the catalog do not both make one resource group. */
export function checkNames(
  networks: readonly NetworkDraft[],
  around: Pick<Around<unknown>, 'environment' | 'identities'>,
  problems: ProblemList,
): void {
  const groups = new Map<string, string>();
  for (const network of networks) {
    const { key, entry, place, draft } = network;
    const name = `${around.environment}-${around.identities.bornOf(key)}`;
    if (name.length > LONGEST) {
      const statement = {
        must: `${name}, of which names in Azure are made, must have at most ${LONGEST} characters`,
        got: String(name.length),
      };
      problems.error('bad-name', place.keyAt(), statement, "shorten the entry's name, or the environment's");
    }
    checkGroup(network, namesOf(network, around).resourceGroup, groups, problems);
    if (draft.create?.resourceGroup === 'existing' && !place.has('azure_resource_group_name')) {
      const message =
        'key "azure_resource_group_name" is missing: resource_group: existing means one that is there';
      problems.error('missing-key', place.keyAt(), message, 'name it, or write resource_group: create');
    }
    checkSubnets(network, around, entry, problems);
  }
}

function checkGroup(
  { key, place }: NetworkDraft,
  { name, create }: AzureNetwork['resourceGroup'],
  groups: Map<string, string>,
  problems: ProblemList,
): void {
  if (!create) return;
  const other = groups.get(name.toLowerCase());
  groups.set(name.toLowerCase(), key);
  if (other === undefined) return;
  const where = place.has('azure_resource_group_name')
    ? place.at('azure_resource_group_name')
    : place.keyAt();
  problems.error(
    'made-twice',
    where,
    `the resource group ${name} is made by ${other} too`,
    'choose another name, or write create: { resource_group: existing } in one of them and apply the other first',
  );
}

/** A name that is given to one subnet must not be the one that another one gets by itself. */
function checkSubnets(
  network: NetworkDraft,
  { environment, identities }: Pick<Around<unknown>, 'environment' | 'identities'>,
  entry: string,
  problems: ProblemList,
): void {
  const seen = new Map<string, string>();
  for (const subnet of subnetsOf(network)) {
    const name = subnetNameOf(subnet, identities.bornOf(`azure/${subnet.entry}`), environment).toLowerCase();
    const other = seen.get(name);
    seen.set(name, subnet.entry);
    if (other === undefined || (subnet.name !== undefined && other === entry)) continue;
    problems.error(
      'name-clash',
      subnet.place.keyAt(),
      `its subnet would be called ${name}, as that of azure.${other} is`,
      'give it azure_subnet_name',
    );
  }
}
