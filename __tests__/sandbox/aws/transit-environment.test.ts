import { listObjects } from '../../../sandbox/store/objects';
import { hasTerraform, TerraformFolder } from '../terraform-folder';

const test = hasTerraform() ? it : it.skip;

jest.setTimeout(120_000);

let folder: TerraformFolder;
beforeEach(async () => {
  folder = new TerraformFolder();
  await folder.serve();
  folder.write(HUB);
  await folder.expect(0, 'init');
});
afterEach(async () => {
  await folder.stopServing();
  folder.remove();
});

/** Two networks that do not meet, each in a table of its own, and a VPN that reaches both. */
const HUB = `
provider "aws" {
  region = "ap-northeast-1"
  default_tags { tags = { owner = "lab" } }
}
variable "networks" {
  type    = map(string)
  default = { dev = "10.1.0.0/16", prod = "10.2.0.0/16" }
}
variable "has_vpn" { default = true }
resource "aws_ec2_transit_gateway" "hub" {
  description                     = "hub"
  amazon_side_asn                 = 64520
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
}
resource "aws_ec2_transit_gateway_route_table" "of" {
  for_each           = var.networks
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  tags               = { Name = each.key }
}
resource "aws_customer_gateway" "site" {
  ip_address = "198.51.100.10"
  bgp_asn    = 65000
  type       = "ipsec.1"
}
resource "aws_vpn_connection" "site" {
  count               = var.has_vpn ? 1 : 0
  transit_gateway_id  = aws_ec2_transit_gateway.hub.id
  customer_gateway_id = aws_customer_gateway.site.id
  type                = "ipsec.1"
  static_routes_only  = true
  tunnel1_inside_cidr = "169.254.101.0/30"
  tunnel2_inside_cidr = "169.254.101.4/30"
}
locals { site = one(aws_vpn_connection.site[*].transit_gateway_attachment_id) }
resource "aws_ec2_transit_gateway_route_table_association" "site" {
  count                          = var.has_vpn ? 1 : 0
  transit_gateway_attachment_id  = local.site
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.of["dev"].id
}
resource "aws_ec2_transit_gateway_route" "site" {
  for_each                       = var.has_vpn ? var.networks : {}
  destination_cidr_block         = "10.0.2.0/24"
  transit_gateway_attachment_id  = local.site
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.of[each.key].id
}
resource "aws_vpc" "of" {
  for_each   = var.networks
  cidr_block = each.value
}
resource "aws_subnet" "of" {
  for_each   = var.networks
  vpc_id     = aws_vpc.of[each.key].id
  cidr_block = cidrsubnet(each.value, 8, 1)
}
resource "aws_ec2_transit_gateway_vpc_attachment" "of" {
  for_each                                        = var.networks
  transit_gateway_id                              = aws_ec2_transit_gateway.hub.id
  vpc_id                                          = aws_vpc.of[each.key].id
  subnet_ids                                      = [aws_subnet.of[each.key].id]
  transit_gateway_default_route_table_association = false
  transit_gateway_default_route_table_propagation = false
}
resource "aws_ec2_transit_gateway_route_table_association" "of" {
  for_each                       = var.networks
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.of[each.key].id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.of[each.key].id
}
resource "aws_ec2_transit_gateway_route_table_propagation" "of" {
  for_each                       = var.networks
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.of[each.key].id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.of[each.key].id
}
resource "aws_route_table" "of" {
  for_each = var.networks
  vpc_id   = aws_vpc.of[each.key].id
}
resource "aws_route" "site" {
  for_each               = var.networks
  route_table_id         = aws_route_table.of[each.key].id
  destination_cidr_block = "10.0.2.0/24"
  transit_gateway_id     = aws_ec2_transit_gateway_vpc_attachment.of[each.key].transit_gateway_id
}
output "hub" {
  value = {
    id       = aws_ec2_transit_gateway.hub.id
    arn      = aws_ec2_transit_gateway.hub.arn
    owner_id = aws_ec2_transit_gateway.hub.owner_id
    tags     = aws_ec2_transit_gateway.hub.tags_all
    defaults = [
      aws_ec2_transit_gateway.hub.association_default_route_table_id,
      aws_ec2_transit_gateway.hub.propagation_default_route_table_id
    ]
  }
}
output "tunnels" {
  value = [for one in aws_vpn_connection.site : [
    one.tunnel1_bgp_asn, one.tunnel1_vgw_inside_address, one.tunnel2_cgw_inside_address, one.vpn_gateway_id
  ]]
}
output "states" { value = [for one in aws_route.site : one.state] }
`;

async function output(name: string): Promise<unknown> {
  return JSON.parse(await folder.expect(0, 'output', '-json', name));
}

test('a transit gateway with two networks and a VPN applies, plans empty, and is destroyed', async () => {
  await folder.expect(0, 'apply', '-auto-approve');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  expect(await output('hub')).toEqual({
    id: expect.stringMatching(/^tgw-[0-9a-f]{17}$/),
    arn: expect.stringMatching(/^arn:aws:ec2:ap-northeast-1:\d{12}:transit-gateway\/tgw-[0-9a-f]{17}$/),
    owner_id: expect.stringMatching(/^\d{12}$/),
    tags: { owner: 'lab' },
    defaults: ['', ''],
  });
  expect(await output('tunnels')).toEqual([['64520', '169.254.101.1', '169.254.101.6', '']]);
  expect(await output('states')).toEqual(['active', 'active']);
  await folder.expect(0, 'destroy', '-auto-approve');
  expect(listObjects(folder.objectsFile)).toEqual([]);
});

test('a VPN that is removed leaves nothing behind, and comes back under another attachment', async () => {
  await folder.expect(0, 'apply', '-auto-approve');
  expect(await folder.expect(0, 'apply', '-auto-approve', '-var=has_vpn=false')).toContain(
    '0 added, 0 changed, 4 destroyed',
  );
  expect(await folder.expect(0, 'plan', '-detailed-exitcode', '-var=has_vpn=false')).toContain('No changes.');
  expect(await folder.expect(0, 'apply', '-auto-approve')).toContain('4 added, 0 changed, 0 destroyed');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
});

test('the associations and routes of a transit gateway are imported by the ids of their parts', async () => {
  await folder.expect(0, 'apply', '-auto-approve');
  for (const address of [
    'aws_ec2_transit_gateway_route.site["dev"]',
    'aws_ec2_transit_gateway_route_table_association.of["dev"]',
    'aws_ec2_transit_gateway_route_table_propagation.of["dev"]',
    'aws_ec2_transit_gateway_vpc_attachment.of["dev"]',
  ]) {
    const shown = await folder.expect(0, 'state', 'show', address);
    const id = /^ {4}id += "(.*)"$/m.exec(shown)?.[1] ?? '';
    await folder.expect(0, 'state', 'rm', address);
    await folder.expect(0, 'import', address, id);
  }
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
});
