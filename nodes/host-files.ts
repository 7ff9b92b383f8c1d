import type { NodeFile, NodeProxy, NodeSoftware } from './node-software';

/** Where the files of Docker's TLS secrets are. */
const TLS_FOLDER = '/run/kakehashi/secrets';

/** The names of the TLS files, and which secret each is. */
export const TLS_FILES = {
  ca: 'docker-ca.pem',
  certificate: 'docker-cert.pem',
  key: 'docker-key.pem',
} as const;

/** sshd's port, and keys as the only way in. */
export function sshdFile({ sshPort }: NodeSoftware): NodeFile {
  const text = `Port ${sshPort}\nPasswordAuthentication no\nPermitRootLogin no\n`;
  return { path: '/etc/ssh/sshd_config.d/10-kakehashi.conf', mode: 0o644, text };
}

/** What Docker's unit gets besides: its port on the private address, and its start after the packet filter. */
export function dockerFile({ dockerPort, dockerTls }: NodeSoftware): NodeFile {
  const units = ['kakehashi-firewall.service', 'kakehashi-address.service'];
  if (dockerTls) units.push('kakehashi-secrets.service');
  const tls = dockerTls
    ? [
        '--tlsverify',
        `--tlscacert=${TLS_FOLDER}/${TLS_FILES.ca}`,
        `--tlscert=${TLS_FOLDER}/${TLS_FILES.certificate}`,
        `--tlskey=${TLS_FOLDER}/${TLS_FILES.key}`,
      ].join(' ')
    : // Docker 28 refuses a TCP port without TLS unless it is told so.
      '--tls=false';
  const text = `[Unit]
Requires=${units.join(' ')}
After=${units.join(' ')}

[Service]
EnvironmentFile=/run/kakehashi/address.env
EnvironmentFile=-/etc/kakehashi/proxy.env
ExecStart=
ExecStart=dockerd -H fd:// -H tcp://\${KAKEHASHI_ADDRESS}:${dockerPort} ${tls} --containerd=/run/containerd/containerd.sock
`;
  return { path: '/etc/systemd/system/docker.service.d/kakehashi.conf', mode: 0o644, text };
}

/** The resolvers, where the network's own are not meant. */
export function resolverFiles({ dnsServers }: NodeSoftware): readonly NodeFile[] {
  if (dnsServers.length === 0) return [];
  const text = `[Resolve]\nDNS=${dnsServers.join(' ')}\nDomains=~.\n`;
  return [{ path: '/etc/systemd/resolved.conf.d/kakehashi.conf', mode: 0o644, text }];
}

/** The proxy, for our programs and Docker, for users who log in, and for apt. */
export function proxyFiles(software: NodeSoftware): readonly NodeFile[] {
  const { proxy } = software;
  if (proxy === undefined) return [];
  const { http, https } = proxy;
  const variables = [
    ...(http === undefined ? [] : [`http_proxy=${http}`, `HTTP_PROXY=${http}`]),
    ...(https === undefined ? [] : [`https_proxy=${https}`, `HTTPS_PROXY=${https}`]),
    ...['no_proxy', 'NO_PROXY'].map((name) => `${name}=${withoutProxy(software, proxy).join(',')}`),
  ];
  const text = `${variables.join('\n')}\n`;
  const apt = [
    ...(http === undefined ? [] : [`Acquire::http::Proxy "${http}";\n`]),
    ...(https === undefined ? [] : [`Acquire::https::Proxy "${https}";\n`]),
  ];
  return [
    { path: '/etc/kakehashi/proxy.env', mode: 0o644, text },
    { path: '/etc/environment', mode: 0o644, text, append: true },
    { path: '/etc/apt/apt.conf.d/90kakehashi-proxy', mode: 0o644, text: apt.join('') },
  ];
}

/** Names and networks that are reached directly. */
function withoutProxy({ networks, controller }: NodeSoftware, { noProxy }: NodeProxy): readonly string[] {
  const own = ['localhost', '127.0.0.1', '169.254.169.254', controller.address];
  return [...new Set([...own, ...networks.map(String), ...noProxy])];
}
