import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { loadEnvironment } from '../../catalog/load';
import { vcpConfigOf } from '../../catalog/out/vcp-config';
import { formatVcpConfig } from '../../catalog/out/vcp-config-text';
import { textsOf } from './folder-of';

const FOLDER = path.join(__dirname, '../fixtures/field');

/** Catalogs and files as people have them: the controller's manuals and scripts, and issues of Vault and of AWS's modules. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  'cat-manual-openstack/vpn_catalog.yml': [
    'note 2:1 own-openstack: a custom provider: its entries are passed through',
  ],
  'cat-mdx-init/vpn_catalog.yml': [],
  'cat-mkdocs-flat-indent/vpn_catalog.yml': [
    'note 3:1 aws: has no entries',
    'error 4:1 default: looks like an entry of aws (aws_region, …)',
    'error 11:1 tokyo_subnet1: looks like an entry of aws (aws_region, …)',
  ],
  'cat-no-cci-version/vpn_catalog.yml': [
    'error 1:1 : key "cci_version" is missing: the version of the format',
  ],
  'cat-proxmox-target-node/plural.yml': [],
  'cat-proxmox-target-node/vpn_catalog.yml': [
    'warning 7:9 proxmox.default: "proxmox_target_node" is another spelling of "proxmox_target_nodes" in VCP\'s manuals; it goes out as it is written',
  ],
  'cat-sakura-init-sh/vpn_catalog.yml': [
    'warning 6:29 sakura.default.sakura_local_switch_id: is usually an id of 12 digits, got "12345678912"',
  ],
  'cat-sakura-readme/sakura_config.yml': ['error 1:1 : this is sakura_config.yml, not a catalog'],
  'cat-sakura-readme/vpn_catalog.yml': [],
  'cat-sample-placeholders/vpn_catalog.yml': [
    'error 6:24 aws.default.aws_vpc_subnet_id: must be a subnet id like subnet-0862300dba34162ed, got "subnet-*****"',
    'error 7:32 aws.default.aws_vpc_security_group_id: must be a security group id like sg-0387934d3cd06946f, got "sg-*****"',
    'error 11:29 sakura.default.sakura_local_switch_id: must be filled in, got a placeholder of asterisks (YAML reads * as an alias)',
  ],
  'openbao-scan-capability/catalog.yml': [],
  'sg-catalog-asks/catalog.yml': [
    'error 13:48 aws.default.create.ingress[2].from: must be a source of IPv4, got "2001:db8::/64"',
    'error 14:48 aws.default.create.ingress[3].from: must be a source of IPv4, got "::/0"',
    'error 15:23 aws.default.create.ingress[4].protocol: must be a protocol of IPv4, got "icmpv6"',
    'error 15:37 aws.default.create.ingress[4].from: must be a source of IPv4, got "2001:db8::/64"',
    'error 17:34 aws.default.create.ingress[6].from: allows protocol-50 from 10.0.2.0/24 a second time, first in ingress[5]',
    'error 19:23 aws.default.create.ingress[8].protocol: must be tcp, udp, icmp, all, or another protocol by its name (esp, gre) or number from 0 to 255, got "TCP"; did you mean "tcp"?',
    'error 21:51 aws.default.create.ingress[10].from: allows tcp-22 from 10.0.2.0/24 a second time, first in ingress[9]',
    "error 22:35 aws.default.create.ingress[11].ports: must be a port or a range of ports like '22' or '8000-8010', or a list of them, got \"22,80\"",
    "error 23:35 aws.default.create.ingress[12].ports: must be a port or a range of ports like '22' or '8000-8010', or a list of them, got \"all\"",
    'error 25:35 aws.default.create.ingress[14].ports: must be a range from low to high, got "90-80"; did you mean "80-90"?',
    'error 26:47 aws.default.create.ingress[15].from: must be a network in CIDR notation, got "192.0.2.5"; did you mean "192.0.2.5/32"?',
    'error 27:47 aws.default.create.ingress[16].from: must be a network address (no host bits set), got "10.0.2.15/24"; did you mean "10.0.2.0/24"?',
    'error 28:47 aws.default.create.ingress[17].from: must be a restricted source, or carry the reason why everybody may come in, got "tcp-22 from 0.0.0.0/0"',
    'error 29:48 aws.default.create.ingress[18].from[0]: must be a restricted source, or carry the reason why everybody may come in, got "tcp-22 from 0.0.0.0/1"',
    'error 29:59 aws.default.create.ingress[18].from[1]: must be a restricted source, or carry the reason why everybody may come in, got "tcp-22 from 128.0.0.0/1"',
    'error 32:11 aws.default.create.ingress[21]: key "from" is missing: a rule needs protocol, from, and ports for tcp and udp',
    "error 32:11 aws.default.create.ingress[21]: key \"ports\" is missing: a port '22' or a range '8000-8010'",
    'error 32:28 aws.default.create.ingress[21]: unknown key "from_port"',
    'error 32:43 aws.default.create.ingress[21]: unknown key "to_port"',
    'error 32:56 aws.default.create.ingress[21]: unknown key "cidr_blocks"',
    'error 33:40 aws.default.create.ingress[22].ports: does not go with protocol: all',
  ],
  'vault-10905-super-secret/catalog.yml': [],
  'vault-5175-deny-list/catalog.yml': [],
  'vault-8813-plus-deny/catalog.yml': [],
  'vault-admin-mounts/catalog.yml': [],
  'vault-parameter-constraints/catalog.yml': [],
  'vault-templated-policy/catalog.yml': [
    'error 9:13 vault.policies.p.may[0]: read on secret/users/alice/x cannot be decided: the rule secret/users/{{identity.entity.name}}/* is of this path for some tokens and not for others',
  ],
  'vaultui-44-list-parent/catalog.yml': [
    'error 10:61 vault.policies.p.may_not[3]: the policy must not allow list on secret/foo, but allows create, delete, list, read, update there: to list it is to ask for secret/foo/',
  ],
  'vcp-config-host/lab.yml': [],
  'vcp-config-host/vcp_config.yml': ['error 4:1 : this is vcp_config.yml, not a catalog'],
};

function problemsOf(file: string): readonly string[] {
  const environment = path.join(FOLDER, file);
  try {
    return loadEnvironment({ directory: FOLDER, environment }).problems.map(lineOf);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return error.problems.map(lineOf);
  }
}

function lineOf(problem: CatalogError['problems'][number]): string {
  const { path: key, message } = textsOf(problem);
  const { line, column } = problem.where.position ?? {};
  return `${problem.severity} ${line}:${column} ${key}: ${message}`;
}

test.each(Object.entries(CASES))('%s', (file, expected) => {
  expect(problemsOf(file)).toEqual(expected);
});

test('none is left out', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yml'),
  );
  expect(files.sort()).toEqual(Object.keys(CASES).sort());
});

test('a vcp_config.yml keeps the host by which its user reaches the controller, and all else that is in it', () => {
  const read = (name: string) => readFileSync(path.join(FOLDER, 'vcp-config-host', name), 'utf8');
  const { catalog } = loadEnvironment({
    directory: FOLDER,
    environment: path.join(FOLDER, 'vcp-config-host/lab.yml'),
  });
  const config = vcpConfigOf(catalog);
  if (config === undefined) throw new Error('no configuration');
  const mine = read('vcp_config.yml');
  const text = formatVcpConfig(config, mine);
  expect(parse(text)).toEqual({
    ...parse(mine),
    proxmox: { private_network: 'default' },
    mdx2: { private_network: 'default' },
  });
  for (const line of mine.split('\n').filter((one) => one.includes('#'))) expect(text).toContain(line.trim());
});

test('a spelling that a controller may read goes out as it is written', () => {
  const environment = path.join(FOLDER, 'cat-proxmox-target-node/vpn_catalog.yml');
  const [entry] = loadEnvironment({ directory: FOLDER, environment }).catalog.adopted;
  expect(Object.keys(entry?.values ?? {})).toContain('proxmox_target_node');
  expect(Object.keys(entry?.values ?? {})).not.toContain('proxmox_target_nodes');
});
