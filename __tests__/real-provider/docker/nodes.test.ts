import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/catalog-folder';
import { compiledCli } from '../../support/compiled';
import { hasProgram } from '../../support/programs';
import { type Finished, Project } from '../../support/project';
import { DockerEngine, type Images, missingForEngine } from './engine';
import { mirrorOf, providerVersions } from './provider';

jest.setTimeout(600_000);

const versions = providerVersions();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...missingForEngine(),
  ...(versions.length > 0 ? [] : ['a real provider (KAKEHASHI_TEST_DOCKER_PROVIDER)']),
];
const title = 'the real Docker provider and a real engine';
const describeReal = missing.length === 0 ? describe : describe.skip;

describeReal(missing.length === 0 ? title : `${title} (skipped: ${missing.join(', ')} not here)`, () => {
  const engine = new DockerEngine();
  let images: Images;

  beforeAll(async () => {
    await engine.start();
    images = engine.makeImages();
    const saved = join(engine.folder, 'server.tar');
    engine.docker('save', '--output', saved, images.server);
  });

  afterEach(() => engine.clear());
  afterAll(() => engine.stop());

  const host = () => `{ here: { address: 'unix://${engine.socket}' } }`;

  const group = (name: string, keys: Readonly<Record<string, string>>): string =>
    `  ${name}:\n${Object.entries({ network: 'onpremises/default', hosts: host(), ...keys })
      .map(([key, value]) => `    ${key}: ${value}\n`)
      .join('')}`;

  const catalog = (...groups: readonly string[]): string =>
    `cci_version: '1.0'\nonpremises: { default: {} }\nnode_groups:\n${groups.join('')}`;

  const server = (keys: Readonly<Record<string, string>> = {}): string =>
    group('web', {
      image: `{ tar: server.tar, sha256: '${images.server}' }`,
      ports: "['18080:8080']",
      ...keys,
    });

  /** A project with one version of the provider. */
  class RealProject {
    readonly project = new Project({}, temporaryFolder());
    private readonly rc: string;

    constructor(version: string) {
      this.rc = mirrorOf(version, temporaryFolder());
      cpSync(join(engine.folder, 'server.tar'), join(this.project.folder, 'catalog/server.tar'));
    }

    write(text: string): void {
      this.project.write('catalog/dev.yml', text);
    }

    /** Runs the command; its lines, which are broken at a width, become one. */
    async kakehashi(...args: readonly string[]): Promise<Finished> {
      const { stdout, ...rest } = await this.project.run(process.execPath, [compiledCli(), ...args], {
        TF_CLI_CONFIG_FILE: this.rc,
        CHECKPOINT_DISABLE: '1',
      });
      return { ...rest, stdout: stdout.replace(/\s+/g, ' ') };
    }

    async apply(): Promise<Finished> {
      const done = await this.kakehashi('apply', 'dev', '--yes');
      if (done.code !== 0) throw new Error(`${done.stdout}\n${done.stderr}`);
      return done;
    }
  }

  const containers = () => engine.docker('ps', '-a', '--format', '{{.Names}} {{.State}}');
  const volumes = () => engine.docker('volume', 'ls', '--format', '{{.Name}}');

  // Without a provider, one that is not there is skipped.
  describe.each(versions.length === 0 ? ['none'] : versions)('version %s', (version) => {
    it('runs a container from a file, whose port answers; the second plan is empty; destroy leaves nothing', async () => {
      const real = new RealProject(version);
      engine.docker('rmi', '-f', images.server);
      real.write(
        catalog(
          server({
            volumes: '{ data: /data }',
            params: "{ v: ['/tmp:/host:ro'], e: ['A=b'] }",
            memory: '64',
            health: "[CMD, wget, -q, -O, /dev/null, 'http://127.0.0.1:8080/']",
            restart: 'always',
          }),
        ),
      );
      const applied = await real.apply();
      expect(applied.stdout).toContain('image server.tar is loaded on unix://');
      expect(engine.page(18080)).toBe('hello');
      expect(containers()).toBe('dev-web-here running');
      const plan = await real.kakehashi('plan', 'dev');
      expect(plan.stdout).toContain('no changes');
      expect(plan.code).toBe(0);
      expect(volumes()).toBe('dev-web-here-data');
      const destroyed = await real.kakehashi('destroy', 'dev', '--yes');
      expect(destroyed.code).toBe(0);
      const warns = destroyed.stderr.includes(
        `kreuzwerker/docker is locked at ${version}: a provider before 4.0 deletes`,
      );
      expect(warns).toBe(version.startsWith('3.'));
      expect([containers(), volumes()]).toEqual(['', '']);
    });

    it('replaces a container whose health check changes, keeps one that runs, and says of a stopped one what becomes of it', async () => {
      const real = new RealProject(version);
      real.write(catalog(server({ health: '[CMD, "true"]' })));
      await real.apply();
      const first = engine.docker('inspect', '--format', '{{.Id}}', 'dev-web-here');
      real.write(catalog(server({ health: '[CMD, echo, changed]' })));
      const changed = await real.apply();
      expect(changed.stdout).toContain('is REPLACED because of health');
      const check = '{{.Id}} {{json .Config.Healthcheck.Test}}';
      const [second, test] = engine.docker('inspect', '--format', check, 'dev-web-here').split(' ');
      expect(test).toBe('["CMD","echo","changed"]');
      expect(second).not.toBe(first);
      engine.docker('stop', '-t', '0', 'dev-web-here');
      const plan = await real.kakehashi('plan', 'dev');
      expect(plan.code).toBe(2);
      // The first trap: a provider before 4.0 deletes it at once, which its warning says.
      const isOld = version.startsWith('3.');
      expect(containers()).toBe(isOld ? '' : 'dev-web-here exited');
      // A stopped container has no published ports, so that the newer provider makes it anew instead of starting it.
      expect(plan.stdout).toContain(isOld ? 'is made' : 'is REPLACED because of ports');
      await real.apply();
      expect(containers()).toBe('dev-web-here running');
      await real.kakehashi('destroy', 'dev', '--yes');
      expect(containers()).toBe('');
    });

    it('says what is wrong: a taken volume, a taken port, an unhealthy container, one that ends, a daemon that is down', async () => {
      const real = new RealProject(version);
      engine.docker('volume', 'create', 'dev-web-here-data');
      real.write(catalog(server({ volumes: '{ data: /data }' })));
      const volume = await real.kakehashi('apply', 'dev', '--yes');
      expect(volume.stdout).toContain(
        'dev-nodes-web-here: the host has volume dev-web-here-data already, and not from here; the provider would take the volume over, and delete it later with what is in it',
      );
      expect(volume.code).toBe(1);
      expect(volumes()).toBe('dev-web-here-data');
      engine.docker('volume', 'rm', 'dev-web-here-data');

      engine.docker('run', '-d', '--name', 'other', '-p', '127.0.0.1:18080:8080', images.server);
      real.write(catalog(server()));
      const port = await real.kakehashi('apply', 'dev', '--yes');
      expect(port.code).toBe(1);
      expect(port.stdout).toContain('a port is taken on the host: ss -ltnp shows there by what');
      engine.docker('rm', '-f', 'other');
      await real.apply();
      expect(engine.page(18080)).toBe('hello');

      real.write(
        catalog(
          server({
            command: '[sh, -c, "echo no database; exec httpd -f -p 8080 -h /www"]',
            health: '{ test: [CMD, "false"], interval: 1s, retries: 1, wait: 15s }',
          }),
        ),
      );
      const unhealthy = await real.kakehashi('apply', 'dev', '--yes');
      expect(unhealthy.code).toBe(1);
      expect(unhealthy.stdout).toContain('the container runs, and its health check fails');
      expect(unhealthy.stdout).toContain('dev-web-here: unhealthy; the last lines of its log: | no database');

      real.write(catalog(server({ command: '["true"]', restart: "'no'" })));
      const ended = await real.kakehashi('apply', 'dev', '--yes');
      // The newer provider takes a container that ends for one that was made.
      const isOld = version.startsWith('3.');
      expect(ended.code).toBe(isOld ? 1 : 0);
      expect(ended.stdout.includes('the command of the container ended at once')).toBe(isOld);
      expect(ended.stdout.includes('dev-web-here: not on the host any more, and its log neither')).toBe(
        isOld,
      );

      await engine.halt();
      const down = await real.kakehashi('plan', 'dev');
      await engine.restart();
      expect(down.code).toBe(1);
      expect(down.stdout).toContain('does not answer; there: systemctl start docker');
      await real.kakehashi('destroy', 'dev', '--yes');
      expect([containers(), volumes()]).toEqual(['', '']);
    });
  });
});
