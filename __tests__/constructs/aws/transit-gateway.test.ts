import '../../../stacks/fast-tokens';
import { type TerraformStack, TerraformVariable } from 'cdktf';

import { TransitGateway, type TransitGatewayProps } from '../../../constructs/aws/transit-gateway';

import { at, only, plainAddresses, type Synthesized, synthesized } from '../../support/synthesized';

const text = (stack: TerraformStack, name: string): string =>
  new TerraformVariable(stack, name, { type: 'string' }).stringValue;
const number = (stack: TerraformStack, name: string): number =>
  new TerraformVariable(stack, name, { type: 'number' }).numberValue;
type In<T> = (stack: TerraformStack) => T;

describe('a transit gateway', () => {
  const build = (props: In<Partial<TransitGatewayProps>> = () => ({})): Synthesized =>
    synthesized((stack) => {
      new TransitGateway(stack, 'Hub', { name: 'dev', routeTables: ['dev'], ...props(stack) });
    });

  it('needs a name and a table, and associates nothing by itself', () => {
    const synth = build();
    expect(plainAddresses(synth)).toEqual([
      'aws_ec2_transit_gateway.Hub',
      'aws_ec2_transit_gateway_route_table.Hub_Table-dev',
    ]);
    expect(only(synth, 'aws_ec2_transit_gateway')).toEqual({
      amazon_side_asn: 64512,
      auto_accept_shared_attachments: 'disable',
      default_route_table_association: 'disable',
      default_route_table_propagation: 'disable',
      description: 'dev',
      tags: { Name: 'dev' },
      vpn_ecmp_support: 'enable',
    });
    expect(only(synth, 'aws_ec2_transit_gateway_route_table')).toEqual({
      tags: { Name: 'dev-dev' },
      transit_gateway_id: expect.stringMatching(/^\$\{aws_ec2_transit_gateway\.Hub_\w+\.id\}$/),
    });
  });

  it('takes every prop', () => {
    const synth = build(() => ({
      description: 'Hub of dev',
      amazonSideAsn: 4200000000,
      ecmp: false,
      autoAccept: true,
      routeTables: ['dev', 'site'],
      routeTableTags: { site: { table: 'site' } },
      tags: { owner: 'me' },
    }));
    expect(only(synth, 'aws_ec2_transit_gateway')).toMatchObject({
      amazon_side_asn: 4200000000,
      auto_accept_shared_attachments: 'enable',
      description: 'Hub of dev',
      tags: { Name: 'dev', owner: 'me' },
      vpn_ecmp_support: 'disable',
    });
    const tags = (name: string) => at(synth, 'aws_ec2_transit_gateway_route_table', name)?.tags;
    expect(tags('Hub_Table-dev')).toEqual({ Name: 'dev-dev', owner: 'me' });
    expect(tags('Hub_Table-site')).toEqual({ Name: 'dev-site', owner: 'me', table: 'site' });
  });

  it('is shared with each principal by its own association, and with nobody outside of the organisation', () => {
    const organisation = 'arn:aws:organizations::123456789012:organization/o-0123456789';
    const synth = build(() => ({ share: ['210987654321', organisation], tags: { owner: 'me' } }));
    expect(plainAddresses(synth).filter((address) => address.startsWith('aws_ram'))).toEqual([
      'aws_ram_principal_association.Hub_With-123456789012-organization-o-0123456789',
      'aws_ram_principal_association.Hub_With-210987654321',
      'aws_ram_resource_association.Hub_Shared',
      'aws_ram_resource_share.Hub_Share',
    ]);
    expect(only(synth, 'aws_ram_resource_share')).toEqual({
      allow_external_principals: false,
      name: 'dev',
      tags: { Name: 'dev', owner: 'me' },
    });
    expect(only(synth, 'aws_ram_resource_association').resource_arn).toMatch(
      /^\$\{aws_ec2_transit_gateway\.Hub_\w+\.arn\}$/,
    );
    expect(at(synth, 'aws_ram_principal_association', 'Hub_With-210987654321')).toMatchObject({
      principal: '210987654321',
      resource_share_arn: expect.stringMatching(/^\$\{aws_ram_resource_share\.Hub_Share_\w+\.arn\}$/),
    });
    expect(plainAddresses(build(() => ({ share: [] })))).toEqual(plainAddresses(build()));
  });

  it('takes names, numbers and principals that only Terraform knows', () => {
    const synth = build((stack) => ({
      name: text(stack, 'name'),
      amazonSideAsn: number(stack, 'asn'),
      share: { organisation: text(stack, 'organisation'), lab: '210987654321' },
    }));
    expect(only(synth, 'aws_ec2_transit_gateway')).toMatchObject({
      amazon_side_asn: '${var.asn}',
      tags: { Name: '${var.name}' },
    });
    expect(at(synth, 'aws_ram_principal_association', 'Hub_With-organisation')?.principal).toBe(
      '${var.organisation}',
    );
    expect(at(synth, 'aws_ram_principal_association', 'Hub_With-lab')?.principal).toBe('210987654321');
  });

  it.each<[string, In<Partial<TransitGatewayProps>>, string]>([
    ['a name with a blank', () => ({ name: 'a b' }), 'name: must be 1 to 50 characters of A-Z a-z 0-9 _ -'],
    ['no table', () => ({ routeTables: [] }), 'routeTables: must be 1 to 20, got 0'],
    [
      'twenty-one tables',
      () => ({ routeTables: Array.from({ length: 21 }, (_, index) => `t${index}`) }),
      'routeTables: must be 1 to 20, got 21',
    ],
    ['one table twice', () => ({ routeTables: ['a', 'a'] }), 'routeTables: must name each once, got a, a'],
    [
      'a table that is no part of an address',
      () => ({ routeTables: ['a.b'] }),
      'routeTables: must have keys of',
    ],
    [
      'tags of a table that is not there',
      () => ({ routeTableTags: { prod: {} } }),
      'routeTableTags: must have keys of routeTables, got "prod"',
    ],
    [
      'a tag of AWS on a table',
      () => ({ routeTableTags: { dev: { 'aws:x': 'y' } } }),
      'routeTableTags.dev: must have keys of 1 to 128',
    ],
    ['a tag of AWS', () => ({ tags: { 'aws:x': 'y' } }), 'tags: must have keys of 1 to 128'],
    [
      'an ASN below the private ones',
      () => ({ amazonSideAsn: 64511 }),
      'amazonSideAsn: must be 64512–65534 or 4200000000–4294967294, got 64511',
    ],
    ['the last ASN of 16 bits', () => ({ amazonSideAsn: 65535 }), 'amazonSideAsn: must be 64512–65534'],
    [
      'an account of eleven digits',
      () => ({ share: ['12345678901'] }),
      'share: must be ids of accounts, or ARNs of organisations or their units, got "12345678901"',
    ],
    [
      'a role',
      () => ({ share: { role: 'arn:aws:iam::123456789012:role/x' } }),
      'share: must be ids of accounts',
    ],
    [
      'one principal twice',
      () => ({ share: ['123456789012', '123456789012'] }),
      'share: must name each once, got 123456789012, 123456789012',
    ],
    [
      'a token in a list of principals, whose address would be its number',
      (stack) => ({ share: [text(stack, 'account')] }),
      'share: must be known in a list, got a token; give a record, whose keys name the principals',
    ],
    ['a key with a dot', () => ({ share: { 'a.b': '123456789012' } }), 'share: must have keys of 1 to 64'],
  ])('refuses %s', (_, props, message) => {
    expect(() => build(props)).toThrow(`stack/Hub: ${message}`);
  });

  it.each([64512, 65534, 4200000000, 4294967294])('takes the ASN %d', (amazonSideAsn) => {
    expect(
      only(
        build(() => ({ amazonSideAsn })),
        'aws_ec2_transit_gateway',
      ).amazon_side_asn,
    ).toBe(amazonSideAsn);
  });

  it('takes twenty tables', () => {
    const routeTables = Array.from({ length: 20 }, (_, index) => `t${index}`);
    const { aws_ec2_transit_gateway_route_table: tables = {} } = build(() => ({ routeTables })).resource;
    expect(Object.keys(tables)).toHaveLength(20);
  });

  it('is imported by its id, of which nothing else is known', () => {
    synthesized((stack) => {
      const theirs = TransitGateway.fromTransitGatewayId(stack, 'Theirs', 'tgw-0123456789abcdef0');
      expect([theirs.transitGatewayId, theirs.amazonSideAsn, theirs.ecmp]).toEqual([
        'tgw-0123456789abcdef0',
        undefined,
        undefined,
      ]);
      expect(() => TransitGateway.fromTransitGatewayId(stack, 'Wrong', 'vgw-1')).toThrow(
        'stack/Wrong: transitGatewayId: must be an id like tgw-0123456789abcdef0 or a token, got "vgw-1"',
      );
    });
  });
});
