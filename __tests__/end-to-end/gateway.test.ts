import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(180_000);

const HOST = 'sandbox.out/gateway/198.51.100.10';
const FIRST = '169.254.100.0/30';
const SECOND = '169.254.100.4/30';

function filesOf(project: Project, folder: string): Readonly<Record<string, string>> {
  const root = path.join(project.folder, folder);
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .sort()
      .map((name) => [name, readFileSync(path.join(root, name), 'utf8')]),
  );
}

function keysIn(project: Project): readonly string[] {
  return Object.entries(filesOf(project, HOST))
    .filter(([name]) => name.endsWith('.secrets'))
    .flatMap(([, text]) => [...text.matchAll(/PSK "([^"]+)"/g)].map((match) => String(match[1])));
}

async function connectionOf(project: Project, name: string): Promise<Record<string, unknown>> {
  const { stdout } = await project.kakehashi('sandbox', 'list', 'aws_vpn_connection', '--json');
  const objects = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string; attributes: Record<string, unknown> });
  const found = objects.find(({ attributes }) => (attributes.tags as { Name?: string }).Name === name);
  return { ...found?.attributes, id: found?.id };
}

/** What the cloud would report of both tunnels, the first as said. */
async function report(project: Project, status: string, since: Date): Promise<void> {
  const connection = await connectionOf(project, 'dev-aws-default');
  const telemetry = ['tunnel1', 'tunnel2'].map((tunnel) => ({
    accepted_route_count: 1,
    certificate_arn: '',
    last_status_change: since.toISOString(),
    outside_ip_address: connection[`${tunnel}_address`],
    status: connection[`${tunnel}_inside_cidr`] === FIRST ? status : 'UP',
    status_message: '',
  }));
  await project.kakehashi(
    'sandbox',
    'edit',
    'aws_vpn_connection',
    String(connection.id),
    `vgw_telemetry=${JSON.stringify(telemetry)}`,
  );
}

describeWith('terraform', 'the gateway host of two environments', () => {
  const project = new Project();
  let applied: Finished;

  it('is rendered by apply, which ends by saying where and what to do with it', async () => {
    applied = await project.kakehashi('apply', 'dev', '--sandbox', '--yes');
    expect({ code: applied.code, stderr: applied.stderr }).toEqual({ code: 0, stderr: '' });
    expect(applied.stdout).toContain(
      `gateway   ${HOST}/\n          4 tunnels for libreswan 4 on the host 10.0.2.15: dev/aws/default,\n          dev/aws/osaka\n`,
    );
    expect(applied.stdout).toMatch(/INSTALL\.md says what you would type on that host/);
    expect(Object.keys(filesOf(project, HOST))).toEqual([
      '.kakehashi-files',
      'INSTALL.md',
      'etc/frr/frr.conf',
      'etc/ipsec.d/kakehashi-dev-aws-default.conf',
      'etc/ipsec.d/kakehashi-dev-aws-default.secrets',
      'etc/ipsec.d/kakehashi-dev-aws-osaka.conf',
      'etc/ipsec.d/kakehashi-dev-aws-osaka.secrets',
      'etc/kakehashi/dev-aws-default.tunnels',
      'etc/kakehashi/dev-aws-osaka.tunnels',
      'etc/kakehashi/kakehashi.nft',
      'etc/sysctl.d/90-kakehashi.conf',
      'etc/systemd/system/kakehashi-firewall.service',
      'etc/systemd/system/kakehashi-routes.service',
      'etc/systemd/system/kakehashi-tunnels.service',
      'usr/local/sbin/kakehashi-routes',
      'usr/local/sbin/kakehashi-tunnels',
    ]);
  });

  it('says in the first line of each file that it is simulated', () => {
    for (const [name, text] of Object.entries(filesOf(project, HOST))) {
      if (name === '.kakehashi-files') continue;
      const [first = '', second = ''] = text.split('\n');
      expect(`${name}: ${first.startsWith('#!') ? second : first}`).toMatch(
        /simulated by the kakehashi sandbox/,
      );
    }
  });

  it('gets the other environment beside the first, of which no line changes', async () => {
    const before = filesOf(project, HOST);
    const { code, stdout } = await project.kakehashi('apply', 'staging', '--sandbox', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('6 tunnels');
    const after = filesOf(project, HOST);
    for (const [name, text] of Object.entries(before)) {
      if (/dev-aws/.test(name)) expect(after[name]).toBe(text);
      if (!name.startsWith('etc/')) continue;
      const left = after[name]?.split('\n') ?? [];
      expect(text.split('\n').filter((line) => !left.includes(line))).toEqual([]);
    }
    expect(Object.keys(after).filter((name) => /staging/.test(name))).toEqual([
      'etc/ipsec.d/kakehashi-staging-aws-default.conf',
      'etc/ipsec.d/kakehashi-staging-aws-default.secrets',
      'etc/kakehashi/staging-aws-default.tunnels',
    ]);
    expect(new Set(keysIn(project)).size).toBe(6);
  });

  it('has the same bytes whichever environment is named, or none', async () => {
    const before = filesOf(project, HOST);
    for (const names of [['dev'], ['staging'], ['dev', 'staging'], []]) {
      const { code, stdout } = await project.kakehashi('gateway', ...names, '--sandbox');
      expect({ names, code }).toEqual({ names, code: 0 });
      expect(stdout).toMatch(/dev\/aws\/default,\s+dev\/aws\/osaka, staging\/aws\/default/);
      expect(filesOf(project, HOST)).toEqual(before);
    }
  });

  it('has the same bytes whichever is named where they know different networks of the site', async () => {
    project.edit(
      'catalog/staging.yml',
      'extends: base.yml',
      'extends: base.yml\nsite: { subnets: [10.0.2.0/24, 10.0.9.0/24] }',
    );
    const written: Readonly<Record<string, string>>[] = [];
    for (const name of ['dev', 'staging']) {
      expect((await project.kakehashi('gateway', name, '--sandbox')).code).toBe(0);
      written.push(filesOf(project, HOST));
    }
    project.edit('catalog/staging.yml', '\nsite: { subnets: [10.0.2.0/24, 10.0.9.0/24] }', '');
    await project.kakehashi('gateway', '--sandbox');
    expect(written[0]).toEqual(written[1]);
    expect(written[0]?.['etc/frr/frr.conf']).toMatch(
      /^ {2}network 10\.0\.2\.0\/24\n {2}network 10\.0\.9\.0\/24$/m,
    );
    expect(written[0]?.['INSTALL.md']).toContain('Site: 10.0.2.0/24, 10.0.9.0/24.');
  });

  it('says what is in the way where its folder can not be', async () => {
    renameSync(path.join(project.folder, 'sandbox.out/gateway'), path.join(project.folder, 'away'));
    project.write('sandbox.out/gateway', 'something else');
    const ended = await project.kakehashi('gateway', 'dev', '--sandbox');
    rmSync(path.join(project.folder, 'sandbox.out/gateway'));
    renameSync(path.join(project.folder, 'away'), path.join(project.folder, 'sandbox.out/gateway'));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /^kakehashi: \S*sandbox\.out\/gateway: must be writable, got EEXIST; fix it and run this again$/m,
    );
  });

  it('shows with --diff what would change, without a key, and writes nothing', async () => {
    expect((await project.kakehashi('gateway', 'dev', '--sandbox', '--diff')).code).toBe(0);
    project.edit('catalog/base.yml', 'version: 4', 'version: 5');
    const before = filesOf(project, HOST);
    const { code, stdout } = await project.kakehashi('gateway', 'dev', '--sandbox', '--diff');
    project.edit('catalog/base.yml', 'version: 5', 'version: 4');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^-\tikev2=insist$/m);
    expect(stdout).toMatch(/^\+\tkeyexchange=ikev2$/m);
    for (const key of keysIn(project)) expect(stdout).not.toContain(key);
    expect(filesOf(project, HOST)).toEqual(before);
  });

  it('holds references instead of keys with --reference, and keys again without', async () => {
    const keys = keysIn(project);
    const { code } = await project.kakehashi(
      'gateway',
      'dev',
      '--sandbox',
      '--reference',
      'file:///etc/kakehashi/keys',
    );
    expect(code).toBe(0);
    const files = filesOf(project, HOST);
    expect(files['etc/kakehashi/kakehashi-dev-aws-default.secrets.template']).toContain(
      '@@file:///etc/kakehashi/keys/dev/aws/default/169.254.100.0@@',
    );
    expect(Object.keys(files).filter((name) => name.endsWith('.secrets'))).toEqual([]);
    for (const key of keys) for (const text of Object.values(files)) expect(text).not.toContain(key);
    await project.kakehashi('gateway', 'dev', '--sandbox');
    expect(keysIn(project)).toEqual(keys);
  });

  it('shows each tunnel as the cloud reports it with status, and its connection once', async () => {
    const { code, stdout } = await project.kakehashi('status', 'dev', '--sandbox');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^dev\/aws\/default {3}vpn-[0-9a-f]{17}\n {2}169\.254\.100\.0\/30 +198\.18\.\d+\.\d+ +cloud DOWN since \S+\n {2}169\.254\.100\.4\/30 /m,
    );
    expect(stdout).toContain('0 of 4 tunnels UP\n');
    const events = (await project.kakehashi('status', 'dev', '--sandbox', '--json')).stdout
      .split('\n')
      .filter((line) => line.includes('tunnel_status'))
      .map((line) => JSON.parse(line));
    expect(events.map(({ network, tunnel }) => `${network} ${tunnel}`)).toEqual([
      'aws/default 169.254.100.0/30',
      'aws/default 169.254.100.4/30',
      'aws/osaka 169.254.100.8/30',
      'aws/osaka 169.254.100.12/30',
    ]);
  });

  it('names the keys for whoever renders it, where the catalog says so', async () => {
    project.edit('catalog/base.yml', 'version: 4', 'version: 4, key_reference: vault://secret/vpn');
    const { code } = await project.kakehashi('gateway', 'staging', '--sandbox');
    const files = filesOf(project, HOST);
    project.edit('catalog/base.yml', ', key_reference: vault://secret/vpn', '');
    expect(code).toBe(0);
    expect(files['etc/kakehashi/kakehashi-dev-aws-default.secrets.template']).toContain(
      '@@vault://secret/vpn/dev/aws/default/169.254.100.0@@',
    );
    await project.kakehashi('gateway', '--sandbox');
  });

  it.each([
    [['nowhere'], 64, /nowhere/],
    [
      ['prod'],
      1,
      /kakehashi: prod: no network with a VPN tunnel is applied yet; run: kakehashi apply prod --sandbox/,
    ],
    [['dev', '--reference'], 64, /gateway --reference: where are the keys\?/],
    [['dev', '--reference', 'ftp://x'], 64, /gateway --reference: must be a reference like/],
    [['rotate', 'dev'], 64, /missing required argument 'network'/],
    [
      ['rotate', 'dev', 'aws/default', '--tunnel', FIRST, '--tunnel', SECOND],
      64,
      /one tunnel at a time, so that another one carries the traffic; got 169\.254\.100\.0\/30 and 169/,
    ],
    [['rotate', 'dev', 'aws/default'], 64, /which tunnel\? name it by its inside CIDR/],
    [['rotate', 'dev', 'aws/nowhere', '--tunnel', FIRST], 64, /there are: aws\/default, aws\/osaka/],
    [
      ['rotate', 'dev', 'aws/default', '--tunnel', '169.254.100.8/30'],
      64,
      /aws\/default has no tunnel 169\.254\.100\.8\/30; its tunnels: 169\.254\.100\.0\/30 \(198\.18/,
    ],
  ])('ends %j with %d and a line', async (args, code, line) => {
    const ended = await project.kakehashi('gateway', ...args, '--sandbox');
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(line);
  });

  it('is not written where another environment of it can not be read, and says which', async () => {
    const text = project.read('catalog/staging.yml');
    project.write(
      'catalog/staging.yml',
      text.replace("cci_version: '1.0'", 'cci_version: 7').replace(/cci_version: "1\.0"/, 'cci_version: 7'),
    );
    const ended = await project.kakehashi('gateway', 'dev', '--sandbox');
    project.write('catalog/staging.yml', text);
    expect(ended.code).toBe(1);
    expect(`${ended.stdout}${ended.stderr}`).toMatch(/staging/);
  });

  it('loses the tunnels of an environment that is destroyed, the next time it is rendered', async () => {
    expect((await project.kakehashi('destroy', 'staging', '--sandbox', '--yes')).code).toBe(0);
    const { code, stdout } = await project.kakehashi('gateway', '--sandbox');
    expect({ code, has: stdout.includes('4 tunnels') }).toEqual({ code: 0, has: true });
    expect(Object.keys(filesOf(project, HOST)).filter((name) => /staging/.test(name))).toEqual([]);
  });
});

describeWith('terraform', 'gateway rotate', () => {
  const project = new Project();
  const rotate = (tunnel: string, ...more: string[]): Promise<Finished> =>
    project.kakehashi('gateway', 'rotate', 'dev', 'aws/default', '--tunnel', tunnel, '--sandbox', ...more);
  let keys: readonly string[] = [];
  let printed = '';

  beforeAll(async () => {
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    keys = keysIn(project);
  });

  it('changes nothing where nobody confirms, and keeps no key', async () => {
    const before = filesOf(project, 'sandbox.out/gateway');
    const ended = await rotate(FIRST);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('kakehashi: not rotated: there is no terminal to confirm on; pass --yes');
    expect(filesOf(project, 'sandbox.out/gateway')).toEqual(before);
    expect(project.has('sandbox.out/dev/rotation-key.json')).toBe(false);
    expect((await project.kakehashi('plan', 'dev', '--sandbox')).code).toBe(0);
  });

  it('gives one tunnel a new key at both ends, and touches nothing else', async () => {
    const ended = await rotate(FIRST, '--yes', '--log-level', 'debug');
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/the pre-shared key of\s+tunnel\s+169\.254\.\S+\s+changes/);
    expect(ended.stdout).toMatch(/install -m 600 etc\/ipsec\.d\/kakehashi-dev-aws-default\.secrets/);
    expect(ended.stdout).toContain('ipsec auto --down dev-aws-default-1; ipsec auto --up dev-aws-default-1');
    const after = keysIn(project);
    expect(after[0]).not.toBe(keys[0]);
    expect(after[0]).toMatch(/^[A-Za-z][A-Za-z0-9]{31}$/);
    expect(after.slice(1)).toEqual(keys.slice(1));
    printed += ended.stdout + ended.stderr;
    keys = after;
    expect(project.has('sandbox.out/dev/rotation-key.json')).toBe(false);
    expect(project.has(`${HOST}.next/INSTALL.md`)).toBe(false);
    expect((await project.kakehashi('plan', 'dev', '--sandbox')).code).toBe(0);
  });

  it('refuses the second tunnel while the first is not reported up since the change', async () => {
    const down = await rotate(SECOND, '--yes');
    expect(down.code).toBe(1);
    expect(down.stderr).toMatch(
      /aws\/default: not rotated: tunnel 169\.254\.100\.0\/30 got its new key at \S+ and is not reported up since \(DOWN\); bring it up on the gateway first, or pass --i-checked/,
    );
    await report(project, 'UP', new Date(Date.now() - 3_600_000));
    const old = await rotate(SECOND, '--yes');
    expect(old.code).toBe(1);
    expect(old.stderr).toMatch(/is not reported up since \(UP since \S+, before that\)/);
    expect(keysIn(project)).toEqual(keys);
  });

  it('goes on once the first came up after the change, or when somebody checked', async () => {
    await report(project, 'UP', new Date(Date.now() + 1000));
    expect((await rotate(SECOND, '--yes')).code).toBe(0);
    expect(keysIn(project)[1]).not.toBe(keys[1]);
    const again = await rotate(FIRST, '--yes', '--i-checked');
    expect(again.code).toBe(0);
    expect(keysIn(project)[0]).not.toBe(keys[0]);
  });

  it('refuses where the plan would change more than the key', async () => {
    project.edit(
      'catalog/dev.yml',
      'spot: true',
      'spot: true\n      vpn: { tunnel_options: { dpd_timeout_seconds: 45 } }',
    );
    const ended = await rotate(FIRST, '--yes', '--i-checked');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /dev-aws-default: not rotated: more than this key would change \(aws_vpn_connection\.Vpn_Connection\); apply that first: kakehashi apply dev/,
    );
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
  });

  it('goes on with the key that a killed run had begun with, and with no other tunnel', async () => {
    const key = 'KeyOfTheRunThatWasKilled';
    project.write(
      'sandbox.out/dev/rotation-key.json',
      JSON.stringify({ network: 'aws/default', insideCidr: FIRST, key }),
    );
    const other = await rotate(SECOND, '--yes', '--i-checked');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('was begun and not finished; finish it first');
    // The cloud may have it: it stays, although nobody confirms.
    expect((await rotate(FIRST, '--i-checked')).code).toBe(3);
    expect(project.read('sandbox.out/dev/rotation-key.json')).toContain(key);
    expect((await rotate(FIRST, '--yes', '--i-checked')).code).toBe(0);
    expect(keysIn(project)[0]).toBe(key);
    expect(project.has('sandbox.out/dev/rotation-key.json')).toBe(false);
  });

  it('leaves keys in files of mode 0600 only, and prints none', () => {
    const known = [...keys, ...keysIn(project)];
    for (const key of known) expect(printed).not.toContain(key);
    const holders = readdirSync(project.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => known.some((key) => readFileSync(file, 'latin1').includes(key)));
    expect(holders.length).toBeGreaterThan(3);
    for (const file of holders) {
      const name = path.relative(project.folder, file);
      expect(name).toMatch(
        /^sandbox\.out\/(objects\.jsonl|dev\/state\/[a-z-]+\.tfstate(\.backup)?|gateway\/[\d.]+\/etc\/ipsec\.d\/[a-z-]+\.secrets)$/,
      );
      expect(`${name} ${(statSync(file).mode & 0o777).toString(8)}`).toBe(`${name} 600`);
    }
  });
});

describeWith('terraform', 'a gateway whose keys AWS keeps in Secrets Manager', () => {
  const project = new Project();

  it('gets them from there, and they are in no state', async () => {
    project.edit(
      'catalog/dev.yml',
      'vpn: { routing: bgp }',
      'vpn: { routing: bgp, preshared_key_storage: SecretsManager }',
    );
    const { code } = await project.kakehashi('apply', 'dev', '--sandbox', '--yes');
    expect(code).toBe(0);
    const secrets = project.read(`${HOST}/etc/ipsec.d/kakehashi-dev-aws-osaka.secrets`);
    const keys = [...secrets.matchAll(/PSK "([^"]+)"/g)].map((match) => String(match[1]));
    expect(keys).toHaveLength(2);
    const state = project.read('sandbox.out/dev/state/dev-aws-osaka.tfstate');
    for (const key of keys) expect(state).not.toContain(key);
  });

  it('refuses to rotate them: the new key would lie in the state', async () => {
    const ended = await project.kakehashi(
      'gateway',
      'rotate',
      'dev',
      'aws/osaka',
      '--tunnel',
      '169.254.100.8/30',
      '--sandbox',
      '--yes',
    );
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('AWS keeps its keys in Secrets Manager');
  });
});

describeWith('terraform', "a gateway's changed address", () => {
  const project = new Project();

  it('replaces the customer gateway and keeps the connection, its keys and its inside CIDRs', async () => {
    await project.kakehashi('apply', 'dev', '--sandbox', '--yes');
    const before = await connectionOf(project, 'dev-aws-default');
    const keys = keysIn(project);
    project.edit('catalog/base.yml', '198.51.100.10', '198.51.100.77');
    const planned = await project.kakehashi('plan', 'dev', '--sandbox');
    expect(planned.stdout).toMatch(/the site's public address\s+changes from/);
    const { code, stdout } = await project.kakehashi('apply', 'dev', '--sandbox', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('gateway   sandbox.out/gateway/198.51.100.77/');
    const after = await connectionOf(project, 'dev-aws-default');
    expect(after.id).toBe(before.id);
    expect(after.customer_gateway_id).not.toBe(before.customer_gateway_id);
    const secrets = project.read(
      'sandbox.out/gateway/198.51.100.77/etc/ipsec.d/kakehashi-dev-aws-default.secrets',
    );
    expect(secrets).toContain('198.51.100.77 ');
    for (const key of keys.slice(0, 2)) expect(secrets).toContain(key);
    // The old host's folder stays: its daemon runs until the new one is up.
    expect(project.has(`${HOST}/INSTALL.md`)).toBe(true);
  });
});
