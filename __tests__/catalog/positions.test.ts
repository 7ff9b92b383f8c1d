import { pathText } from '../../catalog/ground/path';
import { originOf } from '../../catalog/positions';
import { tryLoad } from './folder-of';

const BASE = `site:
  controller: 10.0.2.15/24
  public_ip: 198.51.100.10
  subnets: [10.0.2.0/24]
aws:
  default:
    create:
      vpn:
        crypto: compatible
        tunnel_options: { dpd_timeout_action: restart }
`;

const DEV = `cci_version: "1.0"
extends: base.yml
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create:
      vpc_cidr: 172.30.0.0/16
      egress: nat
      public_subnet: 172.30.1.0/24
      ingress:
        - { profile: vc-node }
        - protocol: tcp
          ports: ["8000-8010", 443]
          from:
            - site
            - 10.9.0.0/16
        - { protocol: icmp, from: aws/further }
  further:
    private_network_ipmask: 172.30.3.0/24
    create: { within: default }
azure:
  default:
    azure_location: japaneast
    private_network_ipmask: 172.21.1.0/24
    create:
      vnet_cidr: 172.21.0.0/16
      gateway_subnet: 172.21.255.0/27
      vpn: { sku: VpnGw2AZ, ipsec: { sa_lifetime: 1800s } }
node_groups:
  workers:
    network: aws/default
    nodes: 2
    ssh_public_keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4xOe8mCB2hiOQMn7AkD2YcXwN2SJwQ1mrOHqp1dQhZ me@lab]
    metadata_hops: 2
vault:
  address: https://10.0.2.15:8443
  policies:
    deploy:
      create: {}
      rules:
        - { path: secret/a, capabilities: [read] }
        - { path: secret/b, capabilities: [read] }
  users: { me: { role: super, create: {} } }
`;

const RULE = 'aws_vpc_security_group_ingress_rule.Nodes_In-';

describe('where a resource comes from', () => {
  const { loaded, problems } = tryLoad({ 'base.yml': BASE, 'dev.yml': DEV });

  test.each([
    // What the file itself says.
    [
      'dev-aws-default',
      'aws_subnet.Network_Nodes-further',
      undefined,
      'aws.further.private_network_ipmask',
      'dev.yml:21:29',
    ],
    [
      'dev-aws-default',
      `${RULE}tcp-22-from-self`,
      undefined,
      'aws.default.create.ingress[0].profile',
      'dev.yml:13:22',
    ],
    [
      'dev-aws-default',
      `${RULE}tcp-443-from-10_9_0_0-16`,
      undefined,
      'aws.default.create.ingress[1].from[1]',
      'dev.yml:18:15',
    ],
    [
      'dev-aws-default',
      `${RULE}tcp-8000-8010-from-10_0_2_0-24`,
      undefined,
      'aws.default.create.ingress[1].from[0]',
      'dev.yml:17:15',
    ],
    [
      'dev-aws-default',
      `${RULE}icmp-any-any-from-172_30_3_0-24`,
      undefined,
      'aws.default.create.ingress[2].from',
      'dev.yml:19:35',
    ],
    ['dev-aws-default', 'aws_vpc.Network_Vpc', undefined, 'aws.default.create.vpc_cidr', 'dev.yml:9:17'],
    // A key that is absent is at the nearest key above.
    ['dev-aws-default', 'aws_vpc.Network_Vpc', 'flow_logs', 'aws.default.create', 'dev.yml:8:5'],
    // What only the extended file says.
    [
      'dev-aws-default',
      'aws_vpn_connection.Vpn_Connection',
      'tunnel1_phase1_dh_group_numbers',
      'aws.default.create.vpn.crypto',
      'base.yml:9:17',
    ],
    [
      'dev-aws-default',
      'aws_vpn_connection.Vpn_Connection',
      'tunnel2_dpd_timeout_action',
      'aws.default.create.vpn.tunnel_options.dpd_timeout_action',
      'base.yml:10:47',
    ],
    [
      'dev-aws-default',
      'aws_customer_gateway.Vpn_CustomerGateway',
      undefined,
      'site.public_ip',
      'base.yml:3:14',
    ],
    // Azure, nodes, Vault.
    [
      'dev-azure-default',
      'azurerm_virtual_network_gateway.Vpn_Gateway',
      'sku',
      'azure.default.create.vpn.sku',
      'dev.yml:30:19',
    ],
    [
      'dev-azure-default',
      'azurerm_virtual_network_gateway_connection.Connection_Connection',
      'ipsec_policy.sa_lifetime',
      'azure.default.create.vpn.ipsec.sa_lifetime',
      'dev.yml:30:51',
    ],
    [
      'dev-azure-default',
      'azurerm_subnet.Vpn_GatewaySubnet',
      undefined,
      'azure.default.create.gateway_subnet',
      'dev.yml:29:23',
    ],
    [
      'dev-nodes-workers',
      'aws_instance.Nodes["n1"]',
      'metadata_options.http_put_response_hop_limit',
      'node_groups.workers.metadata_hops',
      'dev.yml:36:20',
    ],
    ['dev-nodes-workers', 'aws_instance.Nodes', undefined, 'node_groups.workers', 'dev.yml:32:3'],
    [
      'dev-vault',
      'vault_policy.Policies_deploy',
      'policy.secret/b',
      'vault.policies.deploy.rules[1]',
      'dev.yml:44:11',
    ],
    ['dev-vault', 'vault_policy.UserPolicies_super-fullaccess', undefined, 'vault.users.me', 'dev.yml:45:12'],
    ['dev-vault', 'provider.vault', 'address', 'vault.address', 'dev.yml:38:12'],
  ])('%s %s %s', (stack, address, attribute, path, place) => {
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const found = loaded && originOf(loaded, stack, address, attribute);
    const { file, line, column } = found?.position ?? {};
    expect([pathText(found?.path ?? []), `${file?.split('/').at(-1)}:${line}:${column}`]).toEqual([
      path,
      place,
    ]);
  });

  test('a stack that is gone, or unknown, comes from nowhere', () => {
    expect(loaded && originOf(loaded, 'dev-aws-gone', 'aws_vpc.Network_Vpc')).toBeUndefined();
  });
});
