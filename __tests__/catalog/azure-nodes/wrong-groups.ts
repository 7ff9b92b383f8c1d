import { azureCatalog } from '../../fixtures/azure-catalog';
import { azureNodes, SSH_KEY } from '../../fixtures/azure-nodes';
import { CREDENTIALS } from '../../fixtures/options/common';

const NAME_27 = `w${'x'.repeat(26)}`;

/** One group, of which one thing is wrong. */
const group = (keys: string): string => azureNodes(keys.replace(/^(?=.)/gm, '    '));

/** A group in a network of its own kind. */
const within = (network: string, keys = ''): string => azureNodes(keys.replace(/^(?=.)/gm, '    '), network);

/** Catalogs with one fault each: what it is, and the catalog. */
export const WRONG_GROUPS: Readonly<Record<string, string>> = {
  'no SSH key': group('').replace(/ {4}ssh_public_keys.*\n/, ''),
  'a key of an elliptic curve of NIST': group('').replace(
    SSH_KEY,
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBE9Yf4hQyR8tHlYkTbdHkKB3i5X2T4PCmiWyzOyyLRbkyf0hPP4YbXcIX/xHBiZ4SBkW1nQKUIoZrM1BmGKlMXc=',
  ),
  'no network of this name': group('').replace('network: azure/default', 'network: azure/defualt'),
  'a log-in that Azure refuses': group('user_name: admin\n'),
  'a misspelt key': group('vm_sizes: Standard_D2s_v5\n'),
  "VCP's word for the size of the disk": group('disk_size_gb: 40\n'),
  'no size of machines': group('vm_size: D2s_v5\n'),
  'two sizes of fixed nodes': group('vm_size: [Standard_D2s_v5, Standard_D2as_v5]\n'),
  'six sizes of an elastic group': group(
    `kind: elastic\nnodes: { initial: 1 }\nvm_size: [${[2, 4, 8, 16, 32, 48].map((n) => `Standard_D${n}s_v5`).join(', ')}]\n`,
  ),
  'a size of other processors': group('vm_size: Standard_D2ps_v5\n'),
  'processors of which the flavor has none': group(
    'architecture: arm64\nimage: vcp/base:1.8.1-alpine3.13-aarch64\n',
  ),
  'a container for other processors': group('image: vcp/base:1.8.1-alpine3.13-aarch64\n'),
  'GPUs of a size without': group('docker_opt: { gpus: all }\n'),
  'a flavor that Azure has not': group('flavor: gpu\n'),
  'an OS disk of 29 GB': group('volume_size: 29\n'),
  'an OS disk of 4096 GB': group('volume_size: 4096\n'),
  'a type of disk of another cloud': group('managed_disk_type: gp3\n'),
  'no id of a disk encryption set': group('disk_encryption_set_id: ours\n'),
  'half of an image of the marketplace': group('cloud_image: { publisher: Canonical, offer: server }\n'),
  'two images': group(
    'cloud_image: { sku: server, gallery: /subscriptions/12345678-1234-9876-4563-123456789012/resourceGroups/a/providers/Microsoft.Compute/images/b }\n',
  ),
  'an image of another form': group('cloud_image: { gallery: ours }\n'),
  'trusted launch of an elastic group': group('kind: elastic\nnodes: { initial: 1 }\ntrusted_launch: true\n'),
  'trusted launch of a size that boots the first generation alone': group(
    'trusted_launch: true\nvm_size: Standard_D3_v2\n',
  ),
  'a spot price of nothing': group('spot: { max_price: 0 }\n'),
  'an on-demand part of fixed nodes': group('spot: { on_demand_base: 1 }\n'),
  'fixed nodes that are spread': group('placement: spread\n'),
  'a disk without a size': group('disks: { data: { mount: /data } }\n'),
  'a disk of another type': group('disks: { data: { size: 10, type: Premium_LSR } }\n'),
  'two disks at one place': group(
    'disks: { a: { size: 10, mount: /data }, b: { size: 10, mount: /data } }\n',
  ),
  'no id of a disk': group('nodes: 1\ndisks: { data: { volume_id: vol-0123 } }\n'),
  'an existing disk with a size': group(
    'nodes: 1\ndisks: { data: { size: 10, volume_id: /subscriptions/12345678-1234-9876-4563-123456789012/resourceGroups/a/providers/Microsoft.Compute/disks/b } }\n',
  ),
  'an existing disk of two nodes': group(
    'nodes: 2\ndisks: { data: { volume_id: /subscriptions/12345678-1234-9876-4563-123456789012/resourceGroups/a/providers/Microsoft.Compute/disks/b } }\n',
  ),
  'a kept disk of an elastic group': group(
    'kind: elastic\nnodes: { initial: 1 }\ndisks: { data: { size: 10, keep: true } }\n',
  ),
  'an address of Azure': group('ip_address_list: [172.21.1.3]\n'),
  'the last address': group('ip_address_list: [172.21.1.255]\n'),
  'more nodes than addresses': group('nodes: 200\n').replace('172.21.1.0/24', '172.21.1.0/25'),
  'a name of a machine that is too long': group(`nodes: [${NAME_27}]\n`)
    .replace('workers', NAME_27)
    .replace("cci_version: '1.0'", "cci_version: '1.0'\nenvironment: laboratory"),
  'tags that are ours': group('tags: { name: x }\n'),
  'two tags that are one': group('tags: { Owner: a, owner: b }\n'),
  'a login for a registry, and no subscription': group(
    'registry: { host: harbor.example.org, user: vault://secret/harbor/user, password: vault://secret/harbor/password }\n',
  )
    .replace(/subscription_id: [0-9-]+, /, '')
    .concat(`${CREDENTIALS}\n`),
  'a secret of the container, and no subscription': group(
    'params: { e: [TOKEN=vault://secret/token/value] }\n',
  )
    .replace(/subscription_id: [0-9-]+, /, '')
    .concat(`${CREDENTIALS}\n`),
  'an image in a bucket': group(`registry: { bundle: 's3://ours/base.tar#sha256:${'0'.repeat(64)}' }\n`),
  'nodes that reach nothing': within(azureCatalog('none', '      egress: none\n')),
  'nodes without a container that reach nothing': within(
    azureCatalog('none', '      egress: none\n'),
    'image: none\n',
  ),
  'no controller': group('').replace(/^site:.*\n/m, ''),
  'a lease that is shorter than the idle time': group('lease: 10m\n'),
  'no lease and no reason': group('lease: none\n'),
  'a lease of less than ten minutes': group('lease: 9m\n'),
  'a flavor that is not whole': `${group('')}flavors: { huge: { azure: { vm_size: Standard_D96s_v5 } } }\n`,
};
