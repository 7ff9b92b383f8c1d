import type { NodeFile, NodeSoftware } from './node-software';

/**
 * The node's packet filter, a table of its own that is replaced as a whole.
 *
 * Only root reaches the metadata service, and containers with an address of their own only where two hops are declared. Only the
 * controller reaches Docker's port, also from the node itself.
 */
export function firewallFile(software: NodeSoftware): NodeFile {
  const { cloud, container, controller, dockerPort, metadataHops } = software;
  const lines = [
    '# nftables: loaded by kakehashi-firewall.service. The first line makes the second one good where there is no such table yet.',
    'table inet kakehashi_node',
    'delete table inet kakehashi_node',
    '',
    'table inet kakehashi_node {',
    '  chain output {',
    '    type filter hook output priority filter; policy accept;',
    ...cloud.rootOnly.map((match) => `    meta skuid != 0 ${match} counter drop`),
    '  }',
    ...(metadataHops === 2
      ? []
      : [
          '',
          '  # Packets of containers with an address of their own.',
          '  chain forward {',
          '    type filter hook forward priority filter - 1; policy accept;',
          ...cloud.rootOnly.map((match) => `    ${match} counter drop`),
          '  }',
        ]),
    ...(container === undefined
      ? []
      : [
          '',
          "  # Docker's API: whoever reaches it is root.",
          '  chain input {',
          '    type filter hook input priority filter - 1; policy accept;',
          `    tcp dport ${dockerPort} ip saddr != ${controller.address} counter drop`,
          `    tcp dport ${dockerPort} meta nfproto ipv6 counter drop`,
          '  }',
        ]),
    '}',
    '',
  ];
  return { path: '/etc/kakehashi/kakehashi.nft', mode: 0o644, text: lines.join('\n') };
}
