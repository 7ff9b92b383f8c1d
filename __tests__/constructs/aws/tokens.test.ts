import '../../../stacks/fast-tokens';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { Fn, type TerraformStack, TerraformVariable } from 'cdktf';
import { Network } from '../../../constructs/aws/network';
import { SecurityGroup } from '../../../constructs/aws/security-group';
import { SiteToSiteVpn, type SiteToSiteVpnProps } from '../../../constructs/aws/site-to-site-vpn';
import { Peer } from '../../../model/net/peer';
import { Port } from '../../../model/net/port';
import { addresses, only, plainAddresses, synthesized } from '../../support/synthesized';

const text = (stack: TerraformStack, name: string): string =>
  new TerraformVariable(stack, name, { type: 'string' }).stringValue;
const number = (stack: TerraformStack, name: string): number =>
  new TerraformVariable(stack, name, { type: 'number' }).numberValue;

describe('a network', () => {
  it('takes blocks, zones, names and tags that only Terraform knows', () => {
    const synth = synthesized((stack) => {
      const block = text(stack, 'block');
      new Network(stack, 'Network', {
        name: text(stack, 'name'),
        cidr: block,
        egress: 'nat',
        subnets: {
          a: {
            cidr: Fn.cidrsubnet(block, 8, 1),
            publicCidr: Fn.cidrsubnet(block, 8, 2),
            zone: text(stack, 'zone'),
          },
        },
        flowLogs: { retentionDays: number(stack, 'days') },
        tags: { owner: text(stack, 'owner') },
      });
    });
    expect(only(synth, 'aws_vpc')).toMatchObject({
      cidr_block: '${var.block}',
      tags: { Name: '${var.name}', owner: '${var.owner}' },
    });
    const [own, open] = Object.entries(synth.resource.aws_subnet ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, subnet]) => subnet);
    expect(own).toMatchObject({
      cidr_block: '${cidrsubnet(var.block, 8, 1)}',
      availability_zone: '${var.zone}',
      tags: { Name: '${var.name}-a' },
    });
    expect(open?.cidr_block).toBe('${cidrsubnet(var.block, 8, 2)}');
    expect(only(synth, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/kakehashi/${var.name}/flow',
      retention_in_days: '${var.days}',
    });
  });

  it('checks the blocks that are known', () => {
    const build = (cidr: string) => () =>
      synthesized((stack) => {
        const subnets = { a: { cidr: text(stack, 'block') }, b: { cidr }, c: { cidr: '10.0.1.0/24' } };
        new Network(stack, 'Network', { name: 'dev', cidr: '10.0.0.0/16', egress: 'none', subnets });
      });
    expect(build('10.0.2.0/24')).not.toThrow();
    expect(build('10.0.1.0/25')).toThrow('subnets.c.cidr: 10.0.1.0/24 overlaps subnets.b.cidr (10.0.1.0/25)');
    expect(build('10.0.1.1/24')).toThrow(
      'stack/Network: subnets.b.cidr: must be a network address (no host bits set), got "10.0.1.1/24"',
    );
    expect(build('${var.block}')).toThrow('subnets.b.cidr: must be an IPv4 CIDR like 172.30.0.0/16');
  });
});

describe('a security group', () => {
  const group = (stack: TerraformStack): SecurityGroup =>
    new SecurityGroup(stack, 'Nodes', {
      network: Network.fromNetworkAttributes(stack, 'Network', { vpcId: text(stack, 'vpc') }),
      name: text(stack, 'name'),
    });
  const rule = (peer: Peer) => ({ port: Port.tcp(22), peer, description: 'SSH' });

  it('takes networks, prefix lists and groups that only Terraform knows, by the keys that they are given', () => {
    const synth = synthesized((stack) => {
      const nodes = group(stack);
      nodes.addIngressRule(rule(Peer.ipv4(text(stack, 'office'), 'office')));
      nodes.addIngressRule(rule(Peer.prefixList(text(stack, 'offices'), 'offices')));
      nodes.addEgressRule(rule(Peer.securityGroup(text(stack, 'bastion'), 'bastion')));
    });
    expect(only(synth, 'aws_security_group').vpc_id).toBe('${var.vpc}');
    expect(plainAddresses(synth).filter((address) => address.includes('tcp-22'))).toEqual([
      'aws_vpc_security_group_egress_rule.Nodes_Out-tcp-22-to-bastion',
      'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-22-from-office',
      'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-22-from-offices',
    ]);
    const ingress = Object.values(synth.resource.aws_vpc_security_group_ingress_rule ?? {});
    expect(ingress.map(({ cidr_ipv4, prefix_list_id }) => [cidr_ipv4, prefix_list_id])).toEqual([
      ['${var.office}', undefined],
      [undefined, '${var.offices}'],
    ]);
    expect(JSON.stringify(synth.resource.aws_vpc_security_group_egress_rule)).toContain(
      '"referenced_security_group_id":"${var.bastion}"',
    );
  });

  it('refuses two tokens of one key, and an expression that is no token', () => {
    const build =
      (...peers: ((stack: TerraformStack) => Peer)[]) =>
      () =>
        synthesized((stack) => {
          const nodes = group(stack);
          for (const peer of peers) nodes.addIngressRule(rule(peer(stack)));
        });
    expect(
      build(
        (stack) => Peer.ipv4(text(stack, 'a'), 'office'),
        (stack) => Peer.ipv4(text(stack, 'b'), 'office'),
      ),
    ).toThrow('stack/Nodes: addIngressRule: must have a key of its own for each peer, got "office" for two');
    expect(build(() => Peer.ipv4('${var.office}', 'office'))).toThrow(
      'stack/Nodes: addIngressRule: peer office: must be an IPv4 CIDR or a token, got "${var.office}"',
    );
  });
});

describe('a VPN', () => {
  const build = (props: (stack: TerraformStack) => Partial<SiteToSiteVpnProps>) =>
    synthesized((stack) => {
      new SiteToSiteVpn(stack, 'Vpn', {
        name: 'dev',
        network: Network.fromNetworkAttributes(stack, 'Network', {
          vpcId: 'vpc-1',
          vpcCidr: '172.30.0.0/16',
          privateRouteTableIds: { Private: 'rtb-1' },
        }),
        customerGateway: { ipAddress: '198.51.100.10', asn: 65000 },
        ...props(stack),
      });
    });

  it("takes the site's address and both ASNs as tokens", () => {
    const synth = build((stack) => ({
      customerGateway: { ipAddress: new Eip(stack, 'Site').publicIp, asn: number(stack, 'asn') },
      amazonSideAsn: number(stack, 'amazon_asn'),
    }));
    expect(only(synth, 'aws_customer_gateway')).toMatchObject({
      ip_address: `\${${addresses(synth).find((address) => address.startsWith('aws_eip.'))}.public_ip}`,
      bgp_asn: '${var.asn}',
    });
    expect(only(synth, 'aws_vpn_gateway').amazon_side_asn).toBe('${var.amazon_asn}');
  });

  it('names routes to networks that only Terraform knows by their keys', () => {
    const synth = build((stack) => ({
      remoteNetworks: { office: text(stack, 'office'), lab: '10.0.3.0/24' },
    }));
    expect(plainAddresses(synth).filter((address) => address.includes('To-'))).toEqual([
      'aws_route.Vpn_To-lab-Private',
      'aws_route.Vpn_To-office-Private',
      'aws_vpn_connection_route.Vpn_To-lab',
      'aws_vpn_connection_route.Vpn_To-office',
    ]);
    const routes = Object.values(synth.resource.aws_route ?? {});
    expect(routes.map(({ destination_cidr_block }) => destination_cidr_block).sort()).toEqual([
      '${var.office}',
      '10.0.3.0/24',
    ]);
  });

  it('refuses a token in a list of networks, and a list that is one', () => {
    expect(() => build((stack) => ({ remoteNetworks: [text(stack, 'office')] }))).toThrow(
      'stack/Vpn: remoteNetworks[0]: must be known in a list, got a token; give a record, whose keys name the routes',
    );
    const list = (stack: TerraformStack) =>
      new TerraformVariable(stack, 'offices', { type: 'list(string)' }).listValue;
    expect(() => build((stack) => ({ remoteNetworks: list(stack) }))).toThrow(
      'stack/Vpn: remoteNetworks: must be known at synthesis, got a token',
    );
    expect(() => build(() => ({ remoteNetworks: { 'a b': '10.0.3.0/24' } }))).toThrow(
      'stack/Vpn: remoteNetworks: must have keys of 1 to 64 characters of A-Z a-z 0-9 _ -, because they are parts of resource addresses, got "a b"',
    );
  });

  it('checks the options of a tunnel that are known', () => {
    const tunnels = (stack: TerraformStack, phase1LifetimeSeconds: number) =>
      [
        { insideCidr: text(stack, 'inside'), phase1LifetimeSeconds, phase2LifetimeSeconds: 3600 },
        {},
      ] as const;
    const synth = build((stack) => ({ tunnels: tunnels(stack, number(stack, 'lifetime')) }));
    expect(only(synth, 'aws_vpn_connection')).toMatchObject({
      tunnel1_inside_cidr: '${var.inside}',
      tunnel1_phase1_lifetime_seconds: '${var.lifetime}',
      tunnel1_phase2_lifetime_seconds: 3600,
    });
    expect(() => build((stack) => ({ tunnels: tunnels(stack, 60) }))).toThrow('from 900 to 28800, got 60');
    expect(() =>
      build((stack) => ({
        tunnels: [{ dpdTimeoutSeconds: 1, phase1LifetimeSeconds: number(stack, 'lifetime') }, {}],
      })),
    ).toThrow('tunnels[0].dpdTimeoutSeconds (dpd_timeout_seconds): must be a whole number from 30');
  });

  it('takes a pre-shared key as a token alone, and prints no other', () => {
    const withKey = (presharedKey: (key: string) => string) => () =>
      build((stack) => ({ tunnels: [{ presharedKey: presharedKey(text(stack, 'key')) }, {}] }));
    expect(only(withKey((key) => key)(), 'aws_vpn_connection').tunnel1_preshared_key).toBe('${var.key}');
    const literals = ['Sup3rSecretSup3r', 'Sup3rSecret${key', '${var.key}Sup3rSecret', '${"Sup3rSecret"}'];
    for (const literal of literals) {
      expect(withKey(() => literal)).toThrow('stack/Vpn: tunnels[0].presharedKey: must be one token');
      expect(withKey(() => literal)).not.toThrow('Sup3rSecret');
    }
    expect(withKey((key) => `Sup3rSecret${key}`)).toThrow('presharedKey: must be one token');
    expect(withKey((key) => `${key}${key}`)).toThrow('presharedKey: must be one token');
  });
});
