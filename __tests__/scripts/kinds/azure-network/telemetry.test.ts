import { readFileSync } from 'node:fs';
import { AZURE_NETWORK_DRIVER } from '../../../../scripts/kinds/azure-network/driver';

interface Block {
  readonly attributes?: Readonly<
    Record<string, { readonly computed?: boolean; readonly optional?: boolean }>
  >;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

/** The attributes that the provider alone fills in, by path. */
function filledIn({ attributes = {}, block_types = {} }: Block, path = ''): readonly string[] {
  return [
    ...Object.entries(attributes).flatMap(([name, { computed, optional }]) =>
      computed && !optional ? [path + name] : [],
    ),
    ...Object.entries(block_types).flatMap(([name, { block }]) => filledIn(block, `${path}${name}.`)),
  ];
}

test('azurerm reads nothing of a connection or a gateway that moves by itself, so that nothing is kept out of drift', () => {
  const { schema } = JSON.parse(readFileSync('sandbox/schemas/azurerm-4.55.0.json', 'utf8')) as {
    schema: { resource_schemas: Record<string, { block: Block }> };
  };
  const of = (type: string) => filledIn(schema.resource_schemas[type]?.block ?? {});
  expect(of('azurerm_virtual_network_gateway_connection')).toEqual([]);
  expect(of('azurerm_local_network_gateway')).toEqual([]);
  // Addresses, which Azure chooses once.
  expect(of('azurerm_virtual_network_gateway')).toEqual([
    'bgp_settings.peering_addresses.default_addresses',
    'bgp_settings.peering_addresses.tunnel_ip_addresses',
  ]);
  expect(AZURE_NETWORK_DRIVER.telemetry).toEqual({});
  expect(AZURE_NETWORK_DRIVER.tunnels?.telemetryOf).toBeUndefined();
});
