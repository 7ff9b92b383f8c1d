import '../../../stacks/fast-tokens';
import type { TerraformStack } from 'cdktf';
import { DhcpOptions } from '../../../constructs/aws/dhcp-options';
import { type INetwork, Network } from '../../../constructs/aws/network';
import { VpcEndpoints, type VpcEndpointsProps } from '../../../constructs/aws/vpc-endpoints';
import { Cidr } from '../../../model/net/cidr';
import { only, plainAddresses, synthesized } from '../../support/synthesized';

const NETWORK = {
  vpcId: 'vpc-1',
  vpcCidr: '10.1.0.0/16',
  subnetIds: { a: 'subnet-1', b: 'subnet-2' },
  privateRouteTableIds: { Private: 'rtb-1' },
};

const network = (stack: TerraformStack, changes: object = {}): INetwork =>
  Network.fromNetworkAttributes(stack, 'Network', { ...NETWORK, ...changes });

function endpoints(props: Partial<VpcEndpointsProps>, changes?: object) {
  return synthesized((stack) => {
    new VpcEndpoints(stack, 'Endpoints', {
      network: network(stack, changes),
      name: 'dev',
      region: 'ap-northeast-1',
      endpoints: ['s3'],
      subnets: ['a', 'b'],
      ...props,
    });
  });
}

it('reaches S3 by routes, without interfaces and without a security group', () => {
  const synth = endpoints({ tags: { owner: 'me' } });
  expect(plainAddresses(synth)).toEqual(['aws_vpc_endpoint.Endpoints_s3']);
  expect(only(synth, 'aws_vpc_endpoint')).toEqual(
    expect.objectContaining({
      vpc_id: 'vpc-1',
      service_name: 'com.amazonaws.ap-northeast-1.s3',
      vpc_endpoint_type: 'Gateway',
      route_table_ids: ['rtb-1'],
      tags: { Name: 'dev-s3', owner: 'me' },
    }),
  );
});

it('reaches the others by interfaces, which take HTTPS of the VPC and begin nothing', () => {
  const synth = endpoints({ endpoints: ['ecr'], subnets: ['b'] });
  expect(plainAddresses(synth)).toEqual([
    'aws_security_group.Endpoints_Clients_Group',
    'aws_vpc_endpoint.Endpoints_ecr-api',
    'aws_vpc_endpoint.Endpoints_ecr-dkr',
    'aws_vpc_security_group_ingress_rule.Endpoints_Clients_In-tcp-443-from-10_1_0_0-16',
  ]);
  const [api] = Object.values(synth.resource.aws_vpc_endpoint ?? {});
  expect(api).toEqual(
    expect.objectContaining({
      service_name: 'com.amazonaws.ap-northeast-1.ecr.api',
      vpc_endpoint_type: 'Interface',
      private_dns_enabled: true,
      subnet_ids: ['subnet-2'],
      security_group_ids: [expect.stringContaining('aws_security_group.Endpoints_Clients_Group')],
    }),
  );
});

it('takes the clients that it is given in place of the VPC', () => {
  const synth = endpoints(
    { endpoints: ['logs'], clients: [Cidr.parse('10.1.2.0/24')] },
    { vpcCidr: undefined },
  );
  expect(only(synth, 'aws_vpc_security_group_ingress_rule')).toMatchObject({ cidr_ipv4: '10.1.2.0/24' });
});

it.each<[string, Partial<VpcEndpointsProps>, object, string]>([
  ['one twice', { endpoints: ['s3', 's3'] }, {}, 'endpoints: must name each once, got "s3" twice'],
  ['no route table', {}, { privateRouteTableIds: {} }, 'endpoints: "s3" needs a network whose route tables'],
  [
    'no subnet',
    { endpoints: ['ec2'], subnets: [] },
    {},
    'subnets: must name at least one for network interfaces',
  ],
  ['an unknown subnet', { endpoints: ['ec2'], subnets: ['c'] }, {}, 'subnets: must be keys of subnets of'],
  [
    'no block',
    { endpoints: ['ec2'] },
    { vpcCidr: undefined },
    'clients: must be given for a network whose block',
  ],
  ['a bad name', { name: 'a b' }, {}, 'name: must be 1 to 50 characters'],
])('refuses %s', (_name, props, changes, message) => {
  expect(() => endpoints(props, changes)).toThrow(message);
});

it('gives nodes name servers, a domain and NTP servers', () => {
  const synth = synthesized((stack) => {
    new DhcpOptions(stack, 'Dhcp', {
      network: network(stack),
      name: 'dev',
      domainNameServers: ['10.0.2.53'],
      domainName: 'example.org',
      ntpServers: ['10.0.2.1'],
    });
  });
  expect(only(synth, 'aws_vpc_dhcp_options')).toEqual({
    domain_name: 'example.org',
    domain_name_servers: ['10.0.2.53'],
    ntp_servers: ['10.0.2.1'],
    lifecycle: { create_before_destroy: true },
    tags: { Name: 'dev' },
  });
  expect(only(synth, 'aws_vpc_dhcp_options_association')).toEqual({
    vpc_id: 'vpc-1',
    dhcp_options_id: expect.stringContaining('aws_vpc_dhcp_options.Dhcp_Options'),
  });
});

it("keeps AWS's resolver where no name server is given, and refuses more than four", () => {
  const build = (domainNameServers: readonly string[]) =>
    synthesized((stack) => {
      new DhcpOptions(stack, 'Dhcp', { network: network(stack), name: 'dev', domainNameServers });
    });
  expect(only(build([]), 'aws_vpc_dhcp_options')).toMatchObject({
    domain_name_servers: ['AmazonProvidedDNS'],
  });
  expect(() => build(['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4', '1.1.1.5'])).toThrow(
    'domainNameServers: must be at most 4 addresses, got 5',
  );
});
