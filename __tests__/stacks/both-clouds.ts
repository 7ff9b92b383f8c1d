import { temporaryFolder } from '../support/catalog-folder';
import type { Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

/** What a catalog asks of a network, whatever its cloud. */
export interface Intent {
  /** @default - vc-node */
  readonly ingress?: string;
  /** Further keys of `vpn`; `none` for no VPN. @default - none */
  readonly vpn?: string;
  /** Further keys of `site`. */
  readonly site?: string;
}

/** One network on AWS and one on Azure of which the same is asked, each with two subnets for nodes. */
export function bothClouds({ ingress = 'vc-node', vpn = 'none', site = '' }: Intent): {
  readonly aws: Synthesized;
  readonly azure: Synthesized;
} {
  const text = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000, subnets: [10.0.2.0/24, 10.0.3.0/24]${site} }
aws:
  lab:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, vpn: ${vpn}, ingress: ${ingress} }
  lab2: { private_network_ipmask: 172.30.3.0/24, create: { within: lab } }
azure:
  lab:
    azure_location: japaneast
    private_network_ipmask: 172.21.2.0/24
    create: { vnet_cidr: 172.21.0.0/16, ${vpn === 'none' ? '' : 'gateway_subnet: 172.21.255.0/27, '}vpn: ${vpn}, ingress: ${ingress} }
  lab2: { private_network_ipmask: 172.21.3.0/24, create: { within: lab } }
onpremises:
  other: { private_network_ipmask: 10.9.0.0/16 }
`;
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': text }), ['lab']);
  const { 'lab-aws-lab': aws, 'lab-azure-lab': azure } = stacks;
  if (aws === undefined || azure === undefined) throw new Error('no stack');
  return { aws, azure };
}
