import { cpSync } from 'node:fs';
import path from 'node:path';
import { KNOWN_PROVIDERS } from '../../../catalog/adopted/keys';
import { CREATED_ENTRIES } from '../../../catalog/kinds/registry';
import { temporaryFolder } from '../../support/catalog-folder';
import { YamlLanguageServer } from '../../support/yaml-language-server';

jest.setTimeout(120_000);

const HEAD = "cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 203.0.113.20 }\n";
const ENTRY = `${HEAD}aws:
  default:
    aws_region: us-west-2
    private_network_ipmask: 172.22.2.0/24
`;
const CREATE = `${ENTRY}    create:
      vpc_cidr: 172.22.0.0/16
`;

describe('an editor with the YAML language server', () => {
  const folder = temporaryFolder();
  cpSync('catalog/catalog.schema.json', path.join(folder, 'catalog.schema.json'));
  const server = new YamlLanguageServer(folder);
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  test.each(CREATED_ENTRIES.map(({ provider }) => provider))(
    'offers create in an entry of %s',
    async (name) => {
      for (const entry of ['    |', '    private_network_ipmask: 172.22.2.0/24\n    |'])
        expect((await server.view(`${HEAD}${name}:\n  default:\n${entry}\n`)).offered).toContain('create');
    },
  );

  const others = KNOWN_PROVIDERS.filter((name) => !CREATED_ENTRIES.some(({ provider }) => provider === name));
  test.each([...others, 'own-cloud'])(
    'does not offer create in an entry of %s, and refuses it',
    async (name) => {
      const { offered } = await server.view(`${HEAD}${name}:\n  default:\n    |\n`);
      expect(offered).not.toContain('create');
      expect(offered).toContain('private_network_ipmask');
      const { problems } = await server.view(`${HEAD}${name}:\n  default:\n    create: {}\n`);
      expect(problems).toContainEqual(expect.stringContaining('create is not built yet for this provider'));
    },
  );

  test('offers no old spelling, and says what the right one is', async () => {
    const { offered } = await server.view(`${HEAD}aws:\n  default:\n    |\n`);
    expect(offered).toContain('aws_vpc_subnet_id');
    expect(offered).not.toContain('aws_vcp_subnet_id');
    const { problems } = await server.view(
      `${ENTRY}    aws_vcp_subnet_id: subnet-0a1b2c3d4e5f60718\n    aws_vpc_security_group_id: sg-0a1b2c3d4e5f60718\n`,
    );
    expect(problems).toEqual([expect.stringContaining('old spelling of aws_vpc_subnet_id')]);
  });

  test('offers the keys of both shapes of create until one is chosen', async () => {
    const begun = (await server.view(`${ENTRY}    create:\n      |\n`)).offered;
    expect(begun).toEqual(expect.arrayContaining(['vpc_cidr', 'within', 'egress', 'vpn']));
    const chosen = (await server.view(`${CREATE}      |\n`)).offered;
    expect(chosen).toContain('egress');
    expect(chosen).not.toContain('within');
  });

  test.each([
    ['the name of an entry alone', `${HEAD}aws:\n  default:\n`],
    ['its region alone', `${HEAD}aws:\n  default:\n    aws_region: us-west-2\n`],
    ['its block alone', `${HEAD}aws:\n  default:\n    private_network_ipmask: 172.22.2.0/24\n`],
    ['create without anything', `${HEAD}aws:\n  default:\n    aws_region: us-west-2\n    create:\n`],
    ['create without anything, first', `${HEAD}aws:\n  two:\n    create:\n`],
  ])('says nothing of what is missing in a half-written entry: %s', async (_, text) => {
    expect((await server.view(text)).problems).toEqual([]);
  });

  test('says what is missing as soon as that is certain', async () => {
    const created = await server.view(
      `${HEAD}aws:\n  default:\n    aws_region: us-west-2\n    create: { vpc_cidr: 172.22.0.0/16 }\n`,
    );
    expect(created.problems).toEqual([expect.stringContaining('Missing property "private_network_ipmask"')]);
    const adopted = await server.view(`${ENTRY}    aws_vpc_subnet_id: subnet-0a1b2c3d4e5f60718\n`);
    expect(adopted.problems).toEqual([expect.stringContaining('aws_vpc_security_group_id')]);
  });

  test.each([
    [
      'a choice, each with its meaning, and the default',
      `${CREATE}      eg|ress: none\n`,
      [
        'How nodes reach the Internet. Default: nat.',
        '`nat`: through one NAT gateway',
        '`nat-per-zone`: through a NAT gateway in each zone',
        '`none`: not at all',
      ],
    ],
    [
      'a unit and bounds',
      `${CREATE}      vpn: { tunnel_options: { dpd_timeout_sec|onds: 40 } }\n`,
      ['how many silent seconds', 'absent: 30', 'From 30 to'],
    ],
    [
      'a number with its default',
      HEAD.replace('public_ip:', 'a|sn: 65000, public_ip:'),
      ["The site's autonomous system number", 'From 1 to 4294967294', 'Default: 65000'],
    ],
    [
      'that a key is required',
      `${ENTRY}    create:\n      vpc_|cidr: 172.22.0.0/16\n`,
      ['Block of the VPC, /16 to /28', 'Required'],
    ],
    [
      'the crypto profiles',
      `${CREATE}      vpn: { cry|pto: modern }\n`,
      ['`modern`: AES256-GCM', '`seed`: ', 'Default: modern'],
    ],
  ])('says over a key: %s', async (_, text, parts) => {
    const { hover } = await server.view(text);
    for (const part of parts) expect(hover).toContain(part);
  });
});

test('every choice between words says what each of them means', () => {
  const silent: string[] = [];
  const visit = (node: unknown, at: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { enum: values, enumDescriptions } = node as {
      enum?: readonly unknown[];
      enumDescriptions?: unknown;
    };
    const isOfWords =
      values !== undefined && values.length > 1 && values.every((value) => typeof value === 'string');
    if (isOfWords && enumDescriptions === undefined) silent.push(at.split('/').at(-1) ?? at);
    for (const [key, value] of Object.entries(node))
      visit(value, key === 'items' || /^(anyOf|\d+)$/.test(key) ? at : `${at}/${key}`);
  };
  visit(require(path.resolve('catalog/catalog.schema.json')), '');
  // Names of algorithms, capabilities, protocols, providers, processors, disks, sizes and zones are what they mean.
  expect([...new Set(silent)].sort()).toEqual([
    'architecture',
    'capabilities',
    'dh_group',
    'egress',
    'format',
    'ike_encryption',
    'ike_integrity',
    'ike_versions',
    'ipsec_encryption',
    'ipsec_integrity',
    'managed_disk_type',
    'pfs_group',
    'phase1_encryption_algorithms',
    'phase1_integrity_algorithms',
    'phase2_encryption_algorithms',
    'phase2_integrity_algorithms',
    'provider',
    'sku',
    'spot_type',
    'type',
    'volume_type',
    'zone',
    'zones',
  ]);
});
