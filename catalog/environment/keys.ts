import { TAGS } from '../kinds/aws-network/tags';
import { KEY_FOLDER, SECRET_REFERENCE } from '../kinds/vault/formats';
import { VAULT } from '../kinds/vault/keys';
import {
  ACCOUNT_ID,
  CATALOG_FILE,
  CIDR,
  INTERFACE_ADDRESS,
  IPV4,
  NAME,
  ROLE_ARN,
  URL_TEXT,
} from '../shape/formats';
import { choice, FLAG, type Key, list, map, type Refusal, TEXT, text, whole } from '../shape/shape';

/** `site`: the on-premises end. */
export const SITE = map({
  controller: {
    shape: text(INTERFACE_ADDRESS),
    description: "The controller's address, VCP_VCC_PRIVATE_IPMASK",
    required: true,
  },
  public_ip: { shape: text(IPV4), description: "The gateway's outbound public address", required: true },
  subnets: {
    shape: list(text(CIDR), { min: 1, max: 100 }),
    description: 'Networks behind the gateway; default: the network of controller',
  },
  asn: { shape: whole(1, 4294967294), description: "The site's autonomous system number", default: 65000 },
  mesh: {
    shape: FLAG,
    description: 'Nodes of all networks reach each other through the site',
    default: false,
  },
  gateway: {
    shape: map({
      daemon: { shape: choice('libreswan', 'strongswan'), description: 'IPsec daemon', default: 'libreswan' },
      version: { shape: whole(4, 6), description: 'Its major version: libreswan 4, 5; strongswan 5, 6' },
      interface: {
        shape: choice('vti', 'xfrm'),
        description: 'Kind of tunnel interface; default: vti for libreswan 4, xfrm for all others',
      },
      key_reference: {
        shape: text(KEY_FOLDER),
        description:
          'Where the host reads the keys; its files then name them: vault://secret/vpn, file:///etc/kakehashi/keys',
      },
      behind_nat: { shape: FLAG, description: 'Whether the gateway has a private address', default: false },
      link_mtu: {
        shape: whole(1280, 9216),
        description: 'MTU of the link to the Internet, in bytes',
        default: 1500,
      },
    }),
    description: 'The host that ends the tunnels',
  },
});

const credential = (variable: string): Refusal => ({
  code: 'secret',
  message: `a credential never stands in a catalog; it comes from the environment: ${variable}`,
  mend: `remove it and set ${variable}, or use profile or assume_role`,
});

/** A credential that is kept in Vault: its reference may stand in a catalog. */
const kept = (name: string, variable: string): Key => ({
  shape: {
    ...text(SECRET_REFERENCE),
    hidden: {
      ...credential(variable),
      mend: `write a reference like vault://secret/aws/${name}, or remove it and set ${variable}, or use profile or assume_role`,
    },
  },
  description: `Where it is kept, instead of ${variable}: vault://secret/aws/${name}`,
});

/** `providers.aws`. */
export const AWS_PROVIDER = map(
  {
    version: { shape: TEXT, description: 'Terraform version constraint', default: '>= 5.100.0, < 7.0.0' },
    profile: { shape: TEXT, description: "Profile of AWS's shared configuration" },
    access_key: kept('access_key', 'AWS_ACCESS_KEY_ID'),
    secret_key: kept('secret_key', 'AWS_SECRET_ACCESS_KEY'),
    token: kept('token', 'AWS_SESSION_TOKEN'),
    assume_role: {
      shape: map(
        {
          role_arn: { shape: text(ROLE_ARN), description: 'ARN of the role to take on', required: true },
          external_id: { shape: TEXT, description: 'External id that the role asks for' },
          session_name: { shape: TEXT, description: 'Name of the session' },
          web_identity_token_file: {
            shape: TEXT,
            description: 'Take the role on with the token in this file',
          },
        },
        { web_identity_token: credential('AWS_WEB_IDENTITY_TOKEN_FILE') },
      ),
      description: 'A role to take on',
    },
    allowed_account_ids: {
      shape: list(text(ACCOUNT_ID), { distinct: true }),
      description: 'Accounts that may be touched',
    },
    endpoints: {
      shape: { kind: 'entries', key: NAME, of: text(URL_TEXT) },
      description: 'URLs by service name',
    },
    default_tags: { shape: TAGS, description: 'Tags of every resource' },
  },
  {
    region: { code: 'refused-key', message: "is each entry's own", mend: 'write aws_region in the entry' },
  },
);

/** Sections that later versions read. */
export const RESERVED_SECTIONS = ['node_groups', 'controller', 'policy'] as const;

/** Keys at the root of a catalog that are no providers; what each may hold. */
export const ROOT_KEYS = {
  cci_version: {
    shape: choice('1.0'),
    description: "Version of the format: '1.0', in quotes",
    required: true,
  },
  environment: { shape: TEXT, description: "The environment's name; default: the file's" },
  extends: {
    shape: {
      kind: 'kinds',
      expected: 'a file or a list of files',
      text: text(CATALOG_FILE),
      list: list(text(CATALOG_FILE)),
    },
    description: 'Files of this folder that this one is laid over: maps merge, lists replace, null deletes',
  },
  backend: { description: 'Where Terraform keeps its states' },
  providers: { description: 'Version, credentials and endpoints, by provider' },
  site: { shape: SITE, description: 'The on-premises end of the tunnels' },
  vault: { shape: VAULT, description: 'Where credentials and pre-shared keys are kept' },
} as const;
