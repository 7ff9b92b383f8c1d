import path from 'node:path';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { loadEnvironment } from '../../catalog/load';
import { folderOf, problemLines, textsOf } from './folder-of';

/** What is said of a file that is given by its path. */
function said(files: Readonly<Record<string, string>>, name: string): readonly string[] {
  const folder = folderOf(files);
  try {
    const environment = path.join(folder, name);
    const { problems } = loadEnvironment({ directory: path.join(folder, 'catalog'), environment });
    return problems.map((problem) => `${problem.severity} ${problem.code} ${textsOf(problem).path}`);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return error.problems.map((problem) => {
      const { path: key, message, fix } = textsOf(problem);
      const { file = '', line } = problem.where.position ?? {};
      return `${path.basename(file)}:${line} ${problem.code} ${key}: ${message} | ${fix}`;
    });
  }
}

describe("another file of the controller's is called by its name, by what it holds:", () => {
  test.each([
    ['sakura_config.yml', 'default: # the network\n  prefix_len: 24\n  ip_addresses:\n    - 172.23.1.12\n'],
    ['sakura_config.yml', 'default: { ip_addresses: [] }\nother: { prefix_len: 24 }\n'],
    [
      'vcp_config.yml',
      'vcc:\n    host: 127.0.0.1\naws:\n    access_key: "vault://cubbyhole/aws/access_key"\n',
    ],
    [
      'vcp_flavor.yml',
      'aws:\n  small: { instance_type: m4.large, volume_size: 16 }\nonpremises:\n  default: { flavor_name: dummy }\n',
    ],
    ['docker-compose.yml', 'services:\n  occtr: { image: x }\n'],
    ['prometheus.yml', 'global: {}\nscrape_configs: []\n'],
    ['a provisioning file of Grafana', 'apiVersion: 1\ndatasources: []\n'],
    ['an OpenAPI schema', 'openapi: 3.0.0\ninfo: {}\n'],
    ['a lock file', 'version: 1\nstacks: {}\n'],
  ])('%s', (name, text) => {
    const [line, ...others] = said({ 'config/any.yml': text }, 'config/any.yml');
    expect(line).toMatch(`any.yml:${1} not-a-catalog : this is ${name}, not a catalog | `);
    expect(others).toEqual([]);
  });

  test.each([
    ['a catalog without its version', 'aws: { default: {} }\n'],
    ['a custom provider alone', 'own: { default: { prefix: 24 } }\n'],
    [
      'a custom provider whose entry has a flavor',
      "cci_version: '1.0'\nown: { default: { instance_type: m4.large } }\n",
    ],
    ['a catalog with a provider of that name', "cci_version: '1.0'\nvcc: { default: { host: x } }\n"],
  ])('%s is none', (_, text) => {
    expect(said({ 'config/any.yml': text }, 'config/any.yml').join()).not.toContain('not-a-catalog');
  });
});

const CATALOG = `cci_version: '1.0'
sakura:
  default:
    sakura_local_switch_id: "123456789012"
    sakura_private_subnet_gateway_ip: 172.23.1.254
    sakura_zone: tk1a
    private_network_ipmask: 172.23.1.0/24
`;
const pool = (addresses: string, prefix = 24) =>
  `default:\n  prefix_len: ${prefix}\n  ip_addresses: [${addresses}]\n`;

describe('sakura_config.yml beside a vpn_catalog.yml', () => {
  const beside = (text: string) =>
    said({ 'config/vpn_catalog.yml': CATALOG, 'config/sakura_config.yml': text }, 'config/vpn_catalog.yml');
  const taken = 'default.ip_addresses[0]: must be addresses of 172.23.1.0/24 that are free for nodes, got';

  test.each([
    ['the addresses of the manual', pool('172.23.1.12, 172.23.1.13'), []],
    ['the first and the last of a host', pool('172.23.1.1, 172.23.1.253'), []],
    ['an address outside', pool('172.23.2.1'), [`${taken} "172.23.2.1", which lies outside`]],
    ["the gateway's", pool('172.23.1.254'), [`${taken} "172.23.1.254", the gateway's`]],
    ["the network's own", pool('172.23.1.0'), [`${taken} "172.23.1.0", the network's own address`]],
    ['the broadcast address', pool('172.23.1.255'), [`${taken} "172.23.1.255", the broadcast address`]],
    [
      'an address twice',
      pool('172.23.1.12, 172.23.1.12'),
      [`${taken.replace('[0]', '[1]')} "172.23.1.12", which stands twice`],
    ],
    [
      'another prefix length',
      pool('172.23.1.12', 16),
      ['default.prefix_len: must be 24, as sakura.default.private_network_ipmask has it, got 16'],
    ],
    [
      'another entry',
      `${pool('172.23.1.12')}defualt: { prefix_len: 24, ip_addresses: [172.23.1.13] }\n`,
      ['defualt: there is no entry sakura.defualt; did you mean "default"?'],
    ],
    [
      'no address',
      'default: { prefix_len: 24, ip_addresses: [] }\n',
      ['default.ip_addresses: must be a list of at least 1, got 0'],
    ],
  ])('%s', (_, text, expected) => {
    expect(beside(text).map((line) => line.replace(/^\S+ \S+ /, '').replace(/ \| $/, ''))).toEqual(expected);
  });

  test('is read only where an entry needs it, and lacks nothing that one needs', () => {
    expect(beside('other: { prefix_len: 24, ip_addresses: [10.0.0.1] }\n').join()).toContain(
      'there is no entry sakura.other',
    );
    const catalog = "cci_version: '1.0'\nonpremises: { default: {} }\n";
    const files = { 'config/vpn_catalog.yml': catalog, 'config/sakura_config.yml': 'a: [\n' };
    expect(said(files, 'config/vpn_catalog.yml')).toEqual([]);
    const two = CATALOG.replace(
      'sakura:\n',
      'sakura:\n  second: { sakura_local_switch_id: "123456789013", sakura_private_subnet_gateway_ip: 172.23.2.254, sakura_zone: tk1a }\n',
    );
    const half = { 'config/vpn_catalog.yml': two, 'config/sakura_config.yml': pool('172.23.1.12') };
    expect(said(half, 'config/vpn_catalog.yml')).toEqual(['warning missing-pool sakura.second']);
  });
});

describe('the section sakura_config of a catalog', () => {
  const lines = (section: string) =>
    problemLines({
      'dev.yml': `${CATALOG}site: { controller: 172.23.1.253/24, public_ip: 198.51.100.10 }\n${section}`,
    });

  test.each([
    [
      'addresses and ranges',
      'sakura_config: { default: { prefix_len: 24, ip_addresses: [172.23.1.3, 172.23.1.12-172.23.1.16] } }\n',
      [],
    ],
    [
      "the controller's address within a range",
      'sakura_config: { default: { prefix_len: 24, ip_addresses: [172.23.1.250-172.23.1.253] } }\n',
      [
        'dev.yml:9:60-85 address-taken sakura_config.default.ip_addresses[0]: must be addresses of 172.23.1.0/24 that are free for nodes, got "172.23.1.253", the controller\'s',
      ],
    ],
    [
      'a range the wrong way round',
      'sakura_config: { default: { prefix_len: 24, ip_addresses: [172.23.1.9-172.23.1.3] } }\n',
      [
        'dev.yml:9:60-81 bad-value sakura_config.default.ip_addresses[0]: must be a range from low to high, got "172.23.1.9-172.23.1.3"; did you mean "172.23.1.3-172.23.1.9"?',
      ],
    ],
  ])('%s', (_, section, expected) => {
    expect(lines(section)).toEqual(expected);
  });
});
