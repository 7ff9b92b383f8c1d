import { type HostFile, header } from '../host/host-file';

function unit(name: string, text: string): HostFile {
  return { path: `etc/systemd/system/${name}.service`, mode: 0o644, text: `${header([])}\n${text}` };
}

/** Loads the packet filter's table when it starts and removes it when it stops. It runs after nftables.service, which flushes all tables. */
export const FIREWALL_UNIT = unit(
  'kakehashi-firewall',
  `[Unit]
Description=Packet filter rules of the tunnels to the clouds
After=nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/kakehashi/kakehashi.nft
ExecReload=/usr/sbin/nft -f /etc/kakehashi/kakehashi.nft
ExecStop=/usr/sbin/nft delete table inet kakehashi

[Install]
WantedBy=multi-user.target
`,
);

/** Makes the interfaces before the daemons start. */
export const INTERFACE_UNIT = unit(
  'kakehashi-tunnels',
  `[Unit]
Description=Interfaces of the tunnels to the clouds
Wants=network-online.target
After=network-online.target
Before=ipsec.service strongswan.service frr.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/kakehashi-tunnels up
ExecReload=/usr/local/sbin/kakehashi-tunnels up
ExecStop=/usr/local/sbin/kakehashi-tunnels down

[Install]
WantedBy=multi-user.target
`,
);

/** Moves static routes to a tunnel that answers. */
export const ROUTE_UNIT = unit(
  'kakehashi-routes',
  `[Unit]
Description=Static routes of the tunnels to the clouds
Requires=kakehashi-tunnels.service
After=kakehashi-tunnels.service

[Service]
ExecStart=/usr/local/sbin/kakehashi-routes
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`,
);
