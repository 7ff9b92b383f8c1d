import '../../stacks/fast-tokens';
import { temporaryFolder } from '../support/catalog-folder';
import { only } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

/** The 18 resources of the controller's own aws_vpn.tf, by type. */
const AWS_VPN_TF: Readonly<Record<string, number>> = {
  aws_vpc: 1,
  aws_subnet: 2,
  aws_security_group: 1,
  aws_internet_gateway: 1,
  aws_route_table: 2,
  aws_route_table_association: 1,
  aws_main_route_table_association: 1,
  aws_route: 3,
  aws_eip: 1,
  aws_nat_gateway: 1,
  aws_vpn_gateway: 1,
  aws_customer_gateway: 1,
  aws_vpn_connection: 1,
  aws_vpn_connection_route: 1,
};
/** What ours has beside it: rules of their own, nothing open by default, logs. */
const BESIDE: Readonly<Record<string, number>> = {
  aws_vpc_security_group_ingress_rule: 2,
  aws_vpc_security_group_egress_rule: 1,
  aws_default_security_group: 1,
  aws_cloudwatch_log_group: 1,
};

const CATALOG = `
cci_version: '1.0'
environment: seed
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create:
      vpc_cidr: 172.30.0.0/16
      public_subnet: 172.30.1.0/24
      ingress: open-site
      vpn: { crypto: seed }
`;

const stack = () => {
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'seed.yml': CATALOG }), ['seed']);
  const synthesized = stacks['seed-aws-default'];
  if (!synthesized) throw new Error('no stack');
  return synthesized;
};

it('builds the network of aws_vpn.tf with open-site and seed, and says what is beside it', () => {
  const counts = Object.entries(stack().resource).map(([type, named]) => [type, Object.keys(named).length]);
  expect(Object.fromEntries(counts)).toEqual({ ...AWS_VPN_TF, ...BESIDE });
});

it('routes as aws_vpn.tf does: the private table is the main one, out through NAT, to the site through the VPN', () => {
  const { resource } = stack();
  const routes = Object.values(resource.aws_route ?? {}).map((route) => [
    String(route.route_table_id).replace(/^.*Network_|\.id\}$/g, ''),
    route.destination_cidr_block,
    String(route.gateway_id ?? route.nat_gateway_id).replace(/^\$\{|\..*$/g, ''),
  ]);
  expect(routes.sort()).toEqual([
    ['Private', '0.0.0.0/0', 'aws_nat_gateway'],
    ['Private', '10.0.2.0/24', 'aws_vpn_gateway'],
    ['Public_Table', '0.0.0.0/0', 'aws_internet_gateway'],
  ]);
  expect(only(stack(), 'aws_main_route_table_association').route_table_id).toMatch(/Network_Private\.id/);
});

it('leaves the tunnels to AWS but for their inside CIDRs and logs, with static routes to the site', () => {
  const connection = only(stack(), 'aws_vpn_connection');
  expect(connection).toMatchObject({ type: 'ipsec.1', static_routes_only: true });
  expect(Object.keys(connection).filter((key) => /^tunnel[12]_/.test(key))).toEqual([
    'tunnel1_inside_cidr',
    'tunnel1_log_options',
    'tunnel1_preshared_key',
    'tunnel2_inside_cidr',
    'tunnel2_log_options',
    'tunnel2_preshared_key',
  ]);
  expect(only(stack(), 'aws_customer_gateway')).toMatchObject({
    bgp_asn: '65000',
    type: 'ipsec.1',
    ip_address: '198.51.100.10',
  });
  expect(only(stack(), 'aws_vpn_connection_route').destination_cidr_block).toBe('10.0.2.0/24');
});
