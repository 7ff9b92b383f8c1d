import { type Found, type Rule, unseen, violated } from '../rule';
import { blocksAt, flagAt, UNKNOWN, type Values, valueAt } from '../values';
import { AWS_MACHINES, each, SCALE_SETS } from './machine-types';

/** What binds an address of the Internet to a machine, by the argument that names the machine. */
const AWS_ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  aws_eip: ['instance', 'network_interface'],
  aws_eip_association: ['instance_id', 'network_interface_id'],
};
export const NO_PUBLIC_ADDRESS: Rule = {
  id: 'KKH-NODE-02',
  severity: 'high',
  title: 'No node has a public address',
  reason: 'Nodes are reached over the VPN, and go out through NAT. A public address puts them under attack.',
  fix: 'Remove associate_public_ip_address, or the public address of the interface.',
  references: ['CKV_AWS_88', 'AVD-AWS-0009', 'CKV_AZURE_119', 'AVD-AZU-0076'],
  types: [...AWS_MACHINES, ...Object.keys(AWS_ADDRESSES), 'azurerm_network_interface', ...SCALE_SETS],
  judge: ({ type, values }) => {
    if (type in AWS_ADDRESSES) return bound(values, AWS_ADDRESSES[type] ?? []);
    if (type !== 'aws_launch_template' && type.startsWith('aws_'))
      return publicFlag(values, 'associate_public_ip_address');
    if (type === 'aws_launch_template')
      return each(values, 'network_interfaces', ({ values: one, at }) =>
        publicFlag(one, 'associate_public_ip_address', at),
      );
    if (type === 'azurerm_network_interface') return each(values, 'ip_configuration', publicOf);
    return each(values, 'network_interface', ({ values: one, at }) =>
      each(one, 'ip_configuration', (block) => publicOf({ values: block.values, at: `${at}.${block.at}` })),
    );
  },
};

/** An address is that of a node where it is bound to one, whichever it is. One that a NAT gateway has names no machine. */
function bound(values: Values, names: readonly string[]): readonly Found[] {
  const name = names.find((one) => valueAt(values, one) !== undefined);
  return name === undefined ? [] : [violated('the node has a public address', name)];
}

function publicFlag(values: Values, name: string, at?: string): readonly Found[] {
  const attribute = at === undefined ? name : `${at}.${name}`;
  const flag = flagAt(values, name);
  // In a plan of a machine that is new, the cloud decides by the subnet, which another rule judges.
  if (flag === UNKNOWN) return [unseen('whether it gets a public address is not known', attribute)];
  return flag === true ? [violated('the node gets a public address', attribute)] : [];
}

function publicOf({ values, at }: { readonly values: Values; readonly at: string }): readonly Found[] {
  const name = 'public_ip_address_id';
  const isThere = (values[name] ?? undefined) !== undefined && values[name] !== '';
  const blocks = blocksAt(values, 'public_ip_address');
  if (isThere) return [violated('the node has a public address', `${at}.${name}`)];
  if (blocks === UNKNOWN)
    return [unseen('whether it gets a public address is not known', `${at}.public_ip_address`)];
  return blocks.length > 0 ? [violated('the node gets a public address', `${at}.public_ip_address`)] : [];
}
