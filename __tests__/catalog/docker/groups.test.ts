import { problemLines, tryLoad } from '../folder-of';
import { base, dockerCatalog, IMAGE, KEY, WEB, web } from './catalog';

const two = (one: string, other: string) => one + other;
const without = (text: string, key: string) => text.replace(new RegExp(`    ${key}:.*\\n`), '');
const provider = (text: string) => dockerCatalog(web(), `providers: { docker: ${text} }\n`);

/** Each wrong group, and exactly what is said about it. */
const WRONG: readonly (readonly [name: string, text: string, problem: string])[] = [
  [
    'no hosts',
    dockerCatalog(without(web(), 'hosts')),
    'dev.yml:6:3-6 missing-key node_groups.web: key "hosts" is missing: the Docker hosts of the group | write hosts: { web1: { address: 10.0.2.31, user: ubuntu } }',
  ],
  [
    'no host in hosts',
    dockerCatalog(web({ hosts: '{}' })),
    'dev.yml:8:12-14 bad-value node_groups.web.hosts: must name a host | write hosts: { web1: { address: 10.0.2.31, user: ubuntu } }',
  ],
  [
    'hosts in both forms',
    dockerCatalog(web({ ip_address_list: '[10.0.2.31]' })),
    'dev.yml:10:5-20 incompatible node_groups.web.ip_address_list: says the same as hosts | remove one of the two',
  ],
  [
    'a user beside hosts',
    dockerCatalog(web({ user_name: 'ubuntu' })),
    'dev.yml:10:5-14 incompatible node_groups.web.user_name: is the user of ip_address_list | write user in each of hosts',
  ],
  [
    'another number of nodes',
    dockerCatalog(web({ num_nodes: '2' })),
    'dev.yml:10:16-17 bad-value node_groups.web.num_nodes: must be the number of hosts, 1, got 2 | remove it',
  ],
  [
    'a host without an address',
    dockerCatalog(web({ hosts: '{ web1: { user: root } }' })),
    'dev.yml:8:14-18 missing-key node_groups.web.hosts.web1: key "address" is missing: private address, or unix:///var/run/docker.sock for the engine of this machine',
  ],
  [
    'a name for an address',
    dockerCatalog(web({ hosts: '{ web1: { address: web1.example.org } }' })),
    'dev.yml:8:31-47 bad-value node_groups.web.hosts.web1.address: must be an IPv4 address, got "web1.example.org"',
  ],
  [
    'the API over TCP',
    dockerCatalog(web({ hosts: "{ web1: { address: 'tcp://10.0.2.31:2375' } }" })),
    'dev.yml:8:31-53 bad-value node_groups.web.hosts.web1.address: must be an IPv4 address, or unix:///var/run/docker.sock for the engine of this machine, got "tcp://10.0.2.31:2375"',
  ],
  [
    'a broken address among others',
    dockerCatalog(without(web({ ip_address_list: '[10.0.2.31, 10.0.2.999]' }), 'hosts')),
    'dev.yml:9:34-44 bad-value node_groups.web.ip_address_list[1]: must be an IPv4 address, got "10.0.2.999"',
  ],
  [
    'an address outside of the network',
    dockerCatalog(web({ hosts: '{ web1: { address: 10.0.3.31 } }' })),
    'dev.yml:8:31-40 subnet-outside node_groups.web.hosts.web1.address: must be an address of 10.0.2.0/24, the network of onpremises/default, got "10.0.3.31"',
  ],
  [
    'a host twice',
    dockerCatalog(web({ hosts: '{ web1: { address: 10.0.2.31 }, web2: { address: 10.0.2.31, port: 22 } }' })),
    'dev.yml:8:61-70 address-taken node_groups.web.hosts.web2.address: 10.0.2.31 is the host web1 already | remove one of the two',
  ],
  [
    'a name of a host with a capital',
    dockerCatalog(web({ hosts: '{ Web1: { address: 10.0.2.31 } }' })),
    'dev.yml:8:14-18 bad-name node_groups.web.hosts: a key must be a name of a small letter or digit and up to 26 small letters, digits and -, got "Web1"',
  ],
  [
    'a port that is none',
    dockerCatalog(web({ hosts: '{ web1: { address: 10.0.2.31, port: 0 } }' })),
    'dev.yml:8:48-49 bad-value node_groups.web.hosts.web1.port: must be a whole number from 1 to 65535, got 0',
  ],
  [
    'a jump host with an option',
    dockerCatalog(web({ hosts: "{ web1: { address: 10.0.2.31, jump: '-oProxyCommand=x' } }" })),
    'dev.yml:8:48-66 bad-value node_groups.web.hosts.web1.jump: must be a login like admin@bastion.example.org:22, got "-oProxyCommand=x"',
  ],
  [
    'a jump host of the local engine',
    dockerCatalog(web({ hosts: "{ here: { address: 'unix:///var/run/docker.sock', jump: a@b } }" })),
    'dev.yml:8:62-66 incompatible node_groups.web.hosts.here.jump: is of a host that is reached over SSH; this one is the engine of this machine | remove it',
  ],
  [
    'two ways to one host',
    dockerCatalog(two(web({ hosts: '{ web1: { address: 10.0.2.31, jump: a@b } }' }), web({}, 'other'))),
    'dev.yml:12:14-18 incompatible node_groups.other.hosts.web1.jump: must be a@b:22, as in web.web1: a host is reached in one way, got none',
  ],
  [
    'no image',
    dockerCatalog(without(web(), 'image')),
    'dev.yml:6:3-6 missing-key node_groups.web: key "image" is missing: the image of the containers: by digest, or a file that is loaded on each host',
  ],
  [
    'an image without digest',
    dockerCatalog(web({ image: 'nginx:1.27' })),
    'dev.yml:9:12-22 bad-value node_groups.web.image: must be a container image with its digest like vcp/base@sha256:…, got "nginx:1.27" | a tag can be moved to another image unseen; docker buildx imagetools inspect nginx:1.27 prints the digest',
  ],
  [
    'no container',
    dockerCatalog(web({ image: 'none' })),
    'dev.yml:9:12-16 bad-value node_groups.web.image: must be a container image with its digest like vcp/base@sha256:…, got "none" | a tag can be moved to another image unseen; docker buildx imagetools inspect none prints the digest',
  ],
  [
    'a file without its id',
    dockerCatalog(web({ image: '{ tar: base.tar }' })),
    'dev.yml:9:5-10 missing-key node_groups.web.image: key "sha256" is missing: the image\'s id, as docker image inspect prints it',
  ],
  [
    'a file outside of the folder',
    dockerCatalog(web({ image: `{ tar: ../base.tar, sha256: 'sha256:${'c'.repeat(64)}' }` })),
    'dev.yml:9:19-30 bad-value node_groups.web.image.tar: must be a tar file of the folder of catalogs like images/base.tar, got "../base.tar"',
  ],
  [
    'an id without sha256:',
    dockerCatalog(web({ image: `{ tar: base.tar, sha256: ${'c'.repeat(64)} }` })),
    'dev.yml:9:37-101 bad-value node_groups.web.image.sha256: must be the id of the image like sha256: and 64 hexadecimal digits, as docker image inspect --format {{.Id}} prints it, got "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccc..."',
  ],
  [
    'base containers without keys',
    dockerCatalog(without(base(), 'ssh_public_keys')),
    'dev.yml:6:3-6 missing-key node_groups.web: key "ssh_public_keys" is missing: who may log in to the base containers | write ssh_public_keys: [ssh-ed25519 AAAA… name]',
  ],
  [
    'keys of another container',
    dockerCatalog(web({ ssh_public_keys: `['${KEY}']` })),
    'dev.yml:10:5-20 incompatible node_groups.web.ssh_public_keys: is what a base container reads; the image is none | remove it, or write base: true',
  ],
  [
    'a lease',
    dockerCatalog(web({ lease: '50m' })),
    'dev.yml:10:5-10 refused-key node_groups.web.lease: nothing is paid for a host that exists already, so that its nodes have no lease | remove it',
  ],
  [
    'an idle time',
    dockerCatalog(web({ idle: '15m' })),
    'dev.yml:10:5-9 refused-key node_groups.web.idle: nothing is paid for a host that exists already, so that an idle node goes on | remove it',
  ],
  [
    'a price',
    dockerCatalog(web({ price_per_hour: '0.1' })),
    'dev.yml:10:5-19 refused-key node_groups.web.price_per_hour: nothing is paid for a host that exists already, so that there is no price | remove it',
  ],
  [
    'spot',
    dockerCatalog(web({ spot: 'true' })),
    'dev.yml:10:5-9 refused-key node_groups.web.spot: nothing is paid for a host that exists already, so that there is no spot price | remove it',
  ],
  [
    'a script for the host',
    dockerCatalog(web({ user_init_command: "'#!/bin/sh'" })),
    'dev.yml:10:5-22 refused-key node_groups.web.user_init_command: nothing is run on an existing host beside its container | remove it, and put the script into the image',
  ],
  [
    'a number of nodes',
    dockerCatalog(web({ nodes: '3' })),
    'dev.yml:10:5-10 refused-key node_groups.web.nodes: each host is a node | list them in hosts',
  ],
  [
    'a flavor',
    dockerCatalog(web({ flavor: 'small' })),
    'dev.yml:10:5-11 refused-key node_groups.web.flavor: an existing host has the size that it has | remove it; memory limits the container',
  ],
  [
    'disks',
    dockerCatalog(web({ disks: '{ data: { size: 8 } }' })),
    'dev.yml:10:5-10 refused-key node_groups.web.disks: an existing host has the disks that it has | write volumes, or folders in params.v',
  ],
  [
    'ports of the host',
    dockerCatalog(web({ host_ports: '{ ssh: 20022 }' })),
    "dev.yml:10:5-15 refused-key node_groups.web.host_ports: is each host's own | write port in hosts",
  ],
  [
    'an unknown key',
    dockerCatalog(web({ volume: '{}' })),
    'dev.yml:10:5-11 unknown-key node_groups.web: unknown key "volume"; did you mean "volumes"?',
  ],
  [
    'a volume that nobody manages',
    dockerCatalog(web({ params: "{ v: ['data:/data'] }" })),
    'dev.yml:10:19-31 bad-value node_groups.web.params.v[0]: the engine would make a volume "data" that nothing removes | write volumes: { data: /data }',
  ],
  [
    'a secret in the environment',
    dockerCatalog(web({ params: "{ e: ['DB=vault://secret/db'] }" })),
    'dev.yml:10:19-41 secret node_groups.web.params.e[0]: a secret would stand in the container, where everybody who may use Docker reads it, and in the state | let the container fetch it itself',
  ],
  [
    'a credential in the environment',
    dockerCatalog(web({ params: "{ e: ['DB_PASSWORD=hunter2'] }" })),
    'dev.yml:10:19-40 secret node_groups.web.params.e[0]: "DB_PASSWORD" looks like a credential, which never stands in a catalog | keep it in Vault and write DB_PASSWORD=vault://…, which each node fetches itself',
  ],
  [
    'a volume with a relative path',
    dockerCatalog(web({ volumes: '{ data: data }' })),
    'dev.yml:10:22-26 bad-value node_groups.web.volumes.data: must be an absolute path without .. and blanks, got "data"',
  ],
  [
    'a port of a base container',
    dockerCatalog(base({ ports: "['80:80']" })),
    "dev.yml:11:5-10 incompatible node_groups.web.ports: a base container has the host's network, and all its ports | remove it, or write base: false",
  ],
  [
    'a port that is too large',
    dockerCatalog(web({ ports: "['70000:80']" })),
    'dev.yml:10:13-23 bad-value node_groups.web.ports[0]: must be ports from 1 to 65535, got 70000',
  ],
  [
    'a port twice',
    dockerCatalog(web({ ports: "['80:80', '80:81']" })),
    'dev.yml:10:22-29 duplicate-value node_groups.web.ports[1]: 80/tcp is published already | choose another port',
  ],
  [
    'a port with an address',
    dockerCatalog(web({ ports: "['0.0.0.0:80:80']" })),
    'dev.yml:10:13-28 bad-value node_groups.web.ports[0]: must be a port of the host and one of the container like 8080:80 or 53:53/udp, got "0.0.0.0:80:80"',
  ],
  [
    'too little memory',
    dockerCatalog(web({ memory: '5' })),
    'dev.yml:10:13-14 bad-value node_groups.web.memory: must be a whole number from 6 to 4194304, got 5',
  ],
  [
    'a restart that is none',
    dockerCatalog(web({ restart: 'sometimes' })),
    'dev.yml:10:14-23 bad-value node_groups.web.restart: must be one of unless-stopped, always, on-failure, no, got "sometimes"',
  ],
  [
    'a health check without CMD',
    dockerCatalog(web({ health: '[curl, localhost]' })),
    'dev.yml:10:14-18 bad-value node_groups.web.health[0]: must begin with CMD or CMD-SHELL, got "curl" | write [CMD, curl, localhost]',
  ],
  [
    'a shell line of several words',
    dockerCatalog(web({ health: '[CMD-SHELL, curl, localhost]' })),
    'dev.yml:10:13-41 bad-value node_groups.web.health: must be CMD-SHELL and one line for a shell | write CMD, or quote the line',
  ],
  [
    'a health check of one word',
    dockerCatalog(web({ health: '[CMD]' })),
    'dev.yml:10:13-18 bad-value node_groups.web.health: must be a list of at least 2, got 1',
  ],
  [
    'a wait that is too long',
    dockerCatalog(web({ health: '{ test: [CMD, "true"], wait: 2h }' })),
    'dev.yml:10:42-44 bad-value node_groups.web.health.wait: must be a duration from 10s to 1h, got "2h"',
  ],
  [
    'some GPUs',
    dockerCatalog(web({ docker_opt: '{ gpus: 2 }' })),
    "dev.yml:10:25-26 bad-value node_groups.web.docker_opt.gpus: the provider gives a container all of a host's GPUs or none | write all",
  ],
  [
    'two base containers on one host',
    dockerCatalog(two(base(), base({}, 'other'))),
    'dev.yml:13:31-40 address-taken node_groups.other.hosts.web1.address: 10.0.2.31 has the base container of web.web1 already, with the network of the host | choose another host',
  ],
  [
    'one port of two groups',
    dockerCatalog(two(web({ ports: "['80:80']" }), web({ ports: "['80:81']" }, 'other'))),
    'dev.yml:15:12-21 address-taken node_groups.other.ports: 80/tcp of 10.0.2.31 is published by web already | choose another port',
  ],
  [
    'one name of two containers',
    dockerCatalog(
      two(
        web({ hosts: '{ b-c: { address: 10.0.2.31 } }' }, 'a'),
        web({ hosts: '{ c: { address: 10.0.2.31 } }' }, 'a-b'),
      ),
    ),
    'dev.yml:12:14-15 name-clash node_groups.a-b.hosts.c: its container would be dev-a-b-c, as that of a.b-c on the same host | give it another name',
  ],
  [
    'an entry that is not there',
    dockerCatalog(web({ network: 'onpremises/other' })),
    'dev.yml:7:14-30 unknown-entry node_groups.web.network: there is no entry "onpremises/other" | entries of onpremises: onpremises/default',
  ],
  [
    'a provider that is too old',
    provider("{ version: '>= 3.0.0' }"),
    'dev.yml:5:33-43 bad-value providers.docker.version: must be a constraint whose lower bound is 3.6.2 or newer, got ">= 3.0.0" | write \'>= 3.6.2, < 5.0.0\'',
  ],
  [
    'a provider that was not tried',
    provider("{ version: '>= 3.6.2' }"),
    'dev.yml:5:33-43 bad-value providers.docker.version: must be a constraint that lets no 5.x in, which was not tried, got ">= 3.6.2" | write \'>= 3.6.2, < 5.0.0\'',
  ],
  [
    'a host in the settings',
    provider("{ host: 'ssh://root@10.0.2.31' }"),
    "dev.yml:5:24-28 refused-key providers.docker.host: is each host's own | write hosts in the node group, or host in controller",
  ],
  [
    'options of OpenSSH in the settings',
    provider('{ ssh_opts: [] }'),
    'dev.yml:5:24-32 refused-key providers.docker.ssh_opts: are written for each environment, with host keys that are always checked | remove it; a jump host is jump of a host',
  ],
  [
    'a credential of a registry',
    provider('{ registry_auth: {} }'),
    'dev.yml:5:24-37 secret providers.docker.registry_auth: a credential never stands in a catalog | remove it, and write registry: { user: vault://…, password: vault://… } in the node group',
  ],
  [
    'a host that is its own jump host',
    dockerCatalog(web({ hosts: '{ web1: { address: 10.0.2.31, jump: a@10.0.2.31 } }' })),
    'dev.yml:8:48-59 incompatible node_groups.web.hosts.web1.jump: the way through jump hosts comes back to 10.0.2.31 | name a host that is reached without this one',
  ],
  [
    'a login to a registry for a file',
    dockerCatalog(
      web({
        image: `{ tar: base.tar, sha256: 'sha256:${'c'.repeat(64)}' }`,
        registry: '{ user: vault://secret/harbor/user, password: vault://secret/harbor/password }',
      }),
      'vault: { address: https://10.0.2.15:8443 }\n',
    ),
    'dev.yml:11:5-13 incompatible node_groups.web.registry: is for an image of a registry; this one is a file | remove it',
  ],
  [
    'a password of a registry',
    dockerCatalog(
      web({ registry: '{ user: vault://secret/harbor/user, password: hunter2 }' }),
      'vault: { address: https://10.0.2.15:8443 }\n',
    ),
    'dev.yml:11:51-59 secret node_groups.web.registry.password: a credential never stands in a catalog | keep it in Vault and write vault://…',
  ],
];

it.each(WRONG)('refuses %s', (_, text, problem) => {
  expect(problemLines({ 'dev.yml': text })).toEqual([problem]);
});

const loaded = (text: string) => {
  const { loaded: all, problems } = tryLoad({ 'dev.yml': text });
  return { problems, groups: all?.catalog.kinds['docker-nodes']?.groups ?? [], stacks: all?.stacks ?? [] };
};

it('is a container a host, each with a stack that nothing else waits for', () => {
  const hosts =
    '{ web1: { address: 10.0.2.31, user: ubuntu, port: 22, jump: admin@10.0.2.2 }, web2: { address: 10.0.2.32 } }';
  const { stacks, groups, problems } = loaded(dockerCatalog(web({ hosts, num_nodes: '2' })));
  expect(problems).toEqual([]);
  expect(stacks).toMatchObject([
    {
      id: 'dev-nodes-web-web1',
      kind: 'docker-nodes',
      group: 'nodes/web',
      place: { host: 'ssh://ubuntu@10.0.2.31:22', jump: 'admin@10.0.2.2:22' },
      members: ['nodes/web/web1'],
      requires: [],
    },
    { id: 'dev-nodes-web-web2', place: { host: 'ssh://root@10.0.2.32:20022' } },
  ]);
  expect(groups).toMatchObject([
    {
      key: 'nodes/web',
      name: 'web',
      entry: 'onpremises/default',
      provider: 'onpremises',
      kind: 'fixed',
      initial: 2,
      most: 2,
      spot: false,
      nodes: [
        { key: 'web1', name: 'dev-web-web1', address: '10.0.2.31' },
        { key: 'web2', name: 'dev-web-web2', address: '10.0.2.32' },
      ],
      image: { kind: 'pulled', reference: WEB },
      container: { isBase: false, privileged: false, restart: 'unless-stopped' },
    },
  ]);
});

it("takes VCP's words for hosts, whose names are their addresses with dashes", () => {
  const text = without(web({ ip_address_list: '[10.0.2.31]', user_name: 'ubuntu' }), 'hosts');
  expect(loaded(dockerCatalog(text)).stacks).toMatchObject([
    { id: 'dev-nodes-web-10-0-2-31', place: { host: 'ssh://ubuntu@10.0.2.31:20022' } },
  ]);
});

it('is a base container by its name, with all rights on its host, and pulled by its digest without a tag', () => {
  expect(loaded(dockerCatalog(base())).groups[0]).toMatchObject({
    image: { kind: 'pulled', reference: IMAGE.replace(':1.8.1-alpine3.13-x86_64', '') },
    container: { isBase: true, privileged: true },
  });
  expect(loaded(dockerCatalog(base({ privileged: 'false' }))).groups[0]?.container.privileged).toBe(false);
});

it('may be a base container from a file, and another one by that name', () => {
  const id = `sha256:${'c'.repeat(64)}`;
  const file = base({ image: `{ tar: images/base.tar, sha256: '${id}' }`, base: 'true' });
  expect(loaded(dockerCatalog(file)).groups[0]).toMatchObject({
    image: { kind: 'loaded', id, file: 'images/base.tar' },
    container: { isBase: true },
  });
  const other = without(base({ base: 'false' }), 'ssh_public_keys');
  expect(loaded(dockerCatalog(other)).groups[0]?.container.isBase).toBe(false);
});

it('reads all that is said of a container', () => {
  const keys = {
    command: "['httpd', '-f']",
    volumes: '{ data: /data, conf: { mount: /conf, read_only: true } }',
    params: "{ v: ['/srv:/srv', '/etc/x:/etc/x:ro'], e: ['A=1'] }",
    ports: "['8080:80', '53:53/udp']",
    memory: '512',
    restart: 'always',
    health: '[CMD, "true"]',
    user: "'1000:1000'",
    working_dir: '/srv',
    docker_opt:
      "{ dns: [10.0.2.2], dns_search: [example.org], add_host: ['db:10.0.2.20'], options: ['timeout:60'], hostname: web1, gpus: all }",
    group: 'portal',
  };
  expect(loaded(dockerCatalog(web(keys))).groups[0]).toMatchObject({
    unitGroup: 'portal',
    container: {
      command: ['httpd', '-f'],
      environment: { A: '1' },
      volumes: { data: { mount: '/data', readOnly: false }, conf: { mount: '/conf', readOnly: true } },
      binds: [
        { source: '/srv', target: '/srv', readOnly: false },
        { source: '/etc/x', target: '/etc/x', readOnly: true },
      ],
      ports: [
        { external: 8080, internal: 80, protocol: 'tcp' },
        { external: 53, internal: 53, protocol: 'udp' },
      ],
      memoryMegabytes: 512,
      restart: 'always',
      health: {
        test: ['CMD', 'true'],
        intervalSeconds: 10,
        timeoutSeconds: 5,
        retries: 3,
        startPeriodSeconds: 0,
        waitSeconds: 120,
      },
      user: '1000:1000',
      workingDirectory: '/srv',
      resolver: {
        hostname: 'web1',
        servers: ['10.0.2.2'],
        search: ['example.org'],
        options: ['timeout:60'],
        hosts: { db: '10.0.2.20' },
      },
      gpus: true,
    },
  });
});

it('takes the least memory, ports to the last one, and a group without health check', () => {
  const { problems, groups } = loaded(dockerCatalog(web({ memory: '6', ports: "['65535:65535']" })));
  expect(problems).toEqual([]);
  expect(groups[0]?.container.health).toBeUndefined();
});

it("reaches the engine of this machine by its socket, at the machine's own address", () => {
  const { stacks, groups } = loaded(
    dockerCatalog(web({ hosts: "{ here: { address: 'unix:///var/run/docker.sock' } }" })),
  );
  expect(stacks).toMatchObject([{ place: { host: 'unix:///var/run/docker.sock' } }]);
  expect(groups[0]?.nodes).toMatchObject([{ address: '127.0.0.1', host: { kind: 'socket' } }]);
});

it('says of a provider that is held at 3.x what it does', () => {
  expect(problemLines({ 'dev.yml': provider("{ version: '~> 3.6.2' }") })).toEqual([
    "dev.yml:5:33-43 warning older-provider providers.docker.version: lets 3.x alone in: a provider before 4.0 deletes a container that somebody stopped by hand from its host, as soon as a plan looks at it | write '>= 3.6.2, < 5.0.0'",
  ]);
  expect(loaded(provider("{ version: '>= 4.5.0, < 5.0.0' }")).problems).toEqual([]);
});

const LOCK = `version: 1
stacks:
  dev-nodes-web-web1: { kind: docker-nodes, provider: docker, host: ssh://root@10.0.2.30:22, backend: local }
`;

it('does not move a node to another host, whose container would stay behind', () => {
  const problems = problemLines({ 'dev.yml': dockerCatalog(web()), 'dev.lock.yml': LOCK });
  expect(problems).toEqual([
    'dev.yml:8:31-40 host-moved node_groups.web.hosts.web1.address: must stay 10.0.2.30, where the lock file has dev-nodes-web-web1, got "10.0.2.31" | a node does not move: give the host another name than web1, and the old node is destroyed and a new one made; if nothing of dev-nodes-web-web1 was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
  ]);
  const port = LOCK.replace('10.0.2.30', '10.0.2.31');
  expect(problemLines({ 'dev.yml': dockerCatalog(web()), 'dev.lock.yml': port })).toEqual([]);
});

it('destroys what left the catalog on the host that the lock file has, through its jump host', () => {
  const lock = LOCK.replace('web-web1', 'web-web9').replace(':22,', ':22, jump: admin@10.0.2.2:22,');
  const { loaded: all } = tryLoad({ 'dev.yml': dockerCatalog(web()), 'dev.lock.yml': lock });
  expect(all?.stacks[1]).toMatchObject({
    id: 'dev-nodes-web-web9',
    gone: true,
    place: { host: 'ssh://root@10.0.2.30:22', jump: 'admin@10.0.2.2:22' },
  });
});
