import { AWS_FILES } from '../../../sandbox/aws/files';
import { MANAGED_TYPES } from '../../../sandbox/aws/types';
import { Configuration } from '../../../sandbox/configuration/configuration';
import { decodeMessage } from '../../../sandbox/protocol/wire';
import { ServedSchemas } from '../../../sandbox/provider/served-schemas';
import { VAULT_FILES } from '../../../sandbox/vault/provider/files';

type Table = Readonly<
  Record<string, { readonly block?: { readonly attributes?: readonly { name: string }[] } }>
>;

function served(configuration: Configuration | undefined, files = AWS_FILES): Table {
  const answer = new ServedSchemas(files, {}).answerFor(configuration);
  return decodeMessage('GetProviderSchema.Response', answer).resource_schemas as Table;
}

function written(text: string): Configuration {
  return new Configuration([{ name: 'main.tf', text }]);
}

it('are those of the simulated types, and of the others those that the configuration names', () => {
  expect(Object.keys(served(written(''))).sort()).toEqual([...MANAGED_TYPES].sort());
  const named = written(
    'resource "aws_db_subnet_group" "a" {\n  count = 0\n}\n# aws_nothing aws_wafv2_web_acl',
  );
  expect(Object.keys(served(named)).sort()).toEqual([...MANAGED_TYPES, 'aws_db_subnet_group'].sort());
});

it('are those of the same area where the configuration is not known', () => {
  const all = Object.keys(served(undefined));
  for (const type of [
    'aws_network_acl',
    'aws_vpc_dhcp_options',
    'aws_vpc_ipv4_cidr_block_association',
    'aws_default_route_table',
    'aws_ec2_tag',
    'aws_ec2_transit_gateway',
    'aws_instance',
    'aws_iam_policy',
    'aws_cloudwatch_log_stream',
    'aws_db_subnet_group',
  ])
    expect(all).toContain(type);
  expect(all).not.toContain('aws_lambda_function');
  expect(all.length).toBeLessThan(350);
  expect(Object.keys(served(undefined, VAULT_FILES))).toContain('vault_namespace');
});

it('have an argument of a later version only where the configuration sets it', () => {
  const names = (configuration: Configuration) =>
    served(configuration).aws_vpc?.block?.attributes?.map(({ name }) => name);
  expect(names(written('provider "aws" {\n  region = "x"\n}\nresource "aws_vpc" "a" {}'))).not.toContain(
    'region',
  );
  expect(names(written('resource "aws_vpc" "a" {\n  region = "x"\n}'))).toContain('region');
});
