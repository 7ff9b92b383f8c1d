// What `cdktf init --template=typescript` leads to: ts-node, the provider's index, cdktf-cli. The same resources as one
// network of bench/synth.ts, written by hand. Not part of the product; only measured against.
import * as aws from '@cdktf/provider-aws';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

const PORTS: readonly [string, number, number, boolean][] = [
  ['tcp', 22, 22, false],
  ['tcp', 22, 22, true],
  ['tcp', 20022, 20022, false],
  ['tcp', 2375, 2375, false],
  ['tcp', 18083, 18083, false],
  ['tcp', 9445, 9445, false],
  ['udp', 5353, 5353, true],
  ['tcp', 7947, 7947, false],
  ['tcp', 7947, 7947, true],
  ['udp', 7947, 7947, false],
  ['udp', 7947, 7947, true],
  ['tcp', 7373, 7373, false],
  ['icmp', 8, -1, false],
  ['icmp', 3, 4, false],
];
const SITE = '192.168.1.0/24';

class NetworkStack extends TerraformStack {
  constructor(
    scope: Construct,
    id: string,
    vpcCidr: string,
    publicCidr: string,
    nodesCidr: string,
    index: number,
  ) {
    super(scope, id);
    const tags = { Name: id };
    new aws.provider.AwsProvider(this, 'aws', {
      region: 'ap-northeast-1',
      defaultTags: [
        { tags: { environment: 'big', 'managed-by': 'kakehashi', 'kakehashi:entry': `big/aws/net${index}` } },
      ],
    });
    const vpc = new aws.vpc.Vpc(this, 'Vpc', {
      cidrBlock: vpcCidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags,
    });
    const vpcId = vpc.id;
    new aws.defaultSecurityGroup.DefaultSecurityGroup(this, 'ClosedDefault', { vpcId, tags });
    const gateway = new aws.internetGateway.InternetGateway(this, 'InternetGateway', { vpcId, tags });
    const publicTable = new aws.routeTable.RouteTable(this, 'Public', { vpcId, tags });
    const toInternet = new aws.route.Route(this, 'ToInternet', {
      routeTableId: publicTable.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });
    const publicSubnet = new aws.subnet.Subnet(this, 'PublicSubnet', {
      vpcId,
      cidrBlock: publicCidr,
      availabilityZone: 'ap-northeast-1a',
      mapPublicIpOnLaunch: false,
      tags,
    });
    new aws.routeTableAssociation.RouteTableAssociation(this, 'PublicTable', {
      subnetId: publicSubnet.id,
      routeTableId: publicTable.id,
    });
    const address = new aws.eip.Eip(this, 'Address', { domain: 'vpc', dependsOn: [gateway], tags });
    const nat = new aws.natGateway.NatGateway(this, 'Nat', {
      allocationId: address.id,
      subnetId: publicSubnet.id,
      dependsOn: [toInternet],
      tags,
    });
    const table = new aws.routeTable.RouteTable(this, 'Private', { vpcId, tags });
    new aws.mainRouteTableAssociation.MainRouteTableAssociation(this, 'Main', {
      vpcId,
      routeTableId: table.id,
    });
    new aws.route.Route(this, 'Out', {
      routeTableId: table.id,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: nat.id,
    });
    const nodes = new aws.subnet.Subnet(this, 'Nodes', {
      vpcId,
      cidrBlock: nodesCidr,
      availabilityZone: 'ap-northeast-1a',
      mapPublicIpOnLaunch: false,
      tags,
    });
    const group = new aws.securityGroup.SecurityGroup(this, 'Group', {
      vpcId,
      name: id,
      description: 'Nodes',
      tags,
    });
    PORTS.forEach(([ipProtocol, fromPort, toPort, self], number) => {
      new aws.vpcSecurityGroupIngressRule.VpcSecurityGroupIngressRule(this, `In${number}`, {
        securityGroupId: group.id,
        ipProtocol,
        fromPort,
        toPort,
        ...(self ? { referencedSecurityGroupId: group.id } : { cidrIpv4: SITE }),
        description: 'A rule',
      });
    });
    new aws.vpcSecurityGroupEgressRule.VpcSecurityGroupEgressRule(this, 'Out0', {
      securityGroupId: group.id,
      ipProtocol: '-1',
      cidrIpv4: '0.0.0.0/0',
      description: 'Everything out',
    });
    const vpnGateway = new aws.vpnGateway.VpnGateway(this, 'VpnGateway', {
      vpcId,
      amazonSideAsn: '64512',
      tags,
    });
    const customer = new aws.customerGateway.CustomerGateway(this, 'CustomerGateway', {
      bgpAsn: '65000',
      ipAddress: '198.51.100.10',
      type: 'ipsec.1',
      deviceName: id,
      tags,
    });
    const log = new aws.cloudwatchLogGroup.CloudwatchLogGroup(this, 'Log', {
      name: `/aws/vendedlogs/${id}/vpn`,
      retentionInDays: 90,
      tags,
    });
    const logOptions = {
      cloudwatchLogOptions: { logEnabled: true, logGroupArn: log.arn, logOutputFormat: 'json' },
    };
    const connection = new aws.vpnConnection.VpnConnection(this, 'Connection', {
      vpnGatewayId: vpnGateway.id,
      customerGatewayId: customer.id,
      type: 'ipsec.1',
      staticRoutesOnly: true,
      tunnel1InsideCidr: `169.254.${100 + Math.floor(index / 32)}.${(index % 32) * 8}/30`,
      tunnel1IkeVersions: ['ikev2'],
      tunnel1Phase1EncryptionAlgorithms: ['AES256-GCM-16'],
      tunnel1Phase1IntegrityAlgorithms: ['SHA2-384'],
      tunnel1Phase1DhGroupNumbers: [20],
      tunnel1Phase2EncryptionAlgorithms: ['AES256-GCM-16'],
      tunnel1Phase2IntegrityAlgorithms: ['SHA2-384'],
      tunnel1Phase2DhGroupNumbers: [20],
      tunnel1LogOptions: logOptions,
      tunnel2InsideCidr: `169.254.${100 + Math.floor(index / 32)}.${(index % 32) * 8 + 4}/30`,
      tunnel2IkeVersions: ['ikev2'],
      tunnel2Phase1EncryptionAlgorithms: ['AES256-GCM-16'],
      tunnel2Phase1IntegrityAlgorithms: ['SHA2-384'],
      tunnel2Phase1DhGroupNumbers: [20],
      tunnel2Phase2EncryptionAlgorithms: ['AES256-GCM-16'],
      tunnel2Phase2IntegrityAlgorithms: ['SHA2-384'],
      tunnel2Phase2DhGroupNumbers: [20],
      tunnel2LogOptions: logOptions,
      tags,
    });
    new aws.vpnConnectionRoute.VpnConnectionRoute(this, 'To', {
      vpnConnectionId: connection.id,
      destinationCidrBlock: SITE,
    });
    new aws.route.Route(this, 'ToSite', {
      routeTableId: table.id,
      destinationCidrBlock: SITE,
      gatewayId: vpnGateway.id,
    });
    new TerraformOutput(this, 'aws_vpc_subnet_id', { value: nodes.id });
    new TerraformOutput(this, 'aws_vpc_security_group_id', { value: group.id });
    new TerraformOutput(this, 'aws_availability_zone', { value: nodes.availabilityZone });
    new TerraformOutput(this, 'private_network_ipmask', { value: nodes.cidrBlock });
  }
}

const app = new App();
for (let index = 0; index < Number(process.env.NETWORKS); index += 1) {
  const [a, b, c] = [10 + Math.floor(index / 4096), Math.floor((index % 4096) / 16), (index % 16) * 16];
  new NetworkStack(
    app,
    `big-aws-net${index}`,
    `${a}.${b}.${c}.0/20`,
    `${a}.${b}.${c}.0/24`,
    `${a}.${b}.${c + 1}.0/24`,
    index,
  );
}
app.synth();
