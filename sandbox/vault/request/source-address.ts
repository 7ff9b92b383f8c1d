import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Whether an address lies in one of the networks, or there are none. */
export function isWithin(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  const plain = address.replace(/^::ffff:/, '');
  return networks.some((network) => contains(network, plain));
}

/** Whether a text is a network such as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  const [base = '', prefix = '', ...rest] = text.split('/');
  const longest = isIPv6(base) ? 128 : isIPv4(base) ? 32 : -1;
  return rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}

function contains(network: string, address: string): boolean {
  const [base = '', prefix] = network.split('/');
  const kind = isIPv6(base) ? 'ipv6' : 'ipv4';
  try {
    const block = new BlockList();
    if (prefix === undefined) block.addAddress(base, kind);
    else block.addSubnet(base, Number(prefix), kind);
    return block.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  } catch {
    return false;
  }
}
