import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SshHost } from '../../../../model/docker/docker-host';
import { socketFolder } from '../../../../scripts/kinds/docker/sockets';
import { jumpsOf, loginsOf, sshConfigText } from '../../../../scripts/kinds/docker/ssh-config';
import { temporaryFolder } from '../../../support/catalog-folder';

const JUMP = { user: 'admin', address: 'bastion.example.org', port: 22 };
const host = (address: string, more: Partial<SshHost> = {}): SshHost => ({
  kind: 'ssh',
  login: { user: 'root', address, port: 20022 },
  ...more,
});
const HOSTS = [host('10.0.2.31', { jump: JUMP }), host('10.0.2.32'), host('10.0.2.33', { jump: JUMP })];

it('checks host keys always, shares connections and uses jump hosts', () => {
  const text = sshConfigText(HOSTS, { knownHosts: '/a b/50%/known_hosts', sockets: '/tmp/s' });
  expect(text).toBe(`# Written by kakehashi at each run: what you change here is lost.
Host 10.0.2.31
  ProxyJump admin@bastion.example.org:22
Host 10.0.2.33
  ProxyJump admin@bastion.example.org:22
Host *
  StrictHostKeyChecking yes
  UserKnownHostsFile "/a b/50%%/known_hosts"
  GlobalKnownHostsFile /dev/null
  VerifyHostKeyDNS no
  UpdateHostKeys no
  HashKnownHosts no
  BatchMode yes
  ConnectTimeout 15
  ServerAliveInterval 15
  ControlMaster auto
  ControlPath "/tmp/s/%C"
  ControlPersist 60
  Include ~/.ssh/config
`);
});

it('has a connection for each command where there is no folder for sockets', () => {
  const text = sshConfigText([], { knownHosts: '/known_hosts' });
  expect(text).toContain('  ControlMaster no\n  ControlPath none\n  Include');
});

it('asks each host and each jump host once', () => {
  expect(jumpsOf(HOSTS)).toEqual([JUMP]);
  expect(loginsOf([...HOSTS, host('10.0.2.31')]).map(({ address }) => address)).toEqual([
    '10.0.2.31',
    '10.0.2.32',
    '10.0.2.33',
  ]);
});

describe('the folder for sockets', () => {
  it('is one that nobody else can enter, another for other known hosts', () => {
    const parent = temporaryFolder();
    const folder = socketFolder('/one', parent) ?? '';
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(socketFolder('/one', parent)).toBe(folder);
    expect(socketFolder('/two', parent)).not.toBe(folder);
  });

  it('is none where others can enter it, where it is a link, and where a path would be too long', () => {
    const parent = temporaryFolder();
    const folder = socketFolder('/one', parent) ?? '';
    chmodSync(folder, 0o755);
    expect(socketFolder('/one', parent)).toBeUndefined();
    const other = temporaryFolder();
    symlinkSync(parent, folder.replace(parent, other));
    expect(socketFolder('/one', other)).toBeUndefined();
    const long = join(temporaryFolder(), 'x'.repeat(60));
    mkdirSync(long);
    expect(socketFolder('/one', long)).toBeUndefined();
  });
});
