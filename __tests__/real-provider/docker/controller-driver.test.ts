import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/catalog-folder';
import { compiledCli } from '../../support/compiled';
import { hasProgram } from '../../support/programs';
import { Project } from '../../support/project';
import { DockerEngine, missingForEngine } from './engine';
import { ImageRegistry } from './image-registry';
import { mirrorOf, providerVersions } from './provider';

jest.setTimeout(600_000);

const versions = providerVersions();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...missingForEngine(),
  ...(versions.length > 0 ? [] : ['a real provider (KAKEHASHI_TEST_DOCKER_PROVIDER)']),
];
const title = 'the driver of a controller, with the real Docker provider and a real engine';
const describeReal = missing.length === 0 ? describe : describe.skip;

const PRIVATE = '10.0.2.15';

/** Listens where the controller's processes do; a file of its configuration makes it fail. */
const LISTEN = 'for p in 443 8443 3000; do httpd -p $p -h /www; done; exec httpd -f -p 7373 -h /www';

describeReal(missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not here)`, () => {
  const engine = new DockerEngine();
  let registry: ImageRegistry;

  beforeAll(async () => {
    await engine.start();
    engine.inside('ip', 'addr', 'add', `${PRIVATE}/24`, 'dev', 'lo');
    const place = { address: '127.0.0.1', port: 5000 };
    const image = { Cmd: ['sh', '-c', LISTEN], Env: ['PATH=/bin'] };
    registry = ImageRegistry.start(engine.namespace, place, engine.makeRoot(), image);
  });
  afterEach(() => {
    engine.clear();
    engine.docker('network', 'prune', '-f');
  });
  afterAll(async () => {
    registry.stop();
    await engine.stop();
  });

  describe.each(versions.length === 0 ? ['none'] : versions)('version %s', (version) => {
    const project = new Project({}, temporaryFolder());
    const host = join(project.folder, 'dev-controller');
    const write = (more = '') =>
      project.write(
        'catalog/dev.yml',
        `cci_version: '1.0'
site: { controller: ${PRIVATE}/24, public_ip: 198.51.100.10 }
onpremises: { default: {} }
controller:
  host: unix://${engine.socket}
  version: 23.04.0
  images: { occtr: '127.0.0.1:5000/vcp/occtr@${registry.digest}' }
  stop_grace: 10s
${more}`,
      );
    let rc = '';
    const run = async (...args: readonly string[]) => {
      rc ||= mirrorOf(version, temporaryFolder());
      const { code, stdout, stderr } = await project.run(process.execPath, [compiledCli(), ...args], {
        TF_CLI_CONFIG_FILE: rc,
        CHECKPOINT_DISABLE: '1',
      });
      return { code, said: `${stdout} ${stderr}`.replace(/\s+/g, ' ') };
    };
    const inContainer = (file: string) => engine.docker('exec', 'dev-controller', 'cat', file);
    const certificate = () => readFileSync(join(host, 'cert/occtr_cert.pem'), 'utf8').trim();

    it('plans without a file on the host, applies, changes nothing twice, renews, and keeps the data', async () => {
      write();
      const plan = await run('plan', 'dev');
      expect(plan.said).toMatch(
        /its certificate is made, until \d{4}-\d\d-\d\d \(39[67] days\), because there is none yet/,
      );
      expect([plan.code, existsSync(host)]).toEqual([2, false]);
      const declined = await run('apply', 'dev');
      expect([declined.code, existsSync(host)]).toEqual([3, false]);
      const applied = await run('apply', 'dev', '--yes');
      expect(applied.said).toContain('docker exec dev-controller ./init.sh');
      expect(applied.code).toBe(0);
      expect(inContainer('/opt/occ/etc/httpd/ssl_conf/cert/occtr_cert.pem')).toBe(certificate());
      expect(inContainer('/opt/occ/env/occtr/docker/config/vpn_catalog.yml')).toContain('onpremises:');
      const second = await run('plan', 'dev');
      expect([second.code, second.said]).toEqual([0, expect.stringContaining('no changes')]);
      const first = certificate();
      write('  certificate: { san: [vcc.example.org] }\n');
      const renewal = await run('apply', 'dev', '--yes');
      expect(renewal.said).toContain('is REPLACED because of a new certificate');
      expect(renewal.said).toContain('because it is not for vcc.example.org');
      expect(certificate()).not.toBe(first);
      expect(inContainer('/opt/occ/etc/httpd/ssl_conf/cert/occtr_cert.pem')).toBe(certificate());
      expect((await run('plan', 'dev')).code).toBe(0);
      const destroyed = await run('destroy', 'dev', '--yes');
      expect(destroyed.said).toContain(`its data stay in ${join(host, 'volume')}`);
      expect(destroyed.code).toBe(0);
      expect(readdirSync(host).sort()).toEqual(['.env', 'config', 'volume']);
      expect(engine.docker('ps', '-aq')).toBe('');
    });
  });
});
