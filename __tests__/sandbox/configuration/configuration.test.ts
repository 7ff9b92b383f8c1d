import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Configuration } from '../../../sandbox/configuration/configuration';
import { blocksOf } from '../../../sandbox/configuration/hcl';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-configuration-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function read(): Configuration {
  const found = Configuration.read(folder);
  if (found === undefined) throw new Error('nothing was read');
  return found;
}

it('is not known where no file of a configuration is', () => {
  write('readme.txt', 'aws_vpc');
  expect(Configuration.read(folder)).toBeUndefined();
  expect(Configuration.read(join(folder, 'none'))).toBeUndefined();
});

it('names what its files and its modules name, wherever those are', () => {
  write('main.tf', 'resource "aws_vpc" "a" {}');
  write('more.tf.json', '{"data": {"aws_ami": {"a": {}}}, "locals": {"x": "vault_mount"}}');
  const other = mkdtempSync(join(tmpdir(), 'kakehashi-module-'));
  try {
    writeFileSync(join(other, 'main.tf'), 'resource "aws_network_acl" "a" {}');
    write(
      '.terraform/modules/modules.json',
      JSON.stringify({ Modules: [{ Key: '', Dir: '.' }, { Dir: other }] }),
    );
    expect([...read().words('aws')].sort()).toEqual(['aws_ami', 'aws_network_acl', 'aws_vpc']);
    expect([...read().words('vault')]).toEqual(['vault_mount']);
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

const HCL = `
# resource "aws_vpc" "comment" { region = "x" }
/* resource "aws_vpc" "comment" { region = "x" } */
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16" // region = 1
  tags = {
    region = "\${var.a["}"]} \\" }"
  }
  lifecycle {
    region = 1
  }
  dynamic "ingress" {
    for_each = [for x in y : { region = x }]
  }
}
locals {
  text = <<-EOT
    resource "aws_vpc" "heredoc" {
      region = "x"
    }
  EOT
  same = (var.a == "b")
}
data aws_region "now" { name = "us-east-1" }
resource "aws_subnet" "a" { region = var.region }
`;

it('reads the own arguments and blocks of each block in Terraform’s language', () => {
  expect(blocksOf(HCL)).toEqual([
    { kind: 'resource', type: 'aws_vpc', names: ['cidr_block', 'tags', 'lifecycle', 'dynamic'] },
    { kind: 'locals', type: '', names: ['text', 'same'] },
    { kind: 'data', type: 'aws_region', names: ['name'] },
    { kind: 'resource', type: 'aws_subnet', names: ['region'] },
  ]);
});

it('knows which type sets an argument, in both languages', () => {
  write('main.tf', HCL);
  write('b.tf.json', '{"resource": [{"aws_eip": {"a": [{"region": "x"}]}}]}');
  expect([...read().setNames('resource', 'aws_vpc')]).not.toContain('region');
  expect([...read().setNames('resource', 'aws_subnet')]).toEqual(['region']);
  expect([...read().setNames('resource', 'aws_eip')]).toEqual(['region']);
  expect([...read().setNames('data', 'aws_subnet')]).toEqual([]);
});

it('knows which attribute of a data source is referred to', () => {
  write('main.tf', `output "r" { value = "\${data.aws_region.now[0].region}" }`);
  expect(read().refersTo('aws_region', 'region')).toBe(true);
  expect(read().refersTo('aws_region', 'name')).toBe(false);
});

it.each([
  ['main.tf', 'terraform { required_providers { aws = { source = "hashicorp/aws", version = ">= 6.28" } } }'],
  ['main.tf', 'terraform {\n  required_providers {\n    aws = ">= 6.28"\n  }\n}'],
  [
    'main.tf',
    'terraform {\n required_providers {\n  x = { source = "a/x" }\n  y = {\n   source = "registry.terraform.io/hashicorp/aws"\n   version = ">= 6.28"\n  }\n }\n}',
  ],
  ['main.tf.json', '{"terraform": {"required_providers": {"aws": {"version": ">= 6.28"}}}}'],
  ['main.tf.json', '{"terraform": [{"required_providers": [{"aws": ">= 6.28"}]}]}'],
])('reads the version that %s requires: %s', (name, text) => {
  write(name, text);
  expect(read().unsatisfied('hashicorp/aws', '5.100.0')).toEqual({ constraint: '>= 6.28', file: name });
  expect(read().unsatisfied('hashicorp/aws', '6.30.0')).toBeUndefined();
  expect(read().unsatisfied('hashicorp/vault', '5.6.0')).toBeUndefined();
});

it('leaves what is broken to Terraform', () => {
  write('main.tf', 'resource "aws_vpc" "a" { tags = { "x');
  write('a.tf.json', '{');
  expect(read().unsatisfied('hashicorp/aws', '5.100.0')).toBeUndefined();
  expect([...read().words('aws')]).toEqual(['aws_vpc']);
});
