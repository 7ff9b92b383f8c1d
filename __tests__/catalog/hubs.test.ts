import { readFileSync } from 'node:fs';
import { CREATE_HUB, HUB, HUB_VPN_KEYS } from '../../catalog/kinds/aws-hub/keys';
import type { MapForm } from '../../catalog/shape/shape';
import { loadedFrom } from '../support/loaded';
import { problemLines, tryLoad } from './folder-of';

const SITE = "cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }\n";

/** A catalog with one hub and one network on it. */
function catalog(
  hub = '{ aws_region: ap-northeast-1, create: { vpn: { routing: bgp } } }',
  vpn = '{ gateway: transit, hub: main }',
  more = '',
): string {
  return `${SITE}hubs: { main: ${hub} }
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create:
      vpc_cidr: 172.30.0.0/16
      egress: none
      vpn: ${vpn}
${more}`;
}

const hub = (create: string): string => catalog(`{ aws_region: ap-northeast-1, create: ${create} }`);
const EXISTING =
  'aws_transit_gateway_id: tgw-0123456789abcdef0, aws_transit_gateway_route_table_id: tgw-rtb-0123456789abcdef0';

const OTHER = `  other:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.29.2.0/24
    create: { vpc_cidr: 172.29.0.0/16, egress: none, vpn: { gateway: transit, hub: main, route_table: two } }
`;

describe('refuses', () => {
  test.each([
    [
      'a hub that is neither made nor named',
      catalog('{ aws_region: ap-northeast-1 }'),
      'missing-key hubs.main:',
    ],
    [
      'a hub without a region',
      catalog('{ create: {} }'),
      'missing-key hubs.main: key "aws_region" is missing',
    ],
    [
      'an unknown region',
      catalog('{ aws_region: ap-north-1, create: {} }'),
      'unknown-region hubs.main.aws_region:',
    ],
    [
      'a name with a capital',
      `${SITE}hubs: { Main: { aws_region: ap-northeast-1, create: {} } }\n`,
      'bad-name hubs: a key must',
    ],
    [
      'a table without its gateway',
      catalog(
        '{ aws_region: ap-northeast-1, aws_transit_gateway_route_table_id: tgw-rtb-0123456789abcdef0, create: {} }',
      ),
      'missing-key hubs.main: key "aws_transit_gateway_id"',
    ],
    [
      'a gateway without a table',
      catalog('{ aws_region: ap-northeast-1, aws_transit_gateway_id: tgw-0123456789abcdef0 }'),
      'missing-key hubs.main: key "aws_transit_gateway_route_table_id"',
    ],
    [
      'an id of something else',
      catalog(
        `{ aws_region: ap-northeast-1, aws_transit_gateway_id: vgw-0123456789abcdef0, aws_transit_gateway_route_table_id: tgw-rtb-0123456789abcdef0 }`,
      ),
      'bad-value hubs.main.aws_transit_gateway_id:',
    ],
    [
      'what an existing gateway has already',
      catalog(`{ aws_region: ap-northeast-1, ${EXISTING}, create: { amazon_side_asn: 64600 } }`),
      'refused-key hubs.main.create.amazon_side_asn:',
    ],
    [
      'a table in an existing gateway',
      catalog(
        `{ aws_region: ap-northeast-1, ${EXISTING} }`,
        '{ gateway: transit, hub: main, route_table: dev }',
      ),
      'refused-key aws.default.create.vpn.route_table:',
    ],
    [
      'an ASN that AWS refuses',
      hub('{ amazon_side_asn: 65535 }'),
      'bad-value hubs.main.create.amazon_side_asn:',
    ],
    [
      'both ends with one ASN',
      hub('{ amazon_side_asn: 65000 }'),
      'same-asn hubs.main.create.amazon_side_asn:',
    ],
    [
      'equal paths over static routes',
      hub('{ ecmp: true, vpn: { routing: static } }'),
      'incompatible hubs.main.create.ecmp:',
    ],
    [
      'equal paths over the routes of a default',
      hub('{ ecmp: true }'),
      'incompatible hubs.main.create.ecmp:',
    ],
    [
      'acceleration where AWS begins',
      hub('{ vpn: { acceleration: true, tunnel_options: { startup_action: start } } }'),
      'incompatible hubs.main.create.vpn.acceleration:',
    ],
    ['IPv6 inside', hub('{ vpn: { inside_ip: ipv6 } }'), 'not-built hubs.main.create.vpn.inside_ip:'],
    ['a second connection for IPv6', hub('{ vpn6: {} }'), 'not-built hubs.main.create.vpn6:'],
    [
      'large tunnels of an older provider',
      hub('{ vpn: { bandwidth: large } }'),
      'provider-too-old hubs.main.create.vpn.bandwidth:',
    ],
    ['policies', hub('{ vpn: { mode: policy-based } }'), 'refused-key hubs.main.create.vpn.mode:'],
    [
      "the provider's word for acceleration",
      hub('{ vpn: { enable_acceleration: true } }'),
      'refused-key hubs.main.create.vpn.enable_acceleration:',
    ],
    ['an unknown key', hub('{ multicast: true }'), 'unknown-key hubs.main.create: unknown key "multicast"'],
    [
      "the site's table",
      hub('{ route_tables: { site: {} } }'),
      'bad-name hubs.main.create.route_tables: a key must',
    ],
    [
      'twenty tables beside it',
      hub(
        `{ route_tables: { dev: {}, ${Array.from({ length: 19 }, (_, index) => `t${index}: {}`).join(', ')} } }`,
      ),
      'too-much hubs.main.create.route_tables:',
    ],
    [
      'an account of eleven digits',
      hub("{ share: ['12345678901'] }"),
      'bad-value hubs.main.create.share[0]:',
    ],
    ['one account twice', hub("{ share: ['123456789012', '123456789012'] }"), 'hubs.main.create.share[1]:'],
    [
      'an option of tunnels that AWS refuses',
      hub('{ vpn: { tunnel_options: { dpd_timeout_seconds: 20 } } }'),
      'bad-value hubs.main.create.vpn.tunnel_options.dpd_timeout_seconds:',
    ],
    [
      'a hub that is not there',
      catalog(undefined, '{ gateway: transit, hub: mian }'),
      'unknown-hub aws.default.create.vpn.hub:',
    ],
    [
      'a network without its hub',
      catalog(undefined, '{ gateway: transit }'),
      'missing-key aws.default.create.vpn: key "hub" is missing',
    ],
    [
      'keys of a VPN beside it',
      catalog(undefined, '{ gateway: transit, hub: main, crypto: seed }'),
      'refused-key aws.default.create.vpn.crypto:',
    ],
    ['a hub without transit', catalog(undefined, '{ hub: main }'), 'refused-key aws.default.create.vpn.hub:'],
    [
      'a table that the hub does not have',
      catalog(undefined, '{ gateway: transit, hub: main, route_table: prod }'),
      'bad-value aws.default.create.vpn.route_table:',
    ],
    [
      'no table where there are several',
      hub('{ route_tables: { one: {}, two: {} } }'),
      'missing-key aws.default.create.vpn: key "route_table" is missing',
    ],
    [
      'a hub of another region',
      catalog('{ aws_region: ap-northeast-3, create: {} }'),
      'region-differs aws.default.create.vpn.hub:',
    ],
    [
      'no table at all',
      hub('{ route_tables: {} }'),
      'bad-value hubs.main.create.route_tables: must name a table',
    ],
    [
      'a zone of another region',
      catalog(
        undefined,
        '{ gateway: transit, hub: main, attachment_subnets: { ap-northeast-3a: 172.30.9.0/28 } }',
      ),
      'zone-of-another-region aws.default.create.vpn.attachment_subnets.ap-northeast-3a: must be zones of ap-northeast-1',
    ],
    [
      'nodes of which no zone is known beside zones of the hub',
      catalog(
        undefined,
        '{ gateway: transit, hub: main, attachment_subnets: { ap-northeast-1a: 172.30.9.0/28 } }',
      ).replace(/ {4}aws_availability_zone: .*\n/, ''),
      'missing-key aws.default: key "aws_availability_zone" is missing: attachment_subnets of aws/default',
    ],
    [
      'an empty map of zones',
      catalog(undefined, '{ gateway: transit, hub: main, attachment_subnets: {} }'),
      'must name a zone',
    ],
    [
      'a hub without a value, of which nothing else is said',
      catalog(''),
      'hubs.main: must be a map of keys, got nothing',
    ],
    [
      'a zone of nodes without a block',
      catalog(
        undefined,
        '{ gateway: transit, hub: main, attachment_subnets: { ap-northeast-1c: 172.30.9.0/28 } }',
      ),
      'missing-key aws.default.create.vpn.attachment_subnets:',
    ],
    [
      'a block outside of the VPC',
      catalog(
        undefined,
        '{ gateway: transit, hub: main, attachment_subnets: { ap-northeast-1a: 172.31.9.0/28 } }',
      ),
      'subnet-outside aws.default.create.vpn.attachment_subnets',
    ],
    [
      'a block that nodes have',
      catalog(
        undefined,
        '{ gateway: transit, hub: main, attachment_subnets: { ap-northeast-1a: 172.30.2.16/28 } }',
      ),
      'overlap aws.default.create.vpn.attachment_subnets',
    ],
    [
      'a block that is too small',
      catalog(
        undefined,
        '{ gateway: transit, hub: main, attachment_subnets: { ap-northeast-1a: 172.30.9.0/29 } }',
      ),
      'bad-size aws.default.create.vpn.attachment_subnets',
    ],
    [
      'names of a VPN that the hub has',
      catalog(
        undefined,
        '{ gateway: transit, hub: main }',
        '      existing_names: { vpn_log_group: mine }\n',
      ),
      'unused-name aws.default.create.existing_names.vpn_log_group:',
    ],
    [
      'static routes to two gateways',
      hub('{}').replace(
        'public_ip: 198.51.100.10',
        'gateways: { east: { public_ip: 198.51.100.10, address: 10.0.2.2 }, west: { public_ip: 198.51.100.11, address: 10.0.2.3 } }',
      ),
      'gateways-need-bgp hubs.main.create.vpn',
    ],
  ])('%s', (_, text, expected) => {
    const lines = problemLines({ 'dev.yml': text });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.replace(/^dev\.yml:\S+ /, '')).toContain(expected);
  });

  it('a network of a hub without a site, and the hub too', () => {
    const text = catalog().replace(/^site: .*\n/m, '');
    const lines = problemLines({ 'dev.yml': text });
    expect(lines.every((line) => line.includes('key "site" is missing'))).toBe(true);
    expect(lines).toHaveLength(2);
  });
});

describe('takes', () => {
  test.each([
    ['a hub alone', `${SITE}hubs: { main: { aws_region: ap-northeast-1, create: {} } }\n`],
    ['the longest name', catalog().replaceAll('main', 'abcdefghijklmnopqrstuvwxyz-')],
    ['the last ASN of 16 bits', hub('{ amazon_side_asn: 65534, vpn: { routing: bgp } }')],
    ['the last ASN of 32 bits', hub('{ amazon_side_asn: 4294967294 }')],
    [
      'nineteen tables',
      hub(
        `{ route_tables: { dev: {}, ${Array.from({ length: 18 }, (_, index) => `t${index}: {}`).join(', ')} } }`,
      ),
    ],
    [
      'every key',
      hub(
        "{ amazon_side_asn: 64600, ecmp: false, route_tables: { dev: {}, two: {} }, share: ['123456789012', 'arn:aws:organizations::123456789012:organization/o-0123456789', 'arn:aws:organizations::123456789012:ou/o-0123456789/ou-0123-01234567'], tags: { owner: me }, vpn: { routing: bgp, crypto: compatible, acceleration: true, bandwidth: standard, inside_ip: ipv4, preshared_key_storage: SecretsManager, logs: { retention_days: 30 }, tunnel_options: { dpd_timeout_seconds: 30 }, tunnels: [{ inside_cidr: 169.254.101.0/30 }, {}] } }",
      ),
    ],
    ['acceleration with static routes', hub('{ vpn: { acceleration: true } }')],
    [
      'large tunnels of a newer provider',
      `${hub('{ vpn: { bandwidth: large } }')}providers: { aws: { version: '>= 6.25.0, < 7.0.0' } }\n`,
    ],
    ['a hub without a VPN', hub('{ vpn: none }')],
    ['an existing gateway', catalog(`{ aws_region: ap-northeast-1, ${EXISTING} }`)],
    [
      'an existing gateway that gets a VPN',
      catalog(`{ aws_region: ap-northeast-1, ${EXISTING}, create: { vpn: { routing: bgp } } }`),
    ],
    ['the only table, whatever its name', hub('{ route_tables: { shared: {} } }')],
    [
      'subnets of its own',
      catalog(
        undefined,
        '{ gateway: transit, hub: main, attachment_subnets: { ap-northeast-1a: 172.30.9.0/28 } }',
      ),
    ],
  ])('%s', (_, text) => {
    expect(problemLines({ 'dev.yml': text })).toEqual([]);
  });

  it('unseen attachments, with a note', () => {
    const [problem, ...others] = tryLoad({ 'dev.yml': hub('{ auto_accept: true }') }).problems;
    expect([problem?.code, problem?.severity, others]).toEqual(['auto-accept', 'note', []]);
  });
});

describe('a hub of another environment', () => {
  const maker = catalog();
  const user = (
    changes: string = '{ environment: dev }',
    vpn = '{ gateway: transit, hub: main, route_table: dev }',
  ) => catalog(changes, vpn).replaceAll('172.30.', '172.28.');

  it('is used by both, and has the networks of both', () => {
    const files = { 'dev.yml': maker, 'prod.yml': user() };
    expect(problemLines(files, 'prod')).toEqual([]);
    const dev = tryLoad(files, 'dev').loaded?.catalog.kinds['aws-hub']?.hubs[0];
    expect(dev?.cidrs.map(String)).toEqual(['172.30.0.0/16', '172.28.0.0/16']);
    const prod = tryLoad(files, 'prod').loaded;
    expect(prod?.catalog.kinds['aws-hub']?.hubs).toEqual([]);
    expect(prod?.catalog.kinds['aws-network']?.networks[0]?.attachment?.hub).toEqual({
      entry: 'dev/hub/main',
      routeTable: 'dev',
    });
    expect(prod?.stacks.map(({ id, requires }) => [id, requires])).toEqual([['prod-aws-default', []]]);
    expect(tryLoad(files, 'dev').loaded?.neighbourNeeds[0]?.needs).toEqual([
      { server: 'AWS (dev)', what: 'transit gateway', path: 'main', key: 'aws/default' },
    ]);
  });

  test.each([
    ['an environment that is not there', user('{ environment: div }'), 'unknown-hub hubs.main.environment:'],
    ['itself', user('{ environment: prod }'), 'unknown-hub hubs.main.environment: is the environment itself'],
    [
      'a hub that it does not make',
      user().replaceAll('main', 'other'),
      'unknown-hub hubs.other.environment:',
    ],
    [
      'a region of its own',
      user('{ environment: dev, aws_region: ap-northeast-1 }'),
      'refused-key hubs.main.aws_region:',
    ],
    ['a VPN of its own', user('{ environment: dev, create: {} }'), 'refused-key hubs.main.create:'],
    ['another site', user().replace('198.51.100.10', '198.51.100.99'), 'site-differs hubs.main.environment:'],
    ['no table, where none has its name', user(undefined, '{ gateway: transit, hub: main }'), undefined],
    [
      'a table that is not there',
      user(undefined, '{ gateway: transit, hub: main, route_table: prod }'),
      'bad-value aws.default.create.vpn.route_table:',
    ],
  ])('with %s', (_, text, expected) => {
    const lines = problemLines({ 'dev.yml': maker, 'prod.yml': text }, 'prod');
    expect(lines.map((line) => line.replace(/^prod\.yml:\S+ /, ''))).toEqual(
      expected === undefined ? [] : [expect.stringContaining(expected)],
    );
  });
});

it('is required by its networks, and its tunnels are its own', () => {
  const loaded = loadedFrom(catalog());
  expect(loaded.stacks.map(({ id, requires }) => [id, requires])).toEqual([
    ['dev-hub-main', []],
    ['dev-aws-default', ['dev-hub-main']],
  ]);
  expect([...loaded.allocations.keys()]).toEqual(['hub/main']);
});

it('is destroyed after the networks that were on it', () => {
  const lock = `version: 1
stacks:
  dev-hub-main: { kind: aws-hub, provider: aws, region: ap-northeast-1, backend: local }
  dev-aws-old: { kind: aws-network, provider: aws, region: ap-northeast-1, backend: local }
`;
  const text = `${SITE}${catalog().slice(catalog().indexOf('aws:')).replace('{ gateway: transit, hub: main }', 'none')}`;
  const { loaded, problems } = tryLoad({ 'dev.yml': text, 'dev.lock.yml': lock });
  expect(problems).toEqual([]);
  expect(loaded?.stacks.map(({ id, requires }) => [id, requires])).toEqual([
    ['dev-aws-default', []],
    ['dev-aws-old', []],
    ['dev-hub-main', ['dev-aws-default', 'dev-aws-old']],
  ]);
});

describe('with a mesh', () => {
  const meshed = (text: string): string => text.replace('asn: 65000', 'asn: 65000, mesh: true');
  const tables =
    '{ aws_region: ap-northeast-1, create: { route_tables: { dev: {}, two: {} }, vpn: { routing: bgp } } }';
  const own = `  own:
    aws_region: ap-northeast-3
    private_network_ipmask: 172.27.2.0/24
    create: { vpc_cidr: 172.27.0.0/16, egress: none, vpn: { routing: bgp, amazon_side_asn: 64601 } }
`;
  const reached = (text: string) => {
    const { kinds } = loadedFrom(meshed(text)).catalog;
    const networks = kinds['aws-network']?.networks ?? [];
    return Object.fromEntries([
      ...(kinds['aws-hub']?.hubs ?? []).map((one) => [one.key, one.vpn?.remoteNetworks.map(String)]),
      ...networks.map((one) => [one.key, (one.vpn ?? one.attachment)?.remoteNetworks.map(String)]),
    ]);
  };

  it('networks of one table meet, those of different tables do not, and others reach all', () => {
    expect(reached(catalog(tables, undefined, `${OTHER}${own}`))).toEqual({
      'hub/main': ['10.0.2.0/24', '172.27.0.0/16'],
      'aws/default': ['10.0.2.0/24', '172.27.0.0/16'],
      'aws/other': ['10.0.2.0/24', '172.27.0.0/16'],
      'aws/own': ['10.0.2.0/24', '172.29.0.0/16', '172.30.0.0/16'],
    });
    expect(reached(catalog(tables, undefined, OTHER.replace('table: two', 'table: dev')))).toEqual({
      'hub/main': ['10.0.2.0/24'],
      'aws/default': ['10.0.2.0/24', '172.29.0.0/16'],
      'aws/other': ['10.0.2.0/24', '172.30.0.0/16'],
    });
  });
});

describe('docs/hubs.md', () => {
  const page = readFileSync('docs/hubs.md', 'utf8');

  it('names every key', () => {
    const keys = (shape: MapForm): readonly string[] => Object.keys(shape.keys);
    const words = new Set(
      [...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/[^a-z0-9_]+/)),
    );
    expect([HUB, CREATE_HUB, HUB_VPN_KEYS].flatMap(keys).filter((key) => !words.has(key))).toEqual([]);
  });

  it('has examples that are valid', () => {
    const [first = '', second = '', ...others] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
      ([, code]) => code ?? '',
    );
    expect(others).toEqual([]);
    expect(problemLines({ 'dev.yml': `${SITE}${first}` })).toEqual([]);
    const files = { 'dev.yml': `${SITE}${first}`, 'prod.yml': `${SITE}${second}` };
    expect(problemLines(files, 'prod')).toEqual([]);
  });
});
