import type { Broken } from './table';

const SAKURA = 'sakura_zone: tk1a';
const sakura = (gateway: string, ipmask: string): Broken['changes'] => [
  ['172.23.1.1', gateway],
  [SAKURA, `${SAKURA}\n    private_network_ipmask: ${ipmask}`],
];

const VMWARE = `vmware:
  default:
    vmware_vsphere_server: vcenter.example.org
    vmware_allow_unverified_ssl: false
    vmware_vsphere_datacenter_name: dc-01
    vmware_vsphere_resource_pool_name: parent
    vmware_vsphere_network_name: VM Network
    vmware_template_virtual_machine_name: vcp-ubuntu24
`;
const vmware = (mask: string, gateway: string, ipmask: string): string =>
  `${VMWARE}    vmware_vsphere_network_mask: ${mask}\n    vmware_ipv4_gateway: ${gateway}\n    private_network_ipmask: ${ipmask}\n`;

const proxmox = (nodes: string, gateway = '192.168.3.1'): string => `proxmox:
  default:
    ${nodes}
    proxmox_template_virtual_machine_name: vcp-ubuntu24
    proxmox_pm_api_url: http://192.168.3.39:8006/api2/json
    proxmox_ipv4_gateway: ${gateway}
    proxmox_bridge: vmbr0
    proxmox_storage: local-lvm
    private_network_ipmask: 192.168.3.0/24
`;

const gcp = (subnetwork: string, zone: string): string => `gcp:
  default:
    gcp_project: project-1
    gcp_subnetwork: ${subnetwork}
    gcp_region: asia-northeast1
    gcp_zone: ${zone}
`;

const oracle = (compartment: string, subnet: string, region: string, domain: string): string => `oracle:
  default:
    oracle_tenancy_ocid: ocid1.tenancy.oc1..aaaa
    oracle_compartment_id: ${compartment}
    oracle_subnet_id: ${subnet}
    oracle_region: ${region}
    oracle_availability_domain: ${domain}
`;
const COMPARTMENT = 'ocid1.compartment.oc1..bbbb';
const SUBNET = 'ocid1.subnet.oc1.ap-tokyo-1.cccc';

/** What must hold between the keys of one entry that exists already. */
export const ADOPTED: readonly Broken[] = [
  {
    name: "Sakura's gateway at the end of its network",
    changes: sakura('172.23.1.254', '172.23.1.0/24'),
    problems: [],
  },
  {
    name: "Sakura's gateway outside of its network",
    changes: sakura('172.23.2.1', '172.23.1.0/24'),
    problems: [
      '27:39-49 gateway-outside sakura.default.sakura_private_subnet_gateway_ip: must be in the nodes\' network 172.23.1.0/24, got "172.23.2.1" | write an address of 172.23.1.0/24 that no node has, or correct private_network_ipmask',
    ],
  },
  {
    name: "Sakura's gateway at the network's own address",
    changes: sakura('172.23.1.0', '172.23.1.0/24'),
    problems: [
      '27:39-49 reserved-address sakura.default.sakura_private_subnet_gateway_ip: must be an address of a host of 172.23.1.0/24, got "172.23.1.0", the network\'s own address | write an address of 172.23.1.0/24 that no node has, or correct private_network_ipmask',
    ],
  },
  {
    name: "Sakura's gateway at the broadcast address",
    changes: sakura('172.23.1.255', '172.23.1.0/24'),
    problems: [
      '27:39-51 reserved-address sakura.default.sakura_private_subnet_gateway_ip: must be an address of a host of 172.23.1.0/24, got "172.23.1.255", the broadcast address | write an address of 172.23.1.0/24 that no node has, or correct private_network_ipmask',
    ],
  },
  {
    name: 'a VMware subnet by its prefix length',
    added: vmware('24', '192.168.3.1', '192.168.3.0/24'),
    problems: [],
  },
  {
    name: 'a VMware subnet by its netmask, wider than the addresses of the nodes',
    added: vmware('255.255.255.0', '192.168.3.1', '192.168.3.128/25'),
    problems: [],
  },
  {
    name: "VMware's gateway outside of the subnet",
    added: vmware('25', '192.168.3.1', '192.168.3.128/25'),
    problems: [
      '38:26-37 gateway-outside vmware.default.vmware_ipv4_gateway: must be in the nodes\' network 192.168.3.128/25, got "192.168.3.1" | write an address of 192.168.3.128/25 that no node has, or correct private_network_ipmask',
    ],
  },
  {
    name: 'a VMware subnet that is too narrow',
    added: vmware("'26'", '192.168.3.1', '192.168.3.0/24'),
    problems: [
      '37:34-38 netmask-differs vmware.default.vmware_vsphere_network_mask: must be at most 24, the prefix length of private_network_ipmask, got 26',
    ],
  },
  {
    name: 'a netmask that is none',
    added: vmware('255.0.255.0', '192.168.3.1', '192.168.3.0/24'),
    problems: [
      '37:34-45 bad-value vmware.default.vmware_vsphere_network_mask: must be a prefix length like 24, or a netmask like 255.255.255.0, got "255.0.255.0"',
    ],
  },
  {
    name: "Proxmox's gateway outside of its network",
    added: proxmox('proxmox_target_nodes: vmconsole', '192.168.4.1'),
    problems: [
      '34:27-38 gateway-outside proxmox.default.proxmox_ipv4_gateway: must be in the nodes\' network 192.168.3.0/24, got "192.168.4.1" | write an address of 192.168.3.0/24 that no node has, or correct private_network_ipmask',
    ],
  },
  {
    name: 'the singular spelling of Proxmox nodes',
    added: proxmox('proxmox_target_node: vmconsole'),
    problems: [
      '31:5-24 warning deprecated-key proxmox.default: "proxmox_target_node" is another spelling of "proxmox_target_nodes" in VCP\'s manuals; it goes out as it is written | write "proxmox_target_nodes" where your controller reads that',
    ],
  },
  {
    name: 'both spellings of Proxmox nodes, which differ',
    added: proxmox('proxmox_target_node: a\n    proxmox_target_nodes: b'),
    problems: [
      '31:5-24 spellings-differ proxmox.default: "proxmox_target_node" and "proxmox_target_nodes" differ, and both mean the same | keep "proxmox_target_nodes"',
    ],
  },
  { name: 'a zone of Google', added: gcp('nodes', 'asia-northeast1-b'), problems: [] },
  {
    name: 'a zone and a subnetwork of other regions of Google',
    added: gcp('projects/p/regions/us-west1/subnetworks/nodes', 'asia-northeast2-b'),
    problems: [
      '32:21-66 region-differs gcp.default.gcp_subnetwork: must be a subnetwork of asia-northeast1, got one of us-west1',
      '34:15-32 zone-of-another-region gcp.default.gcp_zone: must be a zone of asia-northeast1, got "asia-northeast2-b" | for instance asia-northeast1-a',
    ],
  },
  {
    name: "Oracle's ids",
    added: oracle(COMPARTMENT, SUBNET, 'ap-tokyo-1', 'mkro:AP-TOKYO-1-AD-1'),
    problems: [],
  },
  {
    name: "ids of one of Oracle's oldest regions",
    added: oracle(COMPARTMENT, 'ocid1.subnet.oc1.iad.cccc', 'us-ashburn-1', 'Uocm:US-ASHBURN-AD-1'),
    problems: [],
  },
  {
    name: 'a subnet, a domain and a realm of others of Oracle',
    added: oracle(
      'ocid1.compartment.oc2..bbbb',
      'ocid1.subnet.oc1.phx.cccc',
      'ap-tokyo-1',
      'mkro:AP-OSAKA-1-AD-1',
    ),
    problems: [
      '32:28-55 region-differs oracle.default.oracle_compartment_id: must be of the realm oc1, as oracle_tenancy_ocid is, got "oc2"',
      '33:23-48 region-differs oracle.default.oracle_subnet_id: must be a subnet of ap-tokyo-1, got one of us-phoenix-1 | correct oracle_region, or the subnet',
      '35:33-53 zone-of-another-region oracle.default.oracle_availability_domain: must be an availability domain of ap-tokyo-1, got "mkro:AP-OSAKA-1-AD-1"',
    ],
  },
];
