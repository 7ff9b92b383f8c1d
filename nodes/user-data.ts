import { type ConfigValue, cloudConfig } from './cloud-config';
import { nodeFiles } from './node-files';
import type { NodeFile, NodeSoftware } from './node-software';

/** What cloud-init gets. */
export interface UserData {
  /** One `#cloud-config` document. It holds no secret. */
  readonly text: string;
  /** The files in it. */
  readonly files: readonly NodeFile[];
}

/**
 * The user data of a node: its files, its login, and one command, `kakehashi-first-boot`, because cloud-init reports the
 * failure of the last command alone.
 *
 * The same software gives the same text.
 *
 * @throws {@link ValueError} as {@link nodeFiles}
 */
export function nodeUserData(software: NodeSoftware): UserData {
  const { hostUser, sshKeys, ntpServers } = software;
  const files = nodeFiles(software);
  const text = cloudConfig({
    users: [
      {
        name: hostUser,
        shell: '/bin/bash',
        lock_passwd: true,
        sudo: 'ALL=(ALL) NOPASSWD:ALL',
        ssh_authorized_keys: sshKeys.map(String),
      },
    ],
    ssh_pwauth: false,
    disable_root: true,
    ...(ntpServers.length === 0 ? {} : { ntp: { enabled: true, servers: ntpServers } }),
    write_files: files.map(writeFile),
    runcmd: [['/usr/local/sbin/kakehashi-first-boot']],
  });
  return { text, files };
}

function writeFile({ path, mode, text, append }: NodeFile): ConfigValue {
  return {
    path,
    permissions: `0${mode.toString(8)}`,
    ...(append ? { append: true } : {}),
    content: text,
  };
}
