import { AWS_DRIFT } from '../../../../../scripts/kinds/aws/drift/aws-drift';

const VPC = {
  address: 'aws_vpc.V',
  type: 'aws_vpc',
  values: { id: 'vpc-1', arn: 'arn:aws:ec2:ap-northeast-1:123456789012:vpc/vpc-1' },
};
const HUB = {
  address: 'aws_ec2_transit_gateway.H',
  type: 'aws_ec2_transit_gateway',
  values: { id: 'tgw-1' },
};
const CONNECTION = {
  address: 'aws_vpn_connection.C',
  type: 'aws_vpn_connection',
  values: { id: 'vpn-1', transit_gateway_attachment_id: 'tgw-attach-1' },
};

describe('what is asked on AWS', () => {
  it('are VPN connections and customer gateways with tags, where the stack has a connection', () => {
    expect(AWS_DRIFT.questions?.([VPC])).toEqual([]);
    const [tagged, ...rest] = AWS_DRIFT.questions?.([VPC, CONNECTION]) ?? [];
    expect(rest).toEqual([]);
    const arn = (what: string) => `arn:aws:ec2:ap-northeast-1:123456789012:${what}`;
    expect(
      tagged?.read([
        { resource_arn: arn('vpn-connection/vpn-9'), tags: { Name: 'by hand' } },
        { resource_arn: arn('customer-gateway/cgw-9'), tags: {} },
        { resource_arn: arn('vpn-connection/vpn-2'), tags: { 'kakehashi:entry': 'dev/aws/other' } },
      ]),
    ).toEqual([
      { what: 'VPN connection', id: 'vpn-9' },
      { what: 'customer gateway', id: 'cgw-9' },
    ]);
  });

  it('are attachments of VPNs at a transit gateway of ours, also without tags', () => {
    const [, attached] = AWS_DRIFT.questions?.([HUB, CONNECTION]) ?? [];
    expect(JSON.stringify(attached?.question)).toContain('"values":["tgw-1"]');
    expect(attached?.read(['tgw-attach-1', 'tgw-attach-2'])).toEqual([
      { what: 'VPN attachment', id: 'tgw-attach-2', in: 'aws_ec2_transit_gateway.H' },
    ]);
  });
});

describe('who changed an object on AWS', () => {
  const who = (type: string, values: Readonly<Record<string, unknown>>) =>
    AWS_DRIFT.who?.({ type, values }, '2026-11-28T04:00:00Z', [VPC]);

  it.each([
    ['aws_vpc', VPC.values, '--region ap-northeast-1 ', 'vpc-1'],
    // Terraform makes the ids of these up: CloudTrail knows what they are in, and the stack its region.
    ['aws_route', { id: 'r-rtb-1080289494', route_table_id: 'rtb-1' }, '--region ap-northeast-1 ', 'rtb-1'],
    [
      'aws_vpc_security_group_ingress_rule',
      { id: 'sgr-1', security_group_id: 'sg-1' },
      '--region ap-northeast-1 ',
      'sg-1',
    ],
    ['aws_iam_role_policy', { id: 'flow:write', role: 'flow' }, '', 'flow'],
  ])('is asked for %s', (type, values, region, name) => {
    expect(who(type, values)).toBe(
      `aws cloudtrail lookup-events ${region}--lookup-attributes AttributeKey=ResourceName,AttributeValue=${name} --start-time 2026-11-28T04:00:00Z`,
    );
  });

  it('is asked in no shell that an id could change', () => {
    expect(who('aws_vpc', { id: 'vpc-1; rm -rf /' })).toBeUndefined();
  });
});
