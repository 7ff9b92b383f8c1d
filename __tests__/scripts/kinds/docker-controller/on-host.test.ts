import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { fixesText } from '../../../../base/fault';
import type { Loaded } from '../../../../catalog/environment/catalog';
import { complete } from '../../../../catalog/ground/complete';
import type { Stack } from '../../../../catalog/kinds/registry';
import type { VaultServer } from '../../../../sandbox/vault/http/server';
import { startVault } from '../../../../sandbox/vault/start-vault';
import { memoryStore } from '../../../../sandbox/vault/store/vault-store';
import { prepareSsh } from '../../../../scripts/kinds/docker/host-keys';
import { hostOf } from '../../../../scripts/kinds/docker/stacks';
import { checkController } from '../../../../scripts/kinds/docker-controller/checks';
import { PROCESSES } from '../../../../scripts/kinds/docker-controller/checks/processes-check';
import { disposeOfFiles } from '../../../../scripts/kinds/docker-controller/dispose';
import { handOver } from '../../../../scripts/kinds/docker-controller/hand-over';
import { installFiles } from '../../../../scripts/kinds/docker-controller/install';
import {
  certificateSentences,
  whyControllerStale,
} from '../../../../scripts/kinds/docker-controller/look-before';
import { controllerVariables } from '../../../../scripts/kinds/docker-controller/plan-variables';
import { ServerTimes } from '../../../../scripts/kinds/server-times';
import { Report } from '../../../../scripts/report/report';
import { Initializer } from '../../../../scripts/session/init';
import type { Session } from '../../../../scripts/session/session';
import { Vaults } from '../../../../scripts/session/vaults';
import type { ResourceChange } from '../../../../terraform/messages';
import { textsOf } from '../../../../terraform/plan/effect';
import { temporaryFolder } from '../../../support/catalog-folder';
import { loadedFrom } from '../../../support/loaded';
import { describeWith } from '../../../support/programs';
import { sessionIn } from '../../../support/session';
import { SshAgent } from '../../../support/ssh-agent';
import { SshServer } from '../../../support/ssh-server';
import { plain } from '../../../vault/servers';
import { makeAuthority, serverOf } from './pki';
import { StandInDocker } from './stand-in';

jest.setTimeout(120_000);

const ROOT = 'root-of-the-tests';
const NEW: readonly ResourceChange[] = [
  { address: 'docker_container.Controller_Occtr', resourceType: 'docker_container', action: 'replace' },
];

/** The same with the API at a port of this machine, which a catalog can't say. */
function onLoopback(loaded: Loaded, api: number): Loaded {
  const { kinds } = loaded.catalog;
  const { settings, controller } = complete(kinds['docker-controller']);
  const moved = { ...complete(controller), bind: '127.0.0.1', ports: { ...complete(controller).ports, api } };
  return {
    ...loaded,
    catalog: { ...loaded.catalog, kinds: { ...kinds, 'docker-controller': { settings, controller: moved } } },
  };
}

describeWith('sshd', "the controller's files on its host", () => {
  const docker = new StandInDocker();
  const server = new SshServer([`SetEnv PATH=${docker.bin}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`]);
  const agent = new SshAgent();
  let vault: VaultServer;

  const path = process.env.PATH;

  beforeAll(async () => {
    process.env.PATH = `${docker.bin}:${path}`;
    await server.start();
    await agent.start(server.folder, server.identity);
    vault = await startVault({ host: '127.0.0.1', port: 0, rootToken: ROOT, store: memoryStore() });
    const mount = { type: 'kv', options: { version: '2' } };
    await plain(
      { address: vault.address, rootToken: ROOT, close: async () => undefined },
      'POST',
      'sys/mounts/secret',
      { body: mount },
    );
  });
  afterAll(async () => {
    process.env.PATH = path;
    agent.stop();
    server.stop();
    await vault.close();
  });

  /** This machine's own engine takes less time than a host; what is asked of both is the same. */
  const LOCAL = 'unix:///var/run/docker.sock';
  const remote = () => `ssh://root@127.0.0.1:${server.port}`;

  /** An environment of its own with folders of its own on a host. */
  async function environment(
    more = '',
    { root = temporaryFolder(), host = temporaryFolder(), api = 0, url = LOCAL } = {},
  ) {
    const text = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
aws:
  default: { aws_region: ap-northeast-1, aws_vpc_subnet_id: subnet-0862300dba34162ed, aws_vpc_security_group_id: sg-0387934d3cd06946f }
controller:
  host: ${url}
  version: 23.04.0
  images: { occtr: 'sha256:${'a'.repeat(64)}' }
  volumes: { data: ${host}/volume, config: ${host}/config, cert: ${host}/cert }
${more}`;
    const loaded: Loaded = api === 0 ? loadedFrom(text) : onLoopback(loadedFrom(text), api);
    const stack = loaded.stacks.find(
      (one): one is Stack<'docker-controller'> => one.kind === 'docker-controller',
    );
    if (stack === undefined) throw new Error('no stack');
    const report = new Report({ json: false, color: false, level: 'warn', logFolder: join(root, 'logs') });
    const said: string[] = [];
    jest.spyOn(report, 'say').mockImplementation((line = '') => {
      said.push(line);
    });
    const vaults = new Vaults(report, new AbortController().signal, async () => ({
      address: vault.address,
      rootToken: ROOT,
    }));
    const session: Session = sessionIn(root, { report, vaults });
    mkdirSync(session.settings.catalogDirectory, { recursive: true });
    const at = hostOf(stack);
    if (at.kind === 'ssh') await prepareSsh(session, { all: [at], asked: [at] });
    const planning = {
      session,
      loaded,
      stack,
      initializer: new Initializer(session),
      newKeys: {},
      destroy: false,
    };
    const plan = async (destroy = false) => {
      const variables = await controllerVariables({ ...planning, destroy });
      const { fingerprint, end } = Object(JSON.parse(variables.TF_VAR_certificate ?? '{}'));
      return { variables, fingerprint: String(fingerprint), end: String(end) };
    };
    const sentences = async () =>
      textsOf(await certificateSentences({ session, loaded, stack, changes: async () => [] }));
    const entries = { aws: { default: { aws_region: 'ap-northeast-1' } } };
    const on = (name: string) => join(host, name);
    const read = (name: string) => readFileSync(on(name), 'utf8');
    return {
      root,
      host,
      session,
      said,
      plan,
      sentences,
      on,
      read,
      stale: () => whyControllerStale({ session, loaded, stack }),
      install: () => installFiles({ session, loaded, stack }),
      hand: (resources = NEW) => handOver({ session, loaded, stack, entries, resources }),
      dispose: () => disposeOfFiles({ session, loaded, stack, outputs: {} }),
      check: () =>
        checkController({
          loaded,
          simulated: false,
          variables: {},
          withheld: false,
          stop: session.stop,
          times: new ServerTimes(),
          processes: session.processes,
          folders: session.folders,
        }),
      state: (name: string) => join(session.folders.states, name),
    };
  }

  const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);

  it('are written by an apply alone; a plan waits with them in a private folder', async () => {
    const { plan, sentences, install, host, state, on, read } = await environment('', { url: remote() });
    const first = await plan();
    expect(readdirSync(host)).toEqual([]);
    expect((await plan()).fingerprint).toBe(first.fingerprint);
    expect([
      mode(state('controller')),
      mode(state('controller/occtr_key.pem')),
      mode(state('controller-ca.key')),
    ]).toEqual(['700', '600', '600']);
    expect(await sentences()).toEqual([
      expect.stringMatching(
        /^its certificate is made, until \d{4}-\d\d-\d\d \(39[67] days\), because there is none yet$/,
      ),
    ]);
    await install();
    const modes = [
      'cert',
      'cert/occtr_key.pem',
      'cert/occtr_cert.pem',
      'cert/ca.pem',
      'config',
      'volume/opt/occ/.ssh',
      '.env',
    ].map((name) => mode(on(name)));
    expect(modes).toEqual(['755', '600', '644', '644', '755', '700', '644']);
    expect(read('.env')).toBe(
      'VCP_VCC_PRIVATE_IPMASK=10.0.2.15/24\nVCP_OFFICIAL_REGISTRY_ADDRESS=harbor.vcloud.nii.ac.jp\n',
    );
    expect(existsSync(on('secrets'))).toBe(false);
    // The server's key is nowhere else any more.
    expect(readdirSync(state('controller'))).toEqual(['.gitignore']);
    const sums = spawnSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: on('cert') });
    const verified = spawnSync('openssl', ['verify', '-x509_strict', '-CAfile', 'ca.pem', 'occtr_cert.pem'], {
      cwd: on('cert'),
    });
    expect([sums.status, verified.status]).toEqual([0, 0]);
    const second = await plan();
    expect(second).toEqual(first);
    expect((await sentences())[0]).toMatch(/^its certificate stays, until /);
    await install();
    expect(readdirSync(on('cert')).sort()).toEqual([
      'SHA256SUMS',
      'ca.pem',
      'occtr_cert.pem',
      'occtr_key.pem',
    ]);
  });

  it('have a new certificate where names are added, where the key is another one, and where the authority is lost', async () => {
    const one = await environment();
    await one.plan();
    await one.install();
    const before = (await one.plan()).fingerprint;
    const named = await environment('  certificate: { san: [vcc.example.org] }\n', one);
    expect((await named.plan()).fingerprint).not.toBe(before);
    expect((await named.sentences())[0]).toContain('because it is not for vcc.example.org');
    expect((await one.plan()).fingerprint).toBe(before);
    writeFileSync(one.on('cert/occtr_key.pem'), 'another\n');
    await one.plan();
    expect((await one.sentences())[0]).toContain('because its private key is not there, or is another one');
    await one.install();
    const repaired = (await one.plan()).fingerprint;
    rmSync(one.state('controller-ca.key'));
    // Nothing has to be signed.
    expect((await one.plan()).fingerprint).toBe(repaired);
    await named.plan();
    expect(await named.sentences()).toEqual([
      expect.stringMatching(
        /because it is not for vcc\.example\.org; the key of its authority is not in .*controller-ca\.key$/,
      ),
      'it is from another authority: all clients, and the notebook, need the new ca.pem',
    ]);
    await named.install();
    expect((await named.hand([]))[0]?.steps).toEqual(['docker exec dev-controller ./init.sh']);
  });

  it('are not written without their plan', async () => {
    const { install, host, plan, state } = await environment();
    await expect(install()).rejects.toThrow(
      'dev-controller: what was planned for its host is not here any more: nothing was written to its host; plan it anew: kakehashi plan',
    );
    await plan();
    rmSync(state('controller/occtr_key.pem'));
    await expect(install()).rejects.toThrow('the certificate that was made for it is not here any more');
    expect(readdirSync(host)).toEqual([]);
  });

  it('are refused at a link, and nothing of them is written', async () => {
    const { install, host, plan, on } = await environment();
    await plan();
    mkdirSync(on('cert'));
    symlinkSync('/etc/passwd', on('cert/occtr_key.pem'));
    await expect(install()).rejects.toThrow(`${host}/cert/occtr_key.pem is a symbolic link`);
    expect(readdirSync(on('cert'))).toEqual(['occtr_key.pem']);
  });

  const SECRETS = `  environment: { TOKEN: 'vault://secret/vcc/token' }
  start: [/init]
vault:
  address: https://vault.example.org:8200
  mounts: { secret: { version: 2 } }
`;
  const store = (name: string, value: string) =>
    plain(
      { address: vault.address, rootToken: ROOT, close: async () => undefined },
      'POST',
      `secret/data/${name}`,
      {
        body: { data: { value } },
      },
    );

  it('have the values of secrets, with another version for other values, and the authority is in Vault', async () => {
    const { plan, install, read, on, state, session } = await environment(SECRETS);
    await store('vcc/token', "it's a CANARY");
    const first = await plan();
    const version = first.variables.TF_VAR_secrets_version ?? '';
    expect(version).toMatch(/^[0-9a-f]{32}$/);
    expect(existsSync(state('controller-ca.key'))).toBe(true);
    await install();
    expect(read('secrets/dev-controller.env')).toBe("TOKEN='it'\\''s a CANARY'\n");
    expect(
      ['secrets', 'secrets/dev-controller.env', 'secrets/version'].map((name) => mode(on(name))),
    ).toEqual(['700', '600', '600']);
    expect(existsSync(state('controller-ca.key'))).toBe(false);
    expect((await plan()).variables).toEqual(first.variables);
    await store('vcc/token', 'another CANARY');
    // What was planned for the values before must not be applied.
    await expect(install()).rejects.toThrow('a secret has another value in Vault since then');
    const second = await plan();
    expect(second.variables.TF_VAR_secrets_version).not.toBe(version);
    expect(second.fingerprint).toBe(first.fingerprint);
    await install();
    expect(read('secrets/dev-controller.env')).toBe("TOKEN='another CANARY'\n");
    const all = readdirSync(session.folders.states, { recursive: true, encoding: 'utf8' });
    const texts = all
      .map((name) => join(session.folders.states, name))
      .filter((file) => statSync(file).isFile());
    expect(texts.filter((file) => /CANARY|PRIVATE KEY/.test(readFileSync(file, 'utf8')))).toEqual([]);
    expect(session.report.log.masks.mask('x another CANARY y')).toBe('x (sensitive) y');
  });

  it('have the entries, with what others wrote there, and the former file beside them', async () => {
    const { plan, install, hand, read, on, said } = await environment();
    await plan();
    await install();
    expect(await hand()).toEqual([{ host: LOCAL, steps: ['docker exec dev-controller ./init.sh'] }]);
    const written = read('config/vpn_catalog.yml');
    expect(written).toContain('aws_region: ap-northeast-1');
    expect(read('config/vcp_config.yml')).toContain('host: "10.0.2.15"');
    said.length = 0;
    expect(await hand([])).toEqual([]);
    expect(said.join('\n')).toContain('its files are as the catalog says');
    expect(said.join('\n')).toMatch(/certificate until \d{4}-\d\d-\d\d \(39[67] days\)/);
    const lab = '  # by Ken\n  lab:\n    aws_region: us-west-2\n';
    writeFileSync(on('config/vpn_catalog.yml'), `${written.replace('ap-northeast-1', 'eu-west-1')}${lab}`);
    expect(await hand([])).toHaveLength(1);
    expect(read('config/vpn_catalog.yml')).toBe(`${written}${lab}`);
    expect(read('config/vpn_catalog.yml.former')).toContain('eu-west-1');
    expect(said.join('\n')).toContain('kept, not of this catalog: aws/lab');
  });

  it('are not written over files in which something would be lost', async () => {
    const { plan, install, hand, read, on } = await environment();
    await plan();
    await install();
    for (const [name, text, words] of [
      ['vpn_catalog.yml', 'site: {}\n', 'is a catalog of its own: it has "site"'],
      ['vpn_catalog.yml', 'aws:\n\tdefault: {}\n', 'is no YAML that can be updated'],
      ['vpn_catalog.yml', 'aws: { default: { create: {} } }\n', 'is a catalog of its own: it has "create"'],
      [
        'vcp_config.yml',
        'aws:\n  secret_key: CANARY\n',
        'has a value in aws.secret_key that is no vault:// reference',
      ],
      ['vcp_config.yml', 'site: {}\n', 'is a catalog: it has "site"; move it away'],
    ] as const) {
      writeFileSync(on(`config/${name}`), text);
      const refused = hand();
      await expect(refused).rejects.toThrow(`config/${name}: not written: it ${words}`);
      await expect(refused).rejects.not.toThrow('CANARY');
      expect(read(`config/${name}`)).toBe(text);
      expect(readdirSync(on('config'))).toEqual([name]);
      rmSync(on(`config/${name}`));
    }
  });

  it("have the user's own certificate, with the key from Vault, and another one when its file changes", async () => {
    const authority = await makeAuthority('institution', new Date());
    const own = await serverOf(authority, { names: ['10.0.2.15'], now: new Date() });
    const next = await serverOf(authority, { names: ['10.0.2.15'], days: 20, now: new Date() });
    const root = temporaryFolder();
    const files = `  certificate: { mode: files, certificate: certs/vcc.pem, key: 'vault://secret/vcc/key', ca: certs/ca.pem }
vault:
  address: https://vault.example.org:8200
  mounts: { secret: { version: 2 } }
`;
    const { plan, install, read, hand, session, stale, said } = await environment(files, { root });
    const write = (name: string, text: string) => {
      mkdirSync(join(session.settings.catalogDirectory, 'certs'), { recursive: true });
      writeFileSync(join(session.settings.catalogDirectory, 'certs', name), text);
    };
    write('vcc.pem', own.certificate.pem);
    write('ca.pem', authority.certificate.pem);
    await store('vcc/key', next.key);
    await expect(plan()).rejects.toThrow('vault://secret/vcc/key: is not the private key of the certificate');
    await store('vcc/key', own.key);
    expect((await plan()).fingerprint).toBe(own.certificate.fingerprint);
    await install();
    expect(['occtr_cert.pem', 'occtr_key.pem', 'ca.pem'].map((name) => read(`cert/${name}`))).toEqual([
      own.certificate.pem,
      own.key,
      authority.certificate.pem,
    ]);
    expect([await plan(), stale()]).toEqual([
      expect.objectContaining({ fingerprint: own.certificate.fingerprint }),
      undefined,
    ]);
    write('vcc.pem', next.certificate.pem);
    expect(stale()).toBe('certs/vcc.pem is another one');
    await store('vcc/key', next.key);
    const notes = jest.spyOn(session.report, 'note').mockImplementation(() => undefined);
    expect((await plan()).fingerprint).toBe(next.certificate.fingerprint);
    expect(notes.mock.calls).toEqual([
      ['warn', expect.stringMatching(/^certs\/vcc\.pem: ends in (19|20) days; order a new one$/)],
    ]);
    await install();
    expect(read('cert/occtr_key.pem')).toBe(next.key);
    await hand();
    expect(said.join('\n')).toContain('certificate until');
  });

  it("keep the user's own lines of .env", async () => {
    const { plan, install, read, on } = await environment();
    writeFileSync(on('.env'), '# mine\nTAG=23.04.0\nVCP_VCC_PRIVATE_IPMASK=10.9.9.9/24\n');
    await plan();
    await install();
    expect(read('.env')).toBe(
      '# mine\nTAG=23.04.0\nVCP_VCC_PRIVATE_IPMASK=10.0.2.15/24\nVCP_OFFICIAL_REGISTRY_ADDRESS=harbor.vcloud.nii.ac.jp\n',
    );
    expect(read('.env.former')).toContain('10.9.9.9');
  });

  it('go with the controller, but for its data and what others put there', async () => {
    const { plan, install, dispose, hand, on, state } = await environment(SECRETS, { url: remote() });
    await store('vcc/token', 'x');
    await plan();
    await install();
    await hand();
    writeFileSync(on('volume/kept'), 'data');
    const gone = await plan(true);
    expect([gone.fingerprint, gone.end, gone.variables.TF_VAR_secrets_version]).toEqual(['', '', '']);
    expect(await dispose()).toEqual([
      `dev-controller: certificate and secrets are removed from ${remote()}; its data stay in ${on('volume')}, its files in ${on('config')}`,
      `  to delete what its Vault, its users and its nodes' keys are in, for good, there as root: rm -r -- ${on('volume')}`,
    ]);
    expect(['cert', 'secrets'].map((name) => existsSync(on(name)))).toEqual([false, false]);
    expect(['volume/kept', 'config/vpn_catalog.yml', '.env'].map((name) => existsSync(on(name)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(readdirSync(state('controller'))).toEqual(['.gitignore']);
  });

  describe('as doctor sees them', () => {
    const container = 'dev-controller';
    const running = `container inspect --format {{.State.Running}} ${container}`;
    const status = (wrong: Readonly<Record<string, string>> = {}) =>
      PROCESSES.filter((name) => wrong[name] !== '')
        .map((name) => `${name.padEnd(32)} ${wrong[name] ?? 'RUNNING'}   pid 1, uptime 1:00:00`)
        .join('\n');
    let found: () => Promise<readonly string[]>;
    const listening: Server[] = [];

    /** A port with TLS that shows this certificate. */
    const shown = async (cert: string, key: string) => {
      const one = createServer({ cert, key }, (socket) => socket.end());
      listening.push(one);
      await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
      return Number(Object(one.address()).port);
    };

    afterAll(() => {
      for (const one of listening) one.close();
    });

    beforeAll(async () => {
      const first = await environment();
      await first.plan();
      await first.install();
      const api = await shown(first.read('cert/occtr_cert.pem'), first.read('cert/occtr_key.pem'));
      const { plan, install, check } = await environment('', {
        root: first.root,
        host: first.host,
        api,
      });
      await plan();
      await install();
      docker.answers('info --format {{.DockerRootDir}}', '/\n');
      found = async () =>
        (await check()).map(
          ({ verdict, subject, found: what, fixes }) =>
            `${verdict} ${subject}: ${what}${fixes.length > 0 ? `; ${fixesText(fixes)}` : ''}`,
        );
    });
    beforeEach(() => {
      docker.answers(running, 'true\n');
      docker.answers(`exec ${container} supervisorctl status`, status());
      docker.answers('version --format {{.Server.Version}}', '27.3.1\n');
    });

    it('are in order', async () => {
      const all = await found();
      expect(all.filter((line) => line.startsWith('failed') && !line.includes('ports'))).toEqual([]);
      expect(all).toContainEqual(
        expect.stringMatching(/^passed 127\.0\.0\.1:\d+: shows the same certificate, until 20/),
      );
      expect(all).toContainEqual('passed dev-controller processes: all 12 are RUNNING');
      expect(all).toContainEqual(
        expect.stringMatching(/^passed .*occtr_cert\.pem: until 20\d\d-\d\d-\d\d: ends in 39[67] days$/),
      );
      expect(all).toContainEqual(expect.stringMatching(/GB free for data/));
    });

    it.each<[string, () => void, RegExp]>([
      [
        'a process that ended',
        () => docker.answers(`exec ${container} supervisorctl status`, status({ vault: 'FATAL' }), 3),
        /^failed dev-controller vault: must be RUNNING, is FATAL; there: docker exec dev-controller supervisorctl restart vault;/,
      ],
      [
        'a process that is not there',
        () => docker.answers(`exec ${container} supervisorctl status`, status({ serf: '' })),
        /^failed dev-controller serf: must be RUNNING, is not there; there: docker exec dev-controller \.\/init\.sh$/,
      ],
      [
        'a container without supervisord',
        () =>
          docker.answers(
            `exec ${container} supervisorctl status`,
            'unix:///run/supervisor.sock no such file',
            4,
          ),
        /^failed dev-controller processes: supervisorctl says nothing of them: unix:.*; there: docker logs dev-controller/,
      ],
      [
        'a container that does not run',
        () => docker.answers(running, 'false\n'),
        /^noted dev-controller: does not run$/,
      ],
      [
        'an old engine',
        () => docker.answers('version --format {{.Server.Version}}', '20.9.1\n'),
        /^failed unix:.*: Docker 20\.9\.1: the controller needs 20\.10 or newer; install a newer one there$/,
      ],
      [
        'ports that are closed',
        () => undefined,
        /^failed 127\.0\.0\.1 ports: not open on the host: .*8443.*; there: docker port dev-controller/,
      ],
    ])('%s is found, with what to do', async (_, change, line) => {
      change();
      expect(await found()).toContainEqual(expect.stringMatching(line));
    });
  });
});
