import { base, web } from '../docker/catalog';
import { controllerCatalog as controller, DIGEST, withVault } from './catalog';

const ONPREMISES = 'onpremises:\n  default: { private_network_ipmask: 10.0.2.0/24 }\n';
const beside = (group: string, keys: Readonly<Record<string, string>> = {}) =>
  controller(keys, `${ONPREMISES}node_groups:\n${group}`);
const onHost = { hosts: '{ web1: { address: 10.0.2.15 } }' };

/** Each wrong controller, and exactly what is said about it. */
export const WRONG: readonly (readonly [name: string, text: string, problem: string])[] = [
  [
    'a section that is a text',
    "cci_version: '1.0'\ncontroller: ssh://ubuntu@10.0.2.15\n",
    'dev.yml:2:13-35 wrong-type controller: must be a map of keys, got "ssh://******@10.0.2.15"',
  ],
  [
    'no host',
    controller({ host: undefined }),
    'dev.yml:3:1-11 missing-key controller: key "host" is missing: the Docker host on which it runs',
  ],
  [
    'an address for a host',
    controller({ host: '10.0.2.15' }),
    'dev.yml:4:9-18 bad-value controller.host: must be ssh://user@host, ssh://user@host:port, or unix:///var/run/docker.sock for the engine of this machine, got "10.0.2.15"',
  ],
  [
    'the API over TCP',
    controller({ host: 'tcp://10.0.2.15:2375' }),
    'dev.yml:4:9-29 bad-value controller.host: must be ssh://user@host, ssh://user@host:port, or unix:///var/run/docker.sock for the engine of this machine, got "tcp://10.0.2.15:2375"',
  ],
  [
    'a host without a login',
    controller({ host: 'ssh://10.0.2.15' }),
    'dev.yml:4:9-24 bad-value controller.host: must be a login like admin@bastion.example.org:22, got "10.0.2.15"',
  ],
  [
    'a host with an option for a user',
    controller({ host: 'ssh://-oProxyCommand=x@10.0.2.15' }),
    'dev.yml:4:9-41 bad-value controller.host: must be a login like admin@bastion.example.org:22, got "-oProxyCommand=x@10.0.2.15"',
  ],
  [
    'a port of a host that is none',
    controller({ host: 'ssh://ubuntu@10.0.2.15:70000' }),
    'dev.yml:4:9-37 bad-value controller.host: must be a login like admin@bastion.example.org:22, got "ubuntu@10.0.2.15:70000"',
  ],
  [
    'a socket with blanks',
    controller({ host: "'unix:///var/run/my docker.sock'" }),
    'dev.yml:4:9-41 bad-value controller.host: must be ssh://user@host, ssh://user@host:port, or unix:///var/run/docker.sock for the engine of this machine, got "unix:///var/run/my docker.sock"',
  ],
  [
    'a jump host of an engine on this machine',
    controller({
      host: 'unix:///var/run/docker.sock',
      jump: 'admin@bastion.example.org',
    }),
    'dev.yml:7:3-7 incompatible controller.jump: is for a host that is reached over SSH; this one is the engine of this machine | remove it',
  ],
  [
    'a jump host that is the host',
    controller({ jump: 'admin@10.0.2.15' }),
    'dev.yml:7:9-24 incompatible controller.jump: the way through jump hosts comes back to 10.0.2.15 | name a host that is reached without this one',
  ],
  [
    'a jump host with an option',
    controller({ jump: '-oProxyCommand=x' }),
    'dev.yml:7:9-25 bad-value controller.jump: must be a login like admin@bastion.example.org:22, got "-oProxyCommand=x"',
  ],
  [
    'create that is no flag',
    controller({ create: 'no' }),
    'dev.yml:7:11-13 wrong-type controller.create: must be true or false, got "no" | write true or false, without quotes',
  ],
  [
    'no version',
    controller({ version: undefined }),
    'dev.yml:3:1-11 missing-key controller: key "version" is missing: its version: the tag of the image whose digest is in images',
  ],
  [
    'a version that is a word',
    controller({ version: 'latest' }),
    'dev.yml:5:12-18 bad-value controller.version: must be a version of the portable VC controller like 25.04.0, got "latest"',
  ],
  [
    'a version of several containers',
    controller({ version: '26.10.0' }),
    'dev.yml:5:12-19 not-built controller.version: from version 26 on the controller is several containers, which is not built yet | write a version before that, or create: false for a controller that is run in another way',
  ],
  [
    'no image',
    controller({ images: undefined }),
    'dev.yml:3:1-11 missing-key controller.images: key "occtr" is missing: the image by its digest, because a tag can be moved to another image | docker buildx imagetools inspect harbor.vcloud.nii.ac.jp/vcp/occtr:25.04.0 prints it: write images: { occtr: \'sha256:…\' }',
  ],
  [
    "no image in a registry of one's own",
    withVault({
      images: undefined,
      registry:
        '{ host: harbor.example.org, user: vault://secret/harbor/user, password: vault://secret/harbor/password }',
    }),
    'dev.yml:3:1-11 missing-key controller.images: key "occtr" is missing: the image by its digest, because a tag can be moved to another image | docker buildx imagetools inspect harbor.example.org/vcp/occtr:25.04.0 prints it: write images: { occtr: \'sha256:…\' }',
  ],
  [
    'a tag for an image',
    controller({ images: '{ occtr: harbor.vcloud.nii.ac.jp/vcp/occtr:25.04.0 }' }),
    'dev.yml:6:20-61 bad-value controller.images.occtr: must be a digest like sha256:… of vcp/occtr, or an image with its digest, got "harbor.vcloud.nii.ac.jp/vcp/occtr:25.04.0" | a tag can be moved to another image unseen; docker buildx imagetools inspect harbor.vcloud.nii.ac.jp/vcp/occtr:25.04.0 prints the digest',
  ],
  [
    'a digest that is too short',
    controller({ images: "{ occtr: 'sha256:abc' }" }),
    'dev.yml:6:20-32 bad-value controller.images.occtr: must be a container image like vcp/base:1.8.1-alpine3.13-x86_64, got "vcp/occtr@sha256:abc" | a digest is sha256: and 64 hexadecimal digits',
  ],
  [
    'a notebook without its image',
    controller({ jupyter: 'true' }),
    'dev.yml:6:3-9 missing-key controller.images: key "jupyter" is missing: the image by its digest, because a tag can be moved to another image | docker buildx imagetools inspect harbor.vcloud.nii.ac.jp/vcpjupyter/cloudop-notebook:TAG prints it: write images: { jupyter: \'sha256:…\' }',
  ],
  [
    'an image that is neither',
    controller({ images: `{ occtr: '${DIGEST}', nginx: '${DIGEST}' }` }),
    'dev.yml:6:95-100 unknown-key controller.images: unknown key "nginx"',
  ],
  [
    'a password of a registry',
    withVault({
      registry: '{ user: vault://secret/harbor/user, password: hunter2 }',
    }),
    'dev.yml:7:49-57 secret controller.registry.password: a credential never stands in a catalog | keep it in Vault and write vault://…',
  ],
  [
    'no address in the site',
    controller({}, '', ''),
    'dev.yml:2:1-11 missing-key controller: key "private_ipmask" is missing: the address at which nodes reach the controller | write private_ipmask: 10.0.2.15/24, or site: { controller: 10.0.2.15/24, … }',
  ],
  [
    'an address without a prefix length',
    controller({ private_ipmask: '10.0.2.15' }),
    'dev.yml:7:19-28 bad-value controller.private_ipmask: must be an IPv4 address with a prefix length like 10.0.2.15/24, got "10.0.2.15"; did you mean "10.0.2.15/32"?',
  ],
  [
    "an address that is not the site's",
    controller({ private_ipmask: '10.0.2.16/24' }),
    'dev.yml:7:19-31 site-differs controller.private_ipmask: must be 10.0.2.15/24, the controller of site, whom networks and tunnels let in, got "10.0.2.16/24" | remove it, or correct site.controller',
  ],
  [
    'the address of a network',
    controller({ private_ipmask: '10.0.2.0/24' }, '', ''),
    'dev.yml:6:19-30 reserved-address controller.private_ipmask: must be an address of a host of 10.0.2.0/24, got "10.0.2.0/24"',
  ],
  [
    'the broadcast address',
    controller({ private_ipmask: '10.0.2.255/24' }, '', ''),
    'dev.yml:6:19-32 reserved-address controller.private_ipmask: must be an address of a host of 10.0.2.0/24, got "10.0.2.255/24"',
  ],
  [
    'ports for everybody',
    controller({ bind: '0.0.0.0' }),
    "dev.yml:7:9-16 public-ingress controller.bind: publishes the API, Vault and Serf at every address of the host, past the host's own input rules | remove it, or write allow_public: and why that is right",
  ],
  [
    'ports for everybody without a word',
    controller({ bind: '0.0.0.0', allow_public: "' '" }),
    'dev.yml:8:17-20 bad-value controller.allow_public: must not be empty; a text is needed',
  ],
  [
    'a public address',
    controller({ bind: '203.0.113.5' }),
    "dev.yml:7:9-20 public-ingress controller.bind: publishes the API, Vault and Serf at 203.0.113.5, past the host's own input rules | remove it, or write allow_public: and why that is right",
  ],
  [
    'a public address of the site',
    controller({ private_ipmask: '203.0.113.5/24' }, '', ''),
    "dev.yml:2:1-11 public-ingress controller.bind: publishes the API, Vault and Serf at 203.0.113.5, past the host's own input rules | remove it, or write allow_public: and why that is right",
  ],
  [
    'a reason that nothing needs',
    controller({ allow_public: 'because' }),
    'dev.yml:7:3-15 incompatible controller.allow_public: is the reason for an address that the Internet may reach, and 10.0.2.15 is none | remove it',
  ],
  [
    'ports on loopback',
    controller({ bind: '127.0.0.1' }),
    'dev.yml:7:9-18 bad-value controller.bind: must be an address that nodes reach, which they do not on loopback, got "127.0.0.1" | remove it: the private address is taken',
  ],
  [
    'a name for an address',
    controller({ bind: 'vcc.example.org' }),
    'dev.yml:7:9-24 bad-value controller.bind: must be an IPv4 address, got "vcc.example.org"',
  ],
  [
    'port 0',
    controller({ ports: '{ api: 0 }' }),
    'dev.yml:7:17-18 bad-value controller.ports.api: must be a whole number from 1 to 65535, got 0',
  ],
  [
    'a port over 65535',
    controller({ ports: '{ serf: 65536 }' }),
    'dev.yml:7:18-23 bad-value controller.ports.serf: must be a whole number from 1 to 65535, got 65536',
  ],
  [
    'two ports that are one',
    controller({ ports: '{ vault: 443 }' }),
    'dev.yml:7:19-22 duplicate-value controller.ports.vault: 443 is the port of api already | choose another port',
  ],
  [
    'the port of the notebook for another',
    controller({
      ports: '{ grafana: 8888 }',
      jupyter: 'true',
      images: `{ occtr: '${DIGEST}', jupyter: '${DIGEST}' }`,
    }),
    'dev.yml:7:3-8 duplicate-value controller.ports.jupyter: 8888 is the port of grafana already | choose another port',
  ],
  [
    'the port of sshd',
    controller({ ports: '{ api: 22 }' }),
    "dev.yml:7:17-19 address-taken controller.ports.api: 22 is the port of the host's own sshd | choose another port",
  ],
  [
    'the port at which the host is reached',
    controller({
      host: 'ssh://ubuntu@10.0.2.15:2222',
      ports: '{ grafana: 2222 }',
    }),
    "dev.yml:7:21-25 address-taken controller.ports.grafana: 2222 is the port of the host's own sshd | choose another port",
  ],
  [
    'a port that is not published',
    controller({ ports: '{ consul: 8500 }' }),
    'dev.yml:7:12-18 unknown-key controller.ports: unknown key "consul"',
  ],
  [
    'a relative folder on a remote host',
    controller({ volumes: '{ data: ./volume }' }),
    'dev.yml:7:20-28 bad-value controller.volumes.data: must be an absolute path: the host is another machine, got "./volume" | write /srv/volume',
  ],
  [
    'a folder that climbs',
    controller({ volumes: '{ data: /srv/../etc }' }),
    'dev.yml:7:20-31 bad-value controller.volumes.data: must be an absolute path, or one that begins with ./, without .. and blanks, got "/srv/../etc"',
  ],
  [
    'a folder without ./',
    controller({ host: 'unix:///var/run/docker.sock', volumes: '{ data: volume }' }),
    'dev.yml:7:20-26 bad-value controller.volumes.data: must be an absolute path, or one that begins with ./, without .. and blanks, got "volume"',
  ],
  [
    'the root for a folder',
    controller({ volumes: '{ data: / }' }),
    'dev.yml:7:20-21 bad-value controller.volumes.data: must be an absolute path, or one that begins with ./, without .. and blanks, got "/"',
  ],
  [
    'a folder with a colon',
    controller({ volumes: "{ data: '/srv/vcp:rw' }" }),
    'dev.yml:7:20-33 bad-value controller.volumes.data: must be an absolute path, or one that begins with ./, without .. and blanks, got "/srv/vcp:rw"',
  ],
  [
    'a folder in another one',
    controller({ volumes: '{ data: /srv/vcp, cert: /srv/vcp/cert }' }),
    'dev.yml:7:36-49 incompatible controller.volumes.cert: /srv/vcp/cert and data, /srv/vcp, must not be in one another: each has owners and modes of its own | choose another folder',
  ],
  [
    'one folder for two',
    controller({ volumes: '{ config: /srv/vcp, cert: /srv/vcp }' }),
    'dev.yml:7:38-46 incompatible controller.volumes.cert: /srv/vcp and config, /srv/vcp, must not be in one another: each has owners and modes of its own | choose another folder',
  ],
  [
    'a folder that is that of the secrets',
    controller({ volumes: '{ data: /srv/secrets, cert: /srv/cert }' }),
    'dev.yml:7:40-49 incompatible controller.volumes.cert: the folder of secrets beside cert, /srv/secrets, and data, /srv/secrets, must not be in one another: each has owners and modes of its own | choose another folder',
  ],
  [
    'a notebook that is a word',
    controller({ jupyter: "'yes'" }),
    'dev.yml:7:12-17 wrong-type controller.jupyter: must be true, false or a map of keys, got "yes"',
  ],
  [
    'a mode of certificates that is none',
    controller({ certificate: '{ mode: acme }' }),
    'dev.yml:7:24-28 bad-value controller.certificate.mode: must be one of private-ca, files, got "acme"',
  ],
  [
    'a certificate for ever',
    controller({ certificate: '{ days: 826 }' }),
    'dev.yml:7:24-27 bad-value controller.certificate.days: must be a whole number from 1 to 825, got 826',
  ],
  [
    'a certificate for no day',
    controller({ certificate: '{ days: 0 }' }),
    'dev.yml:7:24-25 bad-value controller.certificate.days: must be a whole number from 1 to 825, got 0',
  ],
  [
    'a name that every certificate has',
    controller({ certificate: '{ san: [vcc.example.org, localhost] }' }),
    'dev.yml:7:41-50 duplicate-value controller.certificate.san[1]: every certificate has localhost | remove it',
  ],
  [
    'the private address among the names',
    controller({ certificate: '{ san: [10.0.2.15] }' }),
    'dev.yml:7:24-33 duplicate-value controller.certificate.san[0]: every certificate has 10.0.2.15 | remove it',
  ],
  [
    'a name twice',
    controller({ certificate: '{ san: [vcc.example.org, vcc.example.org] }' }),
    'dev.yml:7:41-56 duplicate-value controller.certificate.san[1]: "vcc.example.org" stands twice in the list',
  ],
  [
    'a name that is none',
    controller({ certificate: "{ san: ['https://vcc.example.org'] }" }),
    'dev.yml:7:24-49 bad-value controller.certificate.san[0]: must be a domain name like example.org, got "https://vcc.example.org"',
  ],
  [
    'an address among the names that is none',
    controller({ certificate: '{ san: [10.0.2.300] }' }),
    'dev.yml:7:24-34 bad-value controller.certificate.san[0]: must be an IPv4 address, got "10.0.2.300"',
  ],
  [
    "days of one's own certificate",
    withVault({
      certificate: '{ mode: files, days: 90, certificate: vcc.pem, key: vault://secret/vcc/key }',
    }),
    'dev.yml:7:31-35 incompatible controller.certificate.days: is for mode: private-ca | remove it, or write mode: private-ca',
  ],
  [
    "one's own certificate without its mode",
    controller({ certificate: '{ certificate: vcc.pem }' }),
    'dev.yml:7:18-29 incompatible controller.certificate.certificate: is for mode: files | remove it, or write mode: files',
  ],
  [
    "one's own certificate without a key",
    controller({ certificate: '{ mode: files, certificate: vcc.pem }' }),
    'dev.yml:7:3-14 missing-key controller.certificate: key "key" is missing: where its key is kept | write key: vault://secret/vcc/key',
  ],
  [
    "one's own mode without a certificate",
    withVault({
      certificate: '{ mode: files, key: vault://secret/vcc/key }',
    }),
    'dev.yml:7:3-14 missing-key controller.certificate: key "certificate" is missing: the certificate in PEM | write certificate: certs/vcc.pem',
  ],
  [
    'a file for a key',
    controller({ certificate: '{ mode: files, certificate: vcc.pem, key: vcc.key }' }),
    'dev.yml:7:53-56 secret controller.certificate.key: a key never stands in a catalog or in its folder | keep it in Vault and write vault://…',
  ],
  [
    'a certificate outside of the folder',
    withVault({
      certificate: '{ mode: files, certificate: ../vcc.pem, key: vault://secret/vcc/key }',
    }),
    'dev.yml:7:44-54 bad-value controller.certificate.certificate: must be a .pem, .crt or .cer file of the folder of catalogs like certs/vcc.pem, got "../vcc.pem"',
  ],
  [
    'a variable with a minus',
    controller({ environment: '{ A-B: 1 }' }),
    'dev.yml:7:18-21 bad-name controller.environment: a key must be a name of a letter or _ and up to 127 letters, digits and _, got "A-B"',
  ],
  [
    'a variable of several lines',
    controller({ environment: '{ A: "x\\ny" }' }),
    'dev.yml:7:21-27 bad-value controller.environment.A: must be one line; a text of one line, or vault://… is needed',
  ],
  [
    'a variable that is a flag',
    controller({ environment: '{ A: true }' }),
    "dev.yml:7:21-25 wrong-type controller.environment.A: must be a text of one line, or vault://…, as a text, got true | quote it: 'true'",
  ],
  [
    'a password among the variables',
    controller({ environment: '{ DB_PASSWORD: hunter2 }' }),
    'dev.yml:7:31-38 secret controller.environment.DB_PASSWORD: "DB_PASSWORD" looks like a credential, which never stands in a catalog | keep it in Vault and write DB_PASSWORD: vault://…',
  ],
  [
    'a key of AWS among the variables',
    controller({ environment: '{ A: AKIAIOSFODNN7EXAMPLE }' }),
    'dev.yml:7:21-41 secret controller.environment.A: "A" looks like a credential, which never stands in a catalog | keep it in Vault and write A: vault://…',
  ],
  [
    'a proxy with its password among the variables',
    controller({ environment: "{ HTTP_PROXY: 'http://ann:hunter2@proxy.example.org:3128' }" }),
    'dev.yml:7:30-73 secret controller.environment.HTTP_PROXY: "HTTP_PROXY" looks like a credential, which never stands in a catalog | keep it in Vault and write HTTP_PROXY: vault://…',
  ],
  [
    'the password of the notebook',
    controller({
      images: `{ occtr: '${DIGEST}', jupyter: '${DIGEST}' }`,
      jupyter: '{ environment: { PASSWORD: hunter2 } }',
    }),
    'dev.yml:7:39-46 secret controller.jupyter.environment.PASSWORD: "PASSWORD" looks like a credential, which never stands in a catalog | keep it in Vault and write PASSWORD: vault://…',
  ],
  [
    'a broken reference',
    withVault({ environment: '{ A: vault://secret }', start: '[/entrypoint.sh]' }),
    'dev.yml:7:21-35 bad-reference controller.environment.A: A must be a reference like vault://secret/db, got an engine without a path',
  ],
  [
    'a variable that another key says',
    controller({ environment: '{ TZ: Asia/Tokyo }' }),
    'dev.yml:7:18-20 refused-key controller.environment.TZ: is what time_zone says | remove it, and write time_zone where it is another',
  ],
  [
    'a secret without what is started',
    withVault({ environment: '{ A: vault://secret/a }' }),
    "dev.yml:7:18-19 missing-key controller.environment.A: key \"start\" is missing: A comes from a file that is read before the image's own entrypoint and command are started | docker image inspect --format '{{json .Config.Entrypoint}} {{json .Config.Cmd}}' IMAGE prints both: write start: [entrypoint…, command…]",
  ],
  [
    'a secret without a Vault',
    controller({ environment: '{ A: vault://secret/a }', start: '[/entrypoint.sh]' }),
    'dev.yml:7:18-19 missing-key controller.environment.A: key "vault" is missing: the server in which vault://secret/a is kept | write vault: { address: https://10.0.2.15:8443 }',
  ],
  [
    'what is started without a secret',
    controller({ start: '[/entrypoint.sh]' }),
    'dev.yml:7:3-8 incompatible controller.start: is for variables from Vault, of which the environment has none: the image is started as it says itself | remove it',
  ],
  [
    'a secret in what is started',
    withVault({
      environment: '{ A: vault://secret/a }',
      start: '[/entrypoint.sh, vault://secret/b]',
    }),
    'dev.yml:8:27-43 secret controller.start[1]: a secret would stand in the arguments of a process, where everybody on the host reads it | write it in environment',
  ],
  [
    'nothing that is started',
    withVault({ environment: '{ A: vault://secret/a }', start: '[]' }),
    'dev.yml:8:10-12 bad-value controller.start: must be a list of at least 1, got 0',
  ],
  [
    'a zone that is none',
    controller({ time_zone: 'Asia/Tokio' }),
    'dev.yml:7:14-24 bad-value controller.time_zone: must be a time zone like Asia/Tokyo, or JST-9 for an image without the tz database, got "Asia/Tokio"',
  ],
  [
    'a grace that is too short',
    controller({ stop_grace: '9s' }),
    'dev.yml:7:15-17 bad-value controller.stop_grace: must be a duration from 10s to 600s, got "9s"',
  ],
  [
    'a grace that is too long',
    controller({ stop_grace: '11m' }),
    'dev.yml:7:15-18 bad-value controller.stop_grace: must be a duration from 10s to 600s, got "11m"',
  ],
  [
    'a key that is none',
    controller({ image: 'vcp/occtr' }),
    'dev.yml:7:3-8 unknown-key controller: unknown key "image"; did you mean "images"?',
  ],
  [
    'a port of a node group on the host',
    beside(web({ ...onHost, ports: "['8443:443']" })),
    'dev.yml:3:1-11 address-taken controller.ports.vault: 8443/tcp of the host is published by node_groups.web already | choose another port',
  ],
  [
    'a base container on the host',
    beside(base(onHost)),
    "dev.yml:3:1-11 address-taken controller.ports.serf_rpc: 7373/tcp of the host is the base container's of node_groups.web, which has the network of the host | choose another host for one of the two",
  ],
  [
    'a base container on the host by another address',
    beside(base({ hosts: '{ web1: { address: 10.0.2.15 } }' }), { host: 'ssh://ubuntu@vcc.example.org' }),
    "dev.yml:3:1-11 address-taken controller.ports.serf_rpc: 7373/tcp of the host is the base container's of node_groups.web, which has the network of the host | choose another host for one of the two",
  ],
  [
    'another way to the host of a node group',
    beside(web({ hosts: '{ web1: { address: 10.0.2.15, jump: admin@10.0.2.2 } }' })),
    'dev.yml:3:1-11 incompatible controller.jump: must be admin@10.0.2.2:22, as in node_groups.web: a host is reached in one way, got none',
  ],
  [
    'a container of its name',
    beside(web({ hosts: '{ jupyter: { address: 10.0.2.15 } }' }, 'controller'), {
      images: `{ occtr: '${DIGEST}', jupyter: '${DIGEST}' }`,
      jupyter: 'true',
    }),
    'dev.yml:3:1-11 name-clash controller: its container would be dev-controller-jupyter, as that of node_groups.controller on the same host | give the group or its host another name',
  ],
];
