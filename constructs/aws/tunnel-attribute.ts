import type { VpnConnection } from '@cdktf/provider-aws/lib/vpn-connection';
import { ref, TerraformStack, Token } from 'cdktf';

/**
 * A token for an attribute of the tunnel with this inside CIDR.
 *
 * It never goes by the tunnel's number, because the provider can swap the two (terraform-provider-aws #19079).
 */
export function tunnelAttribute(
  connection: VpnConnection,
  attribute: 'address' | 'preshared_key',
  insideCidr: string,
): string {
  const address = `${connection.terraformResourceType}.${connection.friendlyUniqueId}`;
  const pair = (number: number): string =>
    `(${address}.tunnel${number}_inside_cidr) = ${address}.tunnel${number}_${attribute}`;
  const expression = `{${pair(1)}, ${pair(2)}}["${insideCidr}"]`;
  return Token.asString(ref(expression, TerraformStack.of(connection)));
}
