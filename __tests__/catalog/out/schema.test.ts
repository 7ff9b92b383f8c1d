import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { catalogSchema } from '../../../catalog/out/schema';
import { ADOPTED } from '../broken/adopted';
import { CREATE } from '../broken/create';
import { REFERENCES } from '../broken/references';
import { VALUES } from '../broken/values';
import { VAULT } from '../broken/vault';
import { VPN } from '../broken/vpn';
import { changed, GOOD } from '../folder-of';

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
// Keywords of editors.
ajv.addVocabulary(['doNotSuggest', 'deprecationMessage', 'enumDescriptions', 'errorMessage']);
const validate = ajv.compile(catalogSchema());

/** What only the validation can know: it needs arithmetic, other keys, other entries, or more than a document's shape. */
const BEYOND_SHAPE = new Set([
  'overlap',
  'controller-outside',
  'zone-of-another-region',
  'spellings-differ',
  'subnet-outside',
  'gateway-outside',
  'reserved-address',
  'netmask-differs',
  'bad-size',
  'public-subnet',
  'bad-within',
  'region-differs',
  'name-clash',
  'spot-twice',
  'unknown-entry',
  'duplicate-rule',
  'public-ingress',
  'bad-rule',
  'same-asn',
  'policy-with-bgp',
  'policy-networks',
  'seed-with-options',
  'bad-option',
  'inside-cidr-taken',
  'provider-too-old',
  'incompatible',
  'two-credentials',
  'bad-engine',
  'unknown-mount',
  'cubbyhole-keys',
  'cubbyhole-approle',
  'reserved-mount',
  'mount-overlap',
  'reserved-policy',
  'unknown-policy',
  'versioned-path',
  'adopt-without-create',
  'claim-fails',
  'claim-undecided',
  'openbao-audit',
  'bad-auth',
]);

/** By name: the same code is the shape's in other cases. */
const BEYOND_SHAPE_NAMES = new Set([
  'endpoints in China',
  'images of ECR without a way to their layers',
  'a zone left open beside named ones, with nat-per-zone',
  'a private address for the gateway',
  'host bits in a CIDR',
  'an ASN that is reserved',
  'a hexadecimal ASN',
  'a version of another daemon',
  'no site',
  'a constraint that is none',
  'a constraint that allows too old ones',
  'a constraint that allows nothing',
  'a VPC of link-local addresses',
  'no public subnet for NAT',
  'a new zone without its NAT',
  'a rule without a source',
  'a rule without ports',
  'a range the wrong way round',
  'a port over 65535',
  'a source with host bits',
  'a description that AWS refuses',
  'a transit gateway',
  'an ASN that AWS refuses',
  'an inside CIDR that AWS reserves',
  'an environment name that is none',
  'a name that begins with a digit',
  'a name that is too long',
  'no cci_version',
  'an interface that the daemon lacks',
  'an interface of an older version',
  'a reference without its server',
  'one key of two',
  'a session token alone',
  'a reference that is too long',
  'an address with a port that is none',
  'an AppRole without its id',
  'a policy without rules',
  'a netmask that is none',
  'too many tags together',
  'scan of a server that is a Vault',
  'an audit device without its file',
  'an audit device that logs secrets',
]);

test('the committed schema is up to date', () => {
  const committed = readFileSync('catalog/catalog.schema.json', 'utf8');
  // kakehashi schema
  expect(committed).toBe(`${JSON.stringify(catalogSchema(), null, 2)}\n`);
});

describe('accepts', () => {
  test.each([
    ['the good catalog', GOOD],
    ['a network alone', changed(['vpn: {}', 'vpn: none'])],
    [
      'all options',
      changed([
        'vpn: {}',
        'vpn: { routing: bgp, crypto: compatible, logs: none, tunnel_options: { dpd_timeout_seconds: 40 }, tunnels: [{ inside_cidr: 169.254.9.0/30 }, {}] }',
      ]),
    ],
    [
      'rules',
      changed([
        'ingress: vc-node',
        'ingress: [{ profile: vc-node }, { protocol: tcp, ports: 22, from: [site, self, 192.0.2.0/24, aws/default] }]',
      ]),
    ],
    [
      'a Vault',
      `${GOOD}vault:
  address: https://10.0.2.15:8443
  mounts: { secret: { create: {} }, kv2: { version: 2, create: } }
  policies: { deploy: { rules: [{ path: secret/aws/*, capabilities: [read] }], may: [read secret/aws/access_key] } }
  users: { alice: , bob@example.org: {} }
  approles: { ci: { policies: [deploy], create: {} } }
  preshared_keys: vault://secret/vpn
`,
    ],
    [
      'a Vault of this machine',
      `${GOOD}vault: { address: 'http://[::1]:8200' }\nproviders: { aws: { access_key: vault://cubbyhole/aws/access_key, secret_key: vault://cubbyhole/aws/secret_key } }\n`,
    ],
    ['a fragment', 'extends: base.yml\naws: { default: null }\n'],
    ['a base', 'site: { asn: 65001 }\nbackend: { bucket: b }\n'],
    ['an old spelling', changed(['aws_vpc_subnet_id', 'aws_vcp_subnet_id'])],
  ])('%s', (_, text) => {
    expect(validate(parse(text)) ? [] : validate.errors).toEqual([]);
  });

  test.each(['base', 'dev', 'staging', 'prod'])('the example %s', (name) => {
    expect(validate(parse(readFileSync(`catalog/${name}.yml`, 'utf8'))) ? [] : validate.errors).toEqual([]);
  });
});

const cases = [...VALUES, ...ADOPTED, ...CREATE, ...VPN, ...VAULT, ...REFERENCES].map((broken) => {
  const text = `${changed(...(broken.changes ?? []))}${broken.added ?? ''}`;
  // What is only warned of may be written.
  const errors = broken.problems.filter((line) => !/^\S+ (warning|note) /.test(line));
  const codes = errors.map((line) => line.split(' ')[1] ?? '');
  const isShape = codes.some((code) => !BEYOND_SHAPE.has(code)) && !BEYOND_SHAPE_NAMES.has(broken.name);
  return { name: broken.name, text, isShape };
});

describe('refuses what the validation refuses for its shape:', () => {
  test.each(cases.filter(({ isShape }) => isShape).map(({ name, text }) => [name, text]))('%s', (_, text) => {
    expect(validate(parse(text))).toBe(false);
  });
});

describe('leaves to the validation:', () => {
  test.each(cases.filter(({ isShape }) => !isShape).map(({ name, text }) => [name, text]))(
    '%s',
    (_, text) => {
      expect(validate(parse(text))).toBe(true);
    },
  );
});
