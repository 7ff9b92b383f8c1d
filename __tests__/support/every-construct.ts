import { TerraformVariable } from 'cdktf';
import { CustomerGateway } from '../../constructs/aws/customer-gateway';
import { DhcpOptions } from '../../constructs/aws/dhcp-options';
import { DnsForwarding } from '../../constructs/aws/dns-forwarding';
import { Network } from '../../constructs/aws/network';
import { SecurityGroup } from '../../constructs/aws/security-group';
import { SiteToSiteVpn } from '../../constructs/aws/site-to-site-vpn';
import { VpcEndpoints } from '../../constructs/aws/vpc-endpoints';
import { VpnGateway } from '../../constructs/aws/vpn-gateway';
import { AppRole, AppRoleLogin } from '../../constructs/vault/app-role';
import { CloudCredentials } from '../../constructs/vault/cloud-credentials';
import { TokenRole } from '../../constructs/vault/token-role';
import { WriteOnlySecret } from '../../constructs/vault/write-only-secret';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import { type Synthesized, synthesized } from './synthesized';
import { synthesizedVault } from './synthesized-vault';

const TAGS = { owner: 'team' };

/** Constructs with the props that stacks of a catalog leave out, by the provider's name. */
export function constructStacks(): Readonly<Record<string, Synthesized>> {
  return { aws: awsStack(), vault: vaultStack() };
}

function awsStack(): Synthesized {
  return synthesized((stack) => {
    stack.addOverride('terraform.required_providers.aws.version', '>= 5.100.0');
    const network = new Network(stack, 'Network', {
      name: 'mine',
      cidr: '10.1.0.0/16',
      subnets: { a: { cidr: '10.1.1.0/24', publicCidr: '10.1.2.0/24', tags: TAGS } },
      egress: 'nat',
      flowLogs: { retentionDays: 0, logGroupName: '/mine/flow', roleName: 'mine' },
      tags: TAGS,
    });
    const rule = { port: Port.tcp(443), description: 'API' };
    const group = new SecurityGroup(stack, 'Nodes', {
      network,
      name: 'nodes',
      ingress: [{ ...rule, peer: Peer.self() }],
      egress: [{ ...rule, peer: Peer.anyIpv4() }],
      tags: TAGS,
    });
    group.addEgressRule({ ...rule, peer: Peer.prefixList('pl-01234567') });
    const imported = SecurityGroup.fromSecurityGroupId(stack, 'Imported', 'sg-0123456789abcdef0');
    imported.addIngressRule({ ...rule, peer: Peer.securityGroup(group.securityGroupId, 'nodes') });
    imported.addEgressRule({ port: Port.icmpFragmentationNeeded(), description: 'MTU', peer: Peer.self() });
    const clients = ['10.1.0.0/16', '10.2.0.0/16'];
    const endpoints = { network, region: 'ap-northeast-1', subnets: ['a'], clients, tags: TAGS };
    new VpcEndpoints(stack, 'Endpoints', { ...endpoints, name: 'mine', endpoints: ['ssm'] });
    new DnsForwarding(stack, 'Forwarding', {
      network,
      name: 'mine',
      resolvers: { 'corp.example.com': ['10.0.2.53'] },
      interfaces: ['10.1.1.10', '10.1.1.11'].map((address) => ({ subnet: 'a', address })),
      tags: TAGS,
    });
    new DhcpOptions(stack, 'Dhcp', { network, name: 'mine', domainName: 'example.com', tags: TAGS });
    const customerGateway = new CustomerGateway(stack, 'Site', {
      name: 'site',
      ipAddress: '198.51.100.10',
      asn: 65000,
      tags: TAGS,
    });
    const key = new TerraformVariable(stack, 'key', { type: 'string', sensitive: true });
    new SiteToSiteVpn(stack, 'Vpn', {
      name: 'mine',
      network,
      customerGateway,
      vpnGateway: VpnGateway.fromVpnGatewayId(stack, 'Gateway', 'vgw-0123456789abcdef0'),
      remoteNetworks: { site: '10.0.2.0/24' },
      tunnels: [{ presharedKey: key.stringValue }, { insideCidr: '169.254.100.4/30' }],
      logs: { format: 'text', retentionDays: 30, namePrefix: 'mine' },
      tags: TAGS,
    });
  });
}

function vaultStack(): Synthesized {
  return synthesizedVault((stack) => {
    stack.addOverride('terraform.required_providers.vault.version', '>= 5.6.0');
    const mount = { path: 'kv', version: 2 } as const;
    new WriteOnlySecret(stack, 'Key', { mount, path: 'a', variable: 'key', revision: 2 });
    new CloudCredentials(stack, 'Credentials', { name: 'clouds', mount, clouds: ['aws', 'azure'] });
    new TokenRole(stack, 'People', { name: 'people', policies: ['clouds'], maxTtlSeconds: 3600 });
    const login = new AppRoleLogin(stack, 'Login', { path: 'machines', description: 'CI' });
    const ttl = { tokenTtlSeconds: 1200, secretIdTtlSeconds: 86_400 };
    new AppRole(stack, 'Machine', { mount: login.mount, name: 'ci', policies: ['clouds'], ...ttl });
  });
}
