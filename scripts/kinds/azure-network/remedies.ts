import { cliNames } from '../../../model/clouds/azure/azure-vpn';
import type { Remedy } from '../kind';

/** Each non-zonal SKU that can't be made any more, with its successor. */
const SUCCESSORS = 'VpnGw1 → VpnGw1AZ … VpnGw5 → VpnGw5AZ';

/**
 * What to do about errors of Azure, by the codes in its answers: those of a gateway as its users have reported them; AADSTS
 * codes, quotas, registrations and subnets in use from general knowledge.
 */
export const AZURE_REMEDIES: readonly Remedy[] = [
  {
    error: /AADSTS7000215/,
    line: 'the client secret is wrong: the secret itself is meant, not its id; store it again (kakehashi secret put), or set ARM_CLIENT_SECRET',
  },
  {
    error: /AADSTS7000222/,
    line: 'the client secret has expired: make a new one of the application, and store it',
  },
  {
    error: /AADSTS700016/,
    line: 'the tenant has no application with this client id: check client_id and tenant_id',
  },
  { error: /AADSTS90002|AADSTS900023/, line: 'there is no such tenant: check tenant_id' },
  {
    error: /AADSTS(70021|700211|700213|700024)\b/,
    line: "no federated credential of the application fits the pipeline's token: its issuer, subject (repository, branch or environment) and audience must be those of the token, which lives a few minutes",
  },
  {
    error: /AADSTS(50076|50079|50078|700082|70043|50173)\b|az login|Please run 'az login'/,
    line: 'the login of Azure CLI has ended or needs a second factor: az login',
  },
  {
    error: /subscription ID could not be determined|`subscription_id` is a required provider property/,
    line: 'no subscription is named: write providers.azurerm.subscription_id, or set ARM_SUBSCRIPTION_ID',
  },
  {
    error: /SubscriptionNotFound|InvalidSubscriptionId|InvalidAuthenticationTokenTenant/,
    line: 'the login does not see this subscription: check subscription_id, and the tenant of the login',
  },
  {
    error: /connections\/sharedKey/i,
    line: 'each plan reads the pre-shared key of a connection: the role needs Microsoft.Network/connections/sharedKey/action, which Reader lacks (azurerm issue 29903)',
  },
  {
    error:
      /^(?![\s\S]*connections\/sharedKey)[\s\S]*(AuthorizationFailed|does not have authorization to perform action)/i,
    line: 'the login lacks a role: Network Contributor on the resource group, and Contributor on the subscription where the group is made; a role that was just given takes some minutes',
  },
  {
    error: /MissingSubscriptionRegistration|SubscriptionNotRegistered|not registered to use namespace/,
    line: 'the subscription has not registered the service: az provider register --namespace Microsoft.Network (and Microsoft.Compute), once, by somebody with Contributor on the subscription',
  },
  {
    error: /AnotherOperationInProgress/,
    line: 'Azure still works on this gateway, or on one of its connections: wait some minutes, then run the same command again',
  },
  {
    error: /InvalidGatewaySkuSpecifiedForGatewayDeploymentType/,
    line: `this SKU takes no changes any more: write the SKU of the same size with AZ (${SUCCESSORS}); from a Standard address the change is made in place and keeps the address`,
  },
  {
    error: /VirtualNetworkGatewaySkuCannotBeCreatedForSpecifiedVmGeneration/,
    line: 'the SKU is not of this generation: VpnGw1AZ is of generation 1 only, VpnGw4AZ and VpnGw5AZ of generation 2 only; with generation: auto the right one is taken',
  },
  {
    error: /VmssVpnGatewayPublicIpsMustHaveZonesConfigured/,
    line: 'an address of this gateway lacks its zones: write create.vpn.zones: [1, 2, 3]; an attached address is never replaced, so that a gateway with such an address is made anew',
  },
  {
    error: /LocationNotSupportAvailabilityZones/,
    line: 'the location has no zones: write create.vpn.zones: []',
  },
  {
    error: /PublicIpWithBasicSkuNotAllowedOnVPNGateways/,
    line: 'a gateway takes addresses of the Standard SKU only',
  },
  {
    error: /BasicSkuVirtualNetworkGatewayDoesNotSupportBgp/,
    line: 'a gateway of the SKU Basic has no BGP, and no way to another SKU: it is made anew',
  },
  {
    error: /LocalNetworkGatewayCannotHaveEmptyAddressPrefixAndBgpSettings/,
    line: 'with static routing the site must have networks: write site.subnets',
  },
  {
    // Of processors, those of nodes tell.
    error:
      /^(?![\s\S]*[Cc]ores)[\s\S]*(QuotaExceeded|PublicIPCountLimitReached|[A-Za-z]+LimitReached|OperationNotAllowed.*[Qq]uota)/,
    line: 'a quota of the subscription is used up in this location: az network list-usages --location LOCATION shows them (azure_location of the entry); ask for more, or delete what nobody needs',
  },
  {
    error: /InUseSubnetCannotBeUpdated|InUsePrefixCannotBeDeleted|InUseSubnetCannotBeDeleted/,
    line: 'network interfaces are in the subnet: its range can only change when they are gone; delete its nodes first',
  },
  {
    error: /NetcfgSubnetRangesOverlap|NetcfgInvalidSubnet|NetcfgSubnetRangeOutsideVnet/,
    line: 'the ranges of the subnets do not fit the virtual network as it is in Azure: somebody else may have made a subnet in it',
  },
  {
    error: /(polling after|Resource Group Name)[\s\S]*context deadline exceeded/,
    line: (error) =>
      `Terraform has waited longer than create.timeouts allows; Azure may be done by now or go on: wait until ${askedState(error)}, then run the same command again, which goes on from what is there`,
  },
];

/** How to see that Azure is done with the gateway or the connection that an error of azurerm names. */
function askedState(error: string): string {
  const named = (what: string) => error.match(new RegExp(`^\\W*${what} Name: "([^"]+)"`, 'm'))?.[1];
  const group = named('Resource Group');
  const kinds = [
    ['vnet-gateway', named('Virtual Network Gateway')],
    ['vpn-connection', named('Connection')],
  ] as const;
  const [kind, name] = kinds.find((one) => one[1] !== undefined) ?? [];
  if (group === undefined || kind === undefined || name === undefined) return 'the resource is Succeeded';
  const names = cliNames({ resource_group: group, name });
  return `this prints Succeeded: az network ${kind} show ${names} --query provisioningState --output tsv`;
}
