import type { VpnConnection } from '@cdktf/provider-aws/lib/vpn-connection';
import { type IResolvable, Lazy, ref, TerraformStack, Token } from 'cdktf';

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
  let reference: IResolvable | undefined;
  const produce = (): IResolvable => {
    // One object for all resolutions: cdktf keeps in it how other stacks refer to it.
    reference ??= ref(expression(connection, attribute, insideCidr), TerraformStack.of(connection));
    return reference;
  };
  return Token.asString(Lazy.anyValue({ produce }));
}

function expression(connection: VpnConnection, attribute: string, insideCidr: string): string {
  const address = `${connection.terraformResourceType}.${connection.friendlyUniqueId}`;
  const pair = (number: number): string =>
    `(${address}.tunnel${number}_inside_cidr) = ${address}.tunnel${number}_${attribute}`;
  return `{${pair(1)}, ${pair(2)}}["${insideCidr}"]`;
}
