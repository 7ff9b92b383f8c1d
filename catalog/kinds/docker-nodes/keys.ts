import { ABSOLUTE_PATH, NODE_NAME, USER_NAME } from '../../nodes/formats';
import { COMMON_GROUP_KEYS } from '../../nodes/keys';
import { duration } from '../../shape/duration-format';
import { CARD, IPV4 } from '../../shape/formats';
import type { Refusal } from '../../shape/shape';
import {
  choice,
  either,
  explained,
  FLAG,
  list,
  map,
  named,
  optional,
  required,
  TEXT,
  text,
  whole,
  withDefault,
} from '../../shape/shapes';
import { IMAGE_BY_DIGEST, JUMP } from '../docker/formats';
import { REGISTRY } from '../docker/registry';
import { CONTAINER_USER, HOST_ADDRESS, HOST_NAME, IMAGE_ID, PUBLISHED, TAR_FILE } from './formats';

/** The most hosts of a group: each has a Terraform state. */
const MOST_HOSTS = 200;

const HOST = map({
  address: required(
    text(HOST_ADDRESS),
    'Private address, or unix:///var/run/docker.sock for the engine of this machine',
  ),
  user: withDefault(text(USER_NAME), 'root', 'Login user, who may use Docker'),
  port: withDefault(whole(1, 65535), 20022, "Port of the host's own sshd; the base container has 22"),
  jump: optional(text(JUMP), 'The host through which it is reached: user@host:port'),
  interface: optional(text(CARD), 'The network card that has the address; doctor looks whether it has'),
});

const IMAGE = either('an image with its digest, or { tar, sha256 }', {
  text: text(IMAGE_BY_DIGEST),
  map: map({
    tar: required(text(TAR_FILE), 'What docker save wrote: a file of the folder of catalogs'),
    sha256: required(text(IMAGE_ID), "The image's id, as docker image inspect prints it"),
  }),
});

const VOLUME = either('a path in the container, or { mount, read_only }', {
  text: text(ABSOLUTE_PATH),
  map: map({
    mount: required(text(ABSOLUTE_PATH), 'Where the container has it'),
    read_only: withDefault(FLAG, false, 'Whether the container may only read it'),
  }),
});

const TEST = list(TEXT, { min: 2, max: 64 });

const HEALTH = either('a command like [CMD, curl, -f, http://localhost], or { test, … }', {
  list: TEST,
  map: map({
    test: required(TEST, 'CMD and a program with its arguments, or CMD-SHELL and a line for a shell'),
    interval: withDefault(text(duration('1s', '1h')), '10s', 'The time between two checks'),
    timeout: withDefault(text(duration('1s', '1h')), '5s', 'The time after which a check has failed'),
    retries: withDefault(whole(1, 100), 3, 'How many failures in a row make the container unhealthy'),
    start_period: withDefault(
      text(duration('0s', '1h')),
      '0s',
      'The time for its start, in which none counts',
    ),
    wait: withDefault(text(duration('10s', '1h')), '2m', 'How long an apply waits until it is healthy'),
  }),
});

const nothingPaid = (consequence: string): Refusal => ({
  code: 'refused-key',
  message: `nothing is paid for a host that exists already, so that ${consequence}`,
  fix: 'remove it',
});

const instead = (message: string, fix: string): Refusal => ({ code: 'refused-key', message, fix });

const HOSTS_ARE_NODES = instead('each host is a node', 'list them in hosts');

/** A group of `node_groups` on existing Docker hosts. */
export const DOCKER_GROUP = map(
  {
    ...COMMON_GROUP_KEYS,
    ssh_public_keys: optional(
      COMMON_GROUP_KEYS.ssh_public_keys.shape,
      "who may log in to a base container: public keys in OpenSSH's form",
    ),
    hosts: optional(named(HOST_NAME, HOST, { max: MOST_HOSTS }), 'The hosts, by name: each is a node'),
    ip_address_list: optional(
      list(text(IPV4), { min: 1, max: MOST_HOSTS, distinct: true }),
      "VCP's word for hosts: their addresses, which with dashes are their names",
    ),
    num_nodes: optional(whole(1, MOST_HOSTS), "VCP's number of nodes: as many as there are hosts"),
    user_name: optional(text(USER_NAME), 'Login user of the hosts of ip_address_list'),
    image: required(IMAGE, 'The image of the containers: by digest, or a file that is loaded on each host'),
    registry: optional(REGISTRY, 'The login to the registry of the image, where it wants one'),
    base: optional(
      FLAG,
      "Whether it is VCP's base container, run as the controller wants it; absent: whether the image is vcp/base",
    ),
    command: optional(list(TEXT, { min: 1, max: 256 }), "In place of the image's own command"),
    privileged: optional(
      FLAG,
      'Whether the container may do what root may on the host; absent: a base container may',
    ),
    volumes: withDefault(
      named(NODE_NAME, VOLUME, { max: 20 }),
      {},
      "Volumes of each node's own, by name, which are destroyed with it; folders of the host are in params.v",
    ),
    ports: withDefault(
      list(text(PUBLISHED), { max: 100, distinct: true }),
      [],
      "Ports that are published at the host's private address alone; a base container has the host's network instead",
    ),
    memory: optional(whole(6, 4_194_304), 'MB of memory; with swap it has twice as much; absent: no limit'),
    restart: withDefault(
      explained(choice('unless-stopped', 'always', 'on-failure', 'no'), {
        'unless-stopped': 'again and again, and with the engine, until somebody stops it',
        always: 'also after somebody stopped it, with the engine',
        'on-failure': 'only where it failed',
        no: 'never',
      }),
      'unless-stopped',
      'Whether the engine starts a container that has ended',
    ),
    health: optional(HEALTH, 'How the engine sees that the container works; an apply waits for it'),
    user: optional(text(CONTAINER_USER), "User in the container; absent: the image's own"),
    working_dir: optional(text(ABSOLUTE_PATH), "Folder in the container; absent: the image's own"),
  },
  {
    lease: nothingPaid('its nodes have no lease'),
    idle: nothingPaid('an idle node goes on'),
    reason: nothingPaid('its nodes have no lease'),
    price_per_hour: nothingPaid('there is no price'),
    spot: nothingPaid('there is no spot price'),
    kind: HOSTS_ARE_NODES,
    nodes: HOSTS_ARE_NODES,
    flavor: instead('an existing host has the size that it has', 'remove it; memory limits the container'),
    disks: instead('an existing host has the disks that it has', 'write volumes, or folders in params.v'),
    user_init_command: instead(
      'nothing is run on an existing host beside its container',
      'remove it, and put the script into the image',
    ),
    host_ports: instead("is each host's own", 'write port in hosts'),
  },
);
