import {
  differencesOf,
  normalConfiguration,
  withSortedSets,
} from '../../../../scripts/run/affected/normal-configuration';
import { recordedBlock } from '../../../../scripts/run/affected/set-types';

const normal = (value: object) => withSortedSets(normalConfiguration(JSON.stringify(value)), recordedBlock);

const group = (rules: readonly string[], more: object = {}) => ({
  resource: {
    aws_security_group: { Nodes: { name: 'n', ingress: rules.map((cidr) => rule([cidr])), ...more } },
  },
});
const rule = (cidrs: readonly string[]) => ({
  from_port: 22,
  to_port: 22,
  protocol: 'tcp',
  cidr_blocks: cidrs,
});

describe('a normal configuration', () => {
  it.each([
    [
      'comments and metadata',
      { '//': { metadata: { version: '1' } }, output: { a: { value: 1, '//': 'x' } } },
      { output: { a: { value: 1 } } },
    ],
    ['the order of keys', { terraform: { a: 1, b: 2 } }, { terraform: { b: 2, a: 1 } }],
    [
      'the order of a set of blocks',
      group(['10.0.0.0/8', '10.1.0.0/16']),
      group(['10.1.0.0/16', '10.0.0.0/8']),
    ],
    [
      'the order of a set of values',
      {
        resource: {
          aws_vpc_dhcp_options: { D: { tags: { b: '1', a: '2' } } },
          aws_autoscaling_group: { G: { vpc_zone_identifier: ['a', 'b'] } },
        },
      },
      {
        resource: {
          aws_autoscaling_group: { G: { vpc_zone_identifier: ['b', 'a'] } },
          aws_vpc_dhcp_options: { D: { tags: { a: '2', b: '1' } } },
        },
      },
    ],
  ])('is the same whatever is done to %s', (_, before, after) => {
    expect(differencesOf(normal(before), normal(after))).toEqual([]);
  });

  it.each([
    ['a value', group(['10.0.0.0/8']), group(['10.0.0.0/9']), ['aws_security_group.Nodes']],
    [
      'the order of a list',
      { resource: { aws_vpc_dhcp_options: { D: { domain_name_servers: ['10.0.0.1', '10.0.0.2'] } } } },
      { resource: { aws_vpc_dhcp_options: { D: { domain_name_servers: ['10.0.0.2', '10.0.0.1'] } } } },
      ['aws_vpc_dhcp_options.D'],
    ],
    [
      'a data source',
      { data: { aws_ami: { A: { owners: ['1'] } } } },
      { data: { aws_ami: { A: { owners: ['2'] } } } },
      ['data.aws_ami.A'],
    ],
    [
      'the backend',
      { terraform: { backend: { local: { path: 'a' } } } },
      { terraform: { backend: { local: { path: 'b' } } } },
      ['terraform.backend'],
    ],
    [
      'what is gone and what is new',
      { output: { a: { value: 1 } } },
      { output: { b: { value: 1 } } },
      ['output.a', 'output.b'],
    ],
    [
      'a type that nobody recorded',
      { resource: { x_y: { Z: { list: [1, 2] } } } },
      { resource: { x_y: { Z: { list: [2, 1] } } } },
      ['x_y.Z'],
    ],
  ])('differs by %s', (_, before, after, parts) => {
    expect(differencesOf(normal(before), normal(after))).toEqual(parts);
  });
});
