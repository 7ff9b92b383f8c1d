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

    kakehashi(...args: readonly string[]): Promise<Finished> {
      return this.project.run(process.execPath, [compiledCli(), ...args], {
        TF_CLI_CONFIG_FILE: this.rc,
        CHECKPOINT_DISABLE: '1',
      });
    }

    async apply(): Promise<Finished> {
      const done = await this.kakehashi('apply', 'dev', '--yes');
      if (done.code !== 0) throw new Error(`${done.stdout}\n${done.stderr}`);
      return done;
    }
  }

  const containers = () => engine.docker('ps', '-a', '--format', '{{.Names}} {{.State}}');
  const volumes = () => engine.docker('volume', 'ls', '--format', '{{.Name}}');

  describe.each(versions)('version %s', (version) => {
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
      expect(applied.stdout).toContain('image     server.tar is loaded on unix://');
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
  });
});
