import { format, type Network, parseNetwork } from '../provider/cidr';
import { AzureError } from './azure-error';

/**
 * The IPv4 network of an address prefix; undefined for an IPv6 one, of which the sandbox checks nothing.
 *
 * @param resource the id of the resource that has it. @throws {@link AzureError} for any other text, and for host bits
 */
export function prefixOf(prefix: string, resource: string): Network | undefined {
  if (prefix.includes(':')) return undefined;
  const network = parseNetwork(prefix);
  if (network === undefined || !prefix.includes('/'))
    throw new AzureError(
      'InvalidAddressPrefixFormat',
      `Address prefix ${prefix} of resource ${resource} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  if (format(network) !== prefix)
    throw new AzureError(
      'InvalidCIDRNotation',
      `The address prefix ${prefix} in resource ${resource} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${format(network)}.`,
    );
  return network;
}

/** The IPv4 networks of some prefixes. @throws {@link AzureError} for a text that is none */
export function prefixesOf(prefixes: readonly string[], resource: string): readonly Network[] {
  return prefixes.map((prefix) => prefixOf(prefix, resource)).filter((network) => network !== undefined);
}
