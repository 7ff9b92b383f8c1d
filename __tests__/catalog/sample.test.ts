import { listEnvironments } from '../../catalog/environment/folder';
import { loadEnvironment } from '../../catalog/load';
import { problemLines, textsOf, tryLoad } from './folder-of';

/** The shape of the portable VC controller's own sample, with every provider of its manual. */
const SAMPLE = `cci_version: '1.0'
aws:
  default:
    aws_vpc_subnet_id: subnet-0862300dba34162ed
    aws_vpc_security_group_id: sg-0387934d3cd06946f
    aws_availability_zone: ap-northeast-1a
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
  tokyo_subnet1:
    aws_vpc_subnet_id: subnet-0862300dba34162ee
    aws_vpc_security_group_id: sg-0387934d3cd06946f
    aws_availability_zone: ap-northeast-1c
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.3.0/24
    ntp_servers: [ntp.nict.jp]
    cloud_instance_dns_servers: [8.8.8.8]
aws_spot:
  default:
    aws_vpc_subnet_id: subnet-0862300d
    aws_vpc_security_group_id: sg-0387934d
    aws_region: ap-northeast-1
azure:
  default:
    azure_resource_group_name: vcc3013
    azure_vnet_name: vcc3013
    azure_subnet_name: vcc3013subnet
    azure_security_group_name: vcc3013-main-nsg
    azure_location: 'Japan East'
    azure_zone: 1
    private_network_ipmask: 172.21.1.0/24
oracle:
  default:
    oracle_tenancy_ocid: ocid1.tenancy.oc1..aaaa
    oracle_compartment_id: ocid1.compartment.oc1..aaaa
    oracle_subnet_id: ocid1.subnet.oc1.ap-tokyo-1.aaaa
    oracle_region: ap-tokyo-1
    oracle_availability_domain: mkro:AP-TOKYO-1-AD-1
    private_network_ipmask: 172.24.2.0/24
sakura:
  default:
    sakura_local_switch_id: '112900000000'
    sakura_private_subnet_gateway_ip: 172.23.1.1
    sakura_zone: tk1a
    private_network_ipmask: 172.23.1.0/24
gcp:
  default:
    gcp_project: project-1
    gcp_subnetwork: nodes
    gcp_region: asia-northeast1
    gcp_zone: asia-northeast1-a
vmware:
  default:
    vmware_vsphere_server: vsphere.example.org
    vmware_allow_unverified_ssl: true
    vmware_vsphere_datacenter_name: dc
    vmware_vsphere_resource_pool_name: pool
    vmware_vsphere_network_name: network
    vmware_vsphere_network_mask: 24
    vmware_template_virtual_machine_name: template
    vmware_ipv4_gateway: 192.168.1.1
    vmware_virtual_machine_domain: example.org
mdx2:
  default:
    tenant_name: project
    network_name: network
    security_group: default
    domain_id: default
proxmox:
  default:
    proxmox_target_nodes: [pve1, pve2]
    proxmox_template_virtual_machine_name: template
    proxmox_pm_api_url: https://pve.example.org:8006/api2/json
    proxmox_ipv4_gateway: 192.168.1.1
    proxmox_bridge: vmbr0
    proxmox_storage: local-lvm
    proxmox_pm_tls_insecure: False
    proxmox_pm_parallel: 2
onpremises:
  default: {}
own-openstack:
  default:
    network_uuid: ffffffff
    tenant_name: mytenant
    region: RegionOne
    private_network_ipmask: 10.0.1.0/24
`;

test("the controller's own file, with every provider, is a valid catalog", () => {
  const { loaded, problems } = tryLoad({ 'vpn_catalog.yml': SAMPLE }, 'vpn_catalog');
  expect(problems.map((problem) => `${problem.severity} ${problem.code} ${textsOf(problem).path}`)).toEqual([
    'note custom-provider own-openstack',
  ]);
  expect(loaded?.catalog.adopted).toHaveLength(13 - 1);
  expect(loaded?.stacks).toEqual([]);
});

test.each([
  ['azure', 'azure_vnet_name', 'virtual network'],
  ['oracle', 'oracle_region', 'region identifier: ap-tokyo-1'],
  ['gcp', 'gcp_project', 'project'],
  ['vmware', 'vmware_vsphere_server', 'vSphere server'],
  ['mdx2', 'network_name', 'network'],
  ['proxmox', 'proxmox_bridge', 'bridge'],
  ['sakura', 'sakura_zone', 'zone: is1a, is1b, tk1a, tk1v'],
])('%s needs %s', (provider, key, description) => {
  const text = SAMPLE.replace(new RegExp(`^    ${key}: .*\\n`, 'm'), '');
  const lines = problemLines({ 'vpn_catalog.yml': text }, 'vpn_catalog').filter(
    (line) => !/ (warning|note) /.test(line),
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`missing-key ${provider}.default: key "${key}" is missing: ${description}`);
});

test('an empty section, and one without a value, is accepted', () => {
  expect(
    problemLines({ 'dev.yml': "cci_version: '1.0'\nazure:\ngcp: {}\nonpremises:\n  default:\n" }),
  ).toEqual([]);
});

test('onpremises has its empty definition where it is used', () => {
  const { loaded } = tryLoad({ 'dev.yml': "cci_version: '1.0'\nonpremises: {}\n" });
  expect(loaded?.catalog.adopted).toEqual([{ provider: 'onpremises', name: 'default', values: {} }]);
});

describe('the examples', () => {
  test('are dev, prod and staging over one base', () => {
    expect(listEnvironments('catalog')).toEqual(['dev', 'prod', 'staging']);
  });

  test.each([
    [
      'dev',
      [
        'dev-aws-default',
        'dev-aws-osaka',
        'dev-azure-default',
        'dev-nodes-workers',
        'dev-nodes-burst',
        'dev-nodes-batch',
        'dev-nodes-lab-web1',
      ],
      ['own-openstack'],
    ],
    ['prod', ['prod-aws-default', 'prod-aws-virginia'], []],
    ['staging', ['staging-aws-default'], []],
  ])('%s has no problem but the note on its custom provider', (environment, stacks, notes) => {
    const loaded = loadEnvironment({ directory: 'catalog', environment });
    expect(loaded.stacks.map(({ id }) => id)).toEqual(stacks);
    expect(loaded.problems.map((problem) => [problem.code, textsOf(problem).path])).toEqual(
      notes.map((path) => ['custom-provider', path]),
    );
  });
});
