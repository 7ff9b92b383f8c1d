import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { complete } from '../../../../catalog/ground/complete';
import type { VaultServer } from '../../../../sandbox/vault/http/server';
import { startVault } from '../../../../sandbox/vault/start-vault';
import { memoryStore } from '../../../../sandbox/vault/store/vault-store';
import { authorityText } from '../../../../scripts/kinds/docker-controller/certificate/authority-file';
import { AuthorityStore } from '../../../../scripts/kinds/docker-controller/certificate/authority-store';
import type { Signed } from '../../../../scripts/kinds/docker-controller/certificate/make-certificate';
import { authorityFile } from '../../../../scripts/kinds/docker-controller/folder';
import { Report } from '../../../../scripts/report/report';
import { Vaults } from '../../../../scripts/session/vaults';
import { temporaryFolder } from '../../../support/catalog-folder';
import { loadedFrom } from '../../../support/loaded';
import { sessionIn } from '../../../support/session';
import { plain, type TestServer } from '../../../vault/servers';
import { makeAuthority, NOW } from './pki';

jest.setTimeout(60_000);

const ROOT = 'root-of-the-tests';
const DAY = 86_400_000;

describe('where an authority is kept', () => {
  let started: VaultServer;
  let server: TestServer;
  let ours: Signed;
  let other: Signed;
  let old: Signed;

  beforeAll(async () => {
    started = await startVault({ host: '127.0.0.1', port: 0, rootToken: ROOT, store: memoryStore() });
    server = { address: started.address, rootToken: ROOT, close: () => started.close() };
    await plain(server, 'POST', 'sys/mounts/secret', { body: { type: 'kv', options: { version: '1' } } });
    ours = await makeAuthority('ours', NOW);
    other = await makeAuthority('ours', new Date(NOW.getTime() + DAY));
    old = await makeAuthority('ours', new Date(NOW.getTime() - 3000 * DAY));
  });
  afterAll(() => started.close());
  afterEach(() => plain(server, 'DELETE', 'secret/vpn/dev/controller/ca'));

  const VAULT = 'vault: { address: https://vault.example.org:8200, preshared_keys: vault://secret/vpn }\n';

  function store(vault = VAULT) {
    const loaded = loadedFrom(`cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
${vault}controller:
  host: ssh://root@10.0.2.15
  version: 23.04.0
  images: { occtr: 'sha256:${'a'.repeat(64)}' }
`);
    const root = temporaryFolder();
    const report = new Report({ json: false, color: false, level: 'warn' });
    const said: string[] = [];
    jest.spyOn(report, 'note').mockImplementation((_, text) => {
      said.push(text);
    });
    const sandbox = async () => ({ address: started.address, rootToken: ROOT });
    const session = sessionIn(root, {
      report,
      vaults: new Vaults(report, new AbortController().signal, sandbox),
    });
    const controller = complete(loaded.catalog.kinds['docker-controller']?.controller);
    const file = authorityFile(session.folders);
    return { kept: new AuthorityStore(session, loaded, controller), file, said, session };
  }

  const inVault = (value: string) =>
    plain(server, 'POST', 'secret/vpn/dev/controller/ca', { body: { value } });
  const fingerprint = async (kept: AuthorityStore) => (await kept.read())?.certificate.fingerprint;

  it('is the file until an apply, then Vault alone', async () => {
    const { kept, file, session } = store();
    expect(await kept.read()).toBeUndefined();
    kept.add(ours);
    expect(await fingerprint(kept)).toBe(ours.certificate.fingerprint);
    await kept.settle();
    expect(existsSync(file)).toBe(false);
    expect(await fingerprint(kept)).toBe(ours.certificate.fingerprint);
    expect(await fingerprint(store().kept)).toBe(ours.certificate.fingerprint);
    await kept.settle();
    expect(kept.place).toBe('vault://secret/vpn/dev/controller/ca');
    expect(session.report.log.masks.mask(ours.key)).not.toContain(ours.key.split('\n')[1] ?? '');
  });

  it('stays where another run was first', async () => {
    const { kept, file } = store();
    kept.add(ours);
    await inVault(authorityText(other));
    await expect(kept.settle()).rejects.toThrow(
      /^vault:\/\/secret\/vpn\/dev\/controller\/ca: another run has made another authority since the plan; remove .*controller-ca\.key, and plan again: what is in Vault is used$/,
    );
    expect(existsSync(file)).toBe(true);
    expect(await fingerprint(kept)).toBe(other.certificate.fingerprint);
  });

  it('takes the next authority in the place of one that comes to its end', async () => {
    const { kept } = store();
    await inVault(authorityText(old));
    expect(await fingerprint(kept)).toBe(old.certificate.fingerprint);
    kept.add(ours);
    expect(await fingerprint(kept)).toBe(ours.certificate.fingerprint);
    await kept.settle();
    expect(await fingerprint(store().kept)).toBe(ours.certificate.fingerprint);
  });

  it('is the file while the engine is not mounted', async () => {
    const { kept, file, said } = store(
      VAULT.replace('secret/vpn', 'later/vpn').replace(
        ' preshared',
        ' mounts: { later: { version: 1, create: {} } }, preshared',
      ),
    );
    kept.add(ours);
    await kept.settle();
    expect(existsSync(file)).toBe(true);
    expect(said).toEqual([
      expect.stringContaining("the authority's key stays here until later is mounted in Vault"),
    ]);
  });

  it.each([
    ['there is no Vault', ''],
    ["the catalog's Vault is the controller's own", 'vault: { address: https://10.0.2.15:8443 }\n'],
  ])('is the file where %s', async (_, vault) => {
    const { kept, file } = store(vault);
    kept.add(ours);
    await kept.settle();
    expect(existsSync(file)).toBe(true);
    expect(kept.place).toMatch(/controller-ca\.key$/);
  });

  it.each([
    ['nothing', () => ''],
    ['something else', () => 'CANARY'],
    ['a key alone', () => ours.key],
    ['a certificate alone', () => ours.certificate.pem],
    ['a key of another authority', () => other.key + ours.certificate.pem],
  ])('is refused with %s in it, and stays as it is', async (_, text) => {
    const { kept, file } = store('');
    kept.add(ours);
    writeFileSync(file, text());
    const refused = kept.read();
    await expect(refused).rejects.toThrow(
      /controller-ca\.key: must hold the private key of an authority and its certificate, in PEM, got something else; restore it from a backup, or remove it: the next plan makes another authority, whose ca\.pem all clients need$/,
    );
    await expect(refused).rejects.not.toThrow('CANARY');
    expect(readFileSync(file, 'utf8')).toBe(text());
  });
});
