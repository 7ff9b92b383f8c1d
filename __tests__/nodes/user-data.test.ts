import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { compressUserData } from '../../nodes/compressed-user-data';
import type { NodeFile, NodeSoftware } from '../../nodes/node-software';
import { nodeUserData } from '../../nodes/user-data';
import { describeWith } from '../support/programs';
import { SAMPLE_NODES, sampleContainer, sampleNode } from './sample-node';

const GOLDEN = join(__dirname, 'golden');
const SAMPLES = Object.entries(SAMPLE_NODES);

// Several programs are slow to start.
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-user-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function expectGolden(name: string, text: string): void {
  const file = join(GOLDEN, `${name}.golden.txt`);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const isProgram = ({ path }: NodeFile): boolean =>
  path.startsWith('/usr/local/') || path.includes('/system/kakehashi-');

/** The files of which the user data of all nodes have the same text: their own files in `nodes/` are the text. */
function withoutPrograms(software: NodeSoftware): string {
  const { text, files } = nodeUserData(software);
  let shown = text;
  for (const file of files.filter(isProgram)) {
    const block = file.text
      .split('\n')
      .slice(0, -1)
      .map((line) => (line === '' ? '' : `      ${line}`));
    shown = shown.replace(
      `${block.join('\n')}\n`,
      () => `      (${file.text.split('\n').length - 1} lines)\n`,
    );
  }
  return shown;
}

it.each(SAMPLES)('of %s is the golden file', (name, software) => {
  expectGolden(name, withoutPrograms(software));
});

it('is the same text from the same software, in any order of calls', () => {
  const first = SAMPLES.map(([, software]) => nodeUserData(software).text);
  const again = [...SAMPLES].reverse().map(([, software]) => nodeUserData(software).text);
  expect(again.reverse()).toEqual(first);
});

it.each(SAMPLES)('of %s holds the files as YAML', (_, software) => {
  const { text, files } = nodeUserData(software);
  const written: readonly { path: string; permissions: string; content: string }[] = parse(text).write_files;
  expect(written.map(({ path, content }) => [path, content])).toEqual(
    files.map((file) => [file.path, file.text]),
  );
  expect(parse(text).runcmd).toEqual([['/usr/local/sbin/kakehashi-first-boot']]);
});

it('gives secrets as names alone, and what may hold one to root alone', () => {
  const { files } = nodeUserData(SAMPLE_NODES['aws-fixed-full'] ?? sampleNode());
  expect(files.find(({ path }) => path === '/etc/kakehashi/secrets')?.text).toBe(
    [
      'variable REGISTRY_USER dev/registry/user',
      'variable REGISTRY_PASSWORD dev/registry/password',
      'variable TOKEN dev/token',
      'file docker-ca.pem dev/docker/ca',
      'file docker-cert.pem dev/docker/cert',
      'file docker-key.pem dev/docker/key',
      'file pool-token dev/pool',
      '',
    ].join('\n'),
  );
  expect(files.filter(({ mode }) => (mode & 0o077) === 0).map(({ path }) => path)).toEqual([
    '/etc/kakehashi/container.conf',
    '/var/lib/kakehashi/user-init',
  ]);
});

it('never has Docker listen on all addresses', () => {
  for (const [, software] of SAMPLES) {
    const unit = nodeUserData(software).files.find(({ path }) => path.includes('docker.service.d'));
    const hosts = unit?.text.match(/-H \S+/g) ?? [];
    expect(hosts).toEqual(
      unit === undefined ? [] : ['-H fd://', `-H tcp://\${KAKEHASHI_ADDRESS}:${software.dockerPort}`],
    );
  }
});

it('refuses an object in a bucket where the nodes of the cloud fetch none', () => {
  const stored = { bucket: 'b', key: 'init', region: 'r', sha256: '0'.repeat(64) };
  const azure = SAMPLE_NODES['azure-fixed']?.cloud ?? sampleNode().cloud;
  for (const container of [
    sampleContainer({ bundle: stored }),
    sampleContainer({ userInit: { s3: stored } }),
  ]) {
    expect(() => nodeUserData(sampleNode({ cloud: azure, container }))).toThrow(
      'must be part of the user data, because nodes of Azure fetch no objects, got "init"',
    );
  }
});

it('refuses a name that a line of a list cannot hold', () => {
  for (const id of ['a b', '', 'a\nb', 'a\\b']) {
    const parts = [{ name: 'pool', secrets: [{ as: 'file', name: 'x', id } as const] }];
    expect(() => nodeUserData(sampleNode({ parts }))).toThrow(
      'must be a word of visible ASCII characters without \\',
    );
  }
});

describeWith('cloud-init', "cloud-init's schema", () => {
  it.each(SAMPLES)('accepts %s', (_, software) => {
    const file = join(folder, 'user-data.yml');
    writeFileSync(file, nodeUserData(software).text);
    const said = execFileSync('cloud-init', ['schema', '--config-file', file], { encoding: 'utf8' });
    expect(said).toBe(`Valid cloud-config: ${file}\n`);
  });
});

describeWith('cloud-init', 'cloud-init itself', () => {
  const canUnshare = process.getuid?.() === 0 && existsSync('/usr/bin/unshare');
  const run = canUnshare ? it : it.skip;

  run(
    'writes the files and runs the first boot',
    async () => {
      // Disks would be waited for.
      const software = { ...(SAMPLE_NODES['aws-fixed-full'] ?? sampleNode()), disks: [] };
      const { text, files } = nodeUserData(software);
      writeFileSync(join(folder, 'user-data'), Buffer.from(compressUserData(text).base64, 'base64'));
      mkdirSync(join(folder, 'bin'));
      for (const name of ['systemctl', 'apt-get', 'curl', 'nft', 'ps', 'dockerd', 'condor_master']) {
        const note = `#!/bin/sh\necho "${name} $*" >>/var/lib/kakehashi/calls\n`;
        writeFileSync(join(folder, 'bin', name), note, { mode: 0o755 });
      }
      const script = join(__dirname, 'cloud-init/in-namespace');
      await new Promise<void>((resolve, reject) => {
        const args = ['-mnpf', '--kill-child', script, folder];
        execFile('unshare', args, { timeout: 80_000, maxBuffer: 2 ** 26 }, (error) =>
          error === null ? resolve() : reject(error),
        );
      });
      expect(JSON.parse(readFileSync(join(folder, 'out/result.json'), 'utf8')).v1.errors).toEqual([]);
      for (const file of files) {
        const out = join(folder, 'out', file.path);
        const written = readFileSync(out, 'utf8');
        if (file.append) expect(written.endsWith(file.text)).toBe(true);
        else expect(written).toBe(file.text);
        if (!file.append) expect(statSync(out).mode & 0o777).toBe(file.mode);
      }
      expect(readFileSync(join(folder, 'out/var/lib/kakehashi/calls'), 'utf8').split('\n')).toEqual([
        'systemctl daemon-reload',
        'systemctl enable --now kakehashi-boot.service',
        'systemctl enable --now kakehashi-firewall.service kakehashi-address.service',
        'systemctl restart systemd-resolved.service',
        'systemctl --quiet is-active ssh.socket',
        'systemctl restart ssh.socket',
        'systemctl enable --now kakehashi-secrets.service',
        'systemctl enable --now kakehashi-interruption.service',
        'systemctl restart docker.service',
        'systemctl enable docker.service',
        'systemctl enable --now kakehashi-base-container.service',
        'systemctl enable --now condor.service',
        '',
      ]);
    },
    90_000,
  );
});

/** Writes files to a folder of their own, below it as they are on a node, or flat. */
function writeFiles(files: readonly NodeFile[], flat: boolean): readonly string[] {
  return files.map((file) => {
    const path = join(folder, flat ? basename(file.path) : file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text, { mode: file.mode });
    return path;
  });
}

describeWith('shellcheck', 'shellcheck', () => {
  /** Two that have every program between them. */
  const full = SAMPLES.filter(([name]) => name.endsWith('-full'));
  const scriptsOf = (software: NodeSoftware): readonly string[] =>
    nodeUserData(software).files.flatMap(({ path, text }) => (text.startsWith('#!') ? [path] : []));

  it('is asked about every program', () => {
    const all = new Set(SAMPLES.flatMap(([, software]) => scriptsOf(software)));
    expect([...new Set(full.flatMap(([, software]) => scriptsOf(software)))].sort()).toEqual([...all].sort());
  });

  it.each(full)(
    'has no word about the programs of %s',
    (_, software) => {
      // Flat, so that it finds what they source.
      writeFiles(nodeUserData(software).files, true);
      const inFolder = (path: string): string => join(folder, basename(path));
      const options = ['-x', '-P', 'SCRIPTDIR'];
      execFileSync('shellcheck', [...options, ...scriptsOf(software).map(inFolder)], { stdio: 'pipe' });
      // The libraries by themselves: what they define is for others.
      const libraries = ['node.sh', 'cloud.sh'].map(inFolder);
      execFileSync('shellcheck', [...options, '-e', 'SC2034', ...libraries], { stdio: 'pipe' });
    },
    60_000,
  );
});

describeWith('systemd-analyze', 'systemd', () => {
  it.each(SAMPLES)('accepts the units of %s', (_, software) => {
    const { files } = nodeUserData(software);
    writeFiles(files, false);
    const units = join(folder, 'etc/systemd/system');
    for (const file of files.filter(
      ({ path }) => path.startsWith('/etc/systemd/system/') && !path.includes('.d/'),
    )) {
      // The programs are on no path of this machine.
      const text = file.text
        .replaceAll('/usr/local/sbin/', join(folder, 'usr/local/sbin/'))
        .replace('/usr/sbin/nft', '/bin/true');
      writeFileSync(join(folder, file.path), text);
    }
    const docker = '[Service]\nType=notify\nExecStart=/bin/true\n';
    writeFileSync(join(units, 'docker.service'), docker);
    const dropIn = join(units, 'docker.service.d/kakehashi.conf');
    if (existsSync(dropIn))
      writeFileSync(dropIn, readFileSync(dropIn, 'utf8').replace('=dockerd ', '=/bin/true '));
    const names = [
      'docker.service',
      ...files
        .map(({ path }) => basename(path))
        .filter((name) => /^kakehashi-.*\.(service|timer)$/.test(name)),
    ];
    const { stdout, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', '--man=no', ...names.map((name) => join(units, name))],
      { encoding: 'utf8', env: { ...process.env, SYSTEMD_UNIT_PATH: `${units}:` } },
    );
    // What this machine's own units are told is not about ours.
    const about = `${stdout}${stderr}`.split('\n').filter((line) => /kakehashi|docker/.test(line));
    expect(about).toEqual([]);
  });
});

describeWith('nft', 'nftables', () => {
  it.each(SAMPLES)('accepts the packet filter of %s', (_, software) => {
    const [file = ''] = writeFiles(
      nodeUserData(software).files.filter(({ path }) => path.endsWith('.nft')),
      true,
    );
    execFileSync('unshare', ['-rn', 'nft', '-c', '-f', file], { stdio: 'pipe' });
  });
});
