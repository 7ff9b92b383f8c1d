/** An image by its digest. */
export const IMAGE = `harbor.example.org/vcp/base:1.8.1-alpine3.13-x86_64@sha256:${'a'.repeat(64)}`;
export const KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGTkqgp4kmWCTz1ZiYkK/BXRlmMbhZVtxDo2Zk5F8xBM alice@example.org';
export const WEB = `example.org/web@sha256:${'b'.repeat(64)}`;

/** A catalog with node groups on Docker hosts. */
export function dockerCatalog(groups: string, more = ''): string {
  return `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
onpremises:
  default: { private_network_ipmask: 10.0.2.0/24 }
${more}node_groups:
${groups}`;
}

/** One group with keys beside its network. */
export function group(keys: Readonly<Record<string, string>>, name = 'web'): string {
  const lines = Object.entries({ network: 'onpremises/default', ...keys }).map(
    ([key, value]) => `    ${key}: ${value}`,
  );
  return `  ${name}:\n${lines.join('\n')}\n`;
}

const HOSTS = '{ web1: { address: 10.0.2.31 } }';

/** A group of containers that are no base containers. */
export const web = (keys: Readonly<Record<string, string>> = {}, name = 'web'): string =>
  group({ hosts: HOSTS, image: WEB, ...keys }, name);

/** A group of base containers. */
export const base = (keys: Readonly<Record<string, string>> = {}, name = 'web'): string =>
  group({ hosts: HOSTS, image: IMAGE, ssh_public_keys: `['${KEY}']`, ...keys }, name);
