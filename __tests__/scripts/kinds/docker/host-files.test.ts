import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../../base/errors';
import { Processes } from '../../../../base/process';
import type { DockerHost } from '../../../../model/docker/docker-host';
import { Engine } from '../../../../scripts/kinds/docker/engine';
import { type HostWrite, readHostFiles, writeHostFiles } from '../../../../scripts/kinds/docker/host-files';
import { prepareSsh } from '../../../../scripts/kinds/docker/host-keys';
import { HOST_SCRIPT } from '../../../../scripts/kinds/docker/host-script';
import { sshFiles } from '../../../../scripts/kinds/docker/ssh-files';
import { temporaryFolder } from '../../../support/catalog-folder';
import { describeWith, hasProgram } from '../../../support/programs';
import { sessionIn } from '../../../support/session';
import { SshAgent } from '../../../support/ssh-agent';
import { SshServer } from '../../../support/ssh-server';

jest.setTimeout(60_000);

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** All that must hold on any host. */
function holds(engineOf: () => Engine): void {
  const write = (...writes: readonly HostWrite[]) => writeHostFiles(engineOf(), writes);

  it('writes folders and files with exactly their modes, and texts byte by byte', async () => {
    const folder = temporaryFolder();
    const text = `a 'quote', "two", $HOME, \`x\`, %s, \\n, 漢字\n\n-n last line without end`;
    await write(
      { what: 'folder', path: join(folder, 'a b/secrets'), mode: 0o700 },
      { what: 'place', path: join(folder, 'data'), mode: 0o755 },
      { what: 'file', path: join(folder, 'a b/secrets/x.env'), mode: 0o600, text },
      { what: 'file', path: join(folder, 'empty'), mode: 0o644, text: '' },
    );
    expect(readFileSync(join(folder, 'a b/secrets/x.env'), 'utf8')).toBe(text);
    expect(readFileSync(join(folder, 'empty'), 'utf8')).toBe('');
    const names = ['a b', 'a b/secrets', 'a b/secrets/x.env', 'data', 'empty'];
    expect(names.map((name) => mode(join(folder, name)))).toEqual(['755', '700', '600', '755', '644']);
    expect(readdirSync(join(folder, 'a b/secrets'))).toEqual(['x.env']);
  });

  it('corrects the mode of a folder, but not of one that is only to be there', async () => {
    const folder = temporaryFolder();
    for (const name of ['secrets', 'data']) mkdirSync(join(folder, name), { mode: 0o750 });
    await write(
      { what: 'folder', path: join(folder, 'secrets'), mode: 0o700 },
      { what: 'place', path: join(folder, 'data'), mode: 0o755 },
    );
    expect([mode(join(folder, 'secrets')), mode(join(folder, 'data'))]).toEqual(['700', '750']);
  });

  it('narrows the mode of a file that is replaced', async () => {
    const folder = temporaryFolder({ key: 'old' });
    chmodSync(join(folder, 'key'), 0o644);
    await write({ what: 'file', path: join(folder, 'key'), mode: 0o600, text: 'new' });
    expect([mode(join(folder, 'key')), readFileSync(join(folder, 'key'), 'utf8')]).toEqual(['600', 'new']);
  });

  it('keeps a former file beside the new one, where that is wanted', async () => {
    const folder = temporaryFolder({ 'c.yml': 'first' });
    const file = join(folder, 'c.yml');
    await write({ what: 'kept', path: file, mode: 0o644, text: 'second' });
    await write({ what: 'kept', path: file, mode: 0o644, text: 'third' });
    expect([file, `${file}.former`].map((one) => readFileSync(one, 'utf8'))).toEqual(['third', 'second']);
  });

  it('removes files, and folders that are empty then', async () => {
    const folder = temporaryFolder({ 'secrets/a.env': 'x', 'cert/own.pem': 'y' });
    await write(
      ...['secrets/a.env', 'secrets', 'cert', 'nothing'].map(
        (name): HostWrite => ({ what: 'remove', path: join(folder, name) }),
      ),
    );
    expect([existsSync(join(folder, 'secrets')), existsSync(join(folder, 'cert/own.pem'))]).toEqual([
      false,
      true,
    ]);
  });

  it('reads texts and digests, and says why there is none', async () => {
    const folder = temporaryFolder({ text: 'two\nlines', secret: 'abc' });
    mkdirSync(join(folder, 'folder'));
    symlinkSync('text', join(folder, 'link'));
    const ask = (what: 'text' | 'digest', name: string) => ({ what, path: join(folder, name) });
    expect(
      await readHostFiles(engineOf(), [
        ask('text', 'text'),
        ask('digest', 'secret'),
        ask('text', 'folder'),
        ask('text', 'link'),
        ask('digest', 'nothing'),
      ]),
    ).toEqual([
      { kind: 'text', value: 'two\nlines' },
      { kind: 'digest', value: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
      { kind: 'other' },
      { kind: 'link' },
      { kind: 'absent' },
    ]);
  });

  it.each<[string, (folder: string) => void, HostWrite['what'], string]>([
    ['a link at the place of a file', (at) => symlinkSync('/etc/passwd', at), 'file', 'is a symbolic link'],
    [
      'a dangling link at the place of a file',
      (at) => symlinkSync('/nowhere', at),
      'kept',
      'is a symbolic link',
    ],
    ['a link at the place of a folder', (at) => symlinkSync('/tmp', at), 'folder', 'is a symbolic link'],
    [
      'a link at the place of a folder that is only to be there',
      (at) => symlinkSync('/tmp', at),
      'place',
      'is a symbolic link',
    ],
    [
      'a folder at the place of a file',
      (at) => mkdirSync(at),
      'file',
      'must be a file, and is something else',
    ],
    [
      'a file at the place of a folder',
      (at) => writeFileSync(at, ''),
      'folder',
      'must be a folder, and is something else',
    ],
  ])('refuses %s, and changes nothing', async (_, plant, what, words) => {
    const folder = temporaryFolder({ first: 'old' });
    const target = join(folder, 'target');
    plant(target);
    const wrong: HostWrite =
      what === 'file' || what === 'kept'
        ? { what, path: target, mode: 0o600, text: 'SECRET' }
        : { what: what === 'place' ? 'place' : 'folder', path: target, mode: 0o700 };
    const refused = write({ what: 'file', path: join(folder, 'first'), mode: 0o600, text: 'new' }, wrong);
    await expect(refused).rejects.toThrow(`${target} ${words}`);
    await expect(refused).rejects.not.toThrow('SECRET');
    expect(readFileSync(join(folder, 'first'), 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['first', 'target']);
  });

  it('never writes to a link that waits at the temporary name', async () => {
    const folder = temporaryFolder({ victim: 'untouched' });
    symlinkSync(join(folder, 'victim'), join(folder, 'key.kakehashi-new'));
    await write({ what: 'file', path: join(folder, 'key'), mode: 0o600, text: 'SECRET' });
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('untouched');
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('SECRET');
  });
}

describeWith('sshd', 'files on a host that is reached over SSH', () => {
  const server = new SshServer();
  const agent = new SshAgent();
  let engine: Engine;

  beforeAll(async () => {
    await server.start();
    await agent.start(server.folder, server.identity);
    const host: DockerHost = {
      kind: 'ssh',
      login: { user: 'root', address: '127.0.0.1', port: server.port },
    };
    const session = sessionIn(temporaryFolder());
    jest.spyOn(session.report, 'say').mockImplementation(() => undefined);
    await prepareSsh(session, { all: [host], asked: [host] });
    engine = new Engine(session.processes, host, sshFiles(session.folders));
  });

  afterAll(() => {
    agent.stop();
    server.stop();
  });

  holds(() => engine);

  it('says in one message that a host is not reached', async () => {
    const host: DockerHost = { kind: 'ssh', login: { user: 'root', address: '127.0.0.1', port: 1 } };
    const session = sessionIn(temporaryFolder());
    await prepareSsh(session, { all: [host], asked: [] });
    const dead = new Engine(session.processes, host, sshFiles(session.folders));
    const write: HostWrite = { what: 'file', path: '/nowhere/x', mode: 0o600, text: 'SECRET' };
    const refused = writeHostFiles(dead, [write]);
    await expect(refused).rejects.toThrow(
      'ssh://root@127.0.0.1:1: root@127.0.0.1:1 is not reached: connect to host 127.0.0.1 port 1: Connection refused',
    );
    await expect(refused).rejects.not.toThrow('SECRET');
  });

  it('shows neither a text nor a path in a list of arguments', async () => {
    const folder = temporaryFolder();
    const seen: string[] = [];
    let watching = true;
    const watch = (async () => {
      while (watching) {
        for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
          try {
            seen.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
          } catch {
            // It has ended.
          }
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const text = 'CANARY-7f3a'.repeat(2000);
    for (let times = 0; times < 3; times += 1)
      await writeHostFiles(engine, [{ what: 'file', path: join(folder, 'x'), mode: 0o600, text }]);
    watching = false;
    await watch;
    const encoded = Buffer.from('CANARY-7f3a').toString('base64').slice(0, 12);
    expect(seen.some((line) => line.includes('kakehashi-new'))).toBe(true);
    expect(seen.filter((line) => line.includes('CANARY') || line.includes(encoded))).toEqual([]);
  });
});

describe('files on this machine', () => {
  const host: DockerHost = { kind: 'socket', path: '/var/run/docker.sock' };
  holds(() => new Engine(new Processes(), host, sshFiles({ results: temporaryFolder() })));

  const line = (...parts: readonly string[]) =>
    parts.map((part, index) => (index < 2 ? part : Buffer.from(part).toString('base64'))).join(' ');

  it('changes nothing where the user of the login may not write', () => {
    if (process.getuid?.() !== 0 || !hasProgram('setpriv')) return;
    const folder = temporaryFolder({ mine: 'old' });
    chmodSync(folder, 0o755);
    const writes = ['mine', 'new'].map((name) => line('file', '600', join(folder, name), 'SECRET'));
    const { status, stderr } = spawnSync(
      'setpriv',
      ['--reuid=65534', '--regid=65534', '--clear-groups', 'sh', '-c', HOST_SCRIPT],
      { input: [...writes, 'end', ''].join('\n'), encoding: 'utf8', cwd: '/' },
    );
    expect({ status, stderr }).toEqual({ status: 3, stderr: `kakehashi: denied ${join(folder, 'mine')}\n` });
    expect([readdirSync(folder), readFileSync(join(folder, 'mine'), 'utf8')]).toEqual([['mine'], 'old']);
  });

  it.each([
    [
      'denied /srv/x',
      'ssh://ubuntu@10.0.2.15:22: ubuntu may not write /srv/x, or its disk is full; there, as root: chown -R ubuntu the folder that it is in, or log in as root, or let the login use sudo without a password',
    ],
    ['tool base64', 'ssh://ubuntu@10.0.2.15:22: the host has no base64; install coreutils there'],
    [
      'cut',
      'ssh://ubuntu@10.0.2.15:22: the connection ended while files were sent: none of them was changed; run the same command again',
    ],
  ])('says what %s means', async (words, message) => {
    const login = { user: 'ubuntu', address: '10.0.2.15', port: 22 };
    const lines = ['Warning: something of ssh', `kakehashi: ${words}`];
    const shell = {
      host: { kind: 'ssh', login } as const,
      script: async () => ({ kind: 'ended', exitCode: 3, lines, stdout: '' }) as const,
      failure: () => new Failure('another'),
    };
    const write: HostWrite = { what: 'file', path: '/srv/x', mode: 0o600, text: 'SECRET' };
    await expect(writeHostFiles(shell, [write])).rejects.toThrow(new Failure(message));
  });

  it.each<[string, NodeJS.Signals | undefined]>([
    ['the connection ends', undefined],
    ['a signal comes', 'SIGTERM'],
    ['the terminal goes', 'SIGHUP'],
  ])('leaves the former files, and no others, where %s while they are sent', async (_, signal) => {
    const folder = temporaryFolder({ a: 'old', b: 'old' });
    const child = spawn('sh', ['-c', HOST_SCRIPT], { stdio: ['pipe', 'ignore', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdin.write(`${line('file', '600', join(folder, 'a'), 'new')}\n`);
    child.stdin.write(`${line('file', '600', join(folder, 'b'), 'new')}\n`);
    for (let tries = 0; tries < 200 && !existsSync(join(folder, 'b.kakehashi-new')); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(existsSync(join(folder, 'b.kakehashi-new'))).toBe(true);
    if (signal === undefined) child.stdin.end(line('file', '600', join(folder, 'b'), 'half').slice(0, -3));
    else child.kill(signal);
    expect(await ended).not.toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
    expect(['a', 'b'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['old', 'old']);
  });
});
