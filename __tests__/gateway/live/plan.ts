import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderGateway } from '../../../gateway/render/host-files';
import type { GatewayConnection, GatewayHost } from '../../../model/gateway/host';
import { type CloudMistake, cloudBgp, cloudEnd } from './cloud-end';

/** What a small world is made from: the site's gateway and the clouds at the other end. */
export interface Plan {
  readonly host: GatewayHost;
  /** Made wrong at the clouds' end. */
  readonly mistake?: CloudMistake;
  /** strongSwan carries the packets itself, where the kernel has no ESP. */
  readonly userSpaceEsp?: boolean;
}

/** Writes a plan into a folder, as `hosts.sh` reads it. The gateway's files are the rendered ones, untouched. */
export function writePlan(folder: string, { host, mistake, userSpaceEsp = false }: Plan): void {
  const put = into(folder);
  putGateway(put, 'site', host, userSpaceEsp);
  for (const connection of host.connections) {
    const name = connection.environment;
    put(`${name}/etc/swanctl/conf.d/cloud.conf`, cloudEnd(host, connection, mistake), 0o600);
    if (connection.description.routing === 'bgp') put(`${name}/etc/frr/frr.conf`, cloudBgp(host, connection));
    put(`${name}/etc/frr/daemons`, 'bgpd=yes\n');
    put(`${name}.tunnels`, interfaces(connection));
    putDebian(put, name, userSpaceEsp);
  }
  put('clouds', host.connections.map(cloudLine).join(''));
}

/** Writes a file of a plan. */
export type Put = (path: string, text: string, mode?: number) => void;

export function into(folder: string): Put {
  return (path, text, mode = 0o644) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), mode);
  };
}

/** The rendered files of a gateway, untouched, and the commands of its INSTALL.md. */
export function putGateway(put: Put, place: string, host: GatewayHost, userSpaceEsp = false): void {
  const files = renderGateway(host);
  for (const { path, mode, text } of files) put(`${place}/root/gateway/${path}`, text, mode);
  const page = files.find(({ path }) => path === 'INSTALL.md')?.text ?? '';
  put(`${place}/root/install`, commandsBelow(page, 'Install'));
  put(`${place}/root/start`, commandsBelow(page, 'Start'));
  putDebian(put, place, userSpaceEsp);
}

/** What every place has. */
export function putDebian(put: Put, place: string, userSpaceEsp = false): void {
  put(`${place}/etc/strongswan.d/live.conf`, strongswanConf(userSpaceEsp));
  put(`${place}/usr/local/sbin/systemctl`, readFileSync(join(__dirname, 'systemctl.sh'), 'utf8'), 0o755);
  // What every Debian has, and the daemons look for.
  put(`${place}/etc/hosts`, '127.0.0.1 localhost\n');
  put(`${place}/etc/resolv.conf`, '');
  // vtysh asks it.
  put(`${place}/etc/pam.d/other`, 'auth required pam_permit.so\naccount required pam_permit.so\n');
}

/** The commands of the first block below a heading of INSTALL.md, but for those that fetch packages. */
function commandsBelow(page: string, heading: string): string {
  const block = page.split(`\n## ${heading}\n`)[1]?.match(/```sh\n([\s\S]*?)```/)?.[1];
  if (block === undefined) throw new Error(`INSTALL.md has no commands below ${heading}`);
  const kept = block.split('\n').filter((line) => !line.startsWith('apt-get '));
  return ['cd /root/gateway', ...kept].join('\n');
}

/** The cloud's interfaces: id and inside address. */
function interfaces({ description, interfaces: numbers }: GatewayConnection): string {
  if (description.mode === 'policy-based') return '';
  return Object.entries(description.tunnels)
    .map(([inside, { cloud_inside_address }]) => `${numbers[inside]} ${cloud_inside_address}/30\n`)
    .join('');
}

/** `dev 172.30.0.0/16 172.30.2.7 203.0.113.1 203.0.113.2`: name, the VPC's network, a node in it, outside addresses. */
function cloudLine({ environment, description }: GatewayConnection): string {
  const outside = Object.values(description.tunnels).map((tunnel) => tunnel.outside_address);
  const [network = ''] = description.networks;
  return `${[environment, network, nodeOf(network), ...outside].join(' ')}\n`;
}

/** A node's address in a network of /16. */
function nodeOf(network: string): string {
  return network.replace(/\.0\.0\/16$/, '.2.7');
}

/** Debian's own settings, but for a log and the kernel's part. */
function strongswanConf(userSpaceEsp: boolean): string {
  return `charon {
  filelog {
    live {
      path = /run/charon.log
      default = 1
      flush_line = yes
    }
  }
${userSpaceEsp ? '  plugins {\n    kernel-libipsec {\n      load = yes\n    }\n  }\n' : ''}}
swanctl {
  load = random openssl
}
`;
}
