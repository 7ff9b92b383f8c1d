import type { InterfaceKind } from '../../model/gateway/host';
import type { GatewayNetwork } from '../host/gateway-tunnel';
import { type HostFile, header } from '../host/host-file';
import { otherTunnel } from '../host/other-tunnel';

/** Kernel settings, for `/etc/sysctl.d`. udev applies the settings of an interface when it appears (systemd-sysctl.service(8)). */
export function sysctlFile(kind: InterfaceKind, networks: readonly GatewayNetwork[]): HostFile {
  const routed = networks.filter(({ mode }) => mode === 'route-based');
  const other = otherTunnel(routed);
  const lines = [
    header(['Kernel settings of the gateway host.']),
    '# The host is a router between the site and its tunnels.',
    'net.ipv4.ip_forward = 1',
    ...(routed.length < networks.length
      ? [
          '',
          '# A policy-based tunnel has no interface: the way back seems to be the way it came, which is no reason for a redirect.',
          'net.ipv4.conf.all.send_redirects = 0',
          'net.ipv4.conf.default.send_redirects = 0',
        ]
      : []),
    ...(networks.some(({ multipath }) => multipath)
      ? [
          '',
          '# Several tunnels carry flows to one network: which of them is chosen by addresses and ports, so that a flow stays on one.',
          'net.ipv4.fib_multipath_hash_policy = 1',
        ]
      : []),
    ...(routed.length > 0
      ? [
          '',
          other === undefined
            ? '# Loose reverse-path filter.'
            : `# Answers may come back through ${other}: loose reverse-path filter.`,
          ...(kind === 'vti'
            ? ['# What a VTI carries is already encrypted by its policy: no second look-up.']
            : []),
          ...routed.flatMap(({ tunnels }) =>
            tunnels.flatMap(({ interfaceName }) => [
              `net.ipv4.conf.${interfaceName}.rp_filter = 2`,
              ...(kind === 'vti' ? [`net.ipv4.conf.${interfaceName}.disable_policy = 1`] : []),
            ]),
          ),
        ]
      : []),
    '',
  ];
  return { path: 'etc/sysctl.d/90-kakehashi.conf', mode: 0o644, text: lines.join('\n') };
}
