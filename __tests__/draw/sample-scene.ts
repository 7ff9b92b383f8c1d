import type { Scene } from '../../draw/scene';

/** A site with one gateway, and networks with two tunnels, a subnet and nodes each. @param name - of each network */
export function sampleScene(
  networks: number,
  name: (index: number) => string = (index) => `n${index}`,
): Scene {
  const indexes = Array.from({ length: networks }, (_, index) => index);
  return {
    version: 1,
    environments: ['dev'],
    parts: [
      { id: 'site', kind: 'site', environments: ['dev'], title: 'Site 10.0.2.0/24', lines: ['ASN 65000'] },
      {
        id: 'gateway',
        kind: 'gateway',
        environments: ['dev'],
        title: 'Gateway 198.51.100.10',
        lines: ['libreswan 4'],
        within: 'site',
      },
      ...indexes.flatMap((index) => [
        {
          id: `n${index}`,
          kind: 'network' as const,
          environments: ['dev'],
          title: `VPC ${name(index)}`,
          lines: [name(index)],
          stack: `dev-n${index}`,
          resources: ['aws_vpc.*'],
        },
        {
          id: `n${index}/subnet`,
          kind: 'subnet' as const,
          environments: ['dev'],
          title: `Subnet of ${name(index)}`,
          lines: [],
          within: `n${index}`,
          stack: `dev-n${index}`,
          resources: ['aws_subnet.A'],
        },
        {
          id: `n${index}/nodes`,
          kind: 'nodes' as const,
          environments: ['dev'],
          title: `workers of ${name(index)}`,
          lines: [],
          within: `n${index}/subnet`,
          stack: `dev-nodes${index}`,
          resources: ['*'],
        },
      ]),
    ],
    links: indexes.flatMap((index) =>
      [0, 1].map((tunnel) => ({
        id: `n${index}/${tunnel}`,
        kind: 'tunnel' as const,
        from: 'gateway',
        to: `n${index}`,
        title: `169.254.${index}.${tunnel * 4}/30`,
        lines: ['MTU 1446'],
        stack: `dev-n${index}`,
        resources: ['aws_vpn_connection.Vpn_*'],
      })),
    ),
  };
}

/** Names that would end a label, or mean something in SVG, Mermaid, Graphviz or on a code host. */
export const HOSTILE_NAMES = [
  '`"]</script><b onclick=alert(1)>&amp;#quot; ${x}',
  '- list',
  'end',
  '%%{init:{}}%%',
  '@user #1 ```',
  '$$x^2$$',
  'a\u202eb\nc\u0000\u200b',
  '|pipe| --> click p0 "javascript:alert(1)"',
  'style p0 fill:#f00;',
  '\\n\\u0041 \\"',
  ']]>\ud800\uffff',
];
