import type { ControllerContainer } from '../../../catalog/kinds/docker-controller/controller';
import { CONTROLLER_CATALOG, LOCAL_CONTROLLER, PLAIN_CONTROLLER } from '../../fixtures/controller-catalog';
import { web } from '../docker/catalog';
import { problemLines, tryLoad } from '../folder-of';
import { controllerCatalog as controller, DIGEST, withVault } from './catalog';

const loaded = (text: string, name = 'lab') => {
  const { loaded: all, problems } = tryLoad({ [`${name}.yml`]: text }, name);
  return { problems, controller: all?.catalog.kinds['docker-controller']?.controller, stacks: all?.stacks };
};

it('is a stack of its own, for which nothing waits and which waits for nothing', () => {
  const { problems, stacks, controller: read } = loaded(PLAIN_CONTROLLER);
  expect(problems).toEqual([]);
  expect(stacks).toMatchObject([
    {
      id: 'lab-controller',
      kind: 'docker-controller',
      place: { host: 'ssh://ubuntu@10.0.2.15:22' },
      members: ['controller'],
      requires: [],
    },
  ]);
  expect(read).toEqual({
    stack: 'lab-controller',
    host: { kind: 'ssh', login: { user: 'ubuntu', address: '10.0.2.15', port: 22 } },
    privateIpmask: { address: '10.0.2.15', prefix: 24 },
    bind: '10.0.2.15',
    ports: { api: 443, vault: 8443, grafana: 8080, serfRpc: 7373, serf: 7947, jupyter: 8888 },
    folders: {
      data: '/home/ubuntu/lab-controller/volume',
      config: '/home/ubuntu/lab-controller/config',
      cert: '/home/ubuntu/lab-controller/cert',
    },
    certificate: { mode: 'private-ca', days: 397, names: [] },
    timeZone: 'Asia/Tokyo',
    stopGraceSeconds: 60,
    occtr: {
      name: 'lab-controller',
      image: { reference: `harbor.vcloud.nii.ac.jp/vcp/occtr@sha256:${'d'.repeat(64)}` },
      environment: {
        VCP_VCC_PRIVATE_IPMASK: '10.0.2.15/24',
        VCP_OFFICIAL_REGISTRY_ADDRESS: 'harbor.vcloud.nii.ac.jp',
        CONSUL_BASE_URL: 'http://127.0.0.1:8500/v1/',
      },
      secrets: {},
      start: [],
    },
  });
});

const secretsOf = ({ secrets }: ControllerContainer) =>
  Object.fromEntries(Object.entries(secrets).map(([name, reference]) => [name, String(reference)]));

it('is all that its keys say', () => {
  const { problems, controller: read, stacks } = loaded(CONTROLLER_CATALOG);
  expect(problems).toEqual([]);
  expect(stacks?.[0]?.place).toEqual({
    host: 'ssh://ubuntu@10.0.2.15:22',
    jump: 'admin@bastion.example.org:22',
  });
  expect(read).toMatchObject({
    host: { jump: { user: 'admin', address: 'bastion.example.org', port: 22 } },
    bind: '0.0.0.0',
    ports: { api: 444, vault: 8444, grafana: 8081, serfRpc: 7374, serf: 7948, jupyter: 8889 },
    folders: { data: '/srv/vcp/volume', config: '/srv/vcp/config', cert: '/srv/vcp/cert' },
    certificate: { mode: 'private-ca', days: 90, names: ['vcc.example.org', '203.0.113.5'] },
    stopGraceSeconds: 120,
    occtr: {
      image: {
        reference: `harbor.example.org/vcp/occtr@sha256:${'d'.repeat(64)}`,
        registry: { address: 'harbor.example.org' },
      },
      environment: { VCP_OFFICIAL_REGISTRY_ADDRESS: 'harbor.example.org', LEVEL: '3', A: '${b}' },
      start: ['/opt/occ/entrypoint.sh', 'a b', '%{x}'],
    },
    jupyter: {
      name: 'lab-controller-jupyter',
      environment: { JUPYTER_PORT: '8888', LANG: 'ja_JP.UTF-8' },
      start: ['tini', '-g', '--', 'start-notebook.sh'],
    },
  });
  expect(read && secretsOf(read.occtr)).toEqual({ DB_PASSWORD: 'vault://secret/vcp/db' });
  expect(read?.jupyter && secretsOf(read.jupyter)).toEqual({ PASSWORD: 'vault://secret/vcp/notebook' });
});

it('is on the engine of this machine, with folders below that of the project, and the own certificate', () => {
  const { problems, controller: read } = loaded(LOCAL_CONTROLLER);
  expect(problems).toEqual([]);
  expect(read).toMatchObject({
    host: { kind: 'socket', path: '/var/run/docker.sock' },
    folders: { data: 'lab-controller/volume', config: 'lab-controller/config', cert: 'lab-controller/cert' },
    certificate: { mode: 'files', certificate: 'certs/vcc.pem', ca: 'certs/ca.pem' },
    jupyter: {
      image: { reference: `harbor.vcloud.nii.ac.jp/vcpjupyter/cloudop-notebook@sha256:${'e'.repeat(64)}` },
      secrets: {},
      start: [],
    },
  });
});

it.each([
  ['root', { host: 'ssh://root@10.0.2.15:20022' }, '/root/dev-controller/volume'],
  ['another folder, without what is doubled in it', { volumes: '{ data: /srv//vcp/./x/ }' }, '/srv/vcp/x'],
  ['a folder beside the project', { host: 'unix:///run/docker.sock', volumes: '{ data: ./a/b }' }, 'a/b'],
])('has the data of %s', (_, keys, folder) => {
  expect(loaded(controller(keys), 'dev').controller?.folders.data).toBe(folder);
});

it.each([
  ['the first and the last port', { ports: '{ api: 1, serf: 65535 }' }],
  ['one port for both protocols that are its own', { ports: '{ serf: 7947 }' }],
  ['the longest certificate', { certificate: '{ days: 825 }' }],
  ['the shortest', { certificate: '{ days: 1 }' }],
  ['the shortest grace', { stop_grace: '10s' }],
  ['the longest', { stop_grace: '10m' }],
  ['a zone without the tz database', { time_zone: 'JST-9' }],
  ['UTC', { time_zone: 'UTC' }],
  ['a release candidate', { version: '25.04.0-rc0' }],
  ['a version that could be a number', { version: '25.04' }],
  ['a private address of another card', { bind: '10.0.3.15' }],
  ['a port of the notebook that is not there', { ports: '{ jupyter: 443 }' }],
  ['the address that the site says', { private_ipmask: '10.0.2.15/24' }],
])('takes %s', (_, keys) => {
  expect(loaded(controller(keys), 'dev').problems).toEqual([]);
});

it('that exists already has no stack, whatever else is said of it', () => {
  const existing = controller({
    create: 'false',
    images: undefined,
    version: '26.10.0',
    ports: '{ api: 22 }',
  });
  expect(loaded(existing, 'dev')).toMatchObject({ problems: [], controller: undefined, stacks: [] });
});

const LOCK = `version: 1
stacks:
  dev-controller: { kind: docker-controller, provider: docker, host: ssh://ubuntu@10.0.2.14:22, backend: local }
`;

it('does not move to another host, where its data are not', () => {
  expect(problemLines({ 'dev.yml': controller(), 'dev.lock.yml': LOCK })).toEqual([
    'dev.yml:4:9-31 host-moved controller.host: must stay 10.0.2.14, where the lock file has dev-controller, got "10.0.2.15" | a controller does not move by itself, because its data stay behind: write create: false and apply, which removes the containers and keeps the data; copy /home/ubuntu/dev-controller/volume to the new host; then write the new host with create: true; if nothing of dev-controller was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
  ]);
  const login = LOCK.replace('ubuntu@10.0.2.14:22', 'root@10.0.2.15:20022');
  expect(problemLines({ 'dev.yml': controller(), 'dev.lock.yml': login })).toEqual([]);
});

it('that left the catalog is destroyed where the lock file has it, after all nodes', () => {
  const text = controller(
    {},
    'onpremises:\n  default: { private_network_ipmask: 10.0.2.0/24 }\nnode_groups:\n'.concat(web()),
  );
  const gone = tryLoad({ 'dev.yml': text.replace(/controller:\n( {2}.*\n)+/, ''), 'dev.lock.yml': LOCK });
  expect(gone.problems).toEqual([]);
  expect(gone.loaded?.stacks).toMatchObject([
    { id: 'dev-nodes-web-web1', gone: false },
    {
      id: 'dev-controller',
      gone: true,
      place: { host: 'ssh://ubuntu@10.0.2.14:22' },
      requires: ['dev-nodes-web-web1'],
    },
  ]);
  const { loaded: both } = tryLoad({ 'dev.yml': text });
  expect(both?.stacks).toMatchObject([
    { id: 'dev-nodes-web-web1', requires: [] },
    { id: 'dev-controller', requires: [], destroyedAfter: ['dev-nodes-web-web1'] },
  ]);
});

it('is one: a second environment says that it is there', () => {
  const two = (keys = {}) => ({ 'dev.yml': controller(), 'prod.yml': controller(keys) });
  expect(problemLines(two(), 'prod')).toEqual([
    'prod.yml:3:1-11 address-taken controller.ports.api: 443/tcp of the host is published by controller of dev already | write create: false in one of the two, where both are one controller',
  ]);
  expect(problemLines(two({ create: 'false' }), 'prod')).toEqual([]);
  const other = { host: 'unix:///var/run/docker.sock', private_ipmask: '10.0.2.16/24' };
  const local = controller({ ...other, private_ipmask: '10.0.2.17/24' }, '', '');
  expect(problemLines({ 'dev.yml': local, 'prod.yml': controller(other, '', '') }, 'prod')).toEqual([]);
});

it('has a group of nodes beside it, with ports of its own', () => {
  const onHost = web({ hosts: '{ web1: { address: 10.0.2.15 } }', ports: "['8081:80', '443:443/udp']" });
  const text = controller(
    {},
    `onpremises:\n  default: { private_network_ipmask: 10.0.2.0/24 }\nnode_groups:\n${onHost}`,
  );
  expect(problemLines({ 'dev.yml': text })).toEqual([]);
});

it('says of secrets in its own Vault that nobody reads them before it is there', () => {
  const own = controller(
    { environment: '{ A: vault://secret/a }', start: '[/entrypoint.sh]' },
    'vault: { address: https://10.0.2.15:8443 }\n',
  );
  expect(problemLines({ 'dev.yml': own })).toEqual([
    'dev.yml:3:1-11 warning claim-fails controller: its own Vault has variables of its environment: nobody reads them there before the controller runs, and after it was lost | keep them in another Vault',
  ]);
  expect(problemLines({ 'dev.yml': own.replace('8443 }', '8444 }') })).toEqual([]);
  expect(problemLines({ 'dev.yml': withVault({ images: `{ occtr: 'x/y@${DIGEST}' }` }) })).toEqual([]);
});
