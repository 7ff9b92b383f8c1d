import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(240_000);

const BASE = `site:
  controller: 10.0.2.15/24
  public_ip: 198.51.100.10
  subnets: [10.0.2.0/24]
  asn: 65000
  gateway: { daemon: libreswan, version: 4 }
`;
const network = (octet: number) => `cci_version: '1.0'
extends: base.yml
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.${octet}.2.0/24
    create:
      vpc_cidr: 172.${octet}.0.0/16
      egress: none
      ingress: vc-node
      vpn: { routing: static, crypto: compatible }
`;
const SUBNET = `  tokyo_subnet1:
    aws_availability_zone: ap-northeast-1c
    private_network_ipmask: 172.30.3.0/24
    create: { within: default }
`;
const PLANTED = 'PlantedKey.both_ends_1';
const FOLDER = 'sandbox.out/gateway/198.51.100.10';

interface EventLine extends Readonly<Record<string, unknown>> {
  readonly type: string;
}

function eventsOf({ stdout }: Finished, type: string): readonly EventLine[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as EventLine)
    .filter((event) => event.type === type);
}

/** What is printed from the first line that begins so, up to the next heading. */
function part(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(heading));
  const end = lines.findIndex((line, index) => index > start && /^\S/.test(line));
  return start < 0
    ? ''
    : lines
        .slice(start, end < 0 ? undefined : end)
        .join('\n')
        .trimEnd();
}

/** The same in one line, as wide terminals show it. */
function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ');
}

describeWith('terraform', 'both ends in a plan', () => {
  const project = new Project({
    'lab/base.yml': BASE,
    'lab/dev.yml': network(30) + SUBNET,
    'lab/staging.yml': network(31),
  });
  const printed: string[] = [];
  const run = async (...args: string[]): Promise<Finished> => {
    const finished = await project.kakehashi(...args, '--sandbox', '--catalog', 'lab');
    printed.push(finished.stdout, finished.stderr);
    return finished;
  };
  const narrow = (text: string): readonly string[] => text.split('\n').filter((line) => line.length > 80);

  it('say what a new network is at the gateway and for the controller', async () => {
    const { code, stdout } = await run('plan', 'dev');
    expect(code).toBe(2);
    expect(part(stdout, 'gateway')).toContain('gateway   198.51.100.10: 11 new files');
    expect(unwrapped(part(stdout, 'gateway'))).toContain(
      `after the apply, as root on 10.0.2.15, in this order: 1. copy ${FOLDER}/ to the host, and do what its INSTALL.md says`,
    );
    expect(stdout).toContain(`· ${FOLDER}/ is not on this disk`);
    expect(part(stdout, 'entries')).toBe(
      'entries   vpn_catalog.yml, for the controller:\n          + aws/default\n          + aws/tokyo_subnet1',
    );
    expect(narrow(part(stdout, 'gateway') + part(stdout, 'entries'))).toEqual([]);
    const page = project.read('sandbox.out/dev/plan.md');
    expect(page).toContain('**`198.51.100.10`**: 11 new files.');
    expect(page).toContain('right=(known after apply)');
    expect(page).toContain('198.51.100.10 (known after apply) : PSK "<key of 169.254.100.0/30>"');
    expect(page).toContain('aws_vpc_subnet_id: (known after apply)');
  });

  it('are followed by the steps that an apply leaves, and by none where it did nothing', async () => {
    const first = await run('apply', 'dev', '--yes');
    expect(first.code).toBe(0);
    expect(part(first.stdout, 'to do')).toContain('on 10.0.2.15, as root (11 new files):');
    expect(part(first.stdout, 'to do')).toContain('+ aws/tokyo_subnet1');
    expect((await run('plan', 'dev')).code).toBe(0);
    const again = await run('apply', 'dev', '--yes');
    expect(part(again.stdout, 'to do')).toBe(
      'to do     nothing: no file of the gateway and no entry changed',
    );
    expect((await run('apply', 'staging', '--yes')).code).toBe(0);
  });

  it('name what a changed daemon means for the host and for the other environment', async () => {
    project.edit('lab/base.yml', 'libreswan, version: 4', 'strongswan, version: 6');
    const { code, stdout } = await run('plan', 'dev');
    expect(code).toBe(2);
    expect(unwrapped(stdout)).toContain("the site's end changes: gateway libreswan 4 → strongswan 6");
    const gateway = part(stdout, 'gateway');
    expect(gateway).toContain('198.51.100.10: 5 files change, 4 new files, 4 files go');
    expect(unwrapped(gateway)).toContain(
      'staging ends at this host and still says libreswan 4: apply it too (kakehashi apply staging)',
    );
    const steps = unwrapped(gateway);
    const order = [
      'systemctl disable --now ipsec',
      'apt-get install -y charon-systemd strongswan-swanctl',
      'rm -f /etc/ipsec.d/kakehashi-dev-aws-default.conf',
      `copy ${FOLDER}/ to the host`,
      'systemctl restart strongswan',
      'swanctl --load-all',
    ].map((step) => steps.indexOf(step));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(narrow(gateway)).toEqual([]);
    expect(project.read('sandbox.out/dev/plan.md')).toContain('secret = "<key of 169.254.100.0/30>"');
  });

  it('are events too, with the difference of each file', async () => {
    const planned = await run('plan', 'dev', '--json');
    const [gateway] = eventsOf(planned, 'gateway_planned');
    expect(gateway).toMatchObject({
      folder: FOLDER,
      public_ip: '198.51.100.10',
      host: '10.0.2.15',
      new_keys: [],
    });
    const changes = gateway?.changes as readonly { path: string; kind: string; patch: string }[];
    expect(changes.map(({ path: file, kind }) => `${kind} ${file}`)).toContain(
      'removed etc/ipsec.d/kakehashi-staging-aws-default.secrets',
    );
    const secrets = changes.find(({ path: file }) => file.endsWith('dev-aws-default-secrets.conf'));
    expect(secrets?.patch).toContain('+    secret = "<key of 169.254.100.4/30>"');
  });

  it('are the same without the folders of earlier runs, as in CI', async () => {
    const before = await run('plan', 'dev', '--json');
    rmSync(path.join(project.folder, 'sandbox.out/gateway'), { recursive: true });
    rmSync(path.join(project.folder, 'sandbox.out/dev/vpn_catalog.yml'));
    rmSync(path.join(project.folder, 'sandbox.out/dev/vcp_config.yml'));
    const after = await run('plan', 'dev', '--json');
    const told = (finished: Finished) =>
      ['gateway_planned', 'entries_planned'].flatMap((type) =>
        eventsOf(finished, type).map(({ at: _, ...event }) => event),
      );
    expect(after.code).toBe(2);
    expect(told(after)).toEqual(told(before));
  });

  it('have no file left to copy for the environment that is applied second', async () => {
    const first = await run('apply', 'dev', '--yes');
    expect(unwrapped(part(first.stdout, 'to do'))).toContain('1. systemctl disable --now ipsec');
    const second = await run('plan', 'staging');
    expect(second.code).toBe(2);
    expect(part(second.stdout, 'gateway')).toBe('');
    const applied = await run('apply', 'staging', '--yes');
    expect(part(applied.stdout, 'to do')).toContain('nothing');
  });

  it('say where the controller has another address, in the files and in vcp_config.yml', async () => {
    project.edit('lab/base.yml', '10.0.2.15/24', '10.0.2.20/24');
    const { code, stdout } = await run('plan', 'dev');
    expect(code).toBe(2);
    expect(unwrapped(stdout)).toContain("the site's end changes: controller 10.0.2.15/24 → 10.0.2.20/24");
    expect(part(stdout, 'gateway')).toContain('~ etc/kakehashi/dev-aws-default.tunnels  +1 -1');
    expect(part(stdout, 'entries')).toBe(
      'entries   vcp_config.yml, for the controller:\n          ~ vcc:\n              host: 10.0.2.15 → 10.0.2.20',
    );
    expect(narrow(part(stdout, 'gateway'))).toEqual([]);
    expect((await run('apply', 'dev', '--yes')).code).toBe(0);
    expect((await run('apply', 'staging', '--yes')).code).toBe(0);
  });

  it('say that the entry of a removed subnet disappears', async () => {
    project.edit('lab/dev.yml', SUBNET, '');
    const { code, stdout } = await run('plan', 'dev');
    expect(code).toBe(2);
    expect(part(stdout, 'gateway')).toBe('');
    expect(part(stdout, 'entries')).toBe(
      'entries   vpn_catalog.yml, for the controller:\n          - aws/tokyo_subnet1',
    );
    const applied = await run('apply', 'dev', '--yes');
    expect(unwrapped(part(applied.stdout, 'to do'))).toContain('- aws/tokyo_subnet1');
    expect(part(applied.stdout, 'to do')).not.toContain('as root');
  });

  it('show changed cryptography in one line, with all values in the events', async () => {
    project.edit('lab/dev.yml', 'crypto: compatible', 'crypto: modern');
    const { code, stdout } = await run('plan', 'dev', '--full');
    expect(code).toBe(2);
    const words = 'crypto compatible → modern (AES256/DH14 → AES256-GCM/DH20), both tunnels';
    expect(stdout).toContain(words);
    expect(stdout).not.toMatch(/tunnel[12]_phase/);
    expect(stdout).toContain('+    proposals = aes256gcm16-prfsha384-ecp384');
    expect(unwrapped(part(stdout, 'gateway'))).toContain(
      'swanctl --terminate --ike dev-aws-default-1; swanctl --initiate --child dev-aws-default-1',
    );
    expect(part(stdout, 'gateway')).not.toContain('staging-aws-default-3');
    expect(project.read('sandbox.out/dev/plan.md')).toContain(words);
    const [connection] = eventsOf(await run('show', 'dev', '--json'), 'resource_planned');
    expect(connection).toMatchObject({ stack: 'dev-aws-default', action: 'update' });
    expect(connection?.changes).toContainEqual({
      attribute: 'tunnel1_phase1_dh_group_numbers',
      before: [14],
      after: [20],
    });
  });

  it('are shown again by show, which says when a plan is not applied any more', async () => {
    const shown = await run('show', 'dev', '--full');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('crypto compatible → modern');
    expect(part(shown.stdout, 'gateway')).toContain('198.51.100.10: 4 files change');
    expect((await run('apply', 'dev', '--yes')).code).toBe(0);
    const none = await run('show', 'dev');
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('dev: no plan is saved; run: kakehashi plan dev --sandbox');
  });

  it('say that a tunnel gets another key, and show none', async () => {
    const log = project.read('sandbox.out/objects.jsonl');
    const connection = [...log.matchAll(/"id":"(vpn-[0-9a-f]+)"/g)].map((match) => String(match[1]));
    for (const id of new Set(connection)) {
      await project.kakehashi(
        'sandbox',
        'edit',
        'aws_vpn_connection',
        id,
        `tunnel1_preshared_key="${PLANTED}"`,
      );
    }
    const { code, stdout } = await run('plan', 'dev', '--full', '--log-level', 'debug');
    expect(code).toBe(2);
    expect(unwrapped(part(stdout, 'gateway'))).toMatch(/new key: dev\/aws\/default 169\.254\.100\.(0|4)\/30/);
    expect(stdout).toMatch(/\+ +secret = "<new key of 169\.254\.100\.\d\/30>"/);
    await run('plan', 'dev', '--json', '--log-level', 'debug');
    await run('show', 'dev', '--full');
    expect((await run('apply', 'dev', '--yes', '--json', '--log-level', 'debug')).code).toBe(0);
    expect((await run('apply', 'staging', '--yes', '--log-level', 'debug')).code).toBe(0);
  });

  it('take the files of a network away that is no longer connected', async () => {
    project.edit('lab/staging.yml', 'vpn: { routing: static, crypto: compatible }', 'vpn: none');
    const planned = await run('plan', 'staging', '--json');
    expect(planned.code).toBe(2);
    const changes = eventsOf(planned, 'gateway_planned').flatMap(({ changes: files }) => files);
    expect(changes).toContainEqual(
      expect.objectContaining({
        kind: 'removed',
        path: 'etc/swanctl/conf.d/kakehashi-staging-aws-default-secrets.conf',
      }),
    );
    const { code, stdout } = await run('apply', 'staging', '--yes');
    expect(code).toBe(0);
    expect(unwrapped(part(stdout, 'to do'))).toContain('1. swanctl --terminate --ike staging-aws-default-3');
    expect(project.has(`${FOLDER}/etc/swanctl/conf.d/kakehashi-staging-aws-default-secrets.conf`)).toBe(
      false,
    );
    expect(project.has(`${FOLDER}/etc/swanctl/conf.d/kakehashi-dev-aws-default-secrets.conf`)).toBe(true);
  });

  it('end with the last environment: nothing is left at the gateway', async () => {
    const { code, stdout } = await run('destroy', 'staging', '--yes', '--full');
    expect(code).toBe(0);
    expect(unwrapped(part(stdout, 'to do'))).toContain('- aws/default');
    const last = await run('destroy', 'dev', '--yes');
    expect(last.code).toBe(0);
    expect(part(last.stdout, 'to do')).toContain('no tunnel ends there any more');
    expect(part(last.stdout, 'to do')).toContain('- aws/default');
  });

  it('have shown no key anywhere', () => {
    const keys = new Set([PLANTED]);
    for (const match of project
      .read('sandbox.out/objects.jsonl')
      .matchAll(/"tunnel[12]_preshared_key":"([^"]+)"/g))
      keys.add(String(match[1]));
    expect(keys.size).toBeGreaterThan(4);
    const files = readdirSync(path.join(project.folder, 'sandbox.out'), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => /(\.log|plan\.md|plan\.json|\.tfplan\.json)$/.test(file));
    expect(files.some((file) => file.endsWith('.log'))).toBe(true);
    const texts = [...printed, ...files.map((file) => readFileSync(file, 'utf8'))];
    for (const key of keys) for (const text of texts) expect(text.includes(key)).toBe(false);
  });
});
