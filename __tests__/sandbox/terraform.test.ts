import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANAGED_TYPES } from '../../sandbox/aws/types';
import { editObject } from '../../sandbox/edit-object';
import { listObjects } from '../../sandbox/store/objects';
import { hasTerraform, TerraformFolder } from './terraform-folder';

const test = hasTerraform() ? it : it.skip;

jest.setTimeout(60_000);

let folder: TerraformFolder;

beforeEach(async () => {
  folder = new TerraformFolder();
  await folder.serve();
});
afterEach(async () => {
  await folder.stopServing();
  folder.remove();
});

/** The network that the seed of this project makes, with its spellings: inline rules, `vpc = true`, a main table. */
const SEED = `
variable "local_subnet" { default = "10.0.2.0/24" }
variable "my_public_ip" { default = "198.51.100.10" }
provider "aws" { region = "ap-northeast-1" }
data "aws_availability_zones" "available" { state = "available" }

resource "aws_vpc" "main" {
  cidr_block           = "172.30.0.0/16"
  enable_dns_hostnames = true
  tags = { Name = "VC" }
}
resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "172.30.1.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}
resource "aws_subnet" "private" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "172.30.2.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}
resource "aws_security_group" "nodes" {
  name   = "vc-nodes"
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = [var.local_subnet]
  }
  ingress {
    description = "each other"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    self        = true
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_eip" "nat" { vpc = true }
resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id
  depends_on    = [aws_internet_gateway.main]
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
resource "aws_route_table" "private" {
  vpc_id           = aws_vpc.main.id
  propagating_vgws = [aws_vpn_gateway.main.id]
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}
resource "aws_main_route_table_association" "main" {
  vpc_id         = aws_vpc.main.id
  route_table_id = aws_route_table.private.id
}
resource "aws_vpn_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_customer_gateway" "main" {
  bgp_asn    = 65000
  ip_address = var.my_public_ip
  type       = "ipsec.1"
}
resource "aws_vpn_connection" "main" {
  vpn_gateway_id      = aws_vpn_gateway.main.id
  customer_gateway_id = aws_customer_gateway.main.id
  type                = "ipsec.1"
  static_routes_only  = true
}
resource "aws_vpn_connection_route" "site" {
  destination_cidr_block = var.local_subnet
  vpn_connection_id      = aws_vpn_connection.main.id
}
output "tunnel" { value = aws_vpn_connection.main.tunnel1_address }
`;

test('applies and destroys the network of the seed; the second plan has no changes', async () => {
  folder.write(SEED);
  await folder.expect(0, 'init');
  expect(await folder.expect(0, 'apply', '-auto-approve')).toContain('15 added, 0 changed, 0 destroyed');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  await folder.expect(0, 'destroy', '-auto-approve');
  expect(listObjects(folder.objectsFile)).toEqual([]);
});

test('every simulated type applies, has no changes afterwards, and is destroyed', async () => {
  const configuration = readFileSync(join(__dirname, 'every-type.tf'), 'utf8');
  for (const type of MANAGED_TYPES) expect(configuration).toContain(`resource "${type}"`);
  folder.write(configuration);
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  await folder.expect(0, 'apply', '-auto-approve', '-refresh-only');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  await folder.expect(0, 'destroy', '-auto-approve');
  expect(listObjects(folder.objectsFile)).toEqual([]);
}, 180_000);

const network = (more: { name?: string; key?: string; bgpAsn?: number } = {}) => `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}
provider "aws" {
  region = "ap-northeast-1"
  default_tags { tags = { managed-by = "test", Name = "default" } }
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "${more.name ?? 'main'}" }
}
resource "aws_vpc" "west" {
  provider   = aws.west
  cidr_block = "10.1.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
  tags       = { Name = "default" }
}
resource "aws_default_security_group" "closed" { vpc_id = aws_vpc.main.id }
resource "aws_security_group" "nodes" {
  name   = "nodes"
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.nodes.id
  cidr_ipv4         = "192.168.2.0/24"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}
resource "aws_route_table" "private" { vpc_id = aws_vpc.main.id }
resource "aws_route" "site" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "192.168.2.0/24"
  gateway_id             = aws_vpn_gateway.main.id
}
resource "aws_vpn_gateway_route_propagation" "private" {
  route_table_id = aws_route_table.private.id
  vpn_gateway_id = aws_vpn_gateway.main.id
}
resource "aws_vpn_gateway" "main" {
  vpc_id          = aws_vpc.main.id
  amazon_side_asn = 64513
}
resource "aws_customer_gateway" "main" {
  bgp_asn     = ${more.bgpAsn ?? 65000}
  ip_address  = "198.51.100.10"
  type        = "ipsec.1"
  device_name = "test"
  lifecycle { create_before_destroy = true }
}
resource "aws_vpn_connection" "main" {
  vpn_gateway_id       = aws_vpn_gateway.main.id
  customer_gateway_id  = aws_customer_gateway.main.id
  type                 = "ipsec.1"
  tunnel1_inside_cidr  = "169.254.100.0/30"
  tunnel2_inside_cidr  = "169.254.100.4/30"
  tunnel1_ike_versions = ["ikev2"]
  ${more.key === undefined ? '' : `tunnel1_preshared_key = "${more.key}"`}
  tunnel1_log_options {
    cloudwatch_log_options {
      log_enabled       = true
      log_group_arn     = aws_cloudwatch_log_group.vpn.arn
      log_output_format = "json"
    }
  }
}
resource "aws_cloudwatch_log_group" "vpn" {
  name              = "/aws/vendedlogs/vpn"
  retention_in_days = 30
}
output "vpn" { value = aws_vpn_connection.main.id }
`;

/** Changes an object while no server owns the log. */
async function edit(type: string, id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  await folder.stopServing();
  editObject(folder.objectsFile, type, id, changes);
  await folder.serve();
}

/** The object of a type in the first provider's region; those of two regions are made in any order. */
const idOf = (type: string): string =>
  listObjects(folder.objectsFile, type).find(({ region }) => region === 'ap-northeast-1')?.id ?? '';

test('shows drift, updates in place, replaces, imports and destroys', async () => {
  folder.write(network());
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  await folder.expect(0, 'plan', '-detailed-exitcode');

  await edit('aws_vpc_security_group_ingress_rule', idOf('aws_vpc_security_group_ingress_rule'), {
    cidr_ipv4: '0.0.0.0/0',
  });
  expect(await folder.expect(2, 'plan', '-detailed-exitcode')).toContain(
    '~ cidr_ipv4              = "0.0.0.0/0" -> "192.168.2.0/24"',
  );
  expect(await folder.expect(0, 'apply', '-auto-approve')).toContain('0 added, 1 changed, 0 destroyed');
  await edit('aws_vpc', idOf('aws_vpc'), { tags: { Name: 'else' } });
  expect(await folder.expect(2, 'plan', '-detailed-exitcode')).toContain('"Name" = "else" -> "main"');

  folder.write(network({ name: 'renamed', key: 'a_new.key1' }));
  const updated = await folder.expect(0, 'apply', '-auto-approve');
  expect(updated).toContain('0 added, 2 changed, 0 destroyed');
  expect(updated).not.toContain('a_new.key1');
  await folder.expect(0, 'plan', '-detailed-exitcode');
  expect(readFileSync(folder.objectsFile, 'utf8')).toContain('<pre_shared_key>a_new.key1</pre_shared_key>');

  folder.write(network({ name: 'renamed', key: 'a_new.key1', bgpAsn: 65001 }));
  expect(await folder.expect(2, 'plan', '-detailed-exitcode')).toContain('# forces replacement');
  expect(await folder.expect(0, 'apply', '-auto-approve')).toContain('1 added, 1 changed, 1 destroyed');

  const addresses: readonly [string, string][] = [
    ['aws_vpc.main', idOf('aws_vpc')],
    ['aws_route.site', `${idOf('aws_route_table')}_192.168.2.0/24`],
    ['aws_vpn_connection.main', idOf('aws_vpn_connection')],
  ];
  for (const [address, id] of addresses) {
    await folder.expect(0, 'state', 'rm', address);
    await folder
      .expect(0, 'import', address, id)
      .catch(async () => folder.run('import', '-no-color', address, id));
  }
  await folder.expect(0, 'plan', '-detailed-exitcode');

  await folder.expect(0, 'destroy', '-auto-approve');
  expect(listObjects(folder.objectsFile)).toEqual([]);
});

test('a lost object is planned anew; an unknown id cannot be imported', async () => {
  folder.write(`provider "aws" { region = "us-east-1" }
resource "aws_eip" "a" { domain = "vpc" }`);
  await folder.expect(0, 'init');
  expect((await folder.run('import', 'aws_eip.a', 'eipalloc-0')).output).toContain(
    'Cannot import non-existent remote object',
  );
  await folder.expect(0, 'apply', '-auto-approve');
  await folder.stopServing();
  writeFileSync(folder.objectsFile, '');
  await folder.serve();
  expect(await folder.expect(2, 'plan', '-detailed-exitcode')).toContain(
    '1 to add, 0 to change, 0 to destroy',
  );
});

test('prints refusals as Terraform does, at the attribute or with the code of AWS', async () => {
  folder.write(`provider "aws" { region = "us-east-1" }
resource "aws_vpc" "a" {
  cidr_block       = "10.0.0.0/16"
  instance_tenancy = "shared"
}`);
  await folder.expect(0, 'init');
  const refused = await folder.expect(1, 'validate');
  expect(refused).toContain('expected instance_tenancy to be one of ["default" "dedicated"], got shared');
  expect(refused).toContain('on main.tf line 4, in resource "aws_vpc" "a":');
  folder.write(`provider "aws" { region = "us-east-1" }
resource "aws_subnet" "a" {
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.0.0/24"
}`);
  expect((await folder.expect(1, 'apply', '-auto-approve')).replace(/\s+/g, ' ')).toMatch(
    /Error: creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: [0-9a-f-]+, api error InvalidVpcID.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist/,
  );
});

test('survives a dropped stream: the next apply makes what is missing', async () => {
  await folder.stopServing();
  const faults = join(folder.path, 'faults.json');
  writeFileSync(
    faults,
    JSON.stringify([{ type: 'aws_subnet', operation: 'create', call: 1, fault: 'drop' }]),
  );
  await folder.serve(faults);
  folder.write(`provider "aws" { region = "us-east-1" }
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.0.0.0/24"
}`);
  await folder.expect(0, 'init');
  await folder.expect(1, 'apply', '-auto-approve');
  expect(await folder.expect(0, 'apply', '-auto-approve')).toContain('1 added, 0 changed, 0 destroyed');
});

test('offers the functions of the provider to configurations', async () => {
  folder.write(`
    terraform {
      required_providers {
        aws = { source = "hashicorp/aws" }
      }
    }
    provider "aws" { region = "eu-west-1" }
    resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
    output "service" { value = provider::aws::arn_parse(aws_vpc.main.arn).service }
  `);
  await folder.expect(0, 'init');
  expect(await folder.expect(0, 'apply', '-auto-approve')).toContain('service = "ec2"');
});
