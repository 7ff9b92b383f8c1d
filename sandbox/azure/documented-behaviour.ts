import type { FurtherBehaviour } from '../schemas/schema';

function exactlyOne(...group: readonly string[]): FurtherBehaviour {
  return { exactlyOne: Object.fromEntries(group.map((name) => [name, group])) };
}

/** Pairs of arguments that exclude each other. */
function conflicts(...pairs: readonly (readonly [string, string])[]): FurtherBehaviour {
  const both = pairs.flatMap(([one, other]) => [[one, [other]] as const, [other, [one]] as const]);
  return { conflicts: Object.fromEntries(both) };
}

/**
 * What the documentation and the published source of hashicorp/azurerm give in addition to the recording: arguments that exclude each
 * other, and blocks that Azure fills in. It was not asked of the provider's executable.
 */
export const AZURE_DOCUMENTED: Readonly<Record<string, FurtherBehaviour>> = {
  azurerm_local_network_gateway: exactlyOne('gateway_address', 'gateway_fqdn'),
  azurerm_network_security_rule: conflicts(
    ['source_port_range', 'source_port_ranges'],
    ['destination_port_range', 'destination_port_ranges'],
    ['source_address_prefix', 'source_address_prefixes'],
    ['destination_address_prefix', 'destination_address_prefixes'],
  ),
  azurerm_subnet: exactlyOne('address_prefixes', 'ip_address_pool'),
  azurerm_virtual_network_gateway: {
    unknownBlocks: ['bgp_settings', 'bgp_settings.peering_addresses'],
    keptBlocks: ['bgp_settings', 'bgp_settings.peering_addresses'],
  },
};
