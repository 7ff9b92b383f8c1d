import { KNOWN_PROVIDERS, OPEN_PROVIDERS } from '../../../catalog/adopted/keys';
import { featuresText } from '../../../model/clouds/provider-features';
import { problemLines, tryLoad } from '../folder-of';

/** Entries of one provider as their keys and values, and what is wrong with each of the bad ones. */
interface Provider {
  /** A whole entry, of which the others are made. */
  readonly entry: Readonly<Record<string, string>>;
  /** What replaces keys of it and is right. Null takes a key away. */
  readonly good: readonly Changes[];
  readonly bad: readonly (readonly [changes: Changes, problem: string])[];
}

type Changes = Readonly<Record<string, string | null>>;

const AWS: Provider = {
  entry: {
    aws_region: 'ap-northeast-1',
    aws_availability_zone: 'ap-northeast-1a',
    aws_vpc_subnet_id: 'subnet-0862300dba34162ed',
    aws_vpc_security_group_id: 'sg-0387934d3cd06946f',
    private_network_ipmask: '172.30.2.0/24',
  },
  good: [
    { aws_availability_zone: null },
    { aws_vpc_subnet_id: 'subnet-0862300d', aws_vpc_security_group_id: 'sg-0387934d' },
    { ntp_servers: '[ntp.nict.jp]', cloud_instance_dns_servers: '[8.8.8.8]' },
  ],
  bad: [
    [{ aws_region: null }, 'missing-key: key "aws_region" is missing'],
    [{ aws_vpc_subnet_id: 'sg-0387934d3cd06946f' }, 'bad-value: must be a subnet id'],
    [{ aws_vpc_security_group_id: 'sg-0387934D' }, 'bad-value: must be a security group id'],
    [{ aws_availability_zone: 'us-west-2a' }, 'zone-of-another-region: must be a zone of ap-northeast-1'],
    [{ aws_region: 'ap-northeats-1' }, 'unknown-region: must be a region of AWS'],
    [{ private_network_ipmask: '172.30.2.0' }, 'bad-value: must be an IPv4 address with a prefix length'],
  ],
};

const PROVIDERS: Readonly<Record<string, Provider>> = {
  aws: AWS,
  aws_spot: AWS,
  azure: {
    entry: {
      azure_resource_group_name: 'vcc3013',
      azure_vnet_name: 'vcc3013',
      azure_subnet_name: 'vcc3013subnet',
      azure_security_group_name: 'vcc3013-main-nsg',
      azure_location: "'Japan East'",
      private_network_ipmask: '172.21.1.0/24',
    },
    good: [{ azure_location: 'japaneast' }, { azure_zone: '1' }, { azure_zone: "'3'" }],
    bad: [
      [{ azure_resource_group_name: null }, 'missing-key: key "azure_resource_group_name" is missing'],
      [{ azure_vnet_name: null }, 'missing-key: key "azure_vnet_name" is missing'],
      [{ azure_subnet_name: '[a]' }, 'wrong-type: must be a name of up to 80'],
      [{ azure_security_group_name: "''" }, 'bad-value: must not be empty'],
      [{ azure_location: 'true' }, 'wrong-type: must be a location of Azure'],
      [{ azure_location: 'japaneats' }, 'unknown-region: must be a location of Azure'],
      [{ azure_location: 'Japan  East' }, 'bad-value: must be a location of Azure'],
      [{ azure_zone: '4' }, 'bad-value: must be'],
      [
        { azure_location: 'westus', azure_zone: '1' },
        'zone-of-another-region: must not be given: West US has no',
      ],
      [{ azure_vnet_name: '-a' }, 'bad-value: must be a name of 2 to 64'],
      [{ azure_resource_group_name: 'a.' }, 'bad-value: must be a name of up to 90'],
    ],
  },
  sakura: {
    entry: {
      sakura_local_switch_id: "'112900000000'",
      sakura_private_subnet_gateway_ip: '172.23.1.1',
      sakura_zone: 'tk1a',
      private_network_ipmask: '172.23.1.0/24',
    },
    good: [
      { sakura_zone: 'tk1v' },
      { private_network_ipmask: null },
      { sakura_private_subnet_gateway_ip: '172.23.1.254' },
    ],
    bad: [
      [{ sakura_local_switch_id: '112900000000' }, 'wrong-type: must be an id of 12 digits, as a text'],
      [{ sakura_local_switch_id: 'switch-1' }, 'bad-value: must be an id of 12 digits'],
      [{ sakura_local_switch_id: "'11290000000'" }, 'warning unusual-value: is usually an id of 12 digits'],
      [{ sakura_zone: 'tokyo' }, 'bad-value: must be a zone of the Sakura cloud'],
      [{ sakura_zone: 'os1a' }, 'warning unusual-value: is usually is1a, is1b'],
      [{ sakura_private_subnet_gateway_ip: '172.23.2.1' }, "gateway-outside: must be in the nodes' network"],
      [{ sakura_private_subnet_gateway_ip: '172.23.1' }, 'bad-value: must be an IPv4 address'],
    ],
  },
  oracle: {
    entry: {
      oracle_tenancy_ocid: 'ocid1.tenancy.oc1..aaaa',
      oracle_compartment_id: 'ocid1.compartment.oc1..bbbb',
      oracle_subnet_id: 'ocid1.subnet.oc1.ap-tokyo-1.cccc',
      oracle_region: 'ap-tokyo-1',
      oracle_availability_domain: 'mkro:AP-TOKYO-1-AD-1',
      private_network_ipmask: '172.24.2.0/24',
    },
    good: [
      { oracle_compartment_id: 'ocid1.tenancy.oc1..aaaa' },
      {
        oracle_subnet_id: 'ocid1.subnet.oc1.iad.cccc',
        oracle_region: 'us-ashburn-1',
        oracle_availability_domain: 'Uocm:US-ASHBURN-AD-1',
      },
      { private_network_ipmask: null },
    ],
    bad: [
      [{ oracle_tenancy_ocid: 'ocid1.compartment.oc1..aaaa' }, 'bad-value: must be an OCID that begins with'],
      [{ oracle_subnet_id: 'subnet-1' }, 'bad-value: must be an OCID that begins with ocid1.subnet.'],
      [
        { oracle_region: 'us-ashburn-1', oracle_availability_domain: 'Uocm:US-ASHBURN-AD-1' },
        'region-differs: must be a subnet of us-ashburn-1',
      ],
      [{ oracle_compartment_id: 'ocid1.compartment.oc2..b' }, 'region-differs: must be of the realm oc1'],
      [{ oracle_availability_domain: 'mkro:AP-OSAKA-1-AD-1' }, 'zone-of-another-region: must be an avail'],
      [{ oracle_availability_domain: 'AD-1' }, 'warning unusual-value: is usually the name of an avail'],
      [
        {
          oracle_region: 'tokyo',
          oracle_subnet_id: 'ocid1.subnet.oc1.x.c',
          oracle_availability_domain: 'a:X-AD-1',
        },
        'warning unusual-value: is usually a reg',
      ],
    ],
  },
  gcp: {
    entry: {
      gcp_project: 'project-1',
      gcp_subnetwork: 'nodes',
      gcp_region: 'asia-northeast1',
      gcp_zone: 'asia-northeast1-a',
    },
    good: [
      { gcp_project: 'example.com:project-1' },
      { gcp_subnetwork: 'projects/project-1/regions/asia-northeast1/subnetworks/nodes' },
      { private_network_ipmask: '10.1.0.0/24' },
    ],
    bad: [
      [{ gcp_project: 'P' }, 'warning unusual-value: is usually a project id'],
      [{ gcp_subnetwork: 'Nodes' }, "bad-value: must be a subnetwork's name"],
      [{ gcp_region: 'asia-northeast1-a' }, 'bad-value: must be a region of Google Cloud'],
      [{ gcp_zone: 'asia-northeast1' }, 'bad-value: must be a zone of Google Cloud'],
      [{ gcp_zone: 'us-west1-a' }, 'zone-of-another-region: must be a zone of asia-northeast1'],
      [{ gcp_zone: null }, 'missing-key: key "gcp_zone" is missing'],
    ],
  },
  vmware: {
    entry: {
      vmware_vsphere_server: 'vcenter.example.org',
      vmware_allow_unverified_ssl: 'false',
      vmware_vsphere_datacenter_name: 'dc-01',
      vmware_vsphere_resource_pool_name: 'parent',
      vmware_vsphere_network_name: 'VM Network',
      vmware_vsphere_network_mask: '24',
      vmware_template_virtual_machine_name: 'vcp-ubuntu24',
      vmware_ipv4_gateway: '192.168.3.1',
      private_network_ipmask: '192.168.3.0/24',
    },
    good: [
      { vmware_vsphere_network_mask: '255.255.255.0' },
      { vmware_allow_unverified_ssl: "'True'" },
      { vmware_virtual_machine_domain: 'example.org', vmware_vsphere_server: '192.168.3.40' },
    ],
    bad: [
      [
        { vmware_vsphere_server: 'https://vcenter.example.org' },
        'bad-value: must be a host name or an address',
      ],
      [{ vmware_allow_unverified_ssl: 'maybe' }, "bad-value: must be 'true' or 'false'"],
      [{ vmware_vsphere_network_mask: '255.0.255.0' }, 'bad-value: must be a prefix length like 24'],
      [{ vmware_vsphere_network_mask: '26' }, 'netmask-differs: must be at most 24'],
      [{ vmware_ipv4_gateway: '192.168.4.1' }, "gateway-outside: must be in the nodes' network"],
      [{ vmware_vsphere_network_name: null }, 'missing-key: key "vmware_vsphere_network_name" is missing'],
    ],
  },
  mdx2: {
    entry: { tenant_name: 'project', network_name: 'network', security_group: 'default' },
    good: [
      { domain_id: 'default' },
      { private_network_ipmask: '10.2.0.0/21' },
      { ntp_servers: '[10.2.0.1]' },
    ],
    bad: [
      [{ tenant_name: null }, 'missing-key: key "tenant_name" is missing'],
      [{ network_name: "''" }, 'bad-value: must not be empty'],
      [{ security_group: '[default]' }, 'wrong-type: must be a text'],
      [{ domain_id: '{}' }, 'wrong-type: must be a text'],
      [{ domain: 'default' }, 'warning unknown-key: unknown key "domain"'],
    ],
  },
  proxmox: {
    entry: {
      proxmox_target_nodes: '[pve1, pve2]',
      proxmox_template_virtual_machine_name: 'vcp-ubuntu24',
      proxmox_pm_api_url: 'https://pve.example.org:8006/api2/json',
      proxmox_ipv4_gateway: '192.168.3.1',
      proxmox_bridge: 'vmbr0',
      proxmox_storage: 'local-lvm',
      private_network_ipmask: '192.168.3.0/24',
    },
    good: [
      { proxmox_target_nodes: 'pve1' },
      { proxmox_pm_tls_insecure: 'false', pm_parallel: '2' },
      { proxmox_pm_tls_insecure: "'True'", proxmox_pm_parallel: "'2'" },
    ],
    bad: [
      [{ proxmox_pm_api_url: 'pve.example.org:8006' }, 'bad-value: must be a URL of http or https'],
      [
        { proxmox_pm_api_url: 'https://root:x@pve/api2/json' },
        'bad-value: must be a URL of http or https without',
      ],
      [
        { proxmox_pm_api_url: 'https://pve.example.org:8006' },
        'warning unusual-value: is usually a URL that ends',
      ],
      [{ proxmox_ipv4_gateway: '192.168.4.1' }, "gateway-outside: must be in the nodes' network"],
      [{ pm_parallel: '0' }, 'bad-value: must be'],
      [{ proxmox_pm_tls_insecure: 'sometimes' }, "bad-value: must be 'true' or 'false'"],
      [{ proxmox_bridge: null }, 'missing-key: key "proxmox_bridge" is missing'],
    ],
  },
  onpremises: {
    entry: { private_network_ipmask: '10.0.2.0/24' },
    good: [
      { private_network_ipmask: null },
      { ntp_servers: '[10.0.2.1]' },
      { cloud_instance_dns_servers: '[10.0.2.1]' },
    ],
    bad: [
      [{ private_network_ipmask: '10.0.2.0/33' }, 'bad-value: must be a'],
      [
        { private_network_ipmask: '10.0.2.300/24' },
        'bad-value: must be an IPv4 address with a prefix length',
      ],
      [{ ntp_servers: '10.0.2.1' }, 'wrong-type: must be a list'],
      [{ cloud_instance_dns_servers: '[1]' }, 'wrong-type: must be a text'],
      [{ private_network: '10.0.2.0/24' }, 'warning unknown-key: unknown key "private_network"'],
    ],
  },
  'own-openstack': {
    entry: {
      network_uuid: 'ffffffff',
      tenant_name: 'mytenant',
      region: 'RegionOne',
      private_network_ipmask: '10.0.1.0/24',
    },
    good: [{ region: null }, { az: 'nova' }, { network_uuid: '0f3e8c1a-5a53-4c6e-9f6a-1f0d9b8e7c6d' }],
    bad: [
      [{ network_uuid: '{}' }, 'wrong-type: must be a text'],
      [{ tenant_name: '[a]' }, 'wrong-type: must be a text'],
      [{ region: "''" }, 'bad-value: must not be empty'],
      [{ private_network_ipmask: '10.0.1.0' }, 'bad-value: must be an IPv4 address with a prefix length'],
      [{ ntp_servers: 'ntp.nict.jp' }, 'wrong-type: must be a list'],
    ],
  },
  hokudai: {
    entry: { network: 'net-1', private_network_ipmask: '10.3.0.0/24' },
    good: [{ network: '7' }, { list: '[1, 2]' }, { private_network_ipmask: null }],
    bad: [
      [{ private_network_ipmask: '10.3.0.0' }, 'bad-value: must be an IPv4 address with a prefix length'],
      [{ private_network_ipmask: 'true' }, 'wrong-type: must be an IPv4 address with a prefix length'],
      [{ ntp_servers: 'ntp.nict.jp' }, 'wrong-type: must be a list'],
      [{ cloud_instance_dns_servers: '{}' }, 'wrong-type: must be a list'],
      [{ ntp_servers: '[{}]' }, 'wrong-type: must be a text'],
    ],
  },
};

const CASES = Object.entries(PROVIDERS);

function entryOf(entry: Provider['entry'], changes: Changes): readonly (readonly [string, string])[] {
  return Object.entries<string | null>({ ...entry, ...changes }).flatMap(([key, value]) =>
    value === null ? [] : [[key, value] as const],
  );
}

function catalogOf(provider: string, entry: Provider['entry'], changes: Changes): string {
  const lines = entryOf(entry, changes).map(([key, value]) => `    ${key}: ${value}\n`);
  return `cci_version: '1.0'\n${provider}:\n  default:${lines.length === 0 ? ' {}\n' : `\n${lines.join('')}`}`;
}

test('the table has every provider of which keys are known', () => {
  expect(Object.keys(PROVIDERS)).toEqual(expect.arrayContaining([...KNOWN_PROVIDERS, ...OPEN_PROVIDERS]));
  for (const [, { good, bad }] of CASES) {
    expect(good.length).toBeGreaterThanOrEqual(3);
    expect(bad.length).toBeGreaterThanOrEqual(5);
  }
});

describe.each(CASES)('%s', (provider, { entry, good, bad }) => {
  test.each([{}, ...good])('takes %j, and passes all keys on in their order', (changes) => {
    const { loaded, problems } = tryLoad({ 'dev.yml': catalogOf(provider, entry, changes) });
    expect(
      problems.filter(({ severity, code }) => severity !== 'note' || code !== 'custom-provider'),
    ).toEqual([]);
    const [only, ...others] = loaded?.catalog.adopted ?? [];
    expect(others).toEqual([]);
    expect(Object.keys(only?.values ?? {})).toEqual(entryOf(entry, changes).map(([key]) => key));
  });

  test.each(bad)('%j: %s', (changes, problem) => {
    const text = catalogOf(provider, entry, changes);
    const lines = problemLines({ 'dev.yml': text }).filter((line) => !line.includes('note custom-provider'));
    const said = lines.map((line) => line.replace(/^\S+ /, '').replace(/ [^ ]+\.default[^:]*: /, ': '));
    expect(said).toEqual([expect.stringContaining(problem)]);
    expect(lines[0]).toMatch(/^dev\.yml:[0-9]+:[0-9]+-[0-9]+ /);
  });
});

test("what a provider's nodes can do", () => {
  expect(featuresText('aws')).toBe(
    'Nodes: fixed addresses, existing volumes, tags, creation of disks, power off and on',
  );
  expect(featuresText('gcp')).toBe(
    'Nodes: fixed addresses, existing volumes; not: tags, creation of disks, power off and on',
  );
  expect(featuresText('mdx2')).toBeUndefined();
  expect(featuresText('constructor')).toBeUndefined();
});
