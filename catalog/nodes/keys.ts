import { MOST_FIXED_NODES } from '../../model/nodes/node-keys';
import { DOMAIN_NAME, IPV4, URL_TEXT } from '../shape/formats';
import { SECRET_REFERENCE } from '../shape/reference-formats';
import type { Refusal } from '../shape/shape';
import {
  bare,
  choice,
  either,
  explained,
  FLAG,
  hidden,
  lines,
  list,
  map,
  named,
  optional,
  pattern,
  required,
  TEXT,
  text,
  whole,
  withDefault,
} from '../shape/shapes';
import {
  ABSOLUTE_PATH,
  BOOT_TIME,
  IDLE_TIME,
  IMAGE,
  LEASE_TIME,
  LOAD,
  NODE_NAME,
  PRICE,
  SSH_KEY,
  UNIT_GROUP,
  USER_NAME,
} from './formats';

/** A credential of a registry: only a reference stands in a catalog. */
const NO_CREDENTIAL: Refusal = {
  code: 'secret',
  message: 'a credential never stands in a catalog',
  fix: 'keep it in Vault and write vault://…',
};

const kept = (what: string) => required(hidden(SECRET_REFERENCE, NO_CREDENTIAL), `Where ${what} is kept`);

/** The certificates of Docker's API, in PEM. */
const DOCKER_TLS = either('false, or { ca, certificate, key } of vault://…', {
  flag: FLAG,
  map: map({
    ca: kept('the certificate of the CA of the clients'),
    certificate: kept("the node's certificate, with the addresses of all nodes of the group,"),
    key: kept('its key'),
  }),
});

/** The host of a registry, with a port where it has one. */
const REGISTRY_HOST = pattern(
  "a registry's host like harbor.example.org or registry.example.org:5000",
  '^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?(:[0-9]{1,5})?$',
  'harbor.vcloud.nii.ac.jp',
);

/** An image as a file in a bucket, with what it must be. */
const BUNDLE = pattern(
  'an image in a bucket like s3://bucket/base.tar#sha256:<64 hexadecimal digits>',
  "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9!_.*'()/-]{1,1024}#sha256:[0-9a-f]{64}$",
);

const REGISTRY = map({
  host: optional(
    text(REGISTRY_HOST),
    "The registry of the base container; absent: that of the image's name, for VCP's own images harbor.vcloud.nii.ac.jp",
  ),
  user: optional(hidden(SECRET_REFERENCE, NO_CREDENTIAL), 'Where the user name for the registry is kept'),
  password: optional(hidden(SECRET_REFERENCE, NO_CREDENTIAL), 'Where the password for the registry is kept'),
  bundle: optional(
    text(BUNDLE),
    'Instead of a registry: the image as a file, for nodes without the Internet',
  ),
});

/** `-v` of docker run. */
const VOLUME = pattern(
  'a volume like /host/path:/path or /host/path:/path:ro',
  '^(/[A-Za-z0-9_./@+-]*|[A-Za-z0-9][A-Za-z0-9_.-]*):/[A-Za-z0-9_./@+-]*(:(ro|rw))?$',
  '/data:/data',
);

const PARAMS = map({
  v: withDefault(list(text(VOLUME)), [], 'Volumes of the base container, as docker run -v takes them'),
  e: withDefault(list(TEXT), [], 'Environment of the base container: NAME=value, or NAME=vault://…'),
});

const HOST_ENTRY = pattern(
  'a name and its address like db.example.org:10.0.2.20',
  '^[A-Za-z0-9][A-Za-z0-9.-]{0,252}:[0-9]{1,3}(\\.[0-9]{1,3}){3}$',
  'db.example.org:10.0.2.20',
);

/** `resolv.conf`'s options. */
const DNS_OPTION = pattern(
  'an option of resolv.conf like timeout:60',
  '^[a-z0-9-]+(:[0-9]+)?$',
  'timeout:60',
);

const DOCKER_OPT = map({
  dns: optional(list(text(IPV4), { distinct: true }), 'Name servers of the base container'),
  dns_search: optional(
    list(text(DOMAIN_NAME), { distinct: true }),
    'Domains in which it looks up short names',
  ),
  add_host: optional(list(text(HOST_ENTRY), { distinct: true }), 'Further lines of its /etc/hosts'),
  options: optional(list(text(DNS_OPTION), { distinct: true }), 'Options of its resolver'),
  hostname: optional(text(DOMAIN_NAME), 'Its host name'),
  gpus: optional(
    either('all, or a number of GPUs', { text: choice('all'), whole: whole(1, 16) }),
    'GPUs that it may use',
  ),
});

const NODES = either('a number, a list of names, or { initial, max } of an elastic group', {
  whole: whole(1, MOST_FIXED_NODES),
  list: list(text(NODE_NAME), { min: 1, max: MOST_FIXED_NODES, distinct: true }),
  map: map({
    initial: withDefault(whole(0, 500), 1, 'How many nodes there are at first'),
    max: optional(whole(1, 500), 'How many nodes there are at most; absent: initial'),
  }),
});

const SCRIPT = {
  expected: 'a script',
  pattern: '[\\s\\S]+',
  parse: (given: string) => given,
};

/** A file of the catalog's folder. */
const SCRIPT_FILE = pattern(
  'a file of the folder of catalogs like init.sh',
  '^(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}$',
  'init.sh',
);

const DISK = map({
  size: optional(whole(1, 16384), 'GB; needed unless the disk exists already'),
  type: optional(TEXT, "The disk's type; absent: that of the root disk"),
  mount: optional(text(ABSOLUTE_PATH), 'Where the node mounts it'),
  keep: withDefault(FLAG, false, 'Whether it outlives its node, and is protected from destroy'),
  volume_id: optional(TEXT, 'One that exists already; only in a group of one node'),
});

/** Keys of node groups of every provider. */
export const COMMON_GROUP_KEYS = {
  network: optional(TEXT, 'The entry in whose network the nodes are: aws/default'),
  private_network: optional(TEXT, "VCP's word for network, beside provider: default"),
  provider: optional(TEXT, 'The provider, where network does not name it'),
  image: withDefault(
    text(IMAGE),
    'vcp/base:1.8.1-alpine3.13-x86_64',
    'Base container, which is run on each node; none: no container',
  ),
  params: withDefault(PARAMS, {}, 'Volumes and environment of the base container'),
  docker_opt: withDefault(DOCKER_OPT, {}, 'Further options of the base container'),
  ssh_public_keys: required(
    list(text(SSH_KEY), { min: 1, max: 20, distinct: true }),
    "who may log in: public keys in OpenSSH's form",
  ),
  role: withDefault(
    explained(choice('compute', 'storage'), {
      compute: 'nodes that calculate',
      storage: 'nodes that keep data',
    }),
    'compute',
    'What the nodes are for, as VCP has it',
  ),
  group: optional(text(UNIT_GROUP), "VCP's UnitGroup: groups that are cleaned up together"),
};

const USER_INIT = either('a script, or { file }', {
  text: lines(SCRIPT),
  map: map({ file: optional(text(SCRIPT_FILE), 'A file of the folder of catalogs') }),
});

/** Further keys of node groups in clouds. */
export const CLOUD_GROUP_KEYS = {
  ...COMMON_GROUP_KEYS,
  kind: withDefault(
    explained(choice('fixed', 'elastic'), {
      fixed: 'nodes with names, each kept as it is',
      elastic: 'as many nodes as are needed, none of which has a name',
    }),
    'fixed',
    'Whether nodes have names',
  ),
  nodes: optional(NODES, 'How many nodes: a number, their names, or { initial, max } of an elastic group'),
  num_nodes: optional(whole(1, MOST_FIXED_NODES), "VCP's word for a number of nodes"),
  ip_address_list: withDefault(
    list(text(IPV4), { max: MOST_FIXED_NODES, distinct: true }),
    [],
    "Addresses of the nodes, which are their names, too; as many as nodes, inside the entry's block",
  ),
  flavor: withDefault(
    text(NODE_NAME),
    'small',
    'Size of a node, a name of flavors: small, medium, large, gpu',
  ),
  architecture: withDefault(choice('x86_64', 'arm64'), 'x86_64', "The nodes' processors"),
  disks: withDefault(
    named(NODE_NAME, DISK, { max: 20 }),
    {},
    'Further disks of each node, by name; those of an elastic group go with their node',
  ),
  registry: optional(REGISTRY, 'Where the base container comes from'),
  proxy: optional(
    map({
      http: optional(text(URL_TEXT), 'Proxy for http'),
      https: optional(text(URL_TEXT), 'Proxy for https'),
      no_proxy: withDefault(
        list(TEXT),
        [],
        'What is reached without it; the networks and the site always are',
      ),
    }),
    'How nodes reach the Internet, where they need a proxy',
  ),
  user_name: withDefault(text(USER_NAME), 'ubuntu', "The host's login user"),
  user_init_command: optional(
    USER_INIT,
    'A script with a shebang, which root runs at each start of the base container',
  ),
  host_ports: withDefault(
    map({
      ssh: withDefault(whole(1, 65535), 20022, "Port of the host's own sshd; the base container has 22"),
      docker: optional(
        whole(1, 65535),
        "Port of Docker's API, on the node's private address alone; absent: 2375, with docker_tls 2376",
      ),
    }),
    {},
    "Ports of the host's own services",
  ),
  docker_tls: withDefault(
    DOCKER_TLS,
    false,
    "Certificates, with which Docker's API speaks TLS alone and only with clients of the CA",
  ),
  metadata_hops: withDefault(
    explained(choice(1, 2), { 1: 'the host alone', 2: 'containers with networks of their own, too' }),
    1,
    'How many hops answers of the metadata service go',
  ),
  lease: withDefault(
    bare(LEASE_TIME),
    '50m',
    'How long the nodes live, 10m to 365d; none goes on until they are removed, and needs reason',
  ),
  reason: optional(TEXT, 'Why the group has no lease'),
  idle: withDefault(
    bare(IDLE_TIME),
    '15m',
    'After how long without work a node ends, 5m to 7d; shorter than the lease; none: it does not',
  ),
  idle_load: withDefault(
    bare(LOAD),
    '0.1',
    'The load of the last minute a core, below which a node may be idle',
  ),
  boot_timeout: withDefault(
    text(BOOT_TIME),
    '1000s',
    'How long a node may take to be ready, before it ends itself',
  ),
  price_per_hour: optional(
    bare(PRICE),
    'What a node costs an hour; with it plans say what the group may cost',
  ),
  currency: optional(choice('USD'), 'The currency of price_per_hour'),
};
