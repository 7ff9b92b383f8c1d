import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shownPath } from '../../../base/files';
import type { Event } from '../../../scripts/report/events';
import { writeVcpConfig } from '../../../scripts/run/vcp-config-file';
import { GOOD, tryLoad } from '../../catalog/folder-of';
import { temporaryFolder } from '../../support/catalog-folder';

const CANARY = 'CANARY-5f1c-clear-text';

/** Writes the file of a catalog into a folder; says what was told. */
function write(results: string, { text = GOOD, simulated = false } = {}) {
  const { loaded } = tryLoad({ 'dev.yml': text });
  if (loaded === undefined) throw new Error('the catalog is wrong');
  const said: string[] = [];
  const events: Event[] = [];
  const report = { say: (line = '') => said.push(line), event: (event: Event) => events.push(event) };
  writeVcpConfig({ folders: { results }, report, simulated }, loaded);
  return { said, events };
}

const read = (folder: string) => readFileSync(path.join(folder, 'vcp_config.yml'), 'utf8');

test('is written beside the entries, and told', () => {
  const results = path.join(temporaryFolder(), 'out/dev');
  const { said, events } = write(results, { text: `${GOOD}own-cloud:\n  default: { key: value }\n` });
  expect(read(results)).toMatch(/^vcc:\n {4}host: "10\.0\.2\.15"\n/);
  const file = shownPath(path.join(results, 'vcp_config.yml'));
  expect(events).toEqual([
    { type: 'vcp_config_written', file, providers: ['aws', 'sakura'], left_out: ['own-cloud'] },
  ]);
  expect(said).toEqual([
    `\nsdk       ${file}   aws, sakura; left out: own-cloud, because the names that the SDK has for such secrets are not published`,
  ]);
});

test('out of the sandbox, its first line says that it is simulated', () => {
  const results = temporaryFolder();
  write(results, { simulated: true });
  write(results, { simulated: true });
  expect(read(results)).toMatch(/^# simulated by the kakehashi sandbox: nothing in here exists\nvcc:\n/);
});

test('what it changes in a file that is there, is said', () => {
  const results = temporaryFolder({ 'vcp_config.yml': 'vcc: { host: 192.0.2.1, name: pvcc }\nsakura:\n' });
  const proxmox = `proxmox:
  default:
    proxmox_pm_api_url: http://192.168.3.39:8006/api2/json
    proxmox_bridge: vmbr0
    proxmox_ipv4_gateway: 192.168.3.1
    proxmox_target_nodes: vmconsole
    proxmox_template_virtual_machine_name: vcp-ubuntu24
    proxmox_storage: local-lvm
`;
  const { said, events } = write(results, { text: `${GOOD}${proxmox}` });
  expect(said.slice(1)).toEqual([
    '          credentials of proxmox: yours to write (no names are published)',
    '          vcc.host: 192.0.2.1 → 10.0.2.15',
    '          sakura.token: added, vault://cubbyhole/sakura/token',
    '          sakura.secret: added, vault://cubbyhole/sakura/secret',
    '          sakura.private_network: added, default',
    '          aws.access_key: added, vault://cubbyhole/aws/access_key',
    '          aws.secret_key: added, vault://cubbyhole/aws/secret_key',
    '          aws.private_network: added, default',
    '          proxmox.private_network: added, default',
  ]);
  expect(events).toMatchObject([
    { changes: expect.arrayContaining([{ key: 'vcc.host', before: '192.0.2.1', after: '10.0.2.15' }]) },
  ]);
  expect(write(results, { text: `${GOOD}${proxmox}` }).said).toHaveLength(2);
});

test('a file that says all of it is not touched', () => {
  const results = temporaryFolder();
  write(results);
  const { ino } = statSync(path.join(results, 'vcp_config.yml'));
  write(results);
  expect(statSync(path.join(results, 'vcp_config.yml')).ino).toBe(ino);
});

test('without a site nothing is written, and nothing said', () => {
  const results = temporaryFolder();
  const told = write(results, { text: "cci_version: '1.0'\nonpremises: { default: {} }\n" });
  expect(told).toEqual({ said: [], events: [] });
  expect(() => read(results)).toThrow(/ENOENT/);
});

test('a credential in clear text is neither kept nor lost: the file stays, and the line says what to do', () => {
  const text = `aws:\n    access_key: ${CANARY}\n`;
  const results = temporaryFolder({ 'vcp_config.yml': text });
  const file = shownPath(path.join(results, 'vcp_config.yml'));
  expect(() => write(results)).toThrow(
    `${file}: not written: it has a value in aws.access_key that is no vault:// reference (not shown); keep it with kakehashi secret put vault://cubbyhole/aws/access_key, then empty that line`,
  );
  expect(read(results)).toBe(text);
  writeFileSync(file, text.replace(CANARY, ''));
  write(results);
  expect(read(results)).toContain('    access_key: "vault://cubbyhole/aws/access_key"\n');
});

test('a folder of its name is refused', () => {
  const results = temporaryFolder();
  mkdirSync(path.join(results, 'vcp_config.yml'));
  expect(() => write(results)).toThrow('vcp_config.yml: must be a file, got a folder or a device');
});

test('the line about a credential names the place where the catalog keeps it', () => {
  const kept =
    "vault: { address: 'https://10.0.2.15:8443' }\nproviders: { aws: { access_key: 'vault://secret/k', secret_key: 'vault://secret/s' } }\naws:\n";
  const results = temporaryFolder({ 'vcp_config.yml': `aws:\n    access_key:\n    secret_key: ${CANARY}\n` });
  expect(() => write(results, { text: GOOD.replace('aws:\n', kept) })).toThrow(
    'aws.secret_key that is no vault:// reference (not shown); keep it with kakehashi secret put vault://secret/s, then empty that line',
  );
});
