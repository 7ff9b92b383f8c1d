import { shellQuoted } from '../base/text/shell-quoted';
import { ValueError } from '../model/value-error';
import { checkObjects, containerConfiguration, containerSecrets } from './container-configuration';
import { firewallFile } from './firewall';
import { dockerFile, proxyFiles, resolverFiles, sshdFile, TLS_FILES } from './host-files';
import { nodeFileText } from './node-file-text';
import type { NodeFile, NodePackage, NodeSecret, NodeSoftware } from './node-software';

const ETC = '/etc/kakehashi';

/** The programs that the node's own programs call. */
const PACKAGES: readonly NodePackage[] = [
  { program: 'curl', package: 'curl' },
  { program: 'nft', package: 'nftables' },
  { program: 'ps', package: 'procps' },
  { program: 'python3', package: 'python3-minimal' },
];

/**
 * All files of a node, in the order of the user data.
 *
 * @throws {@link ValueError} for a name that its file could not hold, and for an object that the cloud's nodes can't fetch
 */
export function nodeFiles(software: NodeSoftware): readonly NodeFile[] {
  const { container, disks, parts } = software;
  if (container) checkObjects(software, container);
  const secrets = nodeSecrets(software);
  return [
    environmentFile(software),
    { path: '/usr/local/lib/kakehashi/node.sh', mode: 0o644, text: nodeFileText('files/node.sh') },
    { path: '/usr/local/lib/kakehashi/cloud.sh', mode: 0o644, text: software.cloud.library() },
    ...programs(software, secrets),
    firewallFile(software),
    sshdFile(software),
    ...resolverFiles(software),
    ...proxyFiles(software),
    ...table('packages', [...PACKAGES, ...parts.flatMap((part) => part.packages ?? [])].map(packageLine)),
    ...table(
      'disks',
      disks.map(({ device, mount }) => line(device, mount)),
    ),
    ...table(
      'secrets',
      secrets.map(({ as, name, id }) => line(as, name, id)),
    ),
    ...containerFiles(software),
    ...parts.flatMap((part) => part.files ?? []),
    ...parts.flatMap(({ name, firstBoot }, index) =>
      firstBoot === undefined
        ? []
        : [
            {
              path: `${ETC}/first-boot.d/${String(index).padStart(2, '0')}-${line(name)}`,
              mode: 0o755,
              text: firstBoot,
            },
          ],
    ),
  ];
}

/** What the node's programs read. */
function environmentFile(software: NodeSoftware): NodeFile {
  const { kind, environment, group, node, controller, container, sshPort, times, watchInterruption } =
    software;
  const values = {
    ENVIRONMENT: environment,
    GROUP: group,
    NODE: node ?? '',
    KIND: kind,
    CONTROLLER: controller.address,
    CONTROLLER_ID: controller.id,
    CONTAINER: container === undefined ? 'none' : 'base',
    SSH_PORT: String(sshPort),
    BOOT_TIMEOUT: String(times.boot),
    IDLE_TIMEOUT: String(times.idle ?? ''),
    IDLE_LOAD: String(times.idleLoad),
    WATCH_INTERRUPTION: watchInterruption ? 'yes' : 'no',
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${shellQuoted(value)}\n`);
  return {
    path: `${ETC}/node.env`,
    mode: 0o644,
    text: `# shellcheck shell=bash disable=SC2034\n${lines.join('')}`,
  };
}

/** The programs that this node needs, and their units. */
function programs(software: NodeSoftware, secrets: readonly NodeSecret[]): readonly NodeFile[] {
  const { times, watchInterruption, container, disks } = software;
  const names = [
    'boot',
    'address',
    ...(times.idle === undefined ? [] : ['idle']),
    ...(watchInterruption ? ['interruption'] : []),
    ...(secrets.length === 0 ? [] : ['secrets']),
    ...(container === undefined ? [] : ['base-container']),
  ];
  const program = (name: string): NodeFile => ({
    path: `/usr/local/sbin/kakehashi-${name}`,
    mode: 0o755,
    text: nodeFileText(`files/${name}.sh`),
  });
  const unit = (name: string): NodeFile => ({
    path: `/etc/systemd/system/kakehashi-${name}`,
    mode: 0o644,
    text: nodeFileText(`files/kakehashi-${name}`),
  });
  return [
    ...['first-boot', ...(disks.length === 0 ? [] : ['disks']), ...names].map(program),
    ...['firewall', ...names].map((name) => unit(`${name}.service`)),
    ...(times.idle === undefined ? [] : [unit('idle.timer')]),
  ];
}

function containerFiles(software: NodeSoftware): readonly NodeFile[] {
  const { container } = software;
  if (container === undefined) return [];
  const { userInit } = container;
  return [
    { path: `${ETC}/container.conf`, mode: 0o600, text: containerConfiguration(software, container) },
    dockerFile(software),
    ...(userInit !== undefined && 'text' in userInit
      ? [{ path: '/var/lib/kakehashi/user-init', mode: 0o700, text: userInit.text }]
      : []),
  ];
}

function nodeSecrets({ container, dockerTls, parts }: NodeSoftware): readonly NodeSecret[] {
  return [
    ...(container ? containerSecrets(container) : []),
    ...(dockerTls
      ? [
          { as: 'file', name: TLS_FILES.ca, id: dockerTls.ca } as const,
          { as: 'file', name: TLS_FILES.certificate, id: dockerTls.certificate } as const,
          { as: 'file', name: TLS_FILES.key, id: dockerTls.key } as const,
        ]
      : []),
    ...parts.flatMap((part) => part.secrets ?? []),
  ];
}

function packageLine(needed: NodePackage): string {
  return line(needed.program, needed.package);
}

/** A file that a program of the node reads line by line, or none where it has no line. */
function table(name: string, lines: readonly string[]): readonly NodeFile[] {
  if (lines.length === 0) return [];
  return [{ path: `${ETC}/${name}`, mode: 0o644, text: `${lines.join('\n')}\n` }];
}

/** Words of a line that a shell splits at blanks. */
function line(...words: readonly string[]): string {
  const wrong = words.find((word) => !/^[!-~]+$/.test(word) || word.includes('\\'));
  if (wrong !== undefined) throw new ValueError('a word of visible ASCII characters without \\', wrong);
  return words.join(' ');
}
