import { BlockList, isIPv6 } from 'node:net';

/** Whether an address lies in one of the networks; without any network every address does. */
export function isWithin(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  const plain = address.replace(/^::ffff:/, '');
  return networks.some((network) => contains(network, plain));
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
