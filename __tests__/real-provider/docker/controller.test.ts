import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/catalog-folder';
import { compiled } from '../../support/compiled';
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
const title = 'a controller by the real Docker provider on a real engine';
const describeReal = missing.length === 0 ? describe : describe.skip;

const PRIVATE = '10.0.2.15';

/** Listens where the controller's processes do. */
const LISTEN = 'for p in 443 8443 3000; do httpd -p $p -h /www; done; exec httpd -f -p 7373 -h /www';

describeReal(missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not here)`, () => {
  const engine = new DockerEngine();
  let registry: ImageRegistry;

  beforeAll(async () => {
    await engine.start();
    engine.inside('ip', 'addr', 'add', `${PRIVATE}/24`, 'dev', 'lo');
    registry = ImageRegistry.start(
      engine.namespace,
      { address: '127.0.0.1', port: 5000 },
      engine.makeRoot(),
      {
        Cmd: ['sh', '-c', LISTEN],
        Env: ['PATH=/bin'],
      },
    );
  });
  afterEach(() => {
    engine.clear();
    engine.docker('network', 'prune', '-f');
  });
  afterAll(async () => {
    registry.stop();
    await engine.stop();
  });

  /** A project whose stack is worked on by Terraform alone, as bare cdktf would. */
  class RealStack {
    readonly project = new Project({}, temporaryFolder());
    readonly folder = join(this.project.folder, 'cdktf.out/stacks/dev-controller');
    private readonly rc: string;

    constructor(version: string) {
      this.rc = mirrorOf(version, temporaryFolder());
      for (const part of ['var', '.ssh', 'vc']) this.mkdir(`volume/opt/occ/${part}`);
      for (const part of ['config', 'cert', 'secrets']) this.mkdir(part);
    }

    mkdir(name: string): void {
      mkdirSync(join(this.project.folder, name), { recursive: true });
    }

    write(more: string): void {
      this.project.write(
        'catalog/dev.yml',
        `cci_version: '1.0'
site: { controller: ${PRIVATE}/24, public_ip: 198.51.100.10 }
vault: { address: https://vault.example.org:8200 }
controller:
  host: unix://${engine.socket}
  version: 25.04.0
  images: { occtr: '127.0.0.1:5000/vcp/occtr@${registry.digest}' }
  volumes: { data: ./volume, config: ./config, cert: ./cert }
  stop_grace: 10s
${more}`,
      );
    }

    async terraform(
      fingerprint: string,
      ...args: readonly string[]
    ): Promise<{ code: number; said: string }> {
      await this.project.run(process.execPath, [compiled('stacks/main.js')], { KAKEHASHI_ENV: 'dev' });
      const variables = {
        TF_CLI_CONFIG_FILE: this.rc,
        CHECKPOINT_DISABLE: '1',
        TF_VAR_certificate: JSON.stringify({ fingerprint, end: '2027-12-31T00:00:00Z' }),
        TF_VAR_project_folder: this.project.folder,
        TF_VAR_secrets_version: 'v1',
      };
      const run = (...own: readonly string[]) =>
        this.project.run('terraform', [`-chdir=${this.folder}`, ...own], variables);
      await run('init', '-input=false');
      const { code, stdout, stderr } = await run(...args);
      return { code: code ?? 1, said: `${stdout}\n${stderr}` };
    }
  }

  const id = () => engine.docker('inspect', '--format', '{{.Id}}', 'dev-controller');
  const answers = (address: string, port: number): boolean => {
    try {
      return (
        engine.inside('busybox', 'wget', '-q', '-O', '-', `http://${address}:${port}/`).trim() === 'hello'
      );
    } catch {
      return false;
    }
  };

  describe.each(versions.length === 0 ? ['none'] : versions)('version %s', (version) => {
    it('publishes its ports at the private address alone, changes nothing twice, is new with a new certificate, and leaves nothing', async () => {
      const stack = new RealStack(version);
      stack.write('');
      const applied = await stack.terraform('one', 'apply', '-auto-approve', '-no-color');
      expect(applied.said).toContain('Apply complete! Resources: 3 added');
      const ports = [443, 8443, 8080, 7373];
      expect(ports.map((port) => answers(PRIVATE, port))).toEqual([true, true, true, true]);
      expect(ports.map((port) => answers('127.0.0.1', port))).toEqual([false, false, false, false]);
      const second = await stack.terraform('one', 'plan', '-detailed-exitcode', '-no-color');
      expect(second.said).toContain('No changes.');
      const first = id();
      const renewed = await stack.terraform('two', 'apply', '-auto-approve', '-no-color');
      expect(renewed.said).toContain('1 added, 0 changed, 1 destroyed');
      expect(id()).not.toBe(first);
      const destroyed = await stack.terraform('two', 'destroy', '-auto-approve', '-no-color');
      expect(destroyed.code).toBe(0);
      expect(engine.docker('ps', '-aq')).toBe('');
      expect(engine.docker('network', 'ls', '--format', '{{.Name}}').split('\n').sort()).toEqual([
        'bridge',
        'host',
        'none',
      ]);
    });

    it('reads secrets from a file of the host, which no description of the container has', async () => {
      const stack = new RealStack(version);
      const secret = `a'b"c $HOME \`x\` \\ %{y} 日本`;
      const file = join(stack.project.folder, 'secrets/dev-controller.env');
      writeFileSync(file, `TOKEN='${secret.replaceAll("'", "'\\''")}'\n`, { mode: 0o600 });
      stack.write(
        `  environment: { TOKEN: vault://secret/vcp/token, PLAIN: '\${x}' }\n  start: [sh, -c, 'echo -n "$PLAIN $TOKEN" > /opt/occ/var/seen; ${LISTEN}']\n`,
      );
      const applied = await stack.terraform('one', 'apply', '-auto-approve', '-no-color');
      expect(applied.said).toContain('Apply complete! Resources: 3 added');
      expect(answers(PRIVATE, 443)).toBe(true);
      expect(readFileSync(join(stack.project.folder, 'volume/opt/occ/var/seen'), 'utf8')).toBe(
        `\${x} ${secret}`,
      );
      expect(engine.docker('inspect', 'dev-controller')).not.toContain('$HOME');
      expect(
        readFileSync(join(stack.project.folder, 'state/dev/dev-controller.tfstate'), 'utf8'),
      ).not.toContain('$HOME');
      const second = await stack.terraform('one', 'plan', '-detailed-exitcode', '-no-color');
      expect(second.said).toContain('No changes.');
      await stack.terraform('one', 'destroy', '-auto-approve', '-no-color');
    });

    it('is new with another folder: by its label, because the provider would change a mount in place, and the engine keeps the old one', async () => {
      const stack = new RealStack(version);
      stack.write('');
      await stack.terraform('one', 'apply', '-auto-approve', '-no-color');
      stack.mkdir('other');
      stack.project.edit('catalog/dev.yml', './config', './other');
      const applied = await stack.terraform('one', 'apply', '-auto-approve', '-no-color');
      expect(applied.said).toContain('1 added, 0 changed, 1 destroyed');
      expect(engine.docker('inspect', '--format', '{{json .Mounts}}', 'dev-controller')).toContain(
        join(stack.project.folder, 'other'),
      );
      const second = await stack.terraform('one', 'plan', '-detailed-exitcode', '-no-color');
      expect(second.said).toContain('No changes.');
      await stack.terraform('one', 'destroy', '-auto-approve', '-no-color');
    });

    it('is refused where a folder is not there, which the engine would otherwise make', async () => {
      const stack = new RealStack(version);
      stack.write('');
      stack.project.write(
        'catalog/dev.yml',
        stack.project.read('catalog/dev.yml').replace('./cert', './nowhere/cert'),
      );
      const { code, said } = await stack.terraform('one', 'apply', '-auto-approve', '-no-color');
      expect(code).toBe(1);
      expect(said).toContain('bind source path does not exist');
      await stack.terraform('one', 'destroy', '-auto-approve', '-no-color');
    });
  });
});
