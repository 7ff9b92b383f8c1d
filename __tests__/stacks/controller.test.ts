import '../../stacks/fast-tokens';
import { CONTROLLER_CATALOG, LOCAL_CONTROLLER, PLAIN_CONTROLLER } from '../fixtures/controller-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { expectGolden } from '../support/golden';
import { addresses, only, type Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const LOCK = `version: 1
stacks:
  lab-controller: { kind: docker-controller, provider: docker, host: ssh://ubuntu@10.0.2.14:22, jump: admin@10.0.2.2:22, backend: local }
`;

const CATALOGS = { every: CONTROLLER_CATALOG, local: LOCAL_CONTROLLER, plain: PLAIN_CONTROLLER };

function stackOf(text: string, lock = 'version: 1\n'): Synthesized {
  const folder = temporaryFolder({ 'lab.yml': text, 'lab.lock.yml': lock });
  return synthesizedCatalog(folder, ['lab']).stacks['lab-controller'] as Synthesized;
}

/** A container by its address. */
const container = (stack: Synthesized, name: string): Record<string, unknown> =>
  (stack.resource.docker_container as Record<string, Record<string, unknown>>)[name] ?? {};

it.each(Object.entries(CATALOGS))('synthesizes the controller to a golden file: %s', (name, text) => {
  expectGolden(`controller-${name}.golden.json`, `${JSON.stringify(stackOf(text), null, 2)}\n`);
});

it('keeps every resource address: a change here replaces a controller', () => {
  const list = Object.entries(CATALOGS).flatMap(([name, text]) =>
    addresses(stackOf(text)).map((address) => `${name} ${address}`),
  );
  expectGolden('controller-addresses.golden.json', `${JSON.stringify(list.sort(), null, 2)}\n`);
});

it('has what is gone destroyed on the host that the lock file remembers', () => {
  const { resource, provider, variable, output } = stackOf("cci_version: '1.0'\n", LOCK) as Synthesized & {
    readonly variable?: unknown;
    readonly output?: unknown;
  };
  expect({ resource, provider, variable, output }).toEqual({
    provider: {
      docker: [{ host: 'ssh://ubuntu@10.0.2.14:22', ssh_opts: ['-F', '../../../out/lab/ssh/config'] }],
    },
  });
});

it('publishes its ports at the private address alone', () => {
  const { ports } = only(stackOf(PLAIN_CONTROLLER), 'docker_container') as {
    readonly ports: readonly { readonly ip: string; readonly external: number; readonly protocol: string }[];
  };
  expect(ports.map(({ ip, external, protocol }) => `${ip}:${external}/${protocol}`).sort()).toEqual([
    '10.0.2.15:443/tcp',
    '10.0.2.15:7373/tcp',
    '10.0.2.15:7947/tcp',
    '10.0.2.15:7947/udp',
    '10.0.2.15:8080/tcp',
    '10.0.2.15:8443/tcp',
  ]);
});

it('has no secret, and no reference to one: only where on the host a file is read', () => {
  const text = JSON.stringify(stackOf(CONTROLLER_CATALOG));
  expect(text).not.toMatch(/vault:\/\/|DB_PASSWORD|"PASSWORD/);
  expect(container(stackOf(CONTROLLER_CATALOG), 'Controller_Occtr')).toMatchObject({
    entrypoint: ['/bin/sh', '-c', 'set -a; . /run/kakehashi/environment; set +a; exec "$@"', 'sh'],
    command: ['/opt/occ/entrypoint.sh', 'a b', '%%{x}'],
    labels: expect.arrayContaining([{ label: 'kakehashi:secrets', value: '${var.secrets_version}' }]),
    mounts: expect.arrayContaining([
      {
        type: 'bind',
        source: '/srv/vcp/secrets/lab-controller.env',
        target: '/run/kakehashi/environment',
        read_only: true,
      },
    ]),
  });
});

it('leaves the entrypoint to the image where there are no secrets', () => {
  const { entrypoint, command, labels } = container(stackOf(PLAIN_CONTROLLER), 'Controller_Occtr');
  expect({ entrypoint, command, labels }).toEqual({
    entrypoint: undefined,
    command: undefined,
    labels: [
      { label: 'kakehashi:controller', value: 'lab' },
      { label: 'kakehashi:certificate', value: '${var.certificate.fingerprint}' },
      {
        label: 'kakehashi:mounts',
        value: [
          '/home/ubuntu/lab-controller/volume/opt/occ/var:/opt/occ/var',
          '/home/ubuntu/lab-controller/volume/opt/occ/.ssh:/opt/occ/.ssh',
          '/home/ubuntu/lab-controller/volume/opt/occ/vc:/opt/occ/vc',
          '/home/ubuntu/lab-controller/config:/opt/occ/env/occtr/docker/config:ro',
          '/home/ubuntu/lab-controller/cert:/opt/occ/etc/httpd/ssl_conf/cert:ro',
        ].join(','),
      },
    ],
  });
});

it('gives the notebook the authority where there is one, and no certificate that would replace it', () => {
  const notebook = (text: string) => container(stackOf(text), 'Controller_Notebook');
  const mounted = (text: string) =>
    (notebook(text).mounts as { readonly target: string }[]).map(({ target }) => target);
  const authority = '/usr/local/share/ca-certificates/vcp_ca.crt';
  expect(mounted(LOCAL_CONTROLLER)).toContain(authority);
  expect(mounted(LOCAL_CONTROLLER.replace(', ca: certs/ca.pem', ''))).not.toContain(authority);
  expect(JSON.stringify(notebook(LOCAL_CONTROLLER).labels)).not.toContain('kakehashi:certificate');
});

it('says where it is reached, when its certificate ends, and what is on the host', () => {
  const { output } = stackOf(CONTROLLER_CATALOG) as Synthesized & {
    readonly output?: { readonly controller: object };
  };
  expect(output?.controller).toEqual({
    value: {
      urls: {
        api: 'https://10.0.2.15:444',
        vault: 'https://10.0.2.15:8444',
        grafana: 'http://10.0.2.15:8081/grafana/',
      },
      certificate_end: '${var.certificate.end}',
      folders: { data: '/srv/vcp/volume', config: '/srv/vcp/config', cert: '/srv/vcp/cert' },
      containers: { occtr: 'lab-controller', jupyter: 'lab-controller-jupyter' },
    },
  });
});

it('has no path of this machine where folders are relative: the plan says it', () => {
  const stack = stackOf(LOCAL_CONTROLLER) as Synthesized & { readonly variable?: object };
  expect(Object.keys(stack.variable ?? {}).sort()).toEqual(['certificate', 'project_folder']);
  expect(JSON.stringify(container(stack, 'Controller_Occtr').mounts)).toContain(
    '"source":"${var.project_folder}/lab-controller/cert"',
  );
});
