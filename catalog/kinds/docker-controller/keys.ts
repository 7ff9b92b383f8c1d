import { USUAL_PORTS } from '../../../model/docker/controller-host';
import { USUAL_DAYS } from '../../../model/tls/validity';
import { duration } from '../../shape/duration-format';
import { INTERFACE_ADDRESS, IPV4 } from '../../shape/formats';
import { SECRET_REFERENCE } from '../../shape/reference-formats';
import {
  bare,
  choice,
  either,
  explained,
  FLAG,
  hidden,
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
import { JUMP } from '../docker/formats';
import { REGISTRY } from '../docker/registry';
import {
  CERTIFICATE_NAME,
  CONTROLLER_HOST,
  CONTROLLER_VERSION,
  HOST_FOLDER,
  imageByDigest,
  PEM_FILE,
  TIME_ZONE,
  VARIABLE_NAME,
  VARIABLE_VALUE,
} from './formats';

const port = (number: number, what: string) => withDefault(whole(1, 65535), number, what);

const PORTS = map({
  api: port(USUAL_PORTS.api, 'The REST API, with TLS'),
  vault: port(USUAL_PORTS.vault, "The controller's Vault, with TLS"),
  grafana: port(USUAL_PORTS.grafana, 'Grafana'),
  serf_rpc: port(USUAL_PORTS.serfRpc, "Serf's RPC, TCP"),
  serf: port(USUAL_PORTS.serf, "Serf's gossip, TCP and UDP"),
  jupyter: port(USUAL_PORTS.jupyter, 'The notebook'),
});

const folder = (what: string) => optional(text(HOST_FOLDER), what);

const FOLDERS = map({
  data: folder("The controller's data, which stay when it is destroyed"),
  config: folder('The catalog and what else the controller reads when it is initialized'),
  cert: folder('Certificate and key; the folder secrets beside it has the values that are kept in Vault'),
});

const CERTIFICATE = map({
  mode: withDefault(
    explained(choice('private-ca', 'files'), {
      'private-ca': 'made here, by a certification authority of the environment, and renewed by an apply',
      files: "the user's own: certificate, key and ca",
    }),
    'private-ca',
    'Where the certificate comes from',
  ),
  days: optional(whole(1, 825), `How long one that is made here is valid; absent: ${USUAL_DAYS}`),
  san: optional(
    list(text(CERTIFICATE_NAME), { max: 50, distinct: true }),
    'Names and addresses beside 127.0.0.1, localhost and the private address',
  ),
  certificate: optional(
    text(PEM_FILE),
    'With files: the certificate, and those between it and its authority',
  ),
  key: optional(
    hidden(SECRET_REFERENCE, {
      code: 'secret',
      message: 'a key never stands in a catalog or in its folder',
      fix: 'keep it in Vault and write vault://…',
    }),
    'With files: where the key is kept, in PEM: vault://secret/vcc/key',
  ),
  ca: optional(text(PEM_FILE), 'With files: the certificate of its authority, where clients do not know it'),
});

const ENVIRONMENT = named(VARIABLE_NAME, bare(VARIABLE_VALUE), { max: 100 });
const START = list(TEXT, { min: 1, max: 256 });

const environment = withDefault(
  ENVIRONMENT,
  {},
  'Further variables of the container: values, or vault://… for what is secret',
);
const start = optional(
  START,
  "The image's own entrypoint and command, with variables from Vault: they are read before it is started",
);

const JUPYTER = map({ environment, start });

const image = (repository: string, what: string) => optional(text(imageByDigest(repository)), what);

/** The section `controller`. */
export const CONTROLLER = map({
  host: required(text(CONTROLLER_HOST), 'The Docker host on which it runs'),
  jump: optional(text(JUMP), 'The host through which the host is reached'),
  create: withDefault(
    FLAG,
    true,
    'Whether it is made here; false: it exists already, and nothing of it is touched',
  ),
  private_ipmask: optional(
    text(INTERFACE_ADDRESS),
    'Its address in the site, with the prefix length; absent: site.controller',
  ),
  version: required(bare(CONTROLLER_VERSION), 'Its version: the tag of the image whose digest is in images'),
  images: withDefault(
    map({
      occtr: image('vcp/occtr', "The controller's image"),
      jupyter: image('vcpjupyter/cloudop-notebook', "The notebook's image"),
    }),
    {},
    'The images, by digest',
  ),
  registry: optional(REGISTRY, "The login to the images' registry, where it wants one"),
  bind: optional(text(IPV4), 'The address of the host at which ports are published; absent: the private one'),
  allow_public: optional(TEXT, 'Why ports are published at an address that the Internet may reach'),
  ports: withDefault(PORTS, {}, 'Ports of the host'),
  jupyter: withDefault(
    either('true, false or a map of keys', { flag: FLAG, map: JUPYTER }),
    false,
    'Whether a notebook runs beside it',
  ),
  volumes: optional(FOLDERS, 'Folders of the host'),
  certificate: withDefault(CERTIFICATE, {}, 'The certificate of API and Vault'),
  environment,
  start,
  time_zone: withDefault(text(TIME_ZONE), 'Asia/Tokyo', 'The variable TZ of the containers'),
  stop_grace: withDefault(
    text(duration('10s', '600s')),
    '60s',
    'How long a container may take to end before it is killed',
  ),
});
