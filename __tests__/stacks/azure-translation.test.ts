import '../../stacks/fast-tokens';
import type { NetworkTunnels } from '../../model/tunnel/description';
import { temporaryFolder } from '../support/catalog-folder';
import type { Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const EGRESS = 'out: { mode: EgressSnat, internal: 172.21.1.0/24, external: 10.9.1.0/24 }';
const INGRESS = 'in: { mode: IngressSnat, internal: 10.0.2.0/24, external: 10.9.2.0/24 }';

/** A network on Azure that is translated, and with a mesh one on AWS beside it. */
function stacksOf(
  rules: string,
  { mesh = false, ingress = 'jupyter' } = {},
): { readonly azure: Synthesized; readonly aws: Synthesized } {
  const text = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, subnets: [10.0.2.0/24, 10.0.3.0/24], mesh: ${mesh} }
azure:
  lab:
    azure_location: japaneast
    private_network_ipmask: 172.21.1.0/24
    create: { vnet_cidr: 172.21.0.0/16, gateway_subnet: 172.21.255.0/27, ingress: ${ingress}, vpn: { sku: VpnGw2AZ, nat_rules: { ${rules} } } }
aws:
  lab:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, ingress: htcondor }
`;
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': text }), ['lab']);
  const { 'lab-azure-lab': azure, 'lab-aws-lab': aws } = stacks;
  if (azure === undefined || aws === undefined) throw new Error('no stack');
  return { azure, aws };
}

/** What the gateway of the site routes into the tunnels. */
function networksOf({ output }: Synthesized): readonly string[] {
  const { tunnels } = output as { tunnels: { value: Readonly<Record<string, NetworkTunnels>> } };
  return Object.values(tunnels.value).flatMap(({ networks }) => networks);
}

const sourcesOf = (synth: Synthesized, type: string, source: string): readonly unknown[] => [
  ...new Set(Object.values(synth.resource[type] ?? {}).map((rule) => rule[source])),
];
const azureSources = ({ azure }: { readonly azure: Synthesized }) =>
  sourcesOf(azure, 'azurerm_network_security_rule', 'source_address_prefix').filter((one) => one !== '*');

it('is reached by the site behind its outside, and where it is not translated as it is', () => {
  expect(networksOf(stacksOf(EGRESS).azure)).toEqual(['172.21.0.0/16', '10.9.1.0/24']);
  expect(networksOf(stacksOf(INGRESS).azure)).toEqual(['172.21.0.0/16']);
});

it('is reached by its outside alone where all of it is translated', () => {
  const whole = 'out: { mode: EgressSnat, internal: 172.21.0.0/16, external: 10.9.0.0/16 }';
  expect(networksOf(stacksOf(whole).azure)).toEqual(['10.9.0.0/16']);
});

it('lets the site in by the addresses that it comes with', () => {
  expect(azureSources(stacksOf(INGRESS))).toEqual(['10.0.3.0/24', '10.9.2.0/24']);
  expect(azureSources(stacksOf(EGRESS))).toEqual(['10.0.2.0/24', '10.0.3.0/24']);
});

it('takes a network that a rule names as it is written', () => {
  const ingress = '[{ protocol: tcp, ports: 22, from: 10.0.2.0/24 }]';
  expect(azureSources(stacksOf(INGRESS, { ingress }))).toEqual(['10.0.2.0/24']);
});

it('tells Azure the networks of the site as they are', () => {
  const [site] = Object.values(stacksOf(INGRESS).azure.resource.azurerm_local_network_gateway ?? {});
  expect(site?.address_space).toEqual(['10.0.2.0/24', '10.0.3.0/24']);
});

it('reaches the other clouds of a mesh from its outside', () => {
  const { aws } = stacksOf(EGRESS, { mesh: true });
  const sources = sourcesOf(aws, 'aws_vpc_security_group_ingress_rule', 'cidr_ipv4');
  expect(sources).toEqual(expect.arrayContaining(['10.9.1.0/24', '172.21.0.0/16']));
  const routes = Object.values(aws.resource.aws_vpn_connection_route ?? {});
  expect(routes.map(({ destination_cidr_block }) => destination_cidr_block)).toContain('10.9.1.0/24');
});
