import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SshHost } from '../../../../model/docker/docker-host';
import { Engine } from '../../../../scripts/kinds/docker/engine';
import { prepareSsh } from '../../../../scripts/kinds/docker/host-keys';
import { sshFiles } from '../../../../scripts/kinds/docker/ssh-files';
import type { Session } from '../../../../scripts/session/session';
import { settingsOf } from '../../../../scripts/session/settings';
import { temporaryFolder } from '../../../support/catalog-folder';
import { describeWith } from '../../../support/programs';
import { sessionIn } from '../../../support/session';
import { SshServer } from '../../../support/ssh-server';

jest.setTimeout(120_000);

describeWith('sshd', 'hosts that are reached over SSH', () => {
  const server = new SshServer(['SetEnv DOCKER_HOST=unix:///nowhere/docker.sock']);
  const jump = new SshServer([], server.identity);
  let agent: ChildProcess;
  const before = process.env.SSH_AUTH_SOCK;
  const socket = join(server.folder, 'agent');

  beforeAll(async () => {
    await Promise.all([server.start(), jump.start()]);
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    for (let tries = 0; tries < 100 && !existsSync(socket); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    process.env.SSH_AUTH_SOCK = socket;
    execFileSync('ssh-add', ['-q', server.identity], { stdio: 'ignore', env: { ...process.env } });
  });

  afterAll(() => {
    if (before === undefined) delete process.env.SSH_AUTH_SOCK;
    else process.env.SSH_AUTH_SOCK = before;
    agent.kill();
    server.stop();
    jump.stop();
  });

  const login = (port: number, address = '127.0.0.1') => ({ user: 'root', address, port });
  const direct = (): SshHost => ({ kind: 'ssh', login: login(server.port) });
  const behind = (): SshHost => ({
    kind: 'ssh',
    login: login(server.port),
    jump: login(jump.port, '127.0.0.2'),
  });

  /** A run whose lines are kept. */
  function run(more: Partial<Session> = {}) {
    const session = sessionIn(temporaryFolder(), more);
    const said: string[] = [];
    jest.spyOn(session.report, 'say').mockImplementation((text = '') => {
      said.push(text);
    });
    const files = sshFiles(session.folders);
    const prepare = (...hosts: readonly SshHost[]) => prepareSsh(session, { all: hosts, asked: hosts });
    const ask = (host: SshHost) => new Engine(session.processes, host, files).asked(['version']);
    return { session, said, files, prepare, ask };
  }

  it("shows a host's fingerprint once, and keeps the key in a file of its own", async () => {
    const { said, files, prepare } = run();
    await prepare(direct());
    const name = `[127.0.0.1]:${server.port}`;
    expect(said).toEqual([
      '\nhosts     a host whose key is not known yet:',
      `          ${name}  ${server.fingerprint}`,
      '          compare on each host: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
      expect.stringMatching(/ {10}kept in .*\/out\/dev\/ssh\/known_hosts: \[127\.0\.0\.1\]:/),
    ]);
    const [type, base64] = readFileSync(join(server.folder, 'host.pub'), 'utf8').split(' ');
    expect(readFileSync(files.knownHosts, 'utf8')).toBe(`${name} ${type} ${base64?.trim()}\n`);
    expect(statSync(files.config).mode & 0o777).toBe(0o600);
    said.length = 0;
    await prepare(direct());
    expect(said).toEqual([]);
  });

  it('trusts nobody whom the user does not confirm', async () => {
    const { files, prepare } = run({ settings: settingsOf({}, {}) });
    await expect(prepare(direct())).rejects.toThrow(
      'not trusted: there is no terminal to confirm on; pass --yes',
    );
    expect(existsSync(files.knownHosts)).toBe(false);
  });

  it('asks a host behind a jump host, whose key is learned before', async () => {
    const { said, prepare, ask } = run();
    await prepare(behind());
    expect(said.filter((line) => line.includes('SHA256'))).toEqual([
      `          [127.0.0.2]:${jump.port}  ${jump.fingerprint}`,
      `          [127.0.0.1]:${server.port}  ${server.fingerprint}`,
    ]);
    await expect(ask(behind())).rejects.toThrow('the Docker daemon of 127.0.0.1 does not answer');
    expect(jump.connections).toBeGreaterThan(0);
  });

  it('says what is wrong where the daemon does not run', async () => {
    const { prepare, ask } = run();
    await prepare(direct());
    await expect(ask(direct())).rejects.toThrow(
      `ssh://root@127.0.0.1:${server.port}: the Docker daemon of 127.0.0.1 does not answer; there: systemctl start docker`,
    );
  });

  it('shares one connection among all commands', async () => {
    const { prepare, ask } = run();
    await prepare(direct());
    const connections = server.connections;
    for (let times = 0; times < 4; times += 1) await ask(direct()).catch(() => undefined);
    expect(server.connections - connections).toBe(1);
  });

  it('leaves out a host that does not answer, which its own stack then says', async () => {
    const { said, prepare, ask } = run();
    const dead: SshHost = { kind: 'ssh', login: login(1) };
    await prepare(dead);
    expect(said).toEqual([]);
    await expect(ask(dead)).rejects.toThrow(
      /^ssh:\/\/root@127\.0\.0\.1:1: root@127\.0\.0\.1:1 is not reached: connect to host 127\.0\.0\.1 port 1: Connection refused; check that/,
    );
  });

  it('never takes a host whose key nobody has confirmed', async () => {
    const { prepare, ask } = run();
    await prepare({ kind: 'ssh', login: login(1) });
    await expect(ask(direct())).rejects.toThrow(
      new RegExp(
        `the key of \\[127\\.0\\.0\\.1\\]:${server.port} is not in .*known_hosts, and it was not there to be asked before`,
      ),
    );
  });

  it('says whom sshd refuses', async () => {
    const { prepare, ask } = run();
    await prepare(direct());
    process.env.SSH_AUTH_SOCK = '/nowhere';
    const refused = ask(direct());
    process.env.SSH_AUTH_SOCK = socket;
    await expect(refused).rejects.toThrow(
      `sshd at [127.0.0.1]:${server.port} refuses the login of root; put your public key into authorized_keys of root there`,
    );
  });

  it('refuses a host with another key than the confirmed one, and shows both', async () => {
    const { prepare, ask, files } = run();
    await prepare(direct());
    const confirmed = server.fingerprint;
    await server.replaceHostKey();
    await prepare(direct());
    const refused = ask(direct());
    await expect(refused).rejects.toThrow(
      `the host at [127.0.0.1]:${server.port} has another key than the one that was confirmed: ${server.fingerprint}, not ${confirmed}; it was installed anew, or somebody answers in its place`,
    );
    await expect(refused).rejects.toThrow(`-R '[127.0.0.1]:${server.port}'`);
    expect(readFileSync(files.knownHosts, 'utf8').split('\n')).toHaveLength(2);
  });
});
