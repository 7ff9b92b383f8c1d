import '../../stacks/fast-tokens';
import type { Synthesized } from '../support/synthesized';
import { bothClouds, type Intent } from './both-clouds';

/** Kinds of traffic that may come in, each as `tcp 22 from 10.0.2.0/24`: sorted, each once. */
type Traffic = readonly string[];

const rulesOf = (synth: Synthesized, type: string) => Object.values(synth.resource[type] ?? {});
const sorted = (traffic: Iterable<string>): Traffic => [...new Set(traffic)].sort();

const PROTOCOLS: Readonly<Record<string, string>> = { '-1': 'all', '*': 'all', '50': 'esp', '51': 'ah' };
const protocolOf = (text: unknown): string => PROTOCOLS[String(text)] ?? String(text).toLowerCase();

/** The other cloud's network, which a mesh lets in. */
const MESH = ['172.30.0.0/16', '172.21.0.0/16'];
const sourceOf = (cidr: unknown): string => (MESH.includes(String(cidr)) ? 'the other cloud' : String(cidr));

/** The rules of the group of AWS; a rule for a type of ICMP stands for all of ICMP, of which alone Azure has rules. */
function trafficOnAws(synth: Synthesized): Traffic {
  return sorted(
    rulesOf(synth, 'aws_vpc_security_group_ingress_rule').map((rule) => {
      const protocol = protocolOf(rule.ip_protocol);
      const ports = rule.from_port === rule.to_port ? rule.from_port : `${rule.from_port}-${rule.to_port}`;
      const hasPorts = protocol === 'tcp' || protocol === 'udp';
      const isSelf = rule.referenced_security_group_id === rule.security_group_id;
      return `${protocol}${hasPorts ? ` ${ports}` : ''} from ${isSelf ? 'self' : sourceOf(rule.cidr_ipv4)}`;
    }),
  );
}

/** The rules of Azure that allow: between nodes they name the prefixes of the nodes' subnets. */
function trafficOnAzure(synth: Synthesized): Traffic {
  const subnets = rulesOf(synth, 'azurerm_subnet').flatMap((one) =>
    one.name === 'GatewaySubnet' ? [] : one.address_prefixes,
  );
  return sorted(
    rulesOf(synth, 'azurerm_network_security_rule').flatMap((rule) => {
      if (rule.access !== 'Allow') return [];
      const protocol = protocolOf(rule.protocol);
      const hasPorts = protocol === 'tcp' || protocol === 'udp';
      const ports = rule.destination_port_range === '*' ? '0-65535' : rule.destination_port_range;
      const { source_address_prefix: one, source_address_prefixes: several = [one] } = rule;
      const source = String(several) === String(subnets) ? 'self' : sourceOf(several);
      return [`${protocol}${hasPorts ? ` ${ports}` : ''} from ${source}`];
    }),
  );
}

const rules = (...list: readonly string[]): string => `[${list.map((rule) => `{ ${rule} }`).join(', ')}]`;

const INTENTS: Readonly<Record<string, Intent>> = {
  'vc-node': {},
  controller: { ingress: 'controller' },
  jupyter: { ingress: 'jupyter' },
  htcondor: { ingress: 'htcondor' },
  'open-site': { ingress: 'open-site' },
  'vc-node with a mesh': { vpn: '{ routing: bgp }', site: ', mesh: true' },
  'htcondor with a mesh': { ingress: 'htcondor', vpn: '{}', site: ', mesh: true' },
  'two profiles in one list': { ingress: rules('profile: jupyter', 'profile: htcondor') },
  'a port, a range, a list and all ports': {
    ingress: rules(
      'protocol: tcp, ports: 22, from: site',
      "protocol: udp, ports: '8000-8010', from: [self, 10.7.0.0/16]",
      "protocol: tcp, ports: [80, '443', '9000-9001'], from: 10.8.0.0/24",
      "protocol: tcp, ports: '0-65535', from: self",
      'protocol: udp, ports: 0, from: site',
    ),
  },
  'all of ICMP, and protocols by name and number': {
    ingress: rules(
      'protocol: icmp, from: site',
      'protocol: esp, from: site',
      'protocol: 51, from: self',
      'protocol: all, from: 10.7.0.0/16',
    ),
  },
  'another entry, one address and everybody': {
    ingress: rules(
      'protocol: tcp, ports: 22, from: onpremises/other',
      'protocol: tcp, ports: 22, from: 192.0.2.5/32',
      'protocol: tcp, ports: 443, from: 0.0.0.0/0, allow_public: status page',
      'protocol: tcp, ports: 80, from: 128.0.0.0/1, allow_public: half of them',
    ),
  },
  'nothing at all': { ingress: '[]' },
};

test.each(Object.entries(INTENTS))('%s lets in the same on AWS and on Azure', (_, intent) => {
  const { aws, azure } = bothClouds(intent);
  expect(trafficOnAzure(azure)).toEqual(trafficOnAws(aws));
});

test('vc-node lets in what the manual of the controller names, on both', () => {
  const site = ['10.0.2.0/24', '10.0.3.0/24'];
  const from = (sources: readonly string[], ...ports: readonly string[]) =>
    ports.flatMap((port) => sources.map((source) => `${port} from ${source}`));
  const { aws, azure } = bothClouds({});
  const manual = sorted([
    ...from([...site, 'self'], 'tcp 22', 'tcp 7947', 'udp 7947'),
    ...from(site, 'tcp 20022', 'tcp 2375', 'tcp 18083', 'tcp 9445', 'tcp 7373', 'icmp'),
    'udp 5353 from self',
  ]);
  expect(trafficOnAws(aws)).toEqual(manual);
  expect(trafficOnAzure(azure)).toEqual(manual);
});

test.each(Object.entries(INTENTS))('%s denies all else on Azure, as AWS does by itself', (_, intent) => {
  const all = rulesOf(bothClouds(intent).azure, 'azurerm_network_security_rule');
  const denied = all.filter(({ access }) => access !== 'Allow');
  expect(denied).toEqual([
    expect.objectContaining({
      access: 'Deny',
      direction: 'Inbound',
      priority: 4096,
      protocol: '*',
      source_address_prefix: '*',
      source_port_range: '*',
      destination_address_prefix: '*',
      destination_port_range: '*',
    }),
  ]);
  const others = all.filter(({ access }) => access === 'Allow');
  // Azure's own rules, which let in the virtual network and the site, begin at 65000.
  expect(others.every(({ priority, direction }) => Number(priority) < 4096 && direction === 'Inbound')).toBe(
    true,
  );
  expect(new Set(others.map(({ priority }) => priority)).size).toBe(others.length);
  expect(others.every((rule) => rule.source_port_range === '*')).toBe(true);
});

test('each subnet for nodes has the group, and the GatewaySubnet has none', () => {
  const { azure } = bothClouds({ vpn: '{}' });
  const joined = rulesOf(azure, 'azurerm_subnet_network_security_group_association');
  const names = Object.entries(azure.resource.azurerm_subnet ?? {}).map(([name, { name: own }]) => [
    `\${azurerm_subnet.${name}.id}`,
    own,
  ]);
  const withGroup = names.filter(([id]) => joined.some(({ subnet_id }) => subnet_id === id));
  expect(names).toHaveLength(3);
  expect(withGroup.map(([, name]) => name).sort()).toEqual(['lab-lab', 'lab-lab2']);
});
